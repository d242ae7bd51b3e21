"""The days of a period with what stands on them: at most a few posts each, and how many more.

A day of a busy regency holds a hundred posts: the database numbers them and hands over the first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from platforms.models import Channel
from publishing.agenda.marks import Mark, marks
from publishing.agenda.periods import AGENDA, MONTH, WEEK, Period
from publishing.models import Delivery, Post, Variant
from publishing.models.post import PostQuerySet

MOST = {MONTH: 3, WEEK: 5, AGENDA: 8}  # of one day; the rest is behind "lagi"
PER_PAGE = 40  # of the page of one day
GOES_OUT = (Post.Status.SUBMITTED, Post.Status.APPROVED)
States = Delivery.Status
# what says most about a post comes first; trouble before everything
_WEIGHT = (
    *(States.FAILED, States.UNCERTAIN, States.MISSED, States.GONE, States.HELD, States.SENDING),
    *(States.WAITING, States.MANUAL, States.PUBLISHED, States.RETRACTED),
)
TROUBLE = {States.FAILED, States.UNCERTAIN, States.MISSED}
LEGEND = ("draft", "submitted", "waiting", "published", "failed")
_DAY = timedelta(days=1)
# whether the person who looks may move a post whose deliveries are in these states
Mover = Callable[[Post, Sequence[str]], bool]


@dataclass(frozen=True)
class Chip:
    """One post on its day."""

    post: Post
    hour: datetime | None  # None: it stands in the tray
    states: Sequence[str]  # of its deliveries
    movable: bool

    @property
    def time(self) -> str:
        return f"{timezone.localtime(self.hour):%H.%M}" if self.hour else ""

    @cached_property
    def status(self) -> Post.Status | Delivery.Status:
        """How far it got: by its deliveries, once there are any."""
        if self.post.status == Post.Status.APPROVED:
            return next((one for one in _WEIGHT if one in self.states), Post.Status.APPROVED)
        return Post.Status(self.post.status)

    @property
    def in_trouble(self) -> bool:
        return self.status in TROUBLE


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    on: date
    chips: list[Chip] = field(default_factory=list)
    count: int = 0
    busy: int = 0  # of them are handed in or approved
    agencies: int = 0  # from so many agencies
    marks: tuple[Mark, ...] = ()
    outside: bool = False  # of another month

    @property
    def more(self) -> int:
        return self.count - len(self.chips)

    @property
    def is_dense(self) -> bool:
        """Whether a cell of the month has no room for second lines."""
        return len(self.chips) >= MOST[MONTH]

    @property
    def is_today(self) -> bool:
        return self.on == timezone.localdate()

    @property
    def is_past(self) -> bool:
        return self.on < timezone.localdate()

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() > 4

    @property
    def says_something(self) -> bool:
        """Whether a list has a heading for it; today always has one."""
        return bool(self.count or self.marks or self.is_today)

    @property
    def css(self) -> str:
        """Its classes in the grid."""
        said = {"out": self.outside, "today": self.is_today, "we": self.is_weekend}
        return " ".join(name for name, so in (said | {"past": self.is_past}).items() if so)

    @property
    def label(self) -> str:
        """As a sentence names it: "Jumat, 27 Nov"."""
        return date_format(self.on, "l, j M")

    @property
    def names(self) -> str:
        """What is celebrated on it."""
        return ", ".join(mark.name for mark in self.marks if not mark.is_period)

    @property
    def period(self) -> str:
        """The kind of the special time it lies in; "" on an ordinary day."""
        return next((mark.kind for mark in self.marks if mark.is_period), "")


def posts(user: User, period: Period) -> PostQuerySet:
    """What this person sees of what the address asks for, with each post's `hour`."""
    found = Post.objects.visible_to(user).on_calendar()
    if period.agency:
        found = found.filter(agency=period.agency)
    if period.platform:
        # a subquery of its own for each post of these days: as a join it would read every variant;
        # the channels by their ids, or each of these subqueries would read the table of channels
        channels = Channel.objects.filter(platform=period.platform).values_list("pk", flat=True)
        there = Variant.objects.filter(post=OuterRef("pk"), channel__in=list(channels)).order_by()
        found = found.alias(there=Subquery(there.values("pk")[:1])).filter(Q(there__isnull=False))
    return found


def days(user: User, period: Period, may_move: Mover) -> list[Day]:
    """Every day of the period, in three queries however much stands on them."""
    found = _between(posts(user, period), period.first, period.last)
    counts = _counts(found)
    chips: Mapping[date, list[Chip]] = _chips(_first_of_each_day(found, period), may_move)
    known = marks(period.days)
    is_month = period.view == MONTH
    return [
        Day(
            on,
            chips.get(on, []),
            *counts.get(on, (0, 0, 0)),
            marks=known.get(on, ()),
            outside=is_month and on.month != period.on.month,
        )
        for on in period.days
    ]


def one_day(user: User, period: Period, on: date, page: int, may_move: Mover) -> Day:
    """A whole day, PER_PAGE posts at a time."""
    found = _between(posts(user, period), on, on)
    shown = loaded(found.by_hour()[page * PER_PAGE : (page + 1) * PER_PAGE])
    chips = [chip_of(post, may_move) for post in shown]
    counts = _counts(found).get(on, (0, 0, 0))
    return Day(on, chips, *counts, marks=marks([on]).get(on, ()))


def strip(shown: Sequence[Day], period: Period) -> list[Day]:
    """The days of the list: all of a week; of a month, whose grid has them too, one week's few."""
    if period.view != MONTH:
        return list(shown)
    week = period.week
    few = [replace(day, chips=day.chips[:2]) for day in shown]
    return [day for day in few if week.first <= day.on <= week.last]


def states(shown: Iterable[Day]) -> list[str]:
    """The states whose icons the page draws."""
    return sorted({*LEGEND, *(str(chip.status) for day in shown for chip in day.chips)})


def starts(on: date) -> datetime:
    """Midnight of that day, WIB."""
    return timezone.make_aware(datetime.combine(on, time.min))


def _between(found: PostQuerySet, first: date, last: date) -> PostQuerySet:
    return found.between(starts(first), starts(last + _DAY))


def _counts(found: PostQuerySet) -> dict[date, tuple[int, int, int]]:
    """How many posts each day holds, how many of them go out, and from how many agencies."""
    going = Q(status__in=GOES_OUT)
    rows = (
        found.order_by()
        .annotate(on=TruncDate("hour"))
        .values("on")
        .annotate(
            n=Count("pk"),
            busy=Count("pk", filter=going),
            agencies=Count("agency", filter=going, distinct=True),
        )
    )
    return {row["on"]: (row["n"], row["busy"], row["agencies"]) for row in rows}


def _first_of_each_day(found: PostQuerySet, period: Period) -> PostQuerySet:
    nth = Window(RowNumber(), partition_by=TruncDate("hour"), order_by=[F("hour"), F("pk")])
    numbered = found.annotate(nth=nth).filter(nth__lte=MOST[period.view])
    shown = Post.objects.filter(pk__in=numbered.values("pk")).on_calendar()
    # within the same days: by ids alone the planner may read every post there is
    return loaded(_between(shown, period.first, period.last).by_hour())


def loaded(found: PostQuerySet) -> PostQuerySet:
    """With what a chip shows, in the same query."""
    deliveries = Delivery.objects.filter(post=OuterRef("pk")).exclude(status=States.CANCELLED)
    states = ArraySubquery(deliveries.order_by().values("status"))
    return found.select_related("agency").annotate(states=states)


def chip_of(post: Post, may_move: Mover) -> Chip:
    """The chip of a post that was `loaded`."""
    hour: datetime | None = getattr(post, "hour", None)
    states: list[str] = getattr(post, "states", [])
    return Chip(post, hour, states, may_move(post, states))


def _chips(shown: PostQuerySet, may_move: Mover) -> dict[date, list[Chip]]:
    by_day: defaultdict[date, list[Chip]] = defaultdict(list)
    for post in shown:
        chip = chip_of(post, may_move)
        if chip.hour:
            by_day[timezone.localtime(chip.hour).date()].append(chip)
    return by_day
