"""This week against the plan: which of the agency's weekly hours have a post, and which do not.

A draft fills no hour: nobody has handed it in, and it may never go out.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from publishing import calendar
from publishing.models import Post
from publishing.models.desk import Desk
from publishing.plan import SEVEN_DAYS, monday_of

_PLANNED = (Post.Status.SUBMITTED, Post.Status.APPROVED)


@dataclass(frozen=True)
class Hours:
    """The weekly hours of one week, those that are filled, and the empty ones still to come."""

    all: int
    filled: int
    empty: list[datetime]


def this_week(desk: Desk, *, training: bool) -> Hours | None:
    """None where the agency keeps no weekly hours; else one query."""
    weekly = {hour for channel in desk.slots for hour in desk.hours(int(channel))}
    if not weekly:
        return None
    begin = timezone.make_aware(datetime.combine(monday_of(""), time.min))
    end = begin + SEVEN_DAYS - timedelta(seconds=1)
    taken = _taken(desk, begin, end, training)
    hours = list(calendar.weekly_hours(weekly, begin, end))
    empty = [at for at in hours if not any(abs(at - other) < calendar.APART for other in taken)]
    now = timezone.now()
    return Hours(len(hours), len(hours) - len(empty), [at for at in empty if at > now])


def _taken(desk: Desk, begin: datetime, end: datetime, training: bool) -> list[datetime]:
    """When posts of the agency are meant for, or went out, about this week."""
    own = Post.objects.filter(agency=desk.agency_id, is_training=training, status__in=_PLANNED)
    near = own.with_hour().between(begin - calendar.APART, end + calendar.APART)
    return [post.hour for post in near.only("pk")]  # type: ignore[attr-defined]
