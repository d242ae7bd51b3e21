"""Pages of a list by key, the newest row first, forth and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from publishing import keys

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """So many rows, and the marks from which the newer and the older ones go on; "" is none."""

    object_list: list[Row]
    newer: str = ""
    older: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.object_list)


def page(found: QuerySet[Row], asked: QueryDict, *, by: str, size: int) -> Page[Row]:
    """The page that `older` or `newer` asks for, by the moment in the column `by`.

    The first one for a mark that makes no sense.
    """
    back = "newer" in asked
    mark = asked.get("newer" if back else "older", "")
    if keys.edge(mark) is None:
        mark, back = "", False
    order = (by, "pk") if back else (f"-{by}", "-pk")
    rows = list(keys.beyond(found.order_by(*order), mark, by, down=not back)[: size + 1])
    goes_on, rows = len(rows) > size, rows[:size]
    if not rows:
        return Page([])
    if back:
        rows.reverse()
    first, last = (keys.key(getattr(row, by), row.pk) for row in (rows[0], rows[-1]))
    newer = goes_on if back else bool(mark)
    older = bool(mark) if back else goes_on
    return Page(rows, newer=first if newer else "", older=last if older else "")
