"""Kalender: what stands on which day, for whom, in which view, and what it warns of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis.strategies import dates, integers, sampled_from

from accounts.models import Agency, Role
from publishing import rulebook
from publishing.agenda import days, periods
from publishing.models import Commemoration, Delivery, Heartbeat, Period, Post, Variant
from tests import factories
from tests.publishing.reviewing import Chair

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 09.00 WIB


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def wib(day, hour=9, minute=0, month=11):
    return timezone.make_aware(datetime(2026, month, day, hour, minute))


def calendar(person, **query):
    return Chair(person).see("calendar", **query)


def on(page, day, month=11):
    """The day of the page's calendar."""
    wanted = date(2026, month, day)
    return next(one for one in page.context["days"] if one.on == wanted)


def titles(day):
    return [chip.post.title for chip in day.chips]


def states(day):
    return [str(chip.status) for chip in day.chips]


# --- where a post stands ---


def test_a_post_stands_on_the_day_of_its_hour_with_time_agency_title_and_state(
    sari, dewi, channels
):
    factories.make_submitted(sari, channels["x"], text="Posyandu balita", publish_at=wib(27, 10))
    page = calendar(dewi, m="2026-11")
    assert titles(on(page, 27)) == ["Posyandu balita"]
    words = page.content.decode()
    for shown in ("10.00", "Dinkes", "Posyandu balita", "Menunggu tinjauan: "):
        assert shown in words


def test_a_day_begins_at_midnight_in_wib(sari, channels):
    for hour, minute in ((0, 0), (23, 59)):
        factories.make_draft(sari, channels["x"], publish_at=wib(28, hour, minute))
    factories.make_draft(sari, channels["x"], publish_at=wib(29, 0, 0))
    page = calendar(sari)
    assert [on(page, day).count for day in (27, 28, 29)] == [0, 2, 1]


@settings(max_examples=60, deadline=None)
@given(
    day=dates(date(2026, 1, 1), date(2028, 12, 31)),
    off=integers(-3, 3),
    view=sampled_from(periods.VIEWS),
)
def test_around_midnight_every_minute_belongs_to_exactly_one_day_of_every_view(day, off, view):
    """In UTC a day of the calendar begins at 17.00 of the day before."""
    moment = datetime(day.year, day.month, day.day, 17, tzinfo=UTC) + timedelta(minutes=off)
    period = replace(periods.asked({}), view=view, on=timezone.localtime(moment).date())
    holding = [
        on for on in period.days if days.starts(on) <= moment < days.starts(on + timedelta(days=1))
    ]
    assert holding == [day + timedelta(days=1 if off >= 0 else 0)]
    assert period.first <= holding[0] <= period.last


def test_what_was_approved_at_once_stands_where_its_deliveries_went(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=None, text="Sekarang")
    assert titles(on(calendar(sari), 23)) == ["Sekarang"]
    Delivery.objects.filter(post=post).update(status="published")
    assert states(on(calendar(sari), 23)) == ["published"]


def test_at_once_that_is_not_approved_stands_in_the_tray_only(sari, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=None, text="Segera")
    Post.objects.filter(pk=post.pk).update(at_once_at=wib(24))  # of an approval that was undone
    page = calendar(sari)
    assert sum(day.count for day in page.context["days"]) == 0


@pytest.mark.parametrize("status", ["failed", "uncertain", "missed"])
def test_a_delivery_in_trouble_shows_as_trouble_also_on_a_past_day(sari, dewi, channels, status):
    post = factories.make_approved(
        sari, dewi, channels["x"], channels["facebook"], publish_at=wib(24)
    )
    Delivery.objects.filter(post=post).update(status="published")
    Delivery.objects.filter(post=post, channel=channels["x"]).update(status=status)
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        page = calendar(dewi)
        assert states(on(page, 24)) == [status]
        assert f'data-status="{status}"' in page.content.decode()
        assert "<time>09.00</time><b>" in page.content.decode()


def test_a_past_day_is_a_check_and_a_title(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(24), text="Kemarin")
    Delivery.objects.filter(post=post).update(status="published")
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        words = calendar(sari).content.decode()
    assert "<time>09.00</time><b>" not in words
    assert "Kemarin" in words


def test_given_up_and_turned_down_stand_nowhere(sari, channels):
    for status in ("cancelled", "rejected"):
        post = factories.make_draft(sari, channels["x"], publish_at=wib(27))
        Post.objects.filter(pk=post.pk).update(status=status)
    assert on(calendar(sari), 27).count == 0


# --- who sees what ---


def test_each_sees_what_the_lists_show_them(sari, rina, budi, dewi, channels):
    factories.make_draft(sari, channels["x"], publish_at=wib(27), text="Draf Sari")
    factories.make_submitted(sari, channels["x"], publish_at=wib(27, 12), text="Diajukan")
    assert titles(on(calendar(rina), 27)) == ["Draf Sari", "Diajukan"]
    assert titles(on(calendar(dewi), 27)) == ["Diajukan"]
    assert on(calendar(budi), 27).count == 0
    admin = factories.make_person("adm@contoh.test", "Adm", Role.ADMIN)
    assert on(calendar(admin), 27).count == 0


def test_in_mode_latihan_only_trainings_stand_there(sari, channels):
    factories.make_draft(sari, channels["x"], publish_at=wib(27))
    other = factories.make_draft(sari, channels["x"], publish_at=wib(27), text="Latihan")
    Post.objects.filter(pk=other.pk).update(is_training=True)
    assert "Latihan" not in titles(on(calendar(sari), 27))
    sari.in_training = True
    sari.save()
    assert titles(on(calendar(sari), 27)) == ["Latihan"]


def test_one_agency_or_one_platform(sari, budi, dewi, channels):
    there = factories.make_channel(budi.agency, "facebook")
    factories.make_submitted(sari, channels["x"], publish_at=wib(27), text="Dinkes di X")
    factories.make_submitted(budi, there, publish_at=wib(27, 12), text="Disdikbud di Facebook")
    assert titles(on(calendar(dewi, opd=budi.agency_id), 27)) == ["Disdikbud di Facebook"]
    assert titles(on(calendar(dewi, kanal="x"), 27)) == ["Dinkes di X"]
    assert on(calendar(dewi, opd=budi.agency_id, kanal="x"), 27).count == 0


# --- the views and their addresses ---


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, date(2026, 10, 26), date(2026, 12, 6)),
        ({"m": "2026-02"}, date(2026, 1, 26), date(2026, 3, 1)),
        ({"v": "pekan", "d": "2026-11-25"}, date(2026, 11, 23), date(2026, 11, 29)),
        ({"v": "agenda", "d": "2026-11-25"}, date(2026, 11, 25), date(2026, 12, 1)),
    ],
)
def test_an_address_names_its_days(query, first, last):
    period = periods.asked(query)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "query",
    [
        {"v": "tahun"},
        {"m": "2026-13"},
        {"m": "9999-12"},
        {"m": "0001-01"},
        {"d": "kemarin"},
        {"d": "2026-02-30"},
        {"opd": "x"},
        {"opd": "9" * 40},
        {"kanal": "tiktok"},
    ],
)
def test_what_no_address_can_mean_falls_back_to_this_month(sari, query):
    page = calendar(sari, **query)
    assert page.status_code == 200
    assert page.context["period"].query == "?m=2026-11"


@pytest.mark.parametrize("view", ["bulan", "pekan", "agenda"])
def test_the_ways_back_and_on_lead_there_and_back_again(view):
    period = periods.asked({"v": view, "d": "2026-01-31", "kanal": "x"})
    assert period.after.before.first == period.first
    assert period.before.after.first == period.first
    assert period.after.platform == "x"


def test_the_calendar_ends_quietly_where_its_years_end():
    last = periods.asked({"m": "2099-12"})
    assert last.after == last
    first = periods.asked({"v": "pekan", "d": "2000-01-01"})
    assert first.before == first


# --- many ---


def test_more_than_three_a_day_are_behind_a_link_to_that_day(sari, channels):
    for n in range(5):
        factories.make_draft(sari, channels["x"], publish_at=wib(27, 8 + n), text=f"Nomor {n}")
    page = calendar(sari)
    assert titles(on(page, 27)) == ["Nomor 0", "Nomor 1", "Nomor 2"]
    assert "+2 lagi" in page.content.decode()
    day = Chair(sari).see("calendar_day", "2026-11-27")
    assert [chip.post.title for chip in day.context["day"].chips] == [
        f"Nomor {n}" for n in range(5)
    ]


def test_a_day_shows_the_hours_that_are_still_free(sari, channels):
    factories.make_submitted(sari, channels["x"], publish_at=wib(27, 10))
    day = Chair(sari).see("calendar_day", "2026-11-27")
    assert "10.00" not in day.context["free"]
    assert "11.00" in day.context["free"]
    assert Chair(sari).see("calendar_day", "2026-11-20").context["free"] == []


def test_a_dialog_gets_the_day_alone(sari):
    address = reverse("calendar_day", args=["2026-11-27"])
    part = Chair(sari).client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert Chair(sari).see("calendar_day", "besok").status_code == 404


def fill(author, channel, a_day=100):
    """As many posts a day as the whole regency may have, all of one channel and too close."""
    base = {"author": author, "saved_by": author, "agency": author.agency, "status": "submitted"}
    posts = Post.objects.bulk_create(
        Post(
            publish_at=wib(1, 7) + timedelta(days=day, minutes=7 * n),
            submitted_at=MONDAY,
            text=f"Jadwal imunisasi {n} di posyandu nagari {day}",
            **base,
        )
        for day in range(-6, 36)
        for n in range(a_day)
    )
    Variant.objects.bulk_create(Variant(post=post, channel=channel) for post in posts)


@pytest.mark.parametrize("query", [{}, {"v": "pekan"}, {"v": "agenda"}, {"opd": "1"}])
def test_a_hundred_a_day_cost_ten_queries_and_sixty_kilobytes(
    sari, dewi, channels, query, django_assert_max_num_queries
):
    fill(sari, channels["x"])
    Agency.objects.bulk_create(
        Agency(code=f"OPD{n}", name=f"Dinas nomor {n}", short_name=f"Disnomor{n}")
        for n in range(38)
    )
    Heartbeat.objects.create(kind="scheduler", name="beat:1", seen_at=timezone.now())
    for n in range(8):  # and a full tray
        factories.make_submitted(sari, channels["x"], publish_at=None, text=f"Segera {n}")
    chair = Chair(dewi)
    chair.see("calendar", **query)
    with django_assert_max_num_queries(10):
        page = chair.see("calendar", **query)
    assert len(page.content) <= 60 * 1024
    assert len(page.context["tray"]) == 5 or "opd" in query
    with django_assert_max_num_queries(10):
        day = chair.see("calendar_day", "2026-11-27")
    assert len(day.content) <= 60 * 1024
    assert day.context["after"] == 1
    later = chair.see("calendar_day", "2026-11-27", hal="2")
    assert (len(later.context["day"].chips), later.context["after"]) == (20, None)


# --- what the days say, and what is warned of ---


def test_holidays_commemorations_and_special_times_are_drawn_in(sari, dewi):
    Commemoration.objects.create(names="Hari Guru\nHUT PGRI", month=11, day=25)
    Period.objects.create(
        kind="mourning",
        name="Berkabung daerah",
        starts_on=date(2026, 11, 27),
        ends_on=date(2026, 11, 28),
    )
    rulebook.changed()
    assert on(calendar(sari, m="2026-12"), 25, month=12).names == "Hari Raya Natal"
    page = calendar(sari)
    assert on(page, 25).names == "Hari Guru"
    assert [on(page, day).period for day in (26, 27, 28, 29)] == ["", "mourning", "mourning", ""]
    assert "Berkabung daerah" in page.content.decode()


def test_a_day_with_five_posts_is_called_crowded(sari, dewi, channels, budi):
    there = factories.make_channel(budi.agency, "x")
    for n in range(4):
        factories.make_submitted(sari, channels["x"], publish_at=wib(27, 8 + n))
    assert "padat" not in calendar(dewi).content.decode()
    factories.make_submitted(budi, there, publish_at=wib(27, 15))
    words = " ".join(calendar(dewi).content.decode().split())
    assert "Jumat, 27 Nov padat:</b> 5 unggahan dari 2 OPD." in words
    assert "padat" not in calendar(sari).content.decode()  # four of hers


def test_a_busy_regency_is_not_crowded_every_day(sari, dewi, channels):
    for day in (24, 25, 26):
        for n in range(6):
            factories.make_submitted(sari, channels["x"], publish_at=wib(day, 9 + n))
    for n in range(11):
        factories.make_submitted(sari, channels["x"], publish_at=wib(27, 8 + n))
    factories.make_submitted(sari, channels["x"], publish_at=wib(28, 8))
    assert "padat" not in calendar(dewi).content.decode()  # six are usual
    factories.make_submitted(sari, channels["x"], publish_at=wib(27, 20))
    words = " ".join(calendar(dewi).content.decode().split())
    assert "Jumat, 27 Nov padat:</b> 12 unggahan." in words


def test_drafts_make_no_day_crowded(sari, channels):
    for n in range(6):
        factories.make_draft(sari, channels["x"], publish_at=wib(27, 8 + n))
    assert "padat" not in calendar(sari).content.decode()


def test_two_posts_of_one_channel_within_half_an_hour_are_named(sari, dewi, channels):
    factories.make_submitted(sari, channels["x"], publish_at=wib(27, 10))
    factories.make_submitted(sari, channels["facebook"], publish_at=wib(27, 10, 10))
    assert "berdekatan" not in calendar(dewi).content.decode()
    factories.make_submitted(sari, channels["x"], publish_at=wib(27, 10, 20), text="Lain lagi")
    words = " ".join(calendar(dewi).content.decode().split())
    assert "dua unggahan berdekatan pada Jumat, 27 Nov, pukul 10.00 dan 10.20." in words


def test_next_week_warns_of_next_weeks_pairs_only(sari, dewi, channels):
    for hour in (wib(27, 10), wib(27, 10, 20), wib(1, 9, month=12), wib(1, 9, 15, month=12)):
        factories.make_submitted(sari, channels["x"], publish_at=hour)
    words = " ".join(calendar(dewi, v="pekan", d="2026-12-01").content.decode().split())
    assert "pada Selasa, 1 Des, pukul 09.00 dan 09.15." in words
    assert "pada Jumat, 27 Nov" not in words


@pytest.mark.parametrize("view", ["bulan", "pekan", "agenda"])
def test_both_of_two_that_are_too_close_are_marked_and_no_third(sari, dewi, channels, view):
    for channel, hour, minute, text in (
        ("x", 10, 0, "Yang satu"),
        ("facebook", 10, 10, "Kanal lain"),
        ("x", 10, 20, "Yang lain"),
        ("x", 12, 0, "Jauh sesudahnya"),
    ):
        factories.make_submitted(
            sari, channels[channel], text=text, publish_at=wib(27, hour, minute)
        )
    near = set(Post.objects.filter(text__startswith="Yang").values_list("pk", flat=True))
    page = calendar(dewi, v=view, d="2026-11-27")
    assert page.context["near"] == near
    assert page.content.decode().lower().count("berdekatan</") >= 2
    day = Chair(dewi).see("calendar_day", "2026-11-27")
    assert day.context["near"] == near
    assert day.content.decode().count(">Berdekatan<") == 2


def test_the_tray_holds_what_waits_for_an_hour(sari, budi, dewi, channels):
    factories.make_draft(sari, channels["x"], publish_at=None, text="Draf tanpa jam")
    factories.make_submitted(sari, channels["x"], publish_at=None, text="Segera")
    ran_out = factories.make_submitted(sari, channels["x"], publish_at=wib(24), text="Lewat")
    Post.objects.filter(pk=ran_out.pk).update(status="expired")
    missed = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(24), text="Terlewat")
    Delivery.objects.filter(post=missed).update(status="missed")

    def tray(person):
        return {one.chip.post.title for one in calendar(person).context["tray"]}

    assert tray(sari) == {"Draf tanpa jam", "Segera", "Lewat", "Terlewat"}
    assert tray(dewi) == {"Segera", "Lewat", "Terlewat"}
    assert tray(budi) == set()


def test_the_way_to_the_calendar_is_there_for_who_sees_posts(sari, dewi):
    address = reverse("calendar")
    for person in (sari, dewi):
        assert f'href="{address}"' in Chair(person).see("posts").content.decode()
    leader = factories.make_person("lead@contoh.test", "Lead", Role.LEADER)
    assert f'href="{address}"' not in Chair(leader).see("posts").content.decode()
