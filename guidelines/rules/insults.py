"""Rude words, and everyday words that are thrown at somebody (government.md 6.3, 6.6)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_ADVICE = "Tulis dengan kata yang sopan, atau hapus."
_AT_SOMEBODY = r"(?:dasar|kau|kamu|lu|loe|elo|waang|ang|mereka(?:\s+itu)?|pejabat)"


def rude(text: Text, context: Context) -> Iterator[Hit]:
    """Words that are an insult wherever they stand."""
    for match in text.bare.find(lexicon.pattern("insults", context, stretched=True)):
        yield Hit(Level.BLOCK, *text.bare.span(match), "Ini kata kasar.", _ADVICE)


def thrown(text: Text, context: Context) -> Iterator[Hit]:
    """The name of an animal or illness after an address: "dasar anjing"; never by itself."""
    animals = lexicon.pattern("animals_and_illnesses", context, stretched=True)
    for match in text.bare.find(_thrown(animals.pattern)):
        sentence = "Kata ini menghina bila ditujukan kepada orang."
        yield Hit(Level.BLOCK, *text.bare.span(match), sentence, _ADVICE)


@lru_cache(maxsize=32)
def _thrown(animals: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_AT_SOMEBODY}\s+{animals}")


RULES = (
    Rule("MAKIAN", "Kata kasar", rude, lists=("insults",)),
    Rule(
        "MAKIAN-KONTEKS",
        "Nama hewan atau penyakit sebagai hinaan",
        thrown,
        lists=("animals_and_illnesses",),
    ),
)
