"""Neutrality: what reads like campaigning; how grave it is, the dated periods say."""

import re
from collections.abc import Iterator
from functools import lru_cache

from guidelines import lexicon
from guidelines.context import Context, Period, PeriodKind
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_I = re.IGNORECASE
_CALLS = re.compile(
    r"\bpilih (?:nomor|no\.?|paslon|calon|pasangan)\s?\w{0,12}|\bmenangkan (?:paslon|"
    r"pasangan|calon|nomor)\b|"
    r"\bnomor urut \d{1,2}\b|\bsalam (?:satu|dua|tiga|empat|\d) jari\b|"
    r"\blanjut(?:kan)? (?:dua|2) periode\b",
    _I,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:antrean|antrian|loket|pendaftaran|peserta|ujian|tagihan|invoice|lomba|undian|"
    r"kuitansi|berkas|urut pendaftar|pasien)\b",
    _I,
)
_ORGANISER = re.compile(
    r"\b(?:kpu|bawaslu|panwas\w*|ppk|pps|kpps|netralitas|sosialisasi pemilih|tps|"
    r"daftar pemilih|dpt|pemilu damai|"
    r"pilkada damai|pemungutan suara|hak pilih|panitia pemilihan|pengawas pemilu|debat publik)\b",
    _I,
)
_NEUTRAL = re.compile(
    r"\b(?:netral(?:itas)?|dilarang|larangan|tidak boleh|jangan|cegah|waspada|sanksi|asn)\b", _I
)
_FAVOURS = r"(?:lanjutkan|pilih|dukung|menangkan|bersama|terima kasih|sukseskan|doakan)"


def campaigning(text: Text, context: Context) -> Iterator[Hit]:
    """Words of a campaign, and in an election period the watched names beside a call."""
    quiet, stages = context.period(PeriodKind.QUIET), context.period(PeriodKind.STAGES)
    period = quiet or stages
    if not period and text.plain.search(_ORGANISER):
        return  # the election office explains, and nothing is being decided
    level = _level(text, quiet, stages)
    for pattern in (lexicon.pattern("campaigning", context), _CALLS, *_watched(period)):
        for match in text.plain.find(pattern):
            around = text.sentence_of(match.start())
            if match[0].lower().startswith("nomor urut") and _OTHER_NUMBER.search(around):
                continue
            yield Hit(level, *text.plain.span(match), _sentence(period), _advice(period))


def _level(text: Text, quiet: Period | None, stages: Period | None) -> Level:
    if quiet:
        return Level.BLOCK
    explained = text.plain.search(_ORGANISER) or text.plain.search(_NEUTRAL)
    return Level.BLOCK if stages and not explained else Level.WARN


def _watched(period: Period | None) -> tuple[re.Pattern[str], ...]:
    return (_favouring(period.names),) if period and period.names else ()


@lru_cache(maxsize=32)
def _favouring(names: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"\b{_FAVOURS}\b[^.\n]{{0,40}}\b(?:{any_of})\b|"
        rf"\b(?:{any_of})\b[^.\n]{{0,40}}\b{_FAVOURS}\b",
        _I,
    )


def _sentence(period: Period | None) -> str:
    if period:
        return f"{period.name}: bagian ini dapat dibaca sebagai kampanye."
    return "Bagian ini dapat dibaca sebagai kampanye pemilihan."


def _advice(period: Period | None) -> str:
    held = " Tunda sampai masanya lewat, bila perlu." if period else ""
    return f"Hapus ajakan dan nama calon; sebut penyelenggara dan aturannya saja.{held}"


RULES = (
    Rule("PEMILU", "Kampanye dan netralitas", campaigning, lists=("campaigning",), dated=True),
)
