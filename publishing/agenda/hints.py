"""What the calendar warns of: a crowded day, and two posts of one channel too close together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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


def crowded(days: Iterable[Day]) -> list[Day]:
    """The days to come on which more posts go out than people read."""
    coming = (day for day in days if not day.is_past)
    return [day for day in coming if day.busy >= settings.CALENDAR_CROWDED][:FEW]


def collisions(user: User, period: Period) -> list[Collision]:
    """Pairs of the coming two weeks within the period, the nearest first; one query."""
    now = timezone.now()
    until = min(starts(period.last) + timedelta(days=1), now + NEAR)
    if until <= now:
        return []
    coming = posts(user, period).between(now, until).filter(status__in=GOES_OUT)
    before = _of_the_one_before("post__publish_at")
    other = _of_the_one_before("post_id")
    pairs = (
        Variant.objects.filter(post__in=coming.values("pk"), post__publish_at__isnull=False)
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
