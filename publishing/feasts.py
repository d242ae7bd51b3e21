"""Days off: the national ones of the `holidays` package, and what Humas added or struck."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from publishing import rulebook


def of_year(year: int) -> Mapping[date, str]:
    """Every day off of a year with its name, collective leave (cuti bersama) included.

    Moon-dependent feasts of coming years carry "(perkiraan)", as the package estimates them.
    """
    local = {day: row for day, row in rulebook.current().days.items() if day.year == year}
    struck = {day for day, row in local.items() if not row.is_off}
    own = {day: row.name for day, row in local.items() if row.is_off}
    return {day: name for day, name in (national(year) | own).items() if day not in struck}


def name_of(day: date) -> str:
    """What is celebrated on `day`; "" on an ordinary day."""
    local = rulebook.current().days.get(day)
    if local is not None:
        return local.name if local.is_off else ""
    return national(day.year).get(day, "")


@cache
def national(year: int) -> dict[date, str]:
    """The days that the government set, or will probably set."""
    kinds = ("public", "government")  # government: collective leave
    found = holidays.country_holidays("ID", years=year, categories=kinds, language="id")
    return dict(found.items())
