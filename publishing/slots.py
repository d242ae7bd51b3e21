"""The next free hours of an agency's week: where a post fits without counting days."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import islice

from publishing import calendar, kinds
from publishing.models import Post, Variant
from publishing.models.desk import desk_of

AHEAD = timedelta(days=28)  # how far they are looked for
MOST = 3


def free(post: Post, now: datetime) -> list[datetime]:
    """The next hours that suit every chosen channel and leave the reviewers their clock; up to 3.

    An hour is free when no other post that is handed in or approved goes to one of the channels
    within half an hour of it. One query if the post is `advice.loaded`.
    """
    chosen = [variant.channel_id for variant in post.variants.all()]
    weeks = _weeks(post, chosen)
    if not weeks:
        return []
    soonest = calendar.runs_out(kinds.of(post.kind).track, now) + calendar.BEFORE_PUBLISHING
    last = now + AHEAD
    taken = _taken(post, chosen, soonest, last)
    for week in weeks:
        hours = calendar.weekly_hours(week, soonest, last)
        fitting = (hour for hour in hours if _fits(hour, post, taken))
        if found := list(islice(fitting, MOST)):
            return found
    return []


def _weeks(post: Post, chosen: Iterable[int]) -> list[set[tuple[int, time]]]:
    """The weekly hours that all channels with hours share; then those of any of them."""
    desk = desk_of(post.agency)
    weekly = [set(hours) for pk in chosen if (hours := desk.hours(pk))]
    if not weekly:
        return []
    return [week for week in (set.intersection(*weekly), set.union(*weekly)) if week]


def _taken(post: Post, chosen: Sequence[int], since: datetime, until: datetime) -> list[datetime]:
    rows = Variant.objects.exclude(post=post.pk).filter(
        channel__in=chosen,
        post__status__in=(Post.Status.SUBMITTED, Post.Status.APPROVED),
        post__publish_at__range=(since - calendar.APART, until + calendar.APART),
    )
    return [hour for hour in rows.values_list("post__publish_at", flat=True) if hour]


def _fits(hour: datetime, post: Post, taken: Iterable[datetime]) -> bool:
    if post.valid_until is not None and hour >= post.valid_until:
        return False
    return all(abs(hour - other) >= calendar.APART for other in taken)
