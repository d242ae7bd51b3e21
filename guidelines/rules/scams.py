"""Gambling and scams: on an office's channel they mean that somebody else is writing."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_WARNS = re.compile(
    r"\b(?:bahaya|waspada\w*|hindari|jangan|stop|lawan|perangi|berantas|pemberantasan|"
    r"cegah|pencegahan|kecanduan|tipuan|"
    r"penipuan|modus|laporkan|aduan|diblokir|pemblokiran|dilarang|tolak|hoaks|edukasi|"
    r"terjerat|korban)\b",
    re.IGNORECASE,
)


def gambling(text: Text, context: Context) -> Iterator[Hit]:
    """The vocabulary of gambling sites; a warning against them is only looked at twice."""
    teaches = context.pillar == "education" or text.plain.search(_WARNS) is not None
    for match in text.bare.find(lexicon.pattern("gambling", context)):
        sentence = "Ini kata-kata situs judi atau penipuan."
        advice = (
            "Pastikan unggahan ini memang memperingatkan warga."
            if teaches
            else "Hapus. Bila bukan Anda yang menulis, kabari Humas: akun Anda mungkin dipakai."
        )
        level = Level.WARN if teaches else Level.BLOCK
        yield Hit(level, *text.bare.span(match), sentence, advice)


RULES = (Rule("TAUTAN-JUDOL", "Judi daring dan penipuan", gambling, lists=("gambling",)),)
