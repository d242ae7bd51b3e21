"""Statements: the quotes that a submission's sources support, found again in its texts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_MARKS = "\"'“”‘’«»"  # around a quote, as people type it


@dataclass(frozen=True)
class Statement:
    """One quote and what it rests on."""

    quote: str
    number: int  # of its source in the list
    source: Mapping[str, Any]
    platforms: tuple[str, ...]  # whose text says it; empty: none does


@dataclass(frozen=True)
class Piece:
    """A part of a text, and the numbers of the sources that support it; mostly none."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """A text with its statements marked, and the platforms that say it in these words."""

    platforms: tuple[str, ...]
    pieces: list[Piece]


def listed(content: Mapping[str, Any]) -> list[Statement]:
    """Every quote of a revision's sources, in their order; a source without its other quotes."""
    entries = content["channels"]
    return [
        Statement(quote, number, {**source, "supports": ()}, _saying(quote, entries))
        for number, source in enumerate(content["sources"], 1)
        for quote in source.get("supports", ())
    ]


def readings(content: Mapping[str, Any]) -> list[Reading]:
    """Each different text of a revision once, its statements marked."""
    said: dict[str, list[str]] = {}
    for entry in content["channels"]:
        said.setdefault(entry["text"], []).append(entry["platform"])
    found = listed(content)
    return [Reading(tuple(where), marked(text, found)) for text, where in said.items()]


def marked(text: str, found: Iterable[Statement]) -> list[Piece]:
    """`text` in pieces that join to it, cut where a statement begins or ends."""
    edges: dict[int, list[tuple[int, int]]] = {0: [], len(text): []}
    for statement in found:
        for match in _pattern(statement.quote).finditer(text):
            edges.setdefault(match.start(), []).append((statement.number, 1))
            edges.setdefault(match.end(), []).append((statement.number, -1))
    pieces, running = [], Counter[int]()
    for start, end in pairwise(sorted(edges)):
        for number, step in edges[start]:
            running[number] += step
        pieces.append(Piece(text[start:end], tuple(sorted(+running))))
    return pieces


def says(text: str, quote: str) -> bool:
    """Whether `quote` stands in `text` by itself: "323 UMKM" is not in "1.323 UMKM"."""
    return _pattern(quote).search(text) is not None


def missing(supports: str, texts: Sequence[str]) -> list[str]:
    """The quotes of `supports`, one a line, that stand in none of `texts`."""
    quotes = [line.strip() for line in supports.splitlines() if line.strip()]
    return [quote for quote in quotes if not any(says(text, quote) for text in texts)]


def _saying(quote: str, entries: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    pattern = _pattern(quote)
    return tuple(entry["platform"] for entry in entries if pattern.search(entry["text"]))


def _pattern(quote: str) -> re.Pattern[str]:
    """Case, white space and the marks around a quote are forgiven; half a word or figure is not."""
    words = quote.strip(_MARKS + " ").split() or [quote]
    exact = r"\s+".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?<!\d[.,]){exact}(?!\w|[.,]\d)", re.IGNORECASE)
