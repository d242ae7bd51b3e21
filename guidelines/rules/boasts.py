"""Absolute words: a boast that data should replace."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_SURELY = re.compile(
    r"(?<!belum )(?<!tidak )(?<!tak )(?<!secara )(?<!data )\bpasti\b(?!\s+(?:bisa\?|kapan))|"
    r"\bterbaik (?:se|di)[ \-]?\w{2,20}|\bpertama di (?:indonesia|sumatera barat|sumbar|"
    r"dunia|asia)\b|"
    r"\b100\s?(?:%|persen)\b",
    re.IGNORECASE,
)
_MOST = 10


def absolute(text: Text, context: Context) -> Iterator[Hit]:
    """Pasti, dijamin, terbaik se-, 100 persen."""
    found = [
        m for p in (lexicon.pattern("absolutes", context), _SURELY) for m in text.plain.find(p)
    ]
    for match in found[:_MOST]:
        sentence = "Ini kata mutlak."
        yield Hit(Level.INFO, *text.plain.span(match), sentence, "Ganti dengan data, atau hapus.")


RULES = (Rule("MUTLAK", "Kata mutlak", absolute, WRITTEN, lists=("absolutes",)),)
