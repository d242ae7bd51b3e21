"""Time: which hours a post may have, and when the reviewing unit works. One rule for every door.

The unit keeps the ordinary five-day week of the civil service: Monday to Thursday 07.30 to
16.00, Friday to 16.30 WIB; no work on national and local holidays and days of collective leave.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import feasts

FARTHEST = timedelta(days=365)
FIRST_OFFER = time(9)
BEFORE_PUBLISHING = timedelta(minutes=30)  # a review is due by then, whatever its clock says
APART = timedelta(minutes=30)  # two posts of one channel, so that both are read
OPENS = time(7, 30)
CLOSES = (time(16), time(16), time(16), time(16), time(16, 30))  # Monday to Friday
WORKING_DAY = timedelta(hours=8, minutes=30)  # what "one day" of a review clock is worth
_ONE_DAY = timedelta(days=1)


EARLIEST_YEAR = 2000  # a year that no clock and no database stumbles over


class BadTime(Exception):
    """This hour cannot be had; the message says why, for the person who asked."""


class Clock(Protocol):
    """How long a review may take: in working time, or by day and night."""

    @property
    def clock(self) -> timedelta: ...

    @property
    def around_the_clock(self) -> bool: ...


# --- hours that can be had ---


def check(at: datetime | None) -> None:
    """Raise BadTime unless `at` (None: as soon as approved) is a possible time to publish."""
    now = timezone.now()
    if at is None:
        return
    if at <= now:
        raise BadTime(_("Waktu ini sudah lewat. Pilih waktu yang akan datang."))
    if at > now + FARTHEST:
        raise BadTime(_("Waktu ini lebih dari setahun lagi. Periksa tahunnya."))


def check_validity(at: datetime | None, until: datetime | None) -> None:
    """Raise BadTime unless something meant for `at` can go out before it stops being valid."""
    if until is not None and until <= (at or timezone.now()):
        raise BadTime(_("Unggahan ini sudah tidak berlaku pada waktu tayangnya. Ubah salah satu."))


def trouble(at: datetime | None, until: datetime | None) -> str:
    """Why something valid until `until` cannot go out at `at`, in a sentence; "" when it can."""
    try:
        check(at)
        check_validity(at, until)
    except BadTime as error:
        return str(error)
    return ""


def too_close(at: datetime | None) -> timedelta | None:
    """How little is left, when an approval now would come too late for `at`; else None."""
    if at is None:
        return None
    left = at - timezone.now()
    return left if left < settings.APPROVE_BEFORE else None


def first_offer() -> datetime:
    """What a new draft is offered until its author says otherwise: tomorrow at nine, WIB."""
    return _at(timezone.localdate() + _ONE_DAY, FIRST_OFFER)


def offered(at: datetime | None) -> str:
    """What to tell the author of a draft whose hour nobody chose yet."""
    if at is None:
        return _("Waktu tayangnya segera setelah disetujui; ubah bila perlu.")
    return _("Waktu tayangnya %(when)s; ubah bila perlu.") % {"when": spoken(at)}


def weekly_hours(
    weekly: Iterable[tuple[int, time]], after: datetime, until: datetime
) -> Iterator[datetime]:
    """Every (weekday, time in WIB) of `weekly` that comes from `after` to `until`, in order."""
    ordered = sorted(set(weekly))
    for day in _days_from(after):
        hours = [_at(day, clock) for weekday, clock in ordered if weekday == day.weekday()]
        yield from (hour for hour in hours if after <= hour <= until)
        if _at(day, time.max) > until:
            return


# --- the reviewing unit's days ---


def holiday_name(day: date) -> str:
    """What is celebrated on `day`, as Humas has it; "" on an ordinary day."""
    return feasts.name_of(day)


def is_working_day(day: date) -> bool:
    return day.weekday() < len(CLOSES) and not holiday_name(day)


def is_working_hour(at: datetime) -> bool:
    """Whether the reviewing unit is at work at this moment."""
    opens, closes = _shift(timezone.localtime(at).date()) or (at, at)
    return opens <= at < closes


def days_off(since: datetime, until: datetime) -> list[date]:
    """The days from `since` to `until`, both included, on which the unit does not work."""
    last = timezone.localtime(until).date()
    first = timezone.localtime(since).date()
    days = (first + n * _ONE_DAY for n in range((last - first).days + 1))
    return [day for day in days if not is_working_day(day)]


# --- the review clock (product.md 3) ---


def working_time(start: datetime, delta: timedelta) -> datetime:
    """When a clock of `delta` working time that starts at `start` runs out.

    A whole day of `delta` is one working day, not 24 hours of work.
    """
    left = _worth(delta)
    for opens, closes in _shifts(start, step=_ONE_DAY):
        begins = max(start, opens)
        if begins >= closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("the calendar has no end")


def worked(start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments."""
    total = timedelta()
    for opens, closes in _shifts(start, step=_ONE_DAY):
        if opens >= end:
            return total
        total += max(min(end, closes) - max(start, opens), timedelta())
    raise AssertionError("the calendar has no end")


def latest_start(end: datetime, delta: timedelta) -> datetime:
    """The last moment at which a clock of `delta` working time may start to run out by `end`."""
    left = _worth(delta)
    for opens, closes in _shifts(end, step=-_ONE_DAY):
        ends = min(end, closes)
        if ends <= opens:
            continue
        if left <= ends - opens:
            return ends - left
        left -= ends - opens
    raise AssertionError("the calendar has no beginning")


def runs_out(track: Clock, start: datetime) -> datetime:
    """When the clock of a review that starts at `start` runs out."""
    return start + track.clock if track.around_the_clock else working_time(start, track.clock)


def run(track: Clock, start: datetime, end: datetime) -> timedelta:
    """How much a review's clock runs between two moments: all of it, or the working time."""
    return end - start if track.around_the_clock else worked(start, end)


def share_run(track: Clock, start: datetime, due: datetime, now: datetime) -> float:
    """How much of a review's clock has run at `now`: 0.0 at its start, 1.0 when it is due."""
    whole = run(track, start, due)
    return 1.0 if now >= due or not whole else run(track, start, min(now, due)) / whole


def hand_in_by(track: Clock, publish_at: datetime) -> datetime:
    """The last moment at which a post for `publish_at` leaves the reviewers their whole clock."""
    end = publish_at - BEFORE_PUBLISHING
    return end - track.clock if track.around_the_clock else latest_start(end, track.clock)


def review_due(track: Clock, submitted_at: datetime, publish_at: datetime | None) -> datetime:
    """When the decision is due: by the clock, or half an hour before the post's time if sooner."""
    clock = runs_out(track, submitted_at)
    return min(clock, publish_at - BEFORE_PUBLISHING) if publish_at else clock


def spoken(at: datetime) -> str:
    """A moment as a sentence names it: "Sabtu, 28 November pukul 09.00"; another year with it."""
    local = timezone.localtime(at)
    form = "l, j F" if local.year == timezone.localdate().year else "l, j F Y"
    return _("%(day)s pukul %(time)s") % {
        "day": date_format(local, form),
        "time": f"{local:%H.%M}",
    }


def _worth(delta: timedelta) -> timedelta:
    return delta.days * WORKING_DAY + (delta - delta.days * _ONE_DAY)


def _shifts(near: datetime, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of each working day, from the day of `near` on or back."""
    day = timezone.localtime(near).date()
    for n in count():
        if shift := _shift(day + n * step):
            yield shift


def _shift(day: date) -> tuple[datetime, datetime] | None:
    if not is_working_day(day):
        return None
    return _at(day, OPENS), _at(day, CLOSES[day.weekday()])


def _days_from(after: datetime) -> Iterator[date]:
    first = timezone.localtime(after).date()
    return (first + n * _ONE_DAY for n in count())


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
