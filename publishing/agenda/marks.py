"""What the days themselves say: days off, commemorations, times of mourning and of elections."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from publishing import feasts, rulebook


@dataclass(frozen=True)
class Mark:
    """One thing about a day. `kind`: "off", "day", or the kind of a period."""

    kind: str
    name: str
    is_period: bool = False


@dataclass(frozen=True)
class Span:
    """A special time that touches what is shown."""

    kind: str
    name: str
    first: date
    last: date


def marks(days: Iterable[date]) -> Mapping[date, tuple[Mark, ...]]:
    """What is to be said of each of these days. No query while the rulebook is fresh."""
    rules = rulebook.current()
    greeted = {(one.month, one.day): one.names for one in rules.commemorations if one.names}
    found = {}
    for day in days:
        off = feasts.name_of(day)
        named = greeted.get((day.month, day.day), ())
        found[day] = (
            *((Mark("off", off),) if off else ()),
            *((Mark("day", named[0]),) if named and not off else ()),
            *(Mark(p.kind, p.name, True) for p in rules.periods if p.holds(day)),
        )
    return found


def spans(first: date, last: date) -> list[Span]:
    """The special times that touch these days, the earliest first."""
    periods = (p for p in rulebook.current().periods if p.starts <= last and p.ends >= first)
    shown = (Span(p.kind, p.name, p.starts, p.ends) for p in periods)
    return sorted(shown, key=lambda span: span.first)
