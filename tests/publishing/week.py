"""The week of November 2026 in which stories about time happen, and the advice given in it."""

from datetime import datetime

from django.utils import timezone

from publishing import advice
from publishing.models import Post
from tests import factories

FRESH = "Posyandu pindah ke balai nagari."  # words that nobody used


def wib(day: int, clock: str, month: int = 11, year: int = 2026) -> datetime:
    """A moment of November 2026: the 23rd is a Monday, the 28th a Saturday."""
    hour, minute = clock.split(".")
    return timezone.make_aware(datetime(year, month, day, int(hour), int(minute)))


def drafted(author, *channels, at=None, text=FRESH, **fields) -> Post:
    """A draft for Thursday, 26 November, 14.00, unless told otherwise."""
    hour = at or wib(26, "14.00")
    return factories.make_draft(author, *channels, text=text, publish_at=hour, **fields)


def told(post: Post, **options) -> list[advice.Advice]:
    found = advice.loaded(Post.objects.all()).get(pk=post.pk)
    return advice.about(found, timezone.now(), **options)


def sentences(post: Post, **options) -> str:
    return " ".join(f"{one.sentence} {one.todo}" for one in told(post, **options))
