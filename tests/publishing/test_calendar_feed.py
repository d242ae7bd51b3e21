"""The calendar in other apps: an address is made, shown once, read, and taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Agency, Role
from publishing import workflow
from publishing.agenda import feed as book
from publishing.models import CalendarFeed, Delivery, Post
from publishing.workflow import NotAllowed, feeds
from tests import factories
from tests.publishing.reviewing import Chair, now

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 09.00 WIB


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def secret(sari, dinkes):
    return feeds.make(dinkes, "Ponsel Sari", by=sari)


def wib(day, hour=9, month=11):
    return timezone.make_aware(datetime(2026, month, day, hour))


def read(secret, **headers):
    """As a calendar app does: nobody is signed in."""
    return Client().get(reverse("calendar_feed", args=[secret]), headers=headers)


def events(secret):
    return list(Calendar.from_ical(read(secret).content).walk("VEVENT"))


def summaries(secret):
    return [str(one["SUMMARY"]) for one in events(secret)]


# --- the address ---


def test_an_address_is_made_shown_once_and_kept_as_a_digest(sari, dinkes):
    chair = Chair(sari)
    sent = {"name": "Ponsel Sari", "agency": dinkes.pk}
    page = chair.client.post(reverse("make_feed"), sent)
    address = page.context["address"]
    assert address in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 40
    kept = CalendarFeed.objects.get()
    assert secret not in str(vars(kept))
    assert read(secret).status_code == 200
    again = chair.words("calendar_feeds")
    assert "Ponsel Sari" in again
    assert secret not in again


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Beri nama, misalnya: ponsel Sari."),
        ({"agency": ""}, "Pilih OPD-nya."),
        ({"agency": "999"}, "Pilih OPD dari daftar."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_made(sari, dinkes, sent, said):
    page = Chair(sari).client.post(
        reverse("make_feed"), {"name": "Ponsel", "agency": dinkes.pk} | sent
    )
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not CalendarFeed.objects.exists()


def test_an_author_has_her_own_agencys_and_a_reviewer_any(sari, budi, dewi, dinkes):
    with pytest.raises(NotAllowed):
        feeds.make(budi.agency, "Punya orang", by=sari)
    assert read(feeds.make(budi.agency, "Meja Dewi", by=dewi)).status_code == 200
    leader = factories.make_person("lead@contoh.test", "Lead", Role.LEADER)
    assert Chair(leader).see("calendar_feeds").status_code == 403


def test_ten_addresses_are_enough(sari, dinkes):
    for n in range(10):
        feeds.make(dinkes, f"Nomor {n}", by=sari)
    page = Chair(sari).client.post(reverse("make_feed"), {"name": "Satu lagi", "agency": dinkes.pk})
    assert page.status_code == 422
    assert "Anda sudah memiliki 10 alamat." in page.content.decode()


# --- when it answers nothing any more ---


def test_a_revoked_address_is_gone_and_only_its_owner_revokes(sari, rina, secret):
    address = reverse("revoke_feed", args=[CalendarFeed.objects.get().pk])
    assert Chair(rina).client.post(address).status_code == 404
    assert read(secret).status_code == 200
    assert Chair(sari).client.post(address).status_code == 302
    assert read(secret).status_code == 404
    assert "Ponsel Sari" not in Chair(sari).words("calendar_feeds")


def test_an_unknown_address_is_a_404(db):
    assert read("x").status_code == 404
    assert read("x" * 500).status_code == 404


def test_it_ends_with_its_owners_work_there(sari, budi, secret):
    for change in ({"is_active": False}, {"agency": budi.agency}, {"role": Role.LEADER}):
        kept = {name: getattr(sari, name) for name in change}
        type(sari).objects.filter(pk=sari.pk).update(**change)
        assert read(secret).status_code == 404
        type(sari).objects.filter(pk=sari.pk).update(**kept)
        assert read(secret).status_code == 200


def test_it_ends_with_its_agency(dinkes, secret):
    Agency.objects.filter(pk=dinkes.pk).update(closed_on=date(2026, 11, 1))
    assert read(secret).status_code == 404


# --- what it says ---


def test_only_what_is_approved_carries_its_title(sari, dewi, channels, secret):
    factories.make_draft(sari, channels["x"], publish_at=wib(24), text="Rahasia draf")
    factories.make_submitted(sari, channels["x"], publish_at=wib(25), text="Rahasia tinjau")
    factories.make_approved(sari, dewi, channels["x"], publish_at=wib(26), text="Posyandu Kamis")
    assert summaries(secret) == ["Menunggu tinjauan", "Posyandu Kamis"]
    assert "Rahasia" not in read(secret).content.decode()
    assert [str(one["STATUS"]) for one in events(secret)] == ["TENTATIVE", "CONFIRMED"]


def test_what_was_cancelled_says_so_without_words(sari, channels, secret):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    workflow.cancel(post, by=sari, seen=post.version)
    assert [(str(e["STATUS"]), str(e["SUMMARY"])) for e in events(secret)] == [
        ("CANCELLED", "Dibatalkan")
    ]


@pytest.mark.parametrize(
    ("state", "status", "said"),
    [
        ("waiting", "CONFIRMED", "Posyandu"),
        ("published", "CONFIRMED", "Posyandu"),
        ("failed", "TENTATIVE", "Gagal tayang: Posyandu"),
        ("missed", "TENTATIVE", "Terlewat: Posyandu"),
        ("cancelled", "CANCELLED", "Dibatalkan: Posyandu"),
    ],
)
def test_an_approval_alone_confirms_nothing(sari, dewi, channels, secret, state, status, said):
    factories.make_approved(sari, dewi, channels["x"], publish_at=wib(26), text="Posyandu")
    Delivery.objects.update(status=state, next_at=None)
    assert [(str(e["STATUS"]), str(e["SUMMARY"])) for e in events(secret)] == [(status, said)]


def test_an_event_keeps_its_id_and_counts_up_when_it_moves(sari, dewi, channels, secret):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(26))
    (first,) = events(secret)
    workflow.move(now(post), by=dewi, seen=now(post).version, to=wib(27, 14))
    (then,) = events(secret)
    assert then["UID"] == first["UID"]
    assert (first["SEQUENCE"], then["SEQUENCE"]) == (post.version, post.version + 1)
    assert then["DTSTART"].dt == wib(27, 14)
    assert str(then["URL"]).endswith(reverse("post", args=[post.pk]))


def test_it_reaches_from_a_month_back_to_a_year_ahead(sari, channels, secret):
    kept = factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    for days, there in ((-32, 0), (-30, 1), (364, 1), (366, 0)):
        Post.objects.filter(pk=kept.pk).update(publish_at=MONDAY + timedelta(days=days))
        assert len(events(secret)) == there, days


def test_other_agencies_and_trainings_are_not_in_it(sari, budi, channels, secret):
    there = factories.make_channel(budi.agency, "x")
    factories.make_submitted(budi, there, publish_at=wib(25))
    own = factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    Post.objects.filter(pk=own.pk).update(is_training=True)
    assert events(secret) == []


def test_a_line_break_in_a_title_cannot_add_a_line_to_the_file(sari, dewi, channels, secret):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(26))
    Post.objects.filter(pk=post.pk).update(text="Jadwal; a, b\r\nSTATUS:CANCELLED")
    (event,) = events(secret)
    assert str(event["SUMMARY"]) == "Jadwal; a, b"
    assert str(event["STATUS"]) == "CONFIRMED"


def test_what_did_not_change_is_not_sent_again(sari, channels, secret):
    factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    first = read(secret)
    assert first["Content-Type"].startswith("text/calendar")
    assert "private" in first["Cache-Control"]
    assert read(secret, if_none_match=first["ETag"]).status_code == 304
    factories.make_submitted(sari, channels["x"], publish_at=wib(26), text="Lain")
    assert read(secret, if_none_match=first["ETag"]).status_code == 200


def test_what_a_proxy_or_a_clumsy_app_asks_with_is_understood_too(secret):
    mark = read(secret)["ETag"]
    for asked in (f"W/{mark}", f'"lain", {mark}', "*"):
        answer = read(secret, if_none_match=asked)
        assert answer.status_code == 304, asked
        assert "private" in answer["Cache-Control"]
        assert answer.content == b""


# --- when it was read, and how often ---


def test_its_owner_sees_when_it_was_last_read(sari, secret, clock):
    chair = Chair(sari)
    assert "belum pernah dibaca" in chair.words("calendar_feeds")
    read(secret)
    assert CalendarFeed.objects.get().last_used_at == MONDAY
    clock.shift(timedelta(minutes=9))  # not written again for every reading
    read(secret)
    assert CalendarFeed.objects.get().last_used_at == MONDAY
    clock.shift(timedelta(minutes=2))
    read(secret)
    said = chair.words("calendar_feeds").partition("terakhir dibaca ")[2]
    assert ">hari ini, 09.11</time>" in said[:120]


def test_one_that_is_read_without_a_pause_waits_and_the_others_do_not(sari, dinkes, secret, clock):
    other = feeds.make(dinkes, "Laptop Sari", by=sari)
    for _ in range(feeds.OFTEN):
        assert read(secret).status_code == 200
    answer = read(secret)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert read(other).status_code == 200
    clock.shift(feeds.WINDOW)
    assert read(secret).status_code == 200


def test_a_whole_year_of_an_agency_is_read_in_one_query(
    sari, channels, secret, django_assert_max_num_queries
):
    base = {"author": sari, "saved_by": sari, "agency": sari.agency, "status": "approved"}
    Post.objects.bulk_create(
        Post(publish_at=MONDAY + timedelta(hours=n), submitted_at=MONDAY, text=f"N {n}", **base)
        for n in range(500)
    )
    feed = book.find(secret)
    assert feed
    with django_assert_max_num_queries(1):
        assert len(Calendar.from_ical(book.text(feed)).walk("VEVENT")) == 500
