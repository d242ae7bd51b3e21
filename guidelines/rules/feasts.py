"""Commemorations and days off: greeted too late, counted wrongly, a service on a holiday."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from guidelines.context import Commemoration, Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.dates import DAYS, dates_in, spoken
from guidelines.rules.rule import POSTS, Rule

_GREETS = re.compile(r"\b(?:selamat|dirgahayu|memperingati|momentum|semarak)\b", re.IGNORECASE)
_NTH = re.compile(r"\bke[- ]?(\d{1,3})\b(?!\s?[°.]\d)", re.IGNORECASE)
_INSIDE = re.compile(r"\s+ke[- ]?\d{1,3}(?=\s)", re.IGNORECASE)
_AROUND = 40  # letters on each side of the name, where "ke-N" may stand
_LATE = 30  # days: after that it is history, not a late greeting
_SERVICE = re.compile(
    r"\b(?:pelayanan|layanan|loket|kantor buka|jam buka|pendaftaran)\b", re.IGNORECASE
)
_CLOSED = re.compile(
    r"\b(?:libur|tutup|tidak (?:ada|melayani|beroperasi)|diliburkan|cuti)\b", re.IGNORECASE
)
_WEEKEND_WORK = re.compile(
    r"\b(?:car free day|cfd|hari libur|akhir pekan|24 jam|pasar|wisata|igd)\b", re.I
)


@lru_cache(maxsize=512)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names; "ke-N" may stand inside them: "HUT ke-55 KORPRI"."""
    gap = r"(?:\s+ke[- ]?\d{1,3})?\s+"
    longest_first = sorted(names, key=len, reverse=True)
    any_of = "|".join(gap.join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"\b(?:{any_of})\b", re.IGNORECASE)


def _nearest(day: Commemoration, near: date) -> date | None:
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(year, day.month, day.day))
        except ValueError:  # 29 February
            continue
    return min(found, key=lambda on: abs((on - near).days), default=None)


def _mentions(text: Text, context: Context) -> Iterator[tuple[Commemoration, re.Match[str], date]]:
    """Each day that is named, once, and the year's day that is meant: the nearest one."""
    named = {_bare(name): day for day in context.commemorations for name in day.names}
    if not named:
        return
    seen: set[Commemoration] = set()
    for match in text.plain.find(_named(tuple(named))):
        day = named[_bare(match[0])]
        on = _nearest(day, context.day)
        if on and day not in seen:
            seen.add(day)
            yield day, match, on


def _bare(name: str) -> str:
    """A day's name in small letters, without the "ke-N" that may stand inside it."""
    return " ".join(_INSIDE.sub(" ", name).split()).lower()


def late(text: Text, context: Context) -> Iterator[Hit]:
    """A greeting that goes out after its day."""
    greets = text.plain.search(_GREETS)
    for _, match, on in _mentions(text, context):
        days = (context.day - on).days
        if greets and 0 < days <= _LATE:
            sentence = f"{match[0]} jatuh pada {spoken(on)}; saat tayang sudah lewat {days} hari."
            advice = "Majukan jadwalnya, atau ceritakan sebagai kegiatan yang sudah berlangsung."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def miscounted(text: Text, context: Context) -> Iterator[Hit]:
    """ "HUT ke-22" where it is the 23rd: the year of the event less the year it is counted from."""
    mentions = list(_mentions(text, context))
    names = [match for _day, match, _on in mentions]
    for day, match, on in mentions:
        if day.base is None:
            continue
        nth = _count_of(match, names, text)
        right = _year_meant(text, match, on) - day.base
        if nth and int(nth[1]) != right:
            sentence = f"{day.names[0]} tahun {right + day.base} adalah yang ke-{right}."
            span = text.plain.place(nth.start(), nth.end())
            yield Hit(Level.WARN, *span, sentence, f"Tulis “ke-{right}”, atau periksa tahunnya.")


def _count_of(
    name: re.Match[str], names: Sequence[re.Match[str]], text: Text
) -> re.Match[str] | None:
    """The first "ke-N" around a name that is nearer to it than to any other name."""
    begin = max(0, name.start() - _AROUND)
    for nth in _NTH.finditer(text.plain.words, begin, name.end() + _AROUND):
        if min(names, key=lambda other: _apart(other, nth)) is name:
            return nth
    return None


def _apart(name: re.Match[str], nth: re.Match[str]) -> int:
    """Letters between them; below zero when one stands inside the other."""
    return max(nth.start() - name.end(), name.start() - nth.end())


def _year_meant(text: Text, match: re.Match[str], on: date) -> int:
    """A year that is written close behind the name; else that of the nearest day."""
    year = re.compile(r"\b(19|20)\d\d\b").search(text.plain.words, match.end(), match.end() + 60)
    return int(year[0]) if year else on.year


def holiday_service(text: Text, context: Context) -> Iterator[Hit]:
    """A service that is announced for a day off; a weekend only when nothing else explains it."""
    if not text.plain.search(_SERVICE) or text.plain.search(_CLOSED):
        return
    works = text.plain.search(_WEEKEND_WORK) is not None
    for dated in dates_in(text, context):
        if dated.on is None:
            continue
        feast = context.holidays.get(dated.on, "")
        weekend = dated.on.weekday() > 4 and dated.weekday is None
        if not feast and (not weekend or works):
            continue
        name = f"libur: {feast}" if feast else f"hari {DAYS[dated.on.weekday()]}"
        sentence = f"{spoken(dated.on)} adalah {name}."
        span = text.plain.place(dated.start, dated.end)
        yield Hit(Level.INFO, *span, sentence, "Pastikan layanannya memang buka.")


RULES = (
    Rule("UCAPAN-TERLAMBAT", "Ucapan yang tayang setelah harinya", late, POSTS, dated=True),
    Rule("HUT-KE", "Hitungan “ke-N” yang keliru", miscounted, dated=True),
    Rule("LIBUR-LAYANAN", "Layanan pada hari libur", holiday_service, POSTS, dated=True),
)
