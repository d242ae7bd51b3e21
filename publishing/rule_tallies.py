"""How much of each part of the rulebook there is, and when somebody last wrote in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Max, Model, QuerySet, Value

from publishing.models import (
    Acronym,
    Allowance,
    Commemoration,
    Holiday,
    Official,
    Period,
    RetiredRule,
    WordEdit,
)

_COUNTED: Mapping[str, type[Model]] = {
    "words": WordEdit,
    "allowed": Allowance,
    "acronyms": Acronym,
    "periods": Period,
    "commemorations": Commemoration,
    "holidays": Holiday,
    "officials": Official,
    "statistics": RetiredRule,
}


@dataclass(frozen=True)
class Tally:
    """How many rows a part has, and when the newest of them was written."""

    rows: int = 0
    at: datetime | None = None


def tallies() -> dict[str, Tally]:
    """Every part of the rulebook, in one query."""
    first, *others = (_tally(name, model) for name, model in _COUNTED.items())
    found = {row["part"]: Tally(row["rows"], row["last"]) for row in first.union(*others)}
    return {name: found.get(name, Tally()) for name in _COUNTED}


def _tally(name: str, model: type[Model]) -> QuerySet[Any, dict[str, Any]]:
    part = Value(name, output_field=CharField())
    rows: QuerySet[Any] = model._default_manager.order_by().annotate(part=part)
    counted: QuerySet[Any, dict[str, Any]] = rows.values("part").annotate(
        rows=Count("pk"), last=Max("at")
    )
    return counted
