"""An agency's weekly plan ("rencana"): what each pillar was promised, and what there is of it."""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Agency
from publishing import calendar
from publishing.models import Delivery, Pillar, Post
from publishing.models.desk import desk_of as desk_of  # also for the composer

SEVEN_DAYS = timedelta(days=7)
_WEEK = re.compile(r"(2\d{3})-W(\d{2})")  # as <input type="week"> writes it
_LIVE = Delivery.Status.PUBLISHED
# which column a post counts in; what was refused, given up or expired is no part of the plan
_COLUMNS: dict[str, str] = {
    Post.Status.DRAFT: "drafted",
    Post.Status.RETURNED: "drafted",
    Post.Status.SUBMITTED: "submitted",
    Post.Status.APPROVED: "approved",
    _LIVE: "published",
}


@dataclass(frozen=True)
class Entry:
    """A post in its week; `status` is the post's own, or "published" once it is public anywhere."""

    post: Post
    hour: datetime
    status: str
    label: str


@dataclass(frozen=True)
class Row:
    """One pillar: how many posts were planned for the week, and how many there are of each sort."""

    pillar: str
    label: str
    planned: int
    drafted: int = 0
    submitted: int = 0
    approved: int = 0  # and not public yet
    published: int = 0

    @property
    def made(self) -> int:
        return self.drafted + self.submitted + self.approved + self.published

    @property
    def missing(self) -> int:
        return max(0, self.planned - self.made)


@dataclass(frozen=True)
class Day:
    """One day of the week with its posts by the hour, and what is celebrated on it."""

    date: date
    holiday: str
    entries: list[Entry]


@dataclass(frozen=True)
class Week:
    """One agency's week, Monday to Sunday in WIB."""

    monday: date
    rows: list[Row]
    days: list[Day]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def is_this(self) -> bool:
        return self.monday == monday_of("")

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def kept(self) -> int:
        """How many of the planned posts exist; too many of one pillar make up for no other."""
        return sum(row.planned - row.missing for row in self.rows)

    @property
    def before(self) -> str:
        return name_of(self.monday - SEVEN_DAYS)

    @property
    def after(self) -> str:
        return name_of(self.monday + SEVEN_DAYS)


def monday_of(week: str) -> date:
    """The Monday of a week named "2026-W48"; of this week for anything else."""
    if found := _WEEK.fullmatch(week):
        with suppress(ValueError):  # a week that this year does not have
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def name_of(monday: date) -> str:
    """The week's name: "2026-W48"."""
    year, week, _weekday = monday.isocalendar()
    return f"{year}-W{week:02}"


def week(agency: Agency, monday: date, *, training: bool = False) -> Week:
    """What the agency planned for the week that begins on `monday`, and what it has; two queries.

    It counts exercises (`training`) or real posts, never both.
    A post belongs to the day of its time; one without a time to the day on which it was handed in.
    """
    entries = _entries(agency, monday, training)
    days = [monday + timedelta(days=n) for n in range(7)]
    return Week(
        monday,
        _rows(desk_of(agency).plan, entries),
        [Day(day, calendar.holiday_name(day), _of_day(day, entries)) for day in days],
    )


def _entries(agency: Agency, monday: date, training: bool) -> list[Entry]:
    begin = timezone.make_aware(datetime.combine(monday, time.min))
    live = Delivery.objects.filter(post=OuterRef("pk"), status=_LIVE)
    posts: Iterable[Any] = (  # with `hour` and `is_live`
        Post.objects.filter(agency=agency, is_training=training)
        .exclude(status__in=Post.FINAL)
        .annotate(hour=Coalesce("publish_at", "submitted_at"), is_live=Exists(live))
        .filter(hour__gte=begin, hour__lt=begin + SEVEN_DAYS)
        .order_by("hour", "pk")
    )
    return [_entry(post, post.hour, post.is_live) for post in posts]


def _entry(post: Post, hour: datetime, is_live: bool) -> Entry:
    if is_live:
        return Entry(post, hour, _LIVE, str(_LIVE.label))
    return Entry(post, hour, post.status, post.get_status_display())


def _rows(planned: dict[str, int], entries: Iterable[Entry]) -> list[Row]:
    """A row for each pillar; posts without one get a row only when there are some."""
    counted: dict[str, Counter[str]] = {pillar.value: Counter() for pillar in Pillar}
    for entry in entries:
        if column := _COLUMNS.get(entry.status):
            counted.setdefault(entry.post.pillar, Counter())[column] += 1
    return [
        Row(pillar, str(Pillar(pillar).label) if pillar else "", planned.get(pillar, 0), **columns)
        for pillar, columns in counted.items()
    ]


def _of_day(day: date, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if timezone.localtime(entry.hour).date() == day]
