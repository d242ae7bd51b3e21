"""A time of mourning: festive posts wait."""

import re
from collections.abc import Iterator

from guidelines.context import Context, PeriodKind
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import POSTS, Rule

FESTIVE = re.compile(
    r"\b(?:selamat (?!jalan)\w+|dirgahayu|lomba|hiburan|konser|pesta|meriah\w*|festival|"
    r"karnaval|bazar|pentas|"
    r"undian|doorprize|kembang api|semarak)\b",
    re.IGNORECASE,
)
MOURNS = re.compile(
    r"\b(?:duka\w*|belasungkawa|berduka\w*|wafat|meninggal|berpulang|innalillahi|"
    r"inna lillahi|almarhum\w*|"
    r"mengheningkan|ditunda|tunda|menunda|dibatalkan|setengah tiang|doa bersama|takziah|tahlil)\b",
    re.IGNORECASE,
)
CEREMONIAL = frozenset({"greeting", "campaign", "event"})


def festive(text: Text, context: Context) -> Iterator[Hit]:
    """A greeting or a campaign with festive words while the regency mourns."""
    period = context.period(PeriodKind.MOURNING)
    if period is None or text.plain.search(MOURNS):
        return
    match = text.plain.search(FESTIVE)
    if match is None or context.kind not in CEREMONIAL:
        return
    sentence = f"{period.name}: unggahan seremonial ditahan sampai {period.ends:%d-%m-%Y}."
    advice = "Pilih waktu sesudahnya, atau minta peninjau mengizinkan."
    yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


def out_of_place(text: Text, context: Context) -> Iterator[Hit]:
    """Festive words of another kind of post while the regency mourns: worth a thought."""
    period = context.period(PeriodKind.MOURNING)
    match = text.plain.search(FESTIVE)
    ceremonial = context.kind in CEREMONIAL
    if period is None or match is None or ceremonial or text.plain.search(MOURNS):
        return
    sentence = f"{period.name} sedang berlangsung."
    advice = "Pertimbangkan waktu lain untuk kabar yang meriah."
    yield Hit(Level.INFO, *text.plain.span(match), sentence, advice)


RULES = (
    Rule("MASA-BERKABUNG", "Unggahan seremonial di masa berkabung", festive, POSTS, dated=True),
)
