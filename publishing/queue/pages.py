"""Pages of a queue by key: the next page begins after a row, however many came before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publishing import keys
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
    down = str(found.query.order_by[0]).startswith("-")
    found = keys.beyond(found, after, "nearest", down=down)
    rows = list(found.select_related("agency", "taken_by")[: size + 1])
    last: Any = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], keys.key(last.nearest, last.pk) if last else "")
