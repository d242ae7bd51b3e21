"""Rencana: one week of Dinkes, pillar by pillar and day by day."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Agency
from publishing import plan, rulebook, workflow
from publishing.models import Delivery, Desk, Pillar, Post
from tests import factories
from tests.publishing.composing import page
from tests.publishing.week import wib

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def wednesday():
    """It is Wednesday, 25 November 2026, nine o'clock in WIB."""
    with time_machine.travel(wib(25, "09.00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def planned(dinkes):
    """Dinkes promised four posts of service and two of education a week."""
    return Desk.objects.create(agency=dinkes, plan={"service": 4, "education": 2})


def row(agency, pillar, monday=MONDAY):
    found = plan.week(agency, monday)
    return next(row for row in found.rows if row.pillar == pillar)


def titles(week, weekday):
    return [entry.post.title for entry in week.days[weekday].entries]


def publish(post):
    """What the worker would have left behind."""
    Delivery.objects.filter(post=post).update(status="published", remote_id=str(post.pk))


# --- what counts ---


def test_each_sort_is_counted_by_itself_and_the_rest_is_missing(
    planned, dinkes, sari, dewi, channels
):
    x, hour = channels["x"], wib(27, "09.00")
    factories.make_draft(sari, x, text="Draf", publish_at=hour)
    factories.make_submitted(sari, x, text="Diajukan", publish_at=hour)
    factories.make_approved(sari, dewi, x, text="Disetujui", publish_at=hour)
    found = row(dinkes, "service")
    assert (found.planned, found.drafted, found.submitted, found.approved, found.published) == (
        4,
        1,
        1,
        1,
        0,
    )
    assert (found.made, found.missing) == (3, 1)
    publish(Post.objects.get(text="Disetujui"))
    found = row(dinkes, "service")
    assert (found.approved, found.published, found.missing) == (0, 1, 1)


def test_too_many_of_one_pillar_make_up_for_no_other(planned, dinkes, sari, channels):
    for n in range(6):
        factories.make_draft(sari, channels["x"], text=f"{n}", publish_at=wib(27, "09.00"))
    week = plan.week(dinkes, MONDAY)
    assert (week.kept, week.planned) == (4, 6)
    assert row(dinkes, "education").missing == 2


def test_what_was_sent_back_is_a_draft_again(planned, dinkes, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(27, "09.00"))
    sha = post.revisions.get().sha256
    workflow.send_back(post, by=dewi, seen=post.version, revision=sha, note="Sebutkan jamnya.")
    assert row(dinkes, "service").drafted == 1


def test_what_was_given_up_is_gone_and_what_expired_is_seen_but_not_counted(
    planned, dinkes, sari, channels
):
    hour = wib(26, "09.00")
    gone = factories.make_draft(sari, channels["x"], text="Batal", publish_at=hour)
    workflow.cancel(gone, by=sari, seen=gone.version)
    factories.make_submitted(sari, channels["x"], text="Lewat", publish_at=hour)
    Post.objects.filter(text="Lewat").update(status="expired")
    assert row(dinkes, "service").made == 0
    assert titles(plan.week(dinkes, MONDAY), 3) == ["Lewat"]


def test_what_goes_out_at_once_belongs_to_the_day_it_was_handed_in(planned, dinkes, sari, channels):
    factories.make_draft(sari, channels["x"], text="Tanpa waktu", publish_at=None)
    factories.make_submitted(sari, channels["x"], text="Segera", publish_at=None)
    week = plan.week(dinkes, MONDAY)
    assert titles(week, 2) == ["Segera"]
    assert row(dinkes, "service").made == 1


def test_a_week_begins_and_ends_at_midnight_in_wib(dinkes, sari, channels):
    hours = {
        "Minggu lalu": wib(22, "23.59"),
        "Senin": wib(23, "00.00"),
        "Minggu": wib(29, "23.59"),
        "Senin depan": wib(30, "00.00"),
    }
    for text, hour in hours.items():
        factories.make_draft(sari, channels["x"], text=text, publish_at=hour)
    week = plan.week(dinkes, MONDAY)
    assert [titles(week, n) for n in range(7)] == [["Senin"], [], [], [], [], [], ["Minggu"]]


def test_every_pillar_has_its_row_and_none_only_when_it_is_needed(dinkes, sari, channels):
    assert [row.pillar for row in plan.week(dinkes, MONDAY).rows] == Pillar.values
    post = factories.make_draft(sari, channels["x"], publish_at=wib(27, "09.00"))
    Post.objects.filter(pk=post.pk).update(pillar="")
    assert plan.week(dinkes, MONDAY).rows[-1].drafted == 1


def test_two_queries_whatever_the_week_holds(
    planned, dinkes, sari, dewi, channels, django_assert_num_queries
):
    for n in range(4):
        text, hour = f"{n}", wib(27, "09.00")
        factories.make_approved(sari, dewi, channels["x"], text=text, publish_at=hour)
    agency = Agency.objects.get(pk=dinkes.pk)
    with django_assert_num_queries(2):
        assert row(agency, "service").approved == 4


# --- the page ---


def test_sari_reads_her_week_in_one_sentence(desk, planned, sari, budi, channels):
    factories.make_draft(sari, channels["x"], text="Posyandu", publish_at=wib(27, "16.30"))
    factories.make_draft(budi, text="Punya Budi", publish_at=wib(27, "09.00"))
    shown = page(desk.get(reverse("plan")))
    assert "Pekan ini 1 dari 6 unggahan yang direncanakan sudah ada." in shown
    assert "23 November – 29 November 2026" in shown
    assert "kurang 3" in shown
    assert "Posyandu</a>" in shown
    assert ">16.30</time>" in shown
    assert f'href="{reverse("write")}?pillar=education"' in shown
    assert "Punya Budi" not in shown


def test_a_pillar_that_has_all_it_needs_says_so(desk, dinkes, sari, channels):
    Desk.objects.create(agency=dinkes, plan={"service": 1})
    factories.make_draft(sari, channels["x"], publish_at=wib(27, "16.30"))
    shown = page(desk.get(reverse("plan")))
    assert "lengkap" in shown
    assert "kurang" not in shown


def test_without_a_plan_sari_is_led_to_where_it_is_written(desk):
    shown = page(desk.get(reverse("plan")))
    assert "Belum ada rencana pekanan." in shown
    assert reverse("desk") in shown


def test_sari_turns_to_other_weeks_and_back(desk, planned):
    shown = desk.get(reverse("plan"), {"pekan": "2026-W53"})
    assert shown.context["week"].monday == date(2026, 12, 28)
    assert "Pada pekan itu 0 dari 6" in page(shown)
    assert "?pekan=2026-W52" in page(shown)
    assert "?pekan=2027-W01" in page(shown)
    assert "Tahun Baru Masehi" in page(shown)


@pytest.mark.parametrize("asked", ["", "kapan", "2026-W54", "0001-W01", "9999-W53", "2026-48"])
def test_a_week_that_does_not_exist_is_this_one(asked, desk):
    shown = desk.get(reverse("plan"), {"pekan": asked})
    assert shown.context["week"].monday == MONDAY
    assert "?pekan=2026-W49" in page(shown)


def test_on_sunday_night_it_is_still_this_week_in_wib(wednesday):
    wednesday.move_to(wib(29, "23.59"), tick=False)
    assert plan.monday_of("") == MONDAY
    wednesday.move_to(wib(30, "00.00"), tick=False)
    assert plan.monday_of("") == date(2026, 11, 30)


def test_the_page_costs_the_same_with_more_posts(
    desk, planned, sari, channels, django_assert_max_num_queries
):
    for n in range(10):
        factories.make_draft(sari, channels["x"], text=f"{n}", publish_at=wib(27, "09.00"))
    rulebook.current()  # read once in a while, not for every page
    with django_assert_max_num_queries(9):
        desk.get(reverse("plan"))
