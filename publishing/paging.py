"""Pages of a list of posts, newest change first, forth and back by key."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from publishing import keys, rows
from publishing.models import Post
from publishing.models.post import PostQuerySet


@dataclass(frozen=True)
class Page:
    """So many posts, and the marks from which the newer and the older ones go on; "" is none."""

    object_list: list[Post]
    newer: str = ""
    older: str = ""

    def __iter__(self) -> Iterator[Post]:
        return iter(self.object_list)


def page(posts: PostQuerySet, asked: QueryDict, *, size: int) -> Page:
    """The page that `older` or `newer` asks for; the first one for a mark that makes no sense."""
    back = "newer" in asked
    edge = keys.edge(asked.get("newer" if back else "older", ""))
    if edge is None:
        return _page(posts, size, back=False, came_from=False)
    at, pk = edge
    beyond = (
        Q(updated_at__gt=at) | Q(updated_at=at, pk__gt=pk)
        if back
        else Q(updated_at__lt=at) | Q(updated_at=at, pk__lt=pk)
    )
    # the bound alone is what an index can begin at; the rest settles two of one moment
    bound = Q(updated_at__gte=at) if back else Q(updated_at__lte=at)
    return _page(posts.filter(bound, beyond), size, back=back, came_from=True)


def _page(posts: PostQuerySet, size: int, *, back: bool, came_from: bool) -> Page:
    order = ("updated_at", "pk") if back else ("-updated_at", "-pk")
    found = rows.of(rows.drawn(posts.order_by(*order))[: size + 1])
    goes_on, found = len(found) > size, found[:size]
    if not found:
        return Page([])
    if back:
        found.reverse()
    first, last = (keys.key(found[n].updated_at, found[n].pk) for n in (0, -1))
    newer = goes_on if back else came_from
    older = came_from if back else goes_on
    return Page(found, newer=first if newer else "", older=last if older else "")
