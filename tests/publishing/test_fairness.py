"""Whose turn it is: nobody waits for a neighbour's thousand, and no platform gets too much."""

import queue
import threading
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Agency
from platforms.models import Channel
from publishing import tasks
from publishing.delivery import bell, lane
from publishing.delivery.tick import tick
from publishing.models import Delivery, Lane, Post, Revision
from tests import factories
from tests.publishing.test_races import at_once

pytestmark = pytest.mark.django_db
PLATFORMS = ("x", "facebook", "instagram")
THREADS = 4
PATIENCE = 60  # seconds, an upper bound that only a failing test reaches


@pytest.fixture
def agency(sari):
    """Makes another agency with its three channels."""

    def make(n: int) -> list[Channel]:
        made = Agency.objects.create(code=f"OPD{n}", name=f"Dinas {n}", short_name=f"Dinas {n}")
        channels = [factories.make_channel(made, platform) for platform in PLATFORMS]
        Lane.objects.bulk_create(Lane(channel=channel) for channel in channels)
        return channels

    return make


@pytest.fixture
def due(sari):
    """Makes approved deliveries on a channel, their hour `ago` seconds past; one post each."""

    def make(channel: Channel, n: int, *, ago: float = 1, **fields) -> list[Delivery]:
        known = {"agency_id": channel.agency_id, "author": sari, "saved_by": sari}
        posts = Post.objects.bulk_create(Post(status="approved", **known) for _ in range(n))
        revisions = Revision.objects.bulk_create(
            Revision(post=post, number=1, content={}, sha256="", submitted_by=sari)
            for post in posts
        )
        hour = timezone.now() - timedelta(seconds=ago)
        times = {"not_before": hour, "deadline": hour + timedelta(hours=1), "next_at": hour}
        return Delivery.objects.bulk_create(
            Delivery(post=post, revision=revision, channel=channel, **(times | fields))
            for post, revision in zip(posts, revisions, strict=True)
        )

    return make


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """Makes a step the shortest there is: sent at once. The agencies of those that were sent."""
    sent: list[int] = []

    def step(_holder, delivery) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(status="published", next_at=None)
        delivery.status, delivery.next_at = "published", None
        sent.append(delivery.channel.agency_id)

    monkeypatch.setattr(lane, "step", step)
    return sent


def work(enough) -> None:
    """Four threads run what is rung, in that order; they stop when `enough()`, or when all is done.

    The queue stands for Celery's; what a thread does with a message is tasks.run_lane itself.
    """
    rung: queue.SimpleQueue[int] = queue.SimpleQueue()

    def ring(_task, channel_ids) -> None:
        for channel_id in channel_ids:
            rung.put(channel_id)

    def run() -> None:
        while not enough():
            try:
                tasks.run_lane(rung.get(timeout=1))
            except queue.Empty:
                return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "_send", ring)
        patch.setattr(tasks, "_somebody_waits", lambda: enough() or not rung.empty())
        ring(None, bell.lanes_to_ring())
        at_once(*[run] * THREADS)


def waiting(channels) -> int:
    return Delivery.objects.filter(channel__in=channels, status="waiting").count()


# --- one with a thousand, and the others ---


@pytest.mark.django_db(transaction=True)
def test_thirty_nine_agencies_with_five_each_do_not_wait_for_the_one_with_a_thousand(
    agency, due, sent
):
    big, *others = [agency(n) for n in range(40)]
    for channel, n in zip(big, (334, 333, 333), strict=True):
        due(channel, n, ago=60)
    for channels in others:
        for channel, n in zip(channels, (2, 2, 1), strict=True):
            due(channel, n)
    theirs = 39 * 5  # the steps that they need when they are alone
    loud = big[0].agency_id

    def done() -> bool:
        return sum(1 for who in sent if who != loud) >= theirs

    work(done)
    needed = max(n for n, who in enumerate(sent, start=1) if who != loud)
    assert waiting([channel for channels in others for channel in channels]) == 0
    assert needed <= 2 * theirs
    assert Counter(sent)[loud] > 0, "and the loud one is not starved either"


@pytest.mark.django_db(transaction=True)
def test_everything_that_is_due_is_sent_by_rings_alone_and_once(agency, due, sent):
    all_channels = [channel for n in range(3) for channel in agency(n)]
    for n, channel in enumerate(all_channels):
        due(channel, 5 + 4 * n)
    work(lambda: False)
    assert waiting(all_channels) == 0
    assert len(sent) == sum(5 + 4 * n for n in range(9))


def test_one_lane_of_each_agency_comes_before_anybodys_second(agency, due, clock):
    rows = [agency(n) for n in range(4)]
    for channels in rows:
        for channel in channels:
            due(channel, 1)
    order = list(Channel.objects.in_bulk(rung := bell.lanes_to_ring()).items())
    assert len(rung) == 12
    agency_of = {pk: channel.agency_id for pk, channel in order}
    for third in (rung[:4], rung[4:8], rung[8:]):
        assert len({agency_of[pk] for pk in third}) == 4


def test_who_waited_longest_since_their_last_turn_comes_first(agency, due, clock):
    x1, x2, x3 = (agency(n)[0] for n in range(3))
    for channel in (x1, x2, x3):
        due(channel, 1)
    now = timezone.now()
    Lane.objects.filter(pk=x1.pk).update(turn_at=now - timedelta(seconds=1))
    Lane.objects.filter(pk=x2.pk).update(turn_at=now - timedelta(seconds=9))
    assert bell.lanes_to_ring() == [x3.pk, x2.pk, x1.pk]


def test_a_turn_ends_and_then_the_lane_waits_behind_the_others(agency, due, clock, sent):
    mine, theirs = agency(1)[0], agency(2)[0]
    due(mine, lane.TURN + 3, ago=9)
    lane.run(mine.pk)
    assert len(sent) == lane.TURN
    assert waiting([mine]) == 3
    due(theirs, 1)
    assert bell.lanes_to_ring() == [theirs.pk, mine.pk]
    lane.run(mine.pk)
    assert waiting([mine]) == 0
    assert Lane.objects.get(pk=mine.pk).lease_until is None


# --- no more than a platform may have ---


@pytest.mark.django_db(transaction=True)
def test_of_eight_lanes_of_a_platform_that_are_claimed_at_once_two_are_leased(agency, settings):
    settings.CALLS_IN_FLIGHT = 2
    rows = [agency(n) for n in range(8)]
    on_x = [channels[0].pk for channels in rows]
    for _ in range(10):
        held = [claim for claim in at_once(*[partial(lane.claim, pk) for pk in on_x]) if claim]
        assert len(held) == 2
        assert Lane.objects.exclude(lease_until=None).count() == 2
        assert lane.claim(rows[0][1].pk), "another platform has its own two"
        lane.release(held[0])
        free = next(pk for pk in on_x if pk not in {claim.channel_id for claim in held})
        assert lane.claim(free), "and what is given back may be taken"
        Lane.objects.update(lease_until=None)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_at_work_never_have_more_than_two_of_a_platform(
    agency, due, settings, monkeypatch
):
    settings.CALLS_IN_FLIGHT = 2
    rows = [agency(n)[:2] for n in range(5)]
    for channel in (channel for channels in rows for channel in channels):
        due(channel, 6)
    counting, inside, most = threading.Lock(), Counter[str](), Counter[str]()

    def step(_holder, delivery) -> None:
        platform = delivery.channel.platform
        with counting:
            inside[platform] += 1
            most[platform] = max(most[platform], inside[platform])
        Delivery.objects.filter(pk=delivery.pk).update(status="published", next_at=None)
        delivery.status = "published"
        with counting:
            inside[platform] -= 1

    monkeypatch.setattr(lane, "step", step)
    lanes = [channel.pk for channels in rows for channel in channels]

    def insist() -> None:
        for pk in lanes * 3:
            lane.run(pk)

    at_once(*[insist] * 8)
    assert set(most) == {"x", "facebook"}
    assert max(most.values()) <= 2


def test_as_many_lanes_are_rung_as_may_work_and_the_next_when_one_is_done(
    agency, due, settings, clock, sent
):
    settings.CALLS_IN_FLIGHT = 2
    on_x = [agency(n)[0] for n in range(5)]
    for channel in on_x:
        due(channel, 1)
    rung = bell.lanes_to_ring()
    assert len(rung) == 2
    assert bell.lanes_to_ring() == []
    lane.run(rung[0])
    assert len(bell.lanes_to_ring()) == 1


def test_the_sandbox_of_trainings_takes_no_place_from_the_platform(agency, due, settings, clock):
    settings.CALLS_IN_FLIGHT = 2
    on_x = [agency(n)[0] for n in range(5)]
    for channel in on_x:
        due(channel, 1)
    exercises = [channel.pk for channel in on_x[:3]]
    Channel.objects.filter(pk__in=exercises).update(is_training=True)
    rung = bell.lanes_to_ring()
    assert len(rung) == 4
    assert len([pk for pk in rung if pk in exercises]) == 2
    for pk in rung:
        assert lane.claim(pk)
    left = next(channel.pk for channel in on_x if channel.pk not in rung)
    assert lane.claim(left) is None


# --- when not to ring ---


def test_a_lane_that_rests_is_not_rung_until_its_hour(agency, due, clock):
    channel = agency(1)[0]
    due(channel, 1)
    Lane.objects.update(held_until=timezone.now() + timedelta(minutes=10))
    assert bell.lanes_to_ring() == []
    clock.shift(timedelta(minutes=10))
    assert bell.lanes_to_ring() == [channel.pk]


@pytest.mark.parametrize("status", ["held", "missed", "failed", "cancelled", "published"])
def test_a_lane_with_nothing_that_a_worker_may_do_is_not_rung(agency, due, clock, status):
    due(agency(1)[0], 1, status=status)
    assert bell.lanes_to_ring() == []


def test_a_ring_that_got_lost_is_repeated_after_fifteen_seconds_and_not_before(
    agency, due, clock, settings
):
    channel = agency(1)[0]
    due(channel, 1)
    assert tick() == [channel.pk]
    clock.shift(settings.RING_AGAIN - timedelta(milliseconds=1))
    assert (tick(), bell.lanes_to_ring()) == ([], [])
    clock.shift(timedelta(milliseconds=2))
    assert tick() == [channel.pk]


def test_a_lane_at_work_is_not_rung_but_a_dead_workers_is(agency, due, clock, settings):
    channel = agency(1)[0]
    due(channel, 1)
    assert lane.claim(channel.pk)
    assert tick() == []
    clock.shift(settings.LEASE + timedelta(seconds=1))
    assert tick() == [channel.pk]


def test_a_head_that_waits_for_its_next_try_does_not_make_its_lane_spin(agency, due, clock, sent):
    channel = agency(1)[0]
    due(channel, 1, ago=10, next_at=timezone.now() + timedelta(seconds=40))
    due(channel, 1)
    runs = 0
    for _ in range(20):  # of one and the same moment: who ran rings whoever is next
        for channel_id in bell.lanes_to_ring():
            lane.run(channel_id)
            runs += 1
    assert sent == []
    assert runs <= 1


def test_a_turnful_that_waits_for_its_next_try_does_not_starve_the_next(agency, due, clock, sent):
    channel = agency(1)[0]
    due(channel, lane.TURN, ago=600, next_at=timezone.now() + timedelta(minutes=5))
    [last] = due(channel, 1)
    lane.run(channel.pk)
    last.refresh_from_db()
    assert last.status == "published"
