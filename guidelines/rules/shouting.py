"""Capitals and exclamation marks that shout."""

import re
from collections.abc import Iterator

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


def capitals(text: Text, context: Context) -> Iterator[Hit]:
    """A line with five or more words in capitals, and most of it so; acronyms do not count."""
    acronyms = {a.upper() for a in lexicon.words("acronyms", context)} | set(context.acronyms)
    for line in text.plain.find(_LINE):
        words = _WORD.findall(line[0])
        loud = [word for word in words if word.isupper() and word not in acronyms]
        if len(loud) >= _FEWEST and len(loud) > len(words) / 2:
            sentence = "Huruf kapital semua terkesan berteriak."
            advice = "Tulis dengan huruf kecil; cukup awal kalimat dan nama yang kapital."
            yield Hit(Level.WARN, *text.plain.span(line), sentence, advice)


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
