"""Whether the machinery works: who reads of it, what machines are told, and who stands aside."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing import vitals
from publishing.delivery import call, lane, pulse, timekeeping
from publishing.delivery.tick import tick
from publishing.models import Delivery, Heartbeat, Lane, Post
from publishing.models.heartbeat import SCHEDULER
from publishing.workflow.clock import expire
from tests import factories
from tests.publishing.errand import browser
from tests.publishing.test_delivery import in_hand, now_of

pytestmark = pytest.mark.django_db

SILENT = "Penjadwal tidak berjalan. Unggahan tidak dikirim sampai admin sistem memeriksanya."
OVERDUE = "Ada pengiriman yang tertunda lebih dari 10 menit. Minta admin sistem memeriksanya."
ASKEW = "Jam komputer lapuk salah; komputer itu tidak mengirim apa pun."
NO_DRIFT = timedelta(0)


@pytest.fixture
def delivery(sari, dewi, channels, clock) -> Delivery:
    """Approved, for X, as soon as possible."""
    return factories.make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()


@pytest.fixture
def true_time(monkeypatch):
    """Five seconds count again, as they do outside the tests."""
    monkeypatch.setattr(timekeeping, "TOLERATED", timedelta(seconds=5))
    forget_trust(monkeypatch)


def forget_trust(monkeypatch) -> None:
    """A second passes: the next claim compares the clocks anew."""
    monkeypatch.setattr(timekeeping.may_trust_ours, "until", 0.0)


def set_right(clock, monkeypatch) -> None:
    """Now as PostgreSQL has it."""
    clock.move_to(timekeeping.database_time(), tick=False)
    forget_trust(monkeypatch)


def beat(ago=0.0, kind=SCHEDULER, name="utama:1", drift=0.0) -> None:
    seen_at = timezone.now() - timedelta(seconds=ago)
    Heartbeat.objects.create(kind=kind, name=name, seen_at=seen_at, drift=drift)


def pages_of(user, delivery) -> list[str]:
    """Every page that this person may look at."""
    addresses = [reverse("home"), reverse("posts"), reverse("post", args=[delivery.post_id])]
    if user.agency is None:
        addresses.append(reverse("queue"))
    return [browser(user).get(address).content.decode() for address in addresses]


def health() -> tuple[int, list[str]]:
    answer = Client().get(reverse("health"))
    return answer.status_code, answer.json()["problems"]


# --- what is told, and to whom ---


def all_well() -> None:
    beat()


def nobody_ever_beat() -> None:
    pass


def a_silent_scheduler() -> None:
    beat(ago=121)
    beat(kind="publish", name="utama:2")  # its workers still live


def something_overdue() -> None:
    beat()
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=601))


def a_wrong_clock() -> None:
    beat()
    beat(kind="publish", name="lapuk:77", drift=5.1)


ILLS = [
    (nobody_ever_beat, SILENT, "scheduler silent"),
    (a_silent_scheduler, SILENT, "scheduler silent"),
    (something_overdue, OVERDUE, "deliveries overdue"),
    (a_wrong_clock, ASKEW, "clock askew"),
]


@pytest.mark.parametrize(("ill", "sentence", "problem"), ILLS)
def test_what_is_wrong_stands_on_every_page_and_machines_get_a_503(
    sari, dewi, delivery, true_time, ill, sentence, problem
):
    ill()
    for reader in (sari, dewi):
        for page in pages_of(reader, delivery):
            notices = page[page.index("<aside") : page.index("<main")]
            assert sentence in notices
    assert health() == (503, [problem])


def test_where_all_is_well_no_page_says_anything_and_machines_get_a_200(
    sari, dewi, delivery, true_time
):
    all_well()
    for reader in (sari, dewi):
        for page in pages_of(reader, delivery):
            assert not any(words in page for words in (SILENT, OVERDUE, "Jam komputer"))
    assert health() == (200, [])


def a_scheduler_of_two_minutes_ago() -> None:
    beat(ago=120)


def something_due_for_ten_minutes() -> None:
    beat()
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=10))


def a_lane_that_rests_for_a_rate_limit() -> None:
    something_overdue()
    Lane.objects.update(held_until=timezone.now() + timedelta(minutes=1))


def a_wrong_clock_of_a_machine_that_is_gone() -> None:
    beat()
    beat(ago=121, kind="publish", name="lapuk:77", drift=3600)


def a_clock_off_by_five_seconds() -> None:
    beat(drift=-5)


def an_old_scheduler_beside_a_new_one() -> None:
    beat(ago=600)
    beat(name="cadangan:1")


HEALTHY = [
    a_scheduler_of_two_minutes_ago,
    something_due_for_ten_minutes,
    a_lane_that_rests_for_a_rate_limit,
    a_wrong_clock_of_a_machine_that_is_gone,
    a_clock_off_by_five_seconds,
    an_old_scheduler_beside_a_new_one,
]


@pytest.mark.parametrize("state", HEALTHY)
def test_what_is_as_it_should_be_alarms_nobody(delivery, true_time, state):
    state()
    assert vitals.complaints(vitals.take()) == []
    assert health() == (200, [])


def test_a_rest_that_is_over_excuses_nothing(delivery):
    something_overdue()
    Lane.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert health() == (503, ["deliveries overdue"])


def test_sixty_living_workers_do_not_hide_a_scheduler_of_a_minute_ago(delivery, true_time):
    beat(ago=60)
    for n in range(60):
        beat(ago=n / 10, kind="publish", name=f"utama:{n + 10}")
    assert health() == (200, [])


@pytest.mark.parametrize("error", [OperationalError, DatabaseError])
def test_a_database_that_is_gone_is_a_503_and_not_a_500(db, monkeypatch, error):
    def gone():
        raise error("server closed the connection unexpectedly")

    monkeypatch.setattr(vitals, "take", gone)
    assert health() == (503, ["database"])


# --- a machine whose clock jumped ---


@pytest.mark.parametrize("jump", [timedelta(hours=2), -timedelta(hours=2), timedelta(seconds=9)])
def test_a_machine_whose_clock_jumped_touches_nothing_and_says_so(
    sari, dewi, channels, clock, delivery, true_time, monkeypatch, jump
):
    submitted = factories.make_submitted(sari, channels["x"], publish_at=factories.in_hours(1))
    Delivery.objects.update(next_at=timezone.now(), not_before=timezone.now())
    set_right(clock, monkeypatch)
    clock.shift(jump)
    forget_trust(monkeypatch)
    assert tick() == []
    expire()
    assert lane.claim(delivery.channel_id) is None
    lane.run(delivery.channel_id)
    assert now_of(delivery) == "waiting"
    assert Post.objects.get(pk=submitted.pk).status == "submitted"
    beats = Heartbeat.objects.get()
    assert abs(beats.off_by - jump) < timedelta(seconds=2)
    assert abs(beats.seen_at - timekeeping.database_time()) < timedelta(seconds=5)
    clock.shift(-jump)
    assert health() == (503, ["clock askew"])


def test_a_clock_that_jumps_after_the_claim_grants_no_call(
    channels, box, clock, delivery, true_time, monkeypatch
):
    clock.shift(timedelta(seconds=-20))
    set_right(clock, monkeypatch)
    Delivery.objects.update(next_at=timezone.now(), not_before=timezone.now())
    holder, seen = in_hand(delivery.channel_id)
    assert call.prepare(holder, seen, call.job_for(seen))
    set_right(clock, monkeypatch)
    clock.shift(timedelta(minutes=10))
    with pytest.raises(timekeeping.Askew):
        call.intend(holder, seen)
    assert (now_of(delivery), delivery.attempts.count(), box.ledger()) == ("waiting", 0, [])


def test_the_others_go_on(channels, box, clock, delivery, true_time, monkeypatch):
    set_right(clock, monkeypatch)
    clock.shift(timedelta(hours=2))
    forget_trust(monkeypatch)
    assert tick() == []
    set_right(clock, monkeypatch)  # another machine, with the same heart
    Delivery.objects.update(next_at=timezone.now(), not_before=timezone.now())
    assert tick() == [delivery.channel_id]
    set_right(clock, monkeypatch)
    lane.run(delivery.channel_id)
    assert now_of(delivery) == "published"


# --- heartbeats ---


def test_two_processes_are_two_heartbeats_and_a_second_beat_is_the_same_one(db, clock, monkeypatch):
    for pid in (11, 12, 11):
        monkeypatch.setattr("os.getpid", lambda pid=pid: pid)
        pulse.beat("publish", NO_DRIFT)
        clock.shift(timedelta(seconds=10))
    names = Heartbeat.objects.order_by("name").values_list("name", flat=True)
    assert [name.rpartition(":")[2] for name in names] == ["11", "12"]
    ages = [timezone.now() - seen for seen in names_seen()]
    assert ages == [timedelta(seconds=10), timedelta(seconds=20)]


def names_seen():
    return Heartbeat.objects.order_by("name").values_list("seen_at", flat=True)


def test_a_process_that_was_not_seen_for_a_day_is_forgotten(db, clock):
    beat(ago=24 * 3600 + 1, name="lama:1")
    beat(ago=24 * 3600 - 1, name="baru:1")
    pulse.forget_the_dead()
    assert Heartbeat.objects.get().name == "baru:1"
