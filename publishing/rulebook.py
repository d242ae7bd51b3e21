"""The rulebook as the rules read it: Humas' rows as parts of a Context, kept for some seconds.

Whoever changes a row calls `changed`: the edition goes up, and this process sees it at once;
others see it within `FRESH` seconds.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Agency
from guidelines import context as world
from publishing.models import (
    Acronym,
    Allowance,
    Commemoration,
    Holiday,
    Official,
    Period,
    RetiredRule,
    Rulebook,
    WordEdit,
)

FRESH = 5.0  # seconds that a process goes by what it read
KNOWN_ACRONYMS = "acronyms"  # the list of those that nobody needs to spell out
FIRST = 1  # edition of a rulebook that nobody changed yet
_reading = Lock()


@dataclass(frozen=True)
class Rules:
    """One edition of the rulebook, ready to become a Context."""

    edition: int
    allowed: Mapping[str, frozenset[str]]  # by Allowance.Kind
    edits: Mapping[str, world.Edit]
    acronyms: Mapping[str, str]
    periods: tuple[world.Period, ...]
    commemorations: tuple[world.Commemoration, ...]
    days: Mapping[date, Holiday]  # local days off, and national ones that are struck
    officials: tuple[world.Official, ...]
    retired: frozenset[str]
    agencies: tuple[str, ...]


_kept: tuple[float, Rules] | None = None


def current() -> Rules:
    """The rulebook as it stands now, or stood less than `FRESH` seconds ago."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > FRESH:
        with _reading:
            known = kept[1] if kept else None
            kept = _kept = (time.monotonic(), _read(known))
    return kept[1]


def changed() -> None:
    """Say that a row of the rulebook was written: a new edition begins."""
    Rulebook.objects.get_or_create(pk=1)
    Rulebook.objects.filter(pk=1).update(edition=F("edition") + 1, changed_at=timezone.now())
    forget()
    transaction.on_commit(forget)  # what another thread read meanwhile was still the old one


def forget() -> None:
    """Read everything anew at the next question."""
    global _kept
    _kept = None


def _read(known: Rules | None) -> Rules:
    edition = Rulebook.objects.values_list("edition", flat=True).filter(pk=1).first() or FIRST
    agencies = tuple(Agency.objects.values_list("name", flat=True))  # not Humas' to write
    if known and known.edition == edition:
        return replace(known, agencies=agencies)
    return Rules(
        edition=edition,
        allowed=_allowed(),
        edits=_edits(),
        acronyms=dict(Acronym.objects.values_list("short", "meaning")),
        periods=tuple(map(_period, Period.objects.all())),
        commemorations=tuple(map(_commemoration, Commemoration.objects.all())),
        days={day.on: day for day in Holiday.objects.all()},
        officials=tuple(map(_official, Official.objects.all())),
        retired=frozenset(RetiredRule.objects.values_list("code", flat=True)),
        agencies=agencies,
    )


def _allowed() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in Allowance.Kind.values}
    for kind, value in Allowance.objects.values_list("kind", "value"):
        found[kind].add(value)
    return {kind: frozenset(values) for kind, values in found.items()}


def _edits() -> dict[str, world.Edit]:
    rows = list(WordEdit.objects.all())
    edits = {
        name: world.Edit(
            frozenset(row.word for row in rows if row.list == name and not row.is_removed),
            frozenset(row.word for row in rows if row.list == name and row.is_removed),
            {row.word.lower(): row.instead for row in rows if row.list == name and row.instead},
        )
        for name in {row.list for row in rows}
    }
    known = frozenset(Acronym.objects.filter(is_known=True).values_list("short", flat=True))
    kept = edits.get(KNOWN_ACRONYMS, world.Edit())
    return edits | {KNOWN_ACRONYMS: world.Edit(kept.added | known, kept.removed - known)}


def _period(row: Period) -> world.Period:
    kind = world.PeriodKind(row.kind)
    return world.Period(kind, row.name, row.starts_on, row.ends_on, lines(row.names))


def _commemoration(row: Commemoration) -> world.Commemoration:
    return world.Commemoration(lines(row.names), row.month, row.day, row.base_year)


def _official(row: Official) -> world.Official:
    return world.Official(row.name, row.title, row.since, row.until)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, without white space around them."""
    stripped: Iterable[str] = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)
