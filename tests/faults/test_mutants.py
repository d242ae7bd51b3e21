"""Each protection of the engine earns its place: without it, the checker finds what it prevents."""

import threading
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import pytest
import requests
from django.db import transaction
from django.utils import timezone

from opd_hub.embedded import THREADS
from platforms import registry
from publishing.delivery import call, lane, manual, pause, record
from publishing.delivery.call import Intent
from publishing.delivery.fence import Holder, Lost
from publishing.delivery.tick import tick
from publishing.models import Delivery
from tests import factories
from tests.faults.checker import check
from tests.faults.mutants import MUTANTS
from tests.publishing.errand import first_due
from tests.publishing.test_races import alone, somebody_waits_for_us, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["whole", "mutant"])
def engine(request):
    """Tells a story to the whole engine, or to one without a protection; what it must come to."""
    with ExitStack() as bent:

        class Engine:
            is_whole = request.param == "whole"

            def without(self, protection: str) -> None:
                if not self.is_whole:
                    bent.enter_context(MUTANTS[protection]())

            def comes_to(self, found: list[str], kind: str) -> bool:
                return found == [] if self.is_whole else kind in found

        yield Engine()


@pytest.fixture
def world(sari, dewi, channels, box, clock, settings) -> "World":
    """Posts to Facebook without its invisible phase: there a second call is a second post."""
    settings.PLATFORMS["facebook"]["TWO_PHASE"] = False
    registry.adapter.cache_clear()
    return World(sari, dewi, channels["facebook"], box, clock)


class World:
    """A channel, its platform, and a clock that a story moves."""

    def __init__(self, sari, dewi, channel, box, clock) -> None:
        self.sari, self.dewi, self.channel, self.box, self.clock = sari, dewi, channel, box, clock

    def approved(self, text: str = "Imunisasi gratis Sabtu ini.") -> Delivery:
        """An approved post whose hour has come."""
        post = factories.make_approved(
            self.sari, self.dewi, self.channel, text=text, publish_at=None
        )
        self.clock.shift(timedelta(seconds=11))
        return post.deliveries.get()

    def work(self, seconds: float = 0) -> None:
        """Let time pass, then do what a scheduler and a worker do."""
        self.clock.shift(timedelta(seconds=seconds))
        for channel_id in tick():
            lane.run(channel_id)

    def until_rest(self) -> None:
        for _ in range(8):
            self.work(200)

    def begin(self) -> tuple[Holder, Delivery, Intent]:
        """What a worker does up to its call."""
        holder, delivery = lane.claim(self.channel.pk), first_due(self.channel.pk)
        assert holder
        assert delivery
        assert call.prepare(holder, delivery, call.job_for(delivery))
        intent = call.intend(holder, delivery)
        assert intent
        return holder, delivery, intent

    def found(self) -> list[str]:
        answer = requests.get(f"{self.box.url}/__sandbox__/overlaps", timeout=5).json()
        return [wrong.kind for wrong in check(self.box.ledger(), answer["overlaps"])]


def test_what_was_not_answered_is_not_sent_again(engine, world):
    engine.without("blind_retry")
    world.approved()
    world.box.fault("facebook", "publish", "500", "after")
    world.work()
    world.until_rest()
    assert engine.comes_to(world.found(), "doubled")


def test_what_was_not_answered_is_not_called_public(engine, world):
    engine.without("assume_success")
    world.approved()
    world.box.fault("facebook", "publish", "500", "before")
    world.work()
    world.until_rest()
    assert engine.comes_to(world.found(), "invented")


def test_a_dead_worker_left_its_intent_behind(engine, world):
    engine.without("no_intent")
    world.approved()
    _holder, delivery, intent = world.begin()
    call.call(delivery, call.job_for(delivery), intent)  # accepted, and the worker dies
    world.until_rest()
    assert engine.comes_to(world.found(), "doubled")


def test_a_lane_has_one_holder(engine, world):
    engine.without("claim_without_condition")
    world.approved()
    world.approved("Posyandu pindah ke balai nagari.")
    world.clock.shift(timedelta(minutes=1))
    world.box.fault("facebook", "publish", "hang", "before", seconds=3)
    first = threading.Thread(target=alone, args=(partial(lane.run, world.channel.pk),))
    first.start()
    wait_until(lambda: Delivery.objects.filter(status="sending").exists())
    lane.run(world.channel.pk)  # takes it for a dead worker's, and doubts it
    # the doubt keeps its place no longer; the first one's lease still holds
    world.clock.shift(timedelta(seconds=125))
    lane.run(world.channel.pk)
    first.join()
    world.until_rest()
    assert engine.comes_to(world.found(), "overlap")


def test_a_worker_that_lost_its_lane_writes_nothing(engine, world):
    """One sleeps over its lease; its delivery is settled, sent by a second one, who then dies."""
    engine.without("no_fence")
    delivery = world.approved()
    holder, asleep, intent = world.begin()
    world.until_rest()
    delivery.refresh_from_db()
    manual.settle_absent(delivery, by=world.dewi, seen=delivery.version)
    world.clock.shift(timedelta(seconds=1))
    _second, awake, meant = world.begin()
    call.call(awake, call.job_for(awake), meant)  # accepted, and the second one dies
    slept = Intent(intent.attempt, intent.at - call.FROZEN - 1)
    came = call.call(asleep, call.job_for(asleep), slept)
    try:
        record.outcome(holder, asleep, slept.attempt, came)
    except Lost:
        assert engine.is_whole
    world.until_rest()
    assert engine.comes_to(world.found(), "lost")


def test_a_platform_has_time_to_show_what_it_took(engine, world):
    engine.without("look_without_quiet_time")
    world.approved()
    world.box.fault("facebook", "publish", "drop", "after")
    world.box.fault("facebook", "publish", "invisible", seconds=45)
    world.work()
    world.work(31)
    world.work(31)
    world.until_rest()
    assert engine.comes_to(world.found(), "doubled")


def test_a_pause_waits_for_the_intents_before_it(engine, world):
    engine.without("pause_without_lock")
    world.approved()
    press = partial(pause.start, pause.Target(), reason="Bencana", by=world.dewi)
    other = threading.Thread(target=alone, args=(press,))
    with transaction.atomic():  # the intent is written, and not yet committed
        holder, delivery, intent = world.begin()
        other.start()
        wait_until(lambda: not other.is_alive() or somebody_waits_for_us())
    other.join()
    world.clock.shift(timedelta(seconds=1))
    result = call.call(delivery, call.job_for(delivery), intent)
    record.outcome(holder, delivery, intent.attempt, result)
    assert engine.comes_to(world.found(), "paused")


def test_the_clock_has_a_thread_of_its_own(engine, lone_hub, crowd, played, dewi):
    """All threads of the workers hang in a call, and meanwhile one more post runs out of time."""
    people = crowd(THREADS + 1)
    for n, (author, channel) in enumerate(people):
        factories.make_approved(author, dewi, channel, text=f"Kabar {n}.", publish_at=None)
    now = timezone.now()
    Delivery.objects.update(not_before=now, next_at=now)
    last = Delivery.objects.get(channel=people[-1][1])
    Delivery.objects.filter(pk=last.pk).update(status="held", hold="quota")
    played.fault("x", "publish", "hang", seconds=25, times=0)
    through = () if engine.is_whole else ("--mutant", "tick_on_shared_pool")
    lone_hub.env["OPD_HUB_CALLS_IN_FLIGHT"] = str(THREADS)  # or some would be left for others
    lone_hub.begin("embedded", through=through)
    lone_hub.wait_until(lambda: Delivery.objects.filter(status="sending").count() == THREADS)
    over = timezone.now() + timedelta(seconds=1)
    Delivery.objects.filter(pk=last.pk).update(status="waiting", hold="", deadline=over)
    lone_hub.wait_until(lambda: timezone.now() > over + timedelta(seconds=7))
    wrong = [one for one in check(played.ledger(), at_rest=True) if "waits" in one.sentence]
    found = [one.kind for one in wrong]  # the hung ones are still being sent: that is no fault
    assert engine.comes_to(found, "stuck")
