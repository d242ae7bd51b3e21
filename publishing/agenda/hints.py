"""What the calendar warns of: a crowded day, and two posts of one channel too close together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import Lag
from django.utils import timezone

from accounts.models import User
from publishing import calendar
from publishing.agenda.days import GOES_OUT, Day, posts, starts
from publishing.agenda.periods import Period
from publishing.models import Variant

FEW = 3  # of each sort, in words
ENOUGH = 5  # days with posts, to say how many are usual
MOST = 40  # collisions that are marked on their chips
READ_HOURS = range(7, 21)  # when citizens read, WIB
NEAR = timedelta(days=14)  # how far ahead two posts are compared


@dataclass(frozen=True)
class Collision:
    """Two posts of one channel within half an hour."""

    channel: str
    first: datetime
    second: datetime
    posts: tuple[int, int]


def crowded(days: Sequence[Day]) -> list[Day]:
    """The days to come on which more posts go out than people read.

    From CALENDAR_CROWDED posts on, and twice what is usual among these days, once enough of them
    have posts to say what that is: a regency of a hundred a day is not crowded every day.
    """
    counts = [day.busy for day in days if day.busy]
    usual = median(counts) if len(counts) >= ENOUGH else 0
    many = max(settings.CALENDAR_CROWDED, 2 * usual)
    return [day for day in days if not day.is_past and day.busy >= many][:FEW]


def collisions(user: User, period: Period) -> list[Collision]:
    """Pairs of the coming two weeks within the period, the nearest first; one query."""
    now = timezone.now()
    since = max(now, starts(period.first))
    until = min(starts(period.last) + timedelta(days=1), now + NEAR)
    if until <= since:
        return []
    going = posts(user, replace(period, platform="")).filter(status__in=GOES_OUT)
    coming = going.between(since, until)
    platform = {"channel__platform": period.platform} if period.platform else {}
    before = _of_the_one_before("post__publish_at")
    other = _of_the_one_before("post_id")
    pairs = (
        Variant.objects.filter(
            post__in=coming.values("pk"), post__publish_at__isnull=False, **platform
        )
        .annotate(hour=F("post__publish_at"), before=before, other=other)
        .filter(hour__lt=F("before") + calendar.APART)
        .select_related("channel")
        .order_by("hour", "pk")
    )
    return [
        Collision(str(one.channel), one.before, one.hour, (one.other, one.post_id))
        for one in pairs[:MOST]
    ]


def _of_the_one_before(name: str) -> Window:
    """That field of the channel's post before this one."""
    in_time = [F("post__publish_at"), F("pk")]
    return Window(Lag(name), partition_by="channel", order_by=in_time)


def free_hours(user: User, period: Period, on: date) -> list[str]:
    """The whole hours of a day to come at which nothing else goes out within half an hour."""
    midnight, now = starts(on), timezone.now()
    until = midnight + timedelta(days=1)
    if until <= now:
        return []
    going = posts(user, period).filter(status__in=GOES_OUT)
    taken = [post.hour for post in going.between(midnight, until).only("pk")]  # type: ignore[attr-defined]
    hours = (midnight + timedelta(hours=n) for n in READ_HOURS)
    return [
        f"{timezone.localtime(hour):%H.%M}"
        for hour in hours
        if hour > now and all(abs(hour - other) >= calendar.APART for other in taken)
    ]
