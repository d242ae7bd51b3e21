"""What Meta's usage headers say: how much of its patience with a channel is used up."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

BUSINESS, APP = "X-Business-Use-Case-Usage", "X-App-Usage"
SHARES = ("call_count", "total_cputime", "total_time")  # percent of what is allowed
SLOWER, ENOUGH = 80, 95  # percent
SHORT, LONG = timedelta(seconds=30), timedelta(minutes=5)
LONGEST = 24 * 60  # minutes; Meta's own windows are no longer


def rest(headers: Mapping[str, str]) -> timedelta | None:
    """The quiet that a good answer asks for; None when there is no need, or no sense in it."""
    uses = [*_uses(headers.get(APP)), *_uses(headers.get(BUSINESS))]
    most = max((_number(use.get(share)) for use in uses for share in SHARES), default=0)
    if most >= ENOUGH:
        return regained(headers) or LONG
    return SHORT if most >= SLOWER else None


def regained(headers: Mapping[str, str]) -> timedelta | None:
    """How long until Meta gives access again; None when it does not say."""
    told = (
        _number(use.get("estimated_time_to_regain_access")) for use in _uses(headers.get(BUSINESS))
    )
    minutes = max(told, default=0)
    return timedelta(minutes=min(minutes, LONGEST)) if minutes else None


def _uses(header: str | None) -> Iterator[Mapping[str, Any]]:
    """Every object of numbers in a header, whatever it is wrapped in; none in garbage."""
    try:
        said = json.loads(header or "{}")
    except (ValueError, RecursionError):
        return
    if not isinstance(said, dict):
        return
    yield said
    for wrapped in said.values():
        if isinstance(wrapped, list):
            yield from (use for use in wrapped if isinstance(use, dict))


def _number(written: Any) -> float:
    """A positive number, 0 for anything else; JSON in Python knows NaN and Infinity."""
    try:
        number = float(written)
    except (TypeError, ValueError, OverflowError):
        return 0
    return number if 0 < number < float("inf") else 0
