"""What was left over: sample text of a template, and another agency's words about itself."""

import re
from collections.abc import Iterator
from functools import lru_cache

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import EVERYWHERE, WRITTEN, Rule

_LEFT = re.compile(
    r"(?i:lorem ipsum(?: dolor sit amet)?)|\b(?:TODO|FIXME|TBD)\b|"
    r"(?i:[\[<{(](?:isi|nama|tanggal|tempat|judul|jabatan|jam|lokasi|nomor|sebutkan|tulis|"
    r"link|tautan)"
    r"(?: [^\]>})\n]{0,40})?[\]>}])(?<!\))|"
    r"(?<!\w)x{3,}(?!\w)|"
    r"\A\s{0,20}(?i:tes|test|testing|coba|tes tes|uji coba)\s{0,5}[.!]{0,3}\s{0,20}\Z|"
    r"A{6,}|(?<!\w)(?:asdf\w{0,6}|qwerty)(?!\w)"
)


def sample_text(text: Text, context: Context) -> Iterator[Hit]:
    """Words that only a template or a trial has."""
    for match in text.plain.find(_LEFT):
        sentence = "Masih ada teks contoh."
        advice = "Ganti dengan isi yang sebenarnya, atau hapus."
        yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


@lru_cache(maxsize=64)
def _speaks_as(names: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"(?:\b(?:kami(?: dari)?|kantor kami(?:,| di)?|admin)\s+(?P<a>{any_of})\b|"
        rf"\b(?P<b>{any_of})\s+kami\b)",
        re.IGNORECASE,
    )


def another_agency(text: Text, context: Context) -> Iterator[Hit]:
    """ "Kami dari Dinas X" in a post of another agency."""
    if not context.other_agencies:
        return
    for match in text.plain.find(_speaks_as(context.other_agencies)):
        name = match["a"] or match["b"]
        sentence = (
            f"Teks ini berbicara sebagai {name}, padahal unggahan ini milik {context.agency}."
        )
        advice = "Ganti namanya, atau tulis bahwa kegiatan ini bersama OPD itu."
        yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


RULES = (
    Rule("TEKS-SISA", "Teks contoh yang tertinggal", sample_text, EVERYWHERE),
    Rule("NAMA-OPD-LAIN", "Menyebut OPD lain sebagai diri sendiri", another_agency, WRITTEN),
)
