"""Beranda of each role: what it says, with numbers from a clock that stands still."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, Role
from platforms import health
from publishing.models import Delivery, Desk
from tests import factories
from tests.publishing.composing import page

FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=timezone.get_fixed_timezone(420))


@pytest.fixture(autouse=True)
def friday():
    """Friday the 27th of November, ten in the morning."""
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def opened(client, person) -> str:
    client.force_login(person)
    return str(page(client.get(reverse("home"))))


def sent(author, dewi, channel, at, **fields):
    """What went out at that moment."""
    post = factories.make_approved(author, dewi, channel, publish_at=None, **fields)
    published = {"status": "published", "published_at": at, "next_at": None}
    Delivery.objects.filter(post=post).update(**published)
    return post


@pytest.fixture
def leader(db):
    return factories.make_person("bupati@contoh.test", "Tuti Contoh", Role.LEADER)


# --- the leader's sentence ---


def test_the_leader_reads_how_many_agencies_said_how_much(
    client, leader, sari, budi, dewi, channels, dinkes
):
    factories.make_channel(budi.agency, "x")
    for days in (1, 2, 3):
        sent(
            sari, dewi, channels["x"], timezone.now() - timedelta(days=days), text=f"Kabar {days}."
        )
    october = FRIDAY - timedelta(days=31)  # the 27th, the same hour
    for n in range(2):
        at = october - timedelta(days=n + 1)
        sent(sari, dewi, channels["x"], at, text=f"Kabar Oktober {n}.")
    sent(sari, dewi, channels["x"], october + timedelta(minutes=1), text="Sesudah jam ini.")
    said = "Bulan ini 1 dari 2 OPD menayangkan 3 unggahan, naik 50% dari Oktober."
    assert said in opened(client, leader)


def test_a_post_on_two_channels_is_one_post(client, leader, sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], channels["facebook"])
    Delivery.objects.filter(post=post).update(status="published", published_at=timezone.now())
    assert "Bulan ini 1 dari 1 OPD menayangkan 1 unggahan." in opened(client, leader)


def test_fewer_and_as_many_are_said_too(client, leader, sari, dewi, channels):
    sent(sari, dewi, channels["x"], FRIDAY - timedelta(days=1), text="November.")
    sent(sari, dewi, channels["x"], FRIDAY - timedelta(days=40), text="Oktober.")
    assert "1 unggahan, sebanyak Oktober." in opened(client, leader)
    sent(sari, dewi, channels["x"], FRIDAY - timedelta(days=41), text="Oktober lagi.")
    assert "1 unggahan, turun 50% dari Oktober." in opened(client, leader)


def test_an_exercise_and_what_failed_count_nowhere(client, leader, sari, dewi, channels):
    failed = sent(sari, dewi, channels["x"], FRIDAY, text="Gagal.")
    Delivery.objects.filter(post=failed).update(status="failed")
    exercise = sent(sari, dewi, channels["facebook"], FRIDAY, text="Latihan.")
    type(channels["facebook"]).objects.filter(pk=channels["facebook"].pk).update(is_training=True)
    assert exercise.deliveries.get().status == "published"
    assert "Bulan ini belum ada OPD yang menayangkan unggahan." in opened(client, leader)


def test_what_needs_attention_is_named_with_its_day(client, leader, sari, budi, dewi, channels):
    quiet = factories.make_channel(budi.agency, "x")
    sent(budi, dewi, quiet, FRIDAY - timedelta(days=15), text="Lama sudah.")
    sent(sari, dewi, channels["x"], FRIDAY - timedelta(days=13), text="Baru saja.")
    health.turned_away(channels["facebook"], "Ditolak.")
    channels["facebook"].incidents.update(kind="dead")
    told = opened(client, leader)
    assert "Dinas Pendidikan dan Kebudayaan" in told
    assert "Tidak menayangkan unggahan sejak 12 November 2026." in told
    assert "Facebook Dinas Kesehatan putus sejak 27 November 2026" in told
    assert told.count("Tidak menayangkan unggahan sejak") == 1


def test_an_agency_that_never_spoke_is_told_as_such(client, leader, sari, channels):
    Agency.objects.create(code="TANPA", name="Dinas Tanpa Kanal", short_name="Tanpa")
    told = opened(client, leader)
    assert "Belum pernah menayangkan unggahan." in told
    assert "Dinas Tanpa Kanal" not in told, "who has no channel cannot be silent on one"


def test_of_many_concerns_each_can_be_read_in_the_order_that_is_said(client, leader, db):
    for n in range(15):
        agency = Agency.objects.create(code=f"OPD{n}", name=f"Dinas ke-{n:02}", short_name=f"D{n}")
        factories.make_channel(agency, "x")
    told = opened(client, leader)
    assert "15 hal. Tinjauan yang terlambat dan kanal yang putus di atas" in told
    assert "3 hal lainnya" in told
    assert all(f"Dinas ke-{n:02}" in told for n in range(15))


def test_where_nothing_needs_attention_the_auditor_is_told_so(client, sari, dewi, channels):
    sent(sari, dewi, channels["x"], FRIDAY, text="Baru saja.")
    told = opened(client, factories.make_person("audit@contoh.test", "Audit", Role.AUDITOR))
    assert "Tidak ada OPD yang diam dua pekan, kanal putus, atau tinjauan terlambat." in told
    assert reverse("posts") in told


# --- who reviews ---


def test_dewi_reads_how_much_of_the_clock_is_left(client, sari, dewi, channels, friday):
    at = FRIDAY + timedelta(days=4)
    factories.make_submitted(sari, channels["x"], publish_at=at)  # two hours of work: until noon
    assert "sisa 2 jam kerja" in opened(client, dewi)
    friday.shift(timedelta(hours=1, minutes=15))
    assert "sisa 45 menit kerja" in opened(client, dewi)


def test_the_night_is_no_lateness(client, sari, dewi, channels, friday):
    """Handed in on Friday, and read on Monday: two days off lie between."""
    factories.make_submitted(sari, channels["x"], publish_at=FRIDAY + timedelta(days=9))
    friday.shift(timedelta(days=3))
    told = opened(client, dewi)
    assert "1 unggahan melewati batas tinjauannya." in told
    assert "terlambat" in told
    assert "terlambat 72 jam" not in told


def test_an_empty_queue_says_so(client, dewi):
    assert "Antrean kosong. Tidak ada yang menunggu tinjauan." in opened(client, dewi)


# --- who writes ---


def keep_hours(sari, channel, *hours):
    slots = {str(channel.pk): [list(hour) for hour in hours]}
    Desk.objects.create(agency=sari.agency, slots=slots)


def test_sari_reads_which_of_her_hours_are_empty(client, sari, dewi, channels):
    hours = ((0, "08:00"), (2, "12:00"), (4, "16:00"), (5, "09:00"))
    keep_hours(sari, channels["x"], *hours)
    at = FRIDAY.replace(hour=16, minute=10)
    factories.make_submitted(sari, channels["x"], publish_at=at)
    told = opened(client, sari)
    assert "Pekan ini 1 dari 4 jam rutin terisi." in told
    assert "/posts/new/?at=2026-11-28T09:00" in told
    assert "?at=2026-11-23T08:00" not in told, "nobody writes for last Monday"


def test_what_went_out_at_once_fills_her_hour_and_a_draft_does_not(client, sari, dewi, channels):
    keep_hours(sari, channels["x"], (4, "10:00"), (5, "09:00"))
    factories.make_draft(sari, channels["x"], publish_at=FRIDAY + timedelta(days=1))
    assert "Pekan ini 0 dari 2 jam rutin terisi." in opened(client, sari)
    factories.make_approved(sari, dewi, channels["x"], publish_at=None)
    assert "Pekan ini 1 dari 2 jam rutin terisi." in opened(client, sari)


def test_the_link_opens_a_draft_for_that_hour(client, sari, channels):
    client.force_login(sari)
    told = page(client.get(reverse("write"), {"at": "2026-11-28T09:00"}))
    assert 'value="2026-11-28"' in told
    assert 'value="09:00"' in told


@pytest.mark.parametrize("at", ["kemarin", "2020-01-01T09:00", "2026-11-28T09:00+07:00", "9" * 30])
def test_an_hour_that_cannot_be_gives_the_usual_one(client, sari, channels, at):
    client.force_login(sari)
    answer = client.get(reverse("write"), {"at": at})
    assert answer.status_code == 200
    assert 'value="2026-11-28"' in page(answer)


def test_without_hours_sari_is_told_where_to_choose_them(client, sari, channels):
    told = opened(client, sari)
    assert "OPD Anda belum memilih jam rutin." in told
    assert reverse("desk") in told


def test_a_draft_says_what_it_lacks(client, sari, channels):
    factories.make_draft(sari, channels["x"], sources=[])
    factories.make_draft(sari, text="")
    told = opened(client, sari)
    assert "Kurang: sumber data" in told
    assert "Kurang: teks, kanal" in told


def test_the_head_of_an_agency_sees_what_waits_for_a_reviewer(client, sari, dinkes, channels):
    factories.make_submitted(sari, channels["x"], text="Menunggu kabar.")
    head = factories.make_person("kepala@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)
    told = opened(client, head)
    assert "Menunggu peninjau" in told
    assert "Menunggu kabar." in told
    assert "Menunggu peninjau" not in opened(client, sari)


# --- who keeps the machinery ---


def test_the_admin_reads_whether_the_machinery_works(client, db):
    adi = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    told = opened(client, adi)
    assert "Penjadwal belum pernah terlihat." in told
    assert "Tidak ada yang menunggu. Undangan dan usul baru muncul di sini." in told
