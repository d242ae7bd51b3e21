"""The next free hours of the agency's week."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from publishing import advice, slots, workflow
from publishing.models import Desk, Kind, Post
from tests import factories
from tests.publishing.composing import page
from tests.publishing.week import wib

NINE = [[2, "09:00"], [3, "09:00"], [5, "09:00"]]  # Wednesday, Thursday, Saturday


@pytest.fixture(autouse=True)
def wednesday():
    """It is Wednesday, 25 November 2026, eight o'clock in WIB."""
    with time_machine.travel(wib(25, "08.00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def weekly(dinkes, channels):
    """Sets the weekly hours of Dinkes' channels by platform."""

    def keep(**hours):
        kept = {str(channels[platform].pk): week for platform, week in hours.items()}
        Desk.objects.update_or_create(agency=dinkes, defaults={"slots": kept})

    return keep


def free(post):
    found = advice.loaded(Post.objects.all()).get(pk=post.pk)
    return slots.free(found, timezone.now())


def test_without_weekly_hours_nothing_is_offered_and_nothing_asked(
    sari, channels, django_assert_num_queries
):
    post = factories.make_draft(sari, channels["x"])
    found = advice.loaded(Post.objects.all()).get(pk=post.pk)
    with django_assert_num_queries(0):
        assert slots.free(found, timezone.now()) == []


def test_three_hours_after_the_review_has_had_its_time(sari, channels, weekly):
    weekly(x=NINE)
    expected = [wib(26, "09.00"), wib(28, "09.00"), wib(2, "09.00", month=12)]
    assert free(factories.make_draft(sari, channels["x"])) == expected


def test_the_clock_of_the_kind_decides_what_is_too_near(sari, channels, weekly):
    weekly(x=[[2, "10:29"], [2, "10:30"], [2, "12:30"]])
    service = factories.make_draft(sari, channels["x"], kind=Kind.ANNOUNCEMENT)
    greeting = factories.make_draft(sari, channels["x"], kind=Kind.GREETING)
    assert free(service)[0] == wib(25, "10.30")
    assert free(greeting)[0] == wib(25, "12.30")


def test_on_friday_night_saturday_is_too_near(wednesday, sari, channels, weekly):
    weekly(x=[[5, "09:00"], [0, "09:00"], [0, "10:00"]])
    wednesday.move_to(wib(27, "20.00"), tick=False)
    assert free(factories.make_draft(sari, channels["x"]))[0] == wib(30, "10.00")


def test_two_channels_get_the_hours_that_they_share(sari, channels, weekly):
    weekly(x=[[3, "09:00"], [4, "09:00"]], facebook=[[4, "09:00"], [5, "09:00"]])
    both = factories.make_draft(sari, channels["x"], channels["facebook"])
    assert free(both)[:2] == [wib(27, "09.00"), wib(4, "09.00", month=12)]


def test_a_channel_without_hours_has_no_say(sari, channels, weekly):
    weekly(x=[[3, "09:00"]])
    assert free(factories.make_draft(sari, *channels.values()))[0] == wib(26, "09.00")


def test_with_no_hour_in_common_any_will_do(sari, channels, weekly):
    weekly(x=[[3, "09:00"]], facebook=[[4, "09:00"]])
    both = factories.make_draft(sari, channels["x"], channels["facebook"])
    assert free(both)[:2] == [wib(26, "09.00"), wib(27, "09.00")]


@pytest.mark.parametrize(("clock", "taken"), [("08.30", False), ("08.31", True), ("09.29", True)])
def test_an_hour_near_another_post_of_the_channel_is_taken(
    clock, taken, sari, rina, channels, weekly
):
    weekly(x=NINE)
    factories.make_submitted(rina, channels["x"], text="Punya Rina", publish_at=wib(26, clock))
    offered = free(factories.make_draft(sari, channels["x"]))
    assert (wib(26, "09.00") not in offered) == taken


def test_every_chosen_channel_must_be_free(sari, rina, channels, weekly):
    weekly(x=NINE)
    hour = wib(26, "09.00")
    factories.make_submitted(rina, channels["facebook"], text="Punya Rina", publish_at=hour)
    assert free(factories.make_draft(sari, channels["x"]))[0] == hour
    both = factories.make_draft(sari, channels["x"], channels["facebook"])
    assert free(both)[0] == wib(28, "09.00")


def test_drafts_and_what_was_given_up_take_no_hour(sari, rina, channels, weekly):
    weekly(x=NINE)
    hour = wib(26, "09.00")
    factories.make_draft(rina, channels["x"], text="Draf Rina", publish_at=hour)
    other = factories.make_submitted(rina, channels["x"], text="Batal", publish_at=hour)
    workflow.cancel(other, by=rina, seen=other.version)
    assert free(factories.make_draft(sari, channels["x"]))[0] == hour


def test_nothing_is_offered_after_it_stops_being_valid_or_after_four_weeks(sari, channels, weekly):
    weekly(x=NINE)
    until = wib(28, "09.00")
    short = factories.make_draft(sari, channels["x"], valid_until=until)
    assert free(short) == [wib(26, "09.00")]
    for n in range(4):
        hour = wib(26, "09.00") + n * timedelta(days=7)
        factories.make_submitted(sari, channels["facebook"], text=f"{n}", publish_at=hour)
    weekly(facebook=[[3, "09:00"]])
    assert free(factories.make_draft(sari, channels["facebook"])) == []


def test_the_hours_are_buttons_that_the_server_understands(desk, sari, channels, weekly):
    weekly(x=NINE)
    post = factories.make_draft(sari, channels["x"])
    address = reverse("advice", args=[post.pk])
    shown = page(desk.get(address, headers={"HX-Request": "true"}))
    assert (
        '<button class="btn sm" name="do" value="slot:2026-11-28T09:00" '
        'data-slot="2026-11-28T09:00">Sabtu, 28 November pukul 09.00</button>'
    ) in shown
    assert "Sabtu, 28 November pukul 09.00" in page(desk.get(address))
    assert "<button" not in page(desk.get(address)).partition("Jam kosong")[2].partition("</ul>")[0]


def test_one_query_finds_what_is_taken(sari, rina, channels, weekly, django_assert_num_queries):
    weekly(x=NINE, facebook=NINE, instagram=NINE)
    for n in range(5):
        factories.make_submitted(
            rina, channels["x"], channels["facebook"], text=f"{n}", publish_at=wib(26, "09.10")
        )
    post = factories.make_draft(sari, *channels.values())
    found = advice.loaded(Post.objects.all()).get(pk=post.pk)
    with django_assert_num_queries(1):
        assert slots.free(found, timezone.now())[0] == wib(28, "09.00")
