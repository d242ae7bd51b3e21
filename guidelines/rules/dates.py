"""Days and dates: the weekday that is wrong, the date that does not exist, the event gone by."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_WEEKDAY = {
    **{name.lower(): n for n, name in enumerate(DAYS)},
    "jum'at": 4,
    "jum’at": 4,
    "ahad": 6,
    **{"sen": 0, "sel": 1, "rab": 2, "kam": 3, "jum": 4, "sab": 5, "min": 6},
}
_MONTHS = (
    "januari jan",
    "februari pebruari feb",
    "maret mar",
    "april apr",
    "mei",
    "juni jun",
    "juli jul",
    "agustus agu agt ags",
    "september sept sep",
    "oktober okt",
    "november nopember nov nop",
    "desember des",
)
MONTHS = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH_NAMES = tuple(names.split()[0].capitalize() for names in _MONTHS)
_FULL = "senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
_SHORT = "sen|sel|rab|kam|jum|sab|min"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# "3 September 2019", "3/9", "3-9-2019", "3.9.2019", "1-3 September"; the first day of a range
_DATE = (
    r"(?P<day>\d{1,2})(?:\s?[-–]\s?\d{1,2}(?=\s?/|\s+[A-Za-z]))?"
    rf"(?:\s?(?P<sep>[/.-])\s?(?P<month>\d{{1,2}})(?:\s?(?P=sep)\s?(?P<year>\d{{4}}|"
    rf"\d{{2}}))?(?![\d/])"
    rf"|\s+(?P<name>{_MONTH})\b\.?(?:,?\s+(?P<long>\d{{4}})\b)?)"
)
_PAIR = re.compile(
    rf"\b(?P<weekday>{_FULL}|(?:{_SHORT})(?=[,.\s]))\.?"
    r"(?:\s+(?:pagi|siang|sore|malam|dini hari))?"
    rf"(?:\s?[-–]\s?(?:{_FULL}))?\s{{0,3}},?\s{{0,3}}\(?\s?(?:(?:tanggal|tgl)\.?\s+)?{_DATE}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?<![\d/.,-])(?:(?:tanggal|tgl)\.?\s+)?{_DATE}", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:akan|besok|lusa|nanti|mendatang|segera|hadirilah|ikuti|jangan lewatkan)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the text: its place in `plain`, the day it names, and whether with the year.

    `on` is None when there is no such day; `weekday` is the one written beside it.
    """

    start: int
    end: int
    on: date | None
    has_year: bool
    weekday: int | None = None


def dates_in(text: Text, context: Context) -> Iterator[Dated]:
    """Every date that is written with a month's name, or as figures beside a weekday or "tgl"."""
    beside: list[tuple[int, int]] = []
    for match in text.plain.find(_PAIR):
        if match["sep"] == "." and not match["year"]:
            continue  # "Senin 08.00" is an hour
        beside.append(match.span())
        yield _dated(match, context, _WEEKDAY[match["weekday"].lower()])
    starts = [start for start, _ in beside]
    for match in text.plain.find(_ALONE):
        numbers_only = match["sep"] and not match["year"] and not match[0].lower().startswith("t")
        before = bisect_right(starts, match.start()) - 1
        inside = before >= 0 and match.start() < beside[before][1]
        if not inside and not numbers_only:
            yield _dated(match, context, None)


def _dated(match: re.Match[str], context: Context, weekday: int | None) -> Dated:
    month = int(match["month"]) if match["month"] else MONTHS[match["name"].lower()]
    written = match["year"] or match["long"]
    year = int(written) + (2000 if len(written) == 2 else 0) if written else None
    on = _day(year, month, int(match["day"]), context.day)
    return Dated(match.start(), match.end(), on, year is not None, weekday)


def _day(year: int | None, month: int, day: int, near: date) -> date | None:
    """The day; without a year the one of the three years around that is nearest."""
    found = []
    for candidate in (year,) if year else (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(found, key=lambda on: abs((on - near).days), default=None)


def spoken(on: date) -> str:
    return f"{on.day} {MONTH_NAMES[on.month - 1]} {on.year}"


def wrong_weekday(text: Text, context: Context) -> Iterator[Hit]:
    """The name of the day beside a date that falls on another."""
    for dated in dates_in(text, context):
        if dated.on is None or dated.weekday is None or dated.on.weekday() == dated.weekday:
            continue
        right = DAYS[dated.on.weekday()]
        level = Level.BLOCK if dated.has_year else Level.WARN
        sentence = f"Tanggal {spoken(dated.on)} adalah hari {right}."
        advice = "Periksa undangannya, lalu betulkan hari atau tanggalnya."
        yield Hit(level, *text.plain.place(dated.start, dated.end), sentence, advice)


def no_such_day(text: Text, context: Context) -> Iterator[Hit]:
    """31 Februari, a thirteenth month: of figures only where a weekday or "tgl" stands there."""
    for dated in dates_in(text, context):
        if dated.on is None:
            span = text.plain.place(dated.start, dated.end)
            sentence = "Tanggal ini tidak ada di kalender."
            yield Hit(Level.BLOCK, *span, sentence, "Betulkan tanggal atau bulannya.")


def gone_by(text: Text, context: Context) -> Iterator[Hit]:
    """What is announced as coming, and will be over when the post goes out."""
    for dated in dates_in(text, context):
        if dated.on is None or not 1 <= (context.day - dated.on).days <= _REMEMBERED:
            continue
        if _COMING.search(text.sentence_of(dated.start)):
            span = text.plain.place(dated.start, dated.end)
            sentence = f"Saat tayang ({spoken(context.day)}), {spoken(dated.on)} sudah lewat."
            advice = "Betulkan tanggalnya, atau ceritakan sebagai kegiatan yang sudah berlangsung."
            yield Hit(Level.WARN, *span, sentence, advice)


_REMEMBERED = 300  # days: what is longer ago is history, or next year's

RULES = (
    Rule("TGL-HARI", "Hari yang tidak cocok dengan tanggalnya", wrong_weekday, dated=True),
    Rule("TGL-TIDAK-ADA", "Tanggal yang tidak ada", no_such_day),
    Rule("TGL-LEWAT", "Acara yang sudah lewat saat tayang", gone_by, dated=True),
)
