"""Where a page of a long list ended: the moment and the id of its last row, as an address says it.

A number of pages would count a million rows; an offset would read all that it leaves out.
"""

from datetime import datetime

from django.utils.dateparse import parse_datetime

_DIGITS = 18  # of an id that the database can hold


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
