"""What was said before: the same words, handed in for the same channel or for another one."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from platforms.models import Channel
from publishing.models import Delivery, Post, Variant

REMEMBERED = timedelta(days=30)  # how long the same words count as said before
MOST_READ = 100  # rows of a question; nobody reads more warnings than that


def handed_in(now: datetime) -> QuerySet[Variant]:
    """What was handed in for a channel in the last thirty days, or is still to come there.

    A copy of what was refused there does not count: that delivery is cancelled.
    """
    of_row = Delivery.objects.filter(post=OuterRef("post"), channel=OuterRef("channel"))
    kept = Exists(of_row.exclude(status=Delivery.Status.CANCELLED))
    states = Q(post__status=Post.Status.SUBMITTED) | Q(kept, post__status=Post.Status.APPROVED)
    rows = Variant.objects.annotate(hour=Coalesce("post__publish_at", "post__submitted_at"))
    return rows.filter(states, hour__gte=now - REMEMBERED)


def of(post: Post, now: datetime, *, everywhere: bool) -> list[tuple[Post, list[Variant]]]:
    """Other posts with the words that `post` has on the same channel, or (`everywhere`) on any.

    The latest hour first, each with those of its channels that share the words.
    """
    chosen = [row for row in post.variants.all() if row.words_key]
    if not chosen:
        return []
    same = reduce(or_, [Q(channel=row.channel_id, words_key=row.words_key) for row in chosen])
    if everywhere:  # by channel, each by its own index
        channels = Channel.objects.filter(is_training=post.is_training).values("pk")
        same = Q(channel__in=channels, words_key__in={row.words_key for row in chosen})
    rows = handed_in(now).filter(same).exclude(post=post.pk)
    newest = Coalesce("post__publish_at", "post__submitted_at").desc()
    return by_post(rows.select_related("post__agency", "channel").order_by(newest, "pk"))


def by_post(rows: QuerySet[Variant]) -> list[tuple[Post, list[Variant]]]:
    """Each post with those of its channels that are in `rows`, in the order of `rows`."""
    found: dict[Post, list[Variant]] = {}
    for row in rows[:MOST_READ]:
        found.setdefault(row.post, []).append(row)
    return list(found.items())
