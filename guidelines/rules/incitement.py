"""Incitement: a call to harm people. Offers, history and figures of speech are none of it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_PEOPLE = (
    r"(?:(?:kantor|rumah|rombongan|toko|kios|lapak|keluarga|kampung|para|semua|orang[- ]orang|kaum|"
    r"kelompok|warga)\s+){0,2}"
    r"(?:pejabat|pegawai(?:nya)?|kantor itu|orang(?: yang)?|bupati|wali nagari|camat|"
    r"pemerintah|polisi|aparat|petugas|pendatang|mereka|"
    r"orang[- ]orang itu|pengungsi|pedagang|guru|dokter|wartawan|penghianat|pengkhianat|pendukung|"
    r"kaum itu|kelompok itu|warga (?:itu|pendatang|sebelah)|kafir|lawan (?:politik|kita)|"
    r"si\s+\w+)\b"
)
_PAST = re.compile(
    r"\b(?:di|men|mem|meng|ter)?(?:tahun \d{4}|dahulu|pada masa|sejarah|belanda|penjajah|agresi|"
    r"perjuangan|kolonial|pdri|jepang|jangan|cegah|tolak|hindari|dilarang|larangan|stop)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=32)
def _against(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{verbs})(?:lah|kan)?\s+{_PEOPLE}", re.IGNORECASE)


def incitement(text: Text, context: Context) -> Iterator[Hit]:
    """A verb of harm with people as its object, in a sentence that is a call."""
    verbs = lexicon.compiled(lexicon.words("incitement", context))
    for match in text.plain.find(_against(verbs.pattern.replace(r"(?!\w)", ""))):
        if _PAST.search(text.sentence_of(match.start())):
            continue
        sentence = "Ajakan ini mengarahkan warga untuk menyerang orang."
        advice = "Hapus ajakannya. Sampaikan masalahnya dan cara resmi menyelesaikannya."
        yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


RULES = (Rule("PROVOKASI", "Ajakan menyerang orang", incitement, WRITTEN, lists=("incitement",)),)
