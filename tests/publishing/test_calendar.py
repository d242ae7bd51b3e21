"""Working hours, days off and the review clock, to the minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import calendar, kinds
from publishing.models import Kind
from tests.publishing.week import wib

pytestmark = pytest.mark.django_db  # Humas may strike a day, or add one
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(timezone.make_aware)
CLOCKS = st.sampled_from([timedelta(minutes=15), timedelta(hours=2), timedelta(days=1)]) | (
    st.timedeltas(timedelta(minutes=1), timedelta(days=3))
)


# a busy machine is no fault of the calendar's
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Track:
    clock: timedelta
    around_the_clock: bool = False


# --- days ---


def test_christmas_and_the_leave_before_it_are_named_and_nobody_works():
    assert calendar.holiday_name(date(2026, 12, 25)) == "Hari Raya Natal"
    assert "Cuti Bersama" in calendar.holiday_name(date(2026, 12, 24))
    assert not calendar.is_working_day(date(2026, 12, 25))
    assert not calendar.is_working_day(date(2026, 12, 24))
    assert calendar.is_working_day(date(2026, 12, 23))


def test_saturdays_and_sundays_are_off_without_a_name():
    assert [calendar.is_working_day(date(2026, 11, 23 + n)) for n in range(7)] == [True] * 5 + [
        False,
        False,
    ]
    assert calendar.holiday_name(date(2026, 11, 28)) == ""


def test_days_off_are_counted_by_the_days_of_wib_not_of_utc():
    late = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)  # Saturday 00.30 in WIB
    assert calendar.days_off(late, late) == [date(2026, 11, 28)]
    assert calendar.days_off(late - timedelta(hours=1), late - timedelta(hours=1)) == []


@pytest.mark.parametrize(
    ("at", "works"),
    [
        (wib(25, "07.29"), False),
        (wib(25, "07.30"), True),
        (wib(25, "15.59"), True),
        (wib(25, "16.00"), False),
        (wib(27, "16.15"), True),  # Friday is half an hour longer
        (wib(27, "16.30"), False),
        (wib(28, "10.00"), False),
        (wib(25, "10.00", month=12), False),
    ],
)
def test_the_unit_works_in_office_hours_only(at, works):
    assert calendar.is_working_hour(at) == works


# --- the clock ---


@pytest.mark.parametrize(
    ("start", "delta", "ends"),
    [
        (wib(25, "08.00"), timedelta(hours=2), wib(25, "10.00")),
        (wib(25, "14.00"), timedelta(hours=2), wib(25, "16.00")),
        (wib(25, "15.00"), timedelta(hours=2), wib(26, "08.30")),
        (wib(25, "23.59"), timedelta(hours=2), wib(26, "09.30")),
        (wib(26, "00.01"), timedelta(hours=2), wib(26, "09.30")),
        (wib(27, "15.30"), timedelta(hours=2), wib(30, "08.30")),
        (wib(28, "09.00"), timedelta(hours=4), wib(30, "11.30")),
        (wib(25, "10.00"), timedelta(days=1), wib(26, "10.00")),  # a working day, not 24 hours
        (wib(27, "10.00"), timedelta(days=1), wib(30, "09.30")),
        (wib(23, "15.00", month=12), timedelta(hours=2), wib(28, "08.30", month=12)),
    ],
)
def test_a_clock_runs_in_working_hours(start, delta, ends):
    assert calendar.working_time(start, delta) == ends


def test_a_clock_that_starts_in_utc_runs_by_wib():
    start = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)  # Thursday 00.30 in WIB
    assert calendar.working_time(start, timedelta(hours=2)) == wib(26, "09.30")


@unhurried
@given(MOMENTS, CLOCKS)
def test_a_clock_ends_at_work_and_never_sooner_than_by_day_and_night(start, delta):
    ends = calendar.working_time(start, delta)
    assert ends >= start
    assert calendar.is_working_hour(ends - timedelta(microseconds=1))
    if not delta.days:
        assert ends >= start + delta


@unhurried
@given(MOMENTS, MOMENTS, CLOCKS)
def test_who_hands_in_later_is_not_decided_sooner(one, other, delta):
    first, second = sorted((one, other))
    assert calendar.working_time(first, delta) <= calendar.working_time(second, delta)


@unhurried
@given(MOMENTS, CLOCKS)
def test_the_last_moment_to_hand_in_is_just_in_time_and_a_second_later_is_not(end, delta):
    latest = calendar.latest_start(end, delta)
    assert calendar.working_time(latest, delta) <= end
    assert calendar.working_time(latest + timedelta(seconds=1), delta) > end


@unhurried
@given(MOMENTS, CLOCKS)
def test_a_pause_in_the_middle_changes_nothing(start, delta):
    half = delta / 2
    if delta.days:
        return  # halves of a working day are no longer days
    middle = calendar.working_time(start, half)
    assert calendar.working_time(middle, delta - half) == calendar.working_time(start, delta)


# --- when a review is due ---


def test_danger_is_reviewed_by_night_and_on_sundays():
    track = kinds.of(Kind.EMERGENCY).track
    sunday_night = wib(29, "23.55")
    due = calendar.review_due(track, sunday_night, None)
    assert due == wib(30, "00.10")


def test_a_review_is_due_half_an_hour_before_a_near_hour():
    track = kinds.of(Kind.ANNOUNCEMENT).track
    assert calendar.review_due(track, wib(25, "08.00"), wib(25, "10.15")) == wib(25, "09.45")
    assert calendar.review_due(track, wib(25, "08.00"), wib(25, "14.00")) == wib(25, "10.00")
    assert calendar.review_due(track, wib(27, "16.00"), wib(28, "09.00")) == wib(28, "08.30")


def test_what_goes_out_as_soon_as_approved_has_its_whole_clock():
    assert calendar.review_due(kinds.ORDINARY, wib(25, "14.00"), None) == wib(26, "09.30")


@unhurried
@given(MOMENTS, st.sampled_from(list(Kind)), MOMENTS | st.none())
def test_a_review_is_never_due_after_its_clock_nor_too_near_its_hour(at, kind, publish_at):
    track = kinds.of(kind).track
    due = calendar.review_due(track, at, publish_at)
    assert due <= calendar.runs_out(track, at)
    assert publish_at is None or due <= publish_at - timedelta(minutes=30)


def test_a_post_for_saturday_is_handed_in_on_friday():
    assert calendar.hand_in_by(kinds.SERVICE, wib(28, "09.00")) == wib(27, "14.30")
    night = Track(timedelta(minutes=15), around_the_clock=True)
    assert calendar.hand_in_by(night, wib(28, "09.00")) == wib(28, "08.15")


# --- the hours of a week ---


def test_weekly_hours_come_in_order_from_now_on():
    weekly = [(5, time(9)), (2, time(16, 30)), (2, time(8))]
    hours = calendar.weekly_hours(weekly, wib(25, "09.00"), wib(24, "09.00", month=12))
    assert list(islice(hours, 3)) == [
        wib(25, "16.30"),
        wib(28, "09.00"),
        wib(2, "08.00", month=12),
    ]


def test_weekly_hours_end_where_they_should_and_a_blank_week_has_none():
    until = wib(28, "09.00")
    assert list(calendar.weekly_hours([(5, time(9))], wib(25, "09.00"), until)) == [until]
    assert list(calendar.weekly_hours([(5, time(9, 1))], wib(25, "09.00"), until)) == []
    assert list(calendar.weekly_hours([], wib(25, "09.00"), until)) == []


def test_an_hour_just_after_midnight_belongs_to_its_day_in_wib():
    hours = calendar.weekly_hours([(3, time(0, 15))], wib(25, "23.00"), wib(26, "23.00"))
    assert list(hours) == [datetime(2026, 11, 25, 17, 15, tzinfo=UTC)]


def test_a_moment_is_spoken_with_its_year_only_when_it_is_another():
    with time_machine.travel(wib(25, "09.00"), tick=False):
        assert calendar.spoken(wib(28, "09.00")) == "Sabtu, 28 November pukul 09.00"
        spoken = calendar.spoken(wib(4, "16.30", month=1, year=2027))
        assert spoken == "Senin, 4 Januari 2027 pukul 16.30"


def test_one_sentence_says_why_an_hour_cannot_be_had_and_none_when_it_can():
    now, hour = timezone.now(), timedelta(hours=1)
    assert calendar.trouble(None, None) == ""
    assert calendar.trouble(now + hour, now + 2 * hour) == ""
    assert "sudah lewat" in calendar.trouble(now - hour, None)
    assert "tidak berlaku" in calendar.trouble(now + 2 * hour, now + hour)
    assert "tidak berlaku" in calendar.trouble(None, now - hour)
