"""A text cut at the places where something was found, so that a page can mark them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from guidelines import Level

_GRAVEST_FIRST = (Level.BLOCK, Level.WARN, Level.INFO)


class Spanned(Protocol):
    """What was found from `start` to `end`; a Finding of the guidelines, or a kept one."""

    @property
    def level(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text. `numbers`: which findings cover it, from 1 in the order given, none
    for words that nobody minds; `level` is that of the gravest, "" without any; `opens`: those
    among them that begin here."""

    words: str
    numbers: tuple[int, ...] = ()
    level: str = ""
    opens: tuple[int, ...] = ()


def segments(text: str, findings: Sequence[Spanned]) -> list[Segment]:
    """All of `text`, in pieces between which the findings that cover it change.

    The words of all pieces make the text. What is about the text as a whole marks nothing.
    """
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for number, found in enumerate(findings, start=1):
        start, end = max(found.start, 0), min(found.end, len(text))
        if start < end:
            opens.setdefault(start, []).append(number)
            closes.setdefault(end, []).append(number)
    edges = sorted({0, len(text), *opens, *closes})
    pieces = []
    here: set[int] = set()
    for start, end in pairwise(edges):
        begin = opens.get(start, [])
        here = (here - set(closes.get(start, []))) | set(begin)
        level = _gravest(findings, here)
        pieces.append(Segment(text[start:end], tuple(sorted(here)), level, tuple(begin)))
    return pieces


def _gravest(findings: Sequence[Spanned], numbers: set[int]) -> str:
    levels = {str(findings[number - 1].level) for number in numbers}
    return next((str(level) for level in _GRAVEST_FIRST if level in levels), "")
