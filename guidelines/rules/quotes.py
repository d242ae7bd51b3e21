"""Quotations: who says it? Proverbs, slogans and titles need no name."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import POSTS, Rule

_QUOTE = re.compile(r"[\"“”](?P<said>[^\"“”\n]{25,600})[\"“”]")
_SPEAKER = re.compile(
    r"\b(?:kata|ujar|jelas|tutur|ungkap|sebut|ucap|imbau|tegas|pesan|tambah|terang|papar|menurut)"
    r"(?:nya|kan|an)?\b|\b(?:menyampaikan|mengatakan|menjelaskan|menyebut|menegaskan|"
    r"bersabda|berpesan|berkata|menambahkan)\b|"
    r"[-–—]\s?[A-Z]|\bQS\.?\b|\bHR\.?\b|\((?:[A-Z][\w.']+ ?){1,4}\d{0,3}",
    re.IGNORECASE,
)
_NO_SPEAKER = re.compile(
    r"\b(?:pepatah|petatah|petitih|peribahasa|pantun|slogan|motto|moto|semboyan|tema|"
    r"bertema(?:kan)?|bertajuk|berjudul|judul|"
    r"lagu|film|buku|puisi|novel|program|gerakan|filosofi|falsafah|adat|tulisan|"
    r"bertuliskan|spanduk|pesan|"
    r"isi|klaim|beredar|narasi|kalimat|ayat|doa|firman|hadis|mamang|kaba|randai|lomba|"
    r"hoaks|keluhan|"
    r"komentar|pertanyaan|menyebut|berbunyi|yel|tagline|jargon)\w{0,3}\b",
    re.IGNORECASE,
)
_WORDS = 5
_NEAR = 120  # letters on each side


def nameless(text: Text, context: Context) -> Iterator[Hit]:
    """More than five quoted words, and nobody near who says them."""
    if context.kind in ("clarification", "correction"):
        return
    for match in text.plain.find(_QUOTE):
        if len(match["said"].split()) <= _WORDS:
            continue
        before = text.plain.words[max(0, match.start() - _NEAR) : match.start()]
        after = text.plain.words[match.end() : match.end() + _NEAR]
        if not (
            _SPEAKER.search(before + " | " + after) or _NO_SPEAKER.search(before + " | " + after)
        ):
            sentence = "Kutipan ini belum menyebut siapa yang mengatakannya."
            advice = "Tambahkan nama dan jabatannya."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


RULES = (Rule("KUTIPAN-TANPA-NAMA", "Kutipan tanpa nama", nameless, POSTS),)
