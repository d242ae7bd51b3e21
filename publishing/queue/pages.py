"""Pages of a queue by key: the next page begins after a row, however many came before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from publishing.models import Post
from publishing.models.post import PostQuerySet

SIZE = 25


@dataclass(frozen=True)
class Page:
    """Some posts, and the key of the last one when more follow."""

    posts: Sequence[Post]
    next_key: str = ""


def page(found: PostQuerySet, after: str = "", size: int = SIZE) -> Page:
    """The posts after the row with that key; `found` is ordered by its `nearest` and the id.

    A key that nobody gave out begins at the start.
    """
    key = _read(after)
    down = str(found.query.order_by[0]).startswith("-")
    if key is not None:
        at, pk = key
        step = "lt" if down else "gt"
        beyond = Q(**{f"nearest__{step}": at}) | Q(nearest=at, **{f"pk__{step}": pk})
        found = found.filter(beyond)
    rows = list(found.select_related("agency", "taken_by")[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], _key(rows[size - 1]) if more else "")


def _key(post: Post) -> str:
    nearest: datetime = post.nearest  # type: ignore[attr-defined]
    return f"{nearest.isoformat()}.{post.pk}"


def _read(key: str) -> tuple[datetime, int] | None:
    moment, _dot, pk = key.rpartition(".")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not pk.isdecimal() or len(pk) > 18:
        return None
    return at, int(pk)
