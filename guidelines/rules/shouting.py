"""Capitals and exclamation marks that shout."""

import re
from collections.abc import Iterator, Sequence

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import EVERYWHERE, WRITTEN, Rule

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MARKS = re.compile(r"[!?]{2,}")
_FEWEST = 5  # words in capitals, before a line shouts
_MOST = 5
_HEADING = 8  # words that a heading has at most
_SMALL = re.compile(r"[a-z]{3}")


def capitals(text: Text, context: Context) -> Iterator[Hit]:
    """A line with five or more words in capitals, and most of it so; acronyms do not count. A short
    heading over ordinary words is what offices write every day: a hint."""
    acronyms = {a.upper() for a in lexicon.words("acronyms", context)} | set(context.acronyms)
    top = len(text.plain.words) - len(text.plain.words.lstrip())
    for line in text.plain.find(_LINE):
        words = _WORD.findall(line[0])
        loud = [word for word in words if word.isupper() and word not in acronyms]
        if len(loud) >= _FEWEST and len(loud) > len(words) / 2:
            sentence = "Huruf kapital semua terkesan berteriak."
            advice = "Tulis dengan huruf kecil; cukup awal kalimat dan nama yang kapital."
            above = line.start() <= top and _is_heading(line, words, text)
            level = Level.INFO if above else Level.WARN
            yield Hit(level, *text.plain.span(line), sentence, advice)


def _is_heading(line: re.Match[str], words: Sequence[str], text: Text) -> bool:
    """A few words without an exclamation, that ordinary words follow."""
    calm = len(words) <= _HEADING and "!" not in line[0]
    return calm and bool(_SMALL.search(text.plain.words, line.end()))


def marks(text: Text, context: Context) -> Iterator[Hit]:
    """More than one mark in a row."""
    for match in list(text.plain.find(_MARKS))[:_MOST]:
        yield Hit(
            Level.INFO, *text.plain.span(match), "Cukup satu tanda baca.", "Hapus selebihnya."
        )


RULES = (
    Rule("KAPITAL", "Huruf kapital semua", capitals, EVERYWHERE, lists=("acronyms",)),
    Rule("TANDA-SERU", "Tanda seru berderet", marks, WRITTEN),
)
