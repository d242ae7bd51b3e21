"""The world in which the cases are read: an ordinary Wednesday, and the regency's own calendar."""

from datetime import date, timedelta
from functools import cache

import holidays

from guidelines import Context, Genre
from guidelines.context import Period, PeriodKind, SourceNote
from guidelines.shipped import commemorations

WEDNESDAY = date(2026, 11, 25)
OTHERS = ("Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan", "Dinas Sosial", "Dinas Pertanian")


@cache
def feasts(year: int) -> dict[date, str]:
    kinds = ("public", "government")
    return dict(holidays.country_holidays("ID", years=year, categories=kinds, language="id"))


def world(day: date = WEDNESDAY, *, sourced: bool = False, period: str = "", **more) -> Context:
    """A context; `sourced` brings a source row, `period` a period that holds on the day."""
    week = timedelta(days=7)
    periods = (Period(PeriodKind(period), "contoh", day - week, day + week),) if period else ()
    note = SourceNote("Laporan contoh No. 1", dated=day - week)
    basics = {
        "day": day,
        "written": day,
        "sources": (note,) if sourced else (),
        "periods": periods,
        "commemorations": commemorations(),
        "holidays": feasts(day.year),
        "agency": "Dinas Komunikasi dan Informatika",
        "agency_short": "Diskominfo",
        "other_agencies": OTHERS,
        "genre": Genre(more.pop("genre", "post")),
    }
    return Context(**(basics | more))
