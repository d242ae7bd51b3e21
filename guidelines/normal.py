"""A text as rules read it: disguises taken off, every place traceable to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Letters of other scripts that look like Latin ones (Unicode TR39, the common ones).
_LOOKALIKE = dict(
    zip(
        "авеіјкмнорсѕтухԁԛԝɡіоαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ",
        "abeijkmhopcstyxdqwgioabeiknoptuxABEZHIKMNOPTYXABESIJKMHOPCTYX",
        strict=True,
    )
)
_DISGUISES = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
)
# A word spelled out in single letters, with the same kind of gap between all of them.
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*]{1,2}){3,}[^\W_](?![^\W_])")
_AROUND = 300  # letters of a sentence on each side of a place
_LONG = 3  # of the same letter in a row: the third and further ones are dropped


@dataclass(frozen=True, slots=True)
class View:
    """`words`, and for each of its places the place in the original (one more for the end)."""

    words: str
    at: tuple[int, ...] | range
    end: int  # length of the original

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self.words)

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.words)

    def span(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """Where a match, or a group of it, stands in the original text."""
        return self.place(match.start(group), match.end(group))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """(start, end) of this view as places in the original text."""
        if start >= end:
            here = self.at[start] if start < len(self.words) else self.end
            return here, here
        return self.at[start], self.at[end - 1] + 1


class Text:
    """One text in its three readings. Every rule gets the same, so each is made once."""

    def __init__(self, original: str) -> None:
        self.original = original

    @cached_property
    def plain(self) -> View:
        """NFKC, without zero-width and combining marks, look-alikes as Latin; case is kept."""
        if self.original.isascii():
            return View(self.original, range(len(self.original)), len(self.original))
        return _mapped(self.original, ((place, _plain(c)) for place, c in enumerate(self.original)))

    @cached_property
    def bare(self) -> View:
        """`plain` in small letters with g0bl0k, g.o.b.l.o.k and gobloook undone: for insults."""
        plain = self.plain
        dropped = _gaps_of_spelled(plain.words)
        kept: list[tuple[int, str]] = []
        last, run = "", 0
        for index, letter in enumerate(plain.words.lower().translate(_DISGUISES)):
            run = run + 1 if letter == last else 1
            last = letter
            if index not in dropped and (run < _LONG or not letter.isalpha()):
                kept.append((plain.at[index] if index < len(plain.at) else plain.end, letter))
        return View("".join(c for _, c in kept), tuple(place for place, _ in kept), plain.end)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """(start, end) in `plain` of each sentence: it ends at . ! ? or a line break."""
        found, start = [], 0
        for match in _ENDS.finditer(self.plain.words):
            found.append((start, match.end()))
            start = match.end()
        if start < len(self.plain.words):
            found.append((start, len(self.plain.words)))
        return tuple(found)

    def sentence_of(self, place: int) -> str:
        """The words, in `plain`, of the sentence around a place of `plain`; of an endless one what
        is near, so that no rule reads a long text again for each of its places."""
        found = bisect_right(self._starts, place) - 1
        if found < 0:
            return ""
        start, end = self.sentences[found]
        return self.plain.words[max(start, place - _AROUND) : min(end, place + _AROUND)]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]


# Not the dot of 08.00, Rp1.500, Jl. or No.
_ENDS = re.compile(r"(?<!\bJl)(?<!\bNo)(?<!\bno)(?<!\bRp)(?<!\btgl)[.!?…]+(?=\s|$|[\"”’)])|\n+")


def _mapped(original: str, pieces: Iterator[tuple[int, str]]) -> View:
    words: list[str] = []
    at: list[int] = []
    for place, piece in pieces:
        words.append(piece)
        at.extend([place] * len(piece))
    return View("".join(words), tuple(at), len(original))


@lru_cache(maxsize=8192)
def _plain(letter: str) -> str:
    """One letter without its disguise; "" for what nobody sees."""
    if letter.isascii():
        return letter
    if letter in _LOOKALIKE:
        return _LOOKALIKE[letter]
    seen = (
        unicodedata.normalize("NFKD", letter)
        if letter.isalpha()
        else unicodedata.normalize("NFKC", letter)
    )
    return "".join(_LOOKALIKE.get(c, c) for c in seen if unicodedata.category(c) not in _UNSEEN)


_UNSEEN = {"Mn", "Me", "Cf"}


def _gaps_of_spelled(words: str) -> set[int]:
    """Places between the letters of words that are spelled out: "g o b l o k"."""
    gaps: set[int] = set()
    for match in _SPELLED.finditer(words):
        gaps.update(
            place for place in range(match.start(), match.end()) if not (words[place].isalnum())
        )
    return gaps
