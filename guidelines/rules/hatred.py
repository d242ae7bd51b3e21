"""Hatred of peoples, faiths and origins: a hostile frame, never a bare name (government.md 6.6)."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_ADVICE = "Hapus ungkapan ini. Sebut kegiatannya, bukan asal-usul orangnya."
_EXPEL = re.compile(
    r"\b(?:usir|bersihkan|singkirkan|larang|tolak)\s+(?:saja\s+)?(?:para\s+|semua\s+|orang[- ])?"
    r"(?:orang\s+)?(?:pendatang|mereka|kafir|cina|tionghoa|jawa|batak|nias|papua|arab|"
    r"kristen|islam|"
    r"muslim|hindu|buddha|katolik|rohingya|transmigran)\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:orang|suku|umat|agama|kaum)\s+(?:cina|tionghoa|jawa|batak|nias|papua|arab|minang|sunda|"
    r"kristen|islam|muslim|hindu|buddha|katolik|itu|mereka)\s+(?:itu\s+|memang\s+|"
    r"semua(?:nya)?\s+){0,2}"
    r"(?:sesat|rendah|bodoh|kotor|malas|licik|pelit|jahat|penipu|maling|tidak beradab|"
    r"harus pergi)\b|"
    r"\bagama\s+(?:sebelah|lain)\s+(?:itu\s+)?memang\s+(?:sesat|palsu)\b",
    re.IGNORECASE,
)
_CAMP = r"(?:dasar|kaum|para|kelompok|kubu|gerombolan|kalian|kamu)\s+"
_TEACHES = re.compile(
    r"\b(?:jangan|hindari|stop|tolak|lawan|cegah|bahaya|contoh)\s+(?:\w+\s+){0,4}"
    r"(?:ujaran kebencian|sara|diskriminasi|perundungan|rasis\w*|ejekan|istilah|kata|"
    r"sebutan|menyebut|memanggil)\b",
    re.IGNORECASE,
)


def slurs(text: Text, context: Context) -> Iterator[Hit]:
    """A slur, or a call against people for what they are."""
    sentence = "Ungkapan ini menyerang suku, agama, ras, atau asal-usul."
    patterns = (
        lexicon.pattern("slurs", context, stretched=True),
        _camps(lexicon.pattern("camps", context).pattern),
        _EXPEL,
        _LESS,
    )
    teaches = text.bare.search(_TEACHES) is not None
    for pattern in patterns:
        for match in text.bare.find(pattern):
            level = Level.WARN if teaches else Level.BLOCK
            yield Hit(level, *text.bare.span(match), sentence, _ADVICE)


def _camps(names: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_CAMP}(?:{names})", re.IGNORECASE)


RULES = (
    Rule(
        "SARA", "Kebencian terhadap suku, agama, ras, dan golongan", slurs, lists=("slurs", "camps")
    ),
)
