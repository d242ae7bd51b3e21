"""Who is told of what, once: from what happened to the line in the bell."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from platforms import health
from platforms.adapters.base import Healthy
from platforms.models import Incident, Stranger
from publishing.delivery import pulse
from publishing.models import Delivery, Duty, Event, Notice, Outgoing, Outlet, Pool, Told
from publishing.models.heartbeat import SCHEDULER, Heartbeat
from publishing.notices import clocks, collect, troubles
from publishing.notices.tasks import forget
from tests import factories
from tests.publishing.reviewing import Chair, now

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)  # 09.00 WIB, a working day


@pytest.fixture(autouse=True)
def morning(clock):
    clock.move_to(WEDNESDAY, tick=False)


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def item(sari, channels):
    return factories.make_submitted(sari, channels["x"])


def lines(person) -> list[str]:
    return [notice.words for notice in Notice.objects.filter(person=person)]


def tell(clock) -> int:
    """A quarter of a minute later: decisions can no longer be undone."""
    clock.shift(timedelta(seconds=15))
    return collect.collect()


# --- posts ---


def test_what_sari_hands_in_is_told_to_who_reviews_and_not_to_her(sari, dewi, item, clock):
    assert tell(clock) == 1
    assert lines(dewi) == [f"“{item.title}” menunggu Anda, oleh Sari Contoh."]
    assert lines(sari) == []


def test_nothing_is_told_twice(dewi, item, clock):
    tell(clock)
    assert tell(clock) == 0
    assert Notice.objects.get().count == 1
    assert Told.objects.count() == 1


def test_a_sent_back_post_tells_its_author_once_it_cannot_be_undone(sari, humas, item, clock):
    humas.press("send_back", item, note="Sebut jamnya.")
    collect.collect()
    assert lines(sari) == []
    tell(clock)
    [line] = lines(sari)
    assert "dikembalikan untuk diperbaiki, oleh Dewi Contoh." in line


def test_a_decision_that_was_taken_back_is_no_news(sari, humas, item, clock):
    humas.press("send_back", item, note="Sebut jamnya.")
    humas.press("undo", now(item))
    tell(clock)
    assert lines(sari) == []


def test_one_line_for_one_post_however_much_happens_to_it(sari, humas, item, clock):
    for _round in range(2):
        humas.press("send_back", now(item), note="Sebut jamnya.")
        tell(clock)
        Notice.objects.filter(person=sari).update(read_at=timezone.now())
        factories.submit_checked(now(item), sari)
    humas.press("approve", now(item))
    tell(clock)
    notice = Notice.objects.get(person=sari)
    assert "disetujui" in notice.words
    assert (notice.count, notice.read_at) == (3, None)


def test_of_an_agency_with_a_pool_only_its_reviewers_are_told(sari, dewi, channels, clock):
    fajar = factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER)
    pool = Pool.objects.create(name="Kesehatan")
    pool.agencies.add(sari.agency)
    pool.reviewers.add(fajar)
    factories.make_submitted(sari, channels["x"])
    tell(clock)
    assert len(lines(fajar)) == 1
    assert lines(dewi) == []


def test_an_emergency_is_told_to_who_is_on_duty_too(sari, dewi, ratna, channels, clock):
    ends = timezone.now() + timedelta(hours=8)
    Duty.objects.create(person=ratna, begins=timezone.now(), ends=ends, named_by=ratna)
    factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    tell(clock)
    assert len(lines(ratna)) == 1
    assert Notice.objects.get(person=ratna).urgent


def test_before_the_inner_step_the_head_is_told_and_no_reviewer(sari, dewi, channels, clock):
    hendra = factories.make_person("h@contoh.test", "Hendra", Role.AGENCY_HEAD, sari.agency)
    type(sari.agency).objects.update(inner_step=True)
    sari.agency.refresh_from_db()
    factories.make_submitted(sari, channels["x"])
    tell(clock)
    assert len(lines(hendra)) == 1
    assert lines(dewi) == []


def test_the_second_reviewer_hears_of_the_first_yes(sari, humas, channels, clock):
    fajar = factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER)
    post = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    humas.press("approve", post)
    tell(clock)
    assert "menunggu persetujuan kedua, oleh Dewi Contoh." in lines(fajar)[0]


def test_who_is_handed_an_item_is_told(humas, item, clock):
    fajar = factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER)
    tell(clock)
    humas.press("assign", item, to=fajar.pk)
    tell(clock)
    assert "dialihkan kepada Anda" in lines(fajar)[0]


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("failed", "gagal tayang"),
        ("uncertain", "jangan unggah sendiri"),
        ("missed", "terlewat"),
        ("held", "ditahan"),
        ("gone", "hilang dari platform"),
    ],
)
def test_a_delivery_that_waits_for_a_person_tells_its_writers_and_humas(
    sari, dewi, budi, item, clock, verb, said
):
    factories.approve(item, dewi)
    tell(clock)
    delivery = Delivery.objects.get()
    Event.objects.create(post=item, delivery=delivery, verb=verb)
    tell(clock)
    assert said in lines(sari)[0]
    assert said in lines(dewi)[0]
    assert lines(budi) == []


def test_what_runs_out_of_time_tells_its_author_and_the_reviewers(sari, dewi, item, clock):
    Event.objects.create(post=item, verb="expire")
    tell(clock)
    assert any("lewat jadwal sebelum diputuskan" in line for line in lines(sari))
    assert any("lewat jadwal" in line for line in lines(dewi))


def test_an_exercise_is_told_to_nobody_at_work(sari, dewi, item, clock):
    type(item).objects.filter(pk=item.pk).update(is_training=True)
    tell(clock)
    assert lines(dewi) == []
    assert not Outgoing.objects.exists()


def test_at_a_first_start_what_is_old_is_not_told(dewi, item, clock):
    clock.shift(timedelta(hours=2))
    assert collect.collect() == 0
    assert lines(dewi) == []
    assert Told.objects.count() == 1


def test_who_left_is_told_nothing(dewi, item, clock):
    type(dewi).objects.filter(pk=dewi.pk).update(is_active=False)
    assert tell(clock) == 0


# --- the review's clock ---


def clock_lines() -> dict[str, int]:
    found = Notice.objects.filter(topic="clock")
    return {notice.person.name: notice.count for notice in found}


def test_the_clock_is_rung_at_half_at_eighty_and_at_the_end(sari, humas, ratna, channels, clock):
    fajar = factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER)
    post = factories.make_submitted(sari, channels["x"], publish_at=None)  # two hours of work
    clock.shift(timedelta(minutes=50))
    humas.press("take", post)
    clock.shift(timedelta(minutes=10))
    clocks.ring()
    assert clock_lines() == {"Dewi Contoh": 1}, "half: who holds it"
    clock.shift(timedelta(minutes=36))
    clocks.ring()
    assert clock_lines() == {"Dewi Contoh": 2, fajar.name: 1, ratna.name: 1}
    clock.shift(timedelta(minutes=24))
    clocks.ring()
    clocks.ring()
    assert clock_lines() == {"Dewi Contoh": 2, fajar.name: 1, ratna.name: 2}
    assert "batas waktu tinjauannya habis" in lines(ratna)[0]


def test_half_of_a_clock_that_nobody_holds_tells_nobody(sari, channels, clock):
    factories.make_submitted(sari, channels["x"], publish_at=None)
    clock.shift(timedelta(minutes=61))
    assert clocks.ring() == 0


def test_the_night_does_not_ring(sari, dewi, channels, clock):
    clock.move_to(WEDNESDAY + timedelta(hours=6, minutes=30), tick=False)  # 15.30
    factories.make_submitted(sari, channels["x"], publish_at=None)
    clock.shift(timedelta(hours=12))
    assert clocks.ring() == 0, "half an hour of work has passed"


def test_a_new_submission_has_a_new_clock(sari, humas, ratna, channels, clock):
    post = factories.make_submitted(sari, channels["x"], publish_at=None)
    clock.shift(timedelta(hours=2))
    clocks.ring()
    humas.press("send_back", post, note="Sebut jamnya.")
    factories.submit_checked(now(post), sari)
    assert clocks.ring() == 0
    clock.shift(timedelta(hours=2))
    assert clocks.ring() > 0


# --- channels ---


def test_adi_and_the_head_hear_of_a_dying_channel_and_budis_head_does_not(
    adi, sari, budi, channels
):
    hendra = factories.make_person("h@contoh.test", "Hendra", Role.AGENCY_HEAD, sari.agency)
    other = factories.make_person("k@contoh.test", "Kepala", Role.AGENCY_HEAD, budi.agency)
    health.turned_away(channels["x"], "X menolak kunci kanal ini.")
    assert troubles.channels() == 2
    assert "X menolak kunci kanal ini." in lines(adi)[0]
    assert len(lines(hendra)) == 1
    assert lines(other) == []
    assert troubles.channels() == 0


def test_each_step_of_the_ladder_is_told_in_the_same_line(adi, channels, clock):
    ends = timezone.now() + timedelta(days=21)
    for left in (19, 15, 9, 2, 1):
        clock.move_to(ends - timedelta(days=left, minutes=1), tick=False)
        health.note(channels["facebook"], Healthy("contoh_dinkes", expires_at=ends))
        troubles.channels()
    notice = Notice.objects.get(person=adi)
    assert notice.count == 4  # 20, 10, 3, 1
    assert Incident.objects.count() == 1


def test_with_nobody_to_tell_an_incident_waits(channels):
    health.turned_away(channels["x"], "Ditolak.")
    assert troubles.channels() == 0
    assert Incident.objects.get().told_at is None


def test_what_is_over_is_told_to_nobody(adi, channels):
    channel = channels["x"]
    health.turned_away(channel, "Ditolak.")
    channel.keep_secrets({"access_token": "baru"})
    channel.save()
    health.connected(channel, Healthy("contoh_dinkes"))
    assert troubles.channels() == 0


def test_a_post_that_is_not_ours_is_told_once(adi, ratna, channels):
    Stranger.objects.create(channel=channels["x"], remote_id="9", at=timezone.now())
    assert troubles.strangers() == 2
    assert troubles.strangers() == 0
    assert "tidak dikirim dari sini" in lines(adi)[0]


# --- the machinery ---


def test_a_silent_scheduler_is_told_by_a_worker_and_again_after_six_hours(adi, clock):
    pulse.beat(SCHEDULER, timedelta())
    assert troubles.machinery() == 0
    clock.shift(timedelta(minutes=5))
    assert troubles.machinery() == 1
    assert troubles.machinery() == 0
    assert "Penjadwal tidak berjalan." in lines(adi)[0]
    clock.shift(timedelta(hours=6, minutes=1))
    assert troubles.machinery() == 1
    assert Notice.objects.get().count == 2


def test_a_way_out_that_fails_is_told_to_the_admins(adi, clock):
    pulse.beat(SCHEDULER, timedelta())
    Outlet.objects.create(way="gateway", failures=2, said="menjawab 500")
    assert troubles.machinery() == 0
    Outlet.objects.update(failures=3)
    troubles.machinery()
    assert "Gateway pesan tidak terkirim: menjawab 500" in lines(adi)[0]
    assert Heartbeat.objects.exists()


# --- how long it is kept ---


def test_what_was_read_long_ago_is_dropped_and_the_unread_stays(sari, dewi, humas, item, clock):
    humas.press("send_back", item, note="Sebut jamnya.")
    tell(clock)
    assert Notice.objects.count() == 1
    clock.shift(timedelta(days=200))
    forget()
    assert Notice.objects.count() == 1
    Notice.objects.update(read_at=timezone.now() - timedelta(days=91))
    forget()
    assert not Notice.objects.exists()
    assert not Told.objects.exists()
    assert collect.collect() == 0, "nothing that old becomes news again"
