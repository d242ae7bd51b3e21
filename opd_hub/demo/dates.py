"""Dates inside the demo's texts: written by program, so that no weekday is ever wrong."""

import re
from datetime import date, timedelta

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)
_PLACE = re.compile(r"\{(kerja)?([+-]\d+)\}|\{(" + "|".join(DAYS) + r")\}|\{(tahun|bulan)\}")


def said(day: date) -> str:
    """The way Indonesian announcements write a day: "Sabtu, 28 November 2026"."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def filled(text: str, published: date) -> str:
    """`text` with its places filled, seen from the day on which it is published.

    {+3} and {-3} are days away, {kerja+3} is the first working day from there on, {Sabtu} the next
    Saturday, {bulan} and {tahun} the month and the year of publication.
    """

    def fill(place: re.Match[str]) -> str:
        working, away, weekday, period = place.groups()
        if period:
            return str(published.year) if period == "tahun" else MONTHS[published.month - 1]
        if weekday:
            return said(next_weekday(published, DAYS.index(weekday)))
        day = published + timedelta(days=int(away))
        return said(working_day(day) if working else day)

    return _PLACE.sub(fill, text)


def next_weekday(after: date, weekday: int) -> date:
    """The first such weekday later than `after`."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def working_day(day: date) -> date:
    """`day`, or the Monday after it when offices are closed."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
