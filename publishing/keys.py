"""Where a page of a long list ended: the moment and the id of its last row, as an address says it.

A number of pages would count a million rows; an offset would read all that it leaves out.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

_DIGITS = 18  # of an id that the database can hold
_Rows = TypeVar("_Rows", bound=QuerySet[Any])


def key(at: datetime, pk: int) -> str:
    """The edge after the row `pk` of the moment `at`."""
    return f"{at.isoformat()}.{pk}"


def edge(key: str) -> tuple[datetime, int] | None:
    """What a key names; None for one that nobody gave out."""
    moment, _dot, pk = key.rpartition(".")
    try:
        at = parse_datetime(moment.replace(" ", "+"))  # a "+" that nobody quoted is a blank
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not pk.isdecimal() or len(pk) > _DIGITS:
        return None
    return at, int(pk)


def beyond(found: _Rows, key: str, by: str, *, down: bool) -> _Rows:
    """Of `found`, which is ordered by the moment `by` and the id, what comes after that key.

    All of it for a key that nobody gave out. `down`: the latest stands first.
    """
    if not (known := edge(key)):
        return found
    at, pk = known
    step = "lt" if down else "gt"
    further = Q(**{f"{by}__{step}": at}) | Q(**{by: at, f"pk__{step}": pk})
    # the bound alone is what an index can begin at; the rest settles two of one moment
    return found.filter(Q(**{f"{by}__{step}e": at}), further)
