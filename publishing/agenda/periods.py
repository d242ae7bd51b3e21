"""Which days of the calendar are shown: a month, a week or seven days of agenda, from the address.

What cannot be read in an address falls back quietly: to the month, and to today.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from platforms import registry
from publishing import calendar, ids

MONTH, WEEK, AGENDA = "bulan", "pekan", "agenda"
VIEWS = (MONTH, WEEK, AGENDA)
DAY = timedelta(days=1)
LATEST_YEAR = min(2100, MAXYEAR)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Period:
    """What one address asks for. `on` is the day around which it lies."""

    view: str
    on: date
    agency: int | None = None
    platform: str = ""

    @property
    def first(self) -> date:
        """The first day that is drawn: a month begins with the Monday of its first week."""
        if self.view == AGENDA:
            return self.on
        return monday(self.on.replace(day=1) if self.view == MONTH else self.on)

    @property
    def last(self) -> date:
        if self.view == MONTH:
            return monday(following(self.on) - DAY) + 6 * DAY
        return self.first + 6 * DAY

    @property
    def days(self) -> list[date]:
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    @property
    def title(self) -> str:
        if self.view == MONTH:
            return date_format(self.on, "F Y")
        form = "j" if self.first.month == self.last.month else "j F"
        return f"{date_format(self.first, form)}–{date_format(self.last, 'j F Y')}"

    @property
    def before(self) -> "Period":
        if self.view == MONTH:
            return self.around(self.on.replace(day=1) - DAY)
        return self.around(self.on - 7 * DAY)

    @property
    def after(self) -> "Period":
        return self.around(following(self.on) if self.view == MONTH else self.on + 7 * DAY)

    @property
    def today(self) -> "Period":
        return replace(self, on=timezone.localdate())

    @property
    def month(self) -> "Period":
        return replace(self, view=MONTH)

    @property
    def week(self) -> "Period":
        """The week of `on`; of a month the one with today, or its first."""
        today = timezone.localdate()
        near = self.view != MONTH or (today.year, today.month) != (self.on.year, self.on.month)
        return replace(self, view=WEEK, on=self.on if near else today)

    @property
    def agenda(self) -> "Period":
        return replace(self.week, view=AGENDA)

    @property
    def query(self) -> str:
        """The address's query: the same page again."""
        said = {"m": f"{self.on:%Y-%m}"}
        if self.view != MONTH:
            said = {"v": self.view, "d": self.on.isoformat()}
        return "?" + urlencode(said | self._filters)

    @property
    def narrowing(self) -> str:
        """The filters alone, for the page of a day; "" where there are none."""
        return "?" + urlencode(self._filters) if self._filters else ""

    @property
    def _filters(self) -> dict[str, str]:
        said = {"opd": str(self.agency or ""), "kanal": self.platform}
        return {name: value for name, value in said.items() if value}

    def around(self, day: date) -> "Period":
        """The same view on another day, as far as this calendar goes."""
        return replace(self, on=day) if _is_near(day) else self


def asked(query: Mapping[str, str]) -> Period:
    """The period that an address names."""
    view = query.get("v", "")
    platform = query.get("kanal", "")
    return Period(
        view if view in VIEWS else MONTH,
        day_of(query.get("d", "")) or _month_of(query.get("m", "")) or timezone.localdate(),
        ids.number(query.get("opd", "")),
        platform if platform in dict(registry.platforms()) else "",
    )


def day_of(words: str) -> date | None:
    """A day of the calendar, "2026-11-23"; None for anything else."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if _is_near(day) else None


def monday(day: date) -> date:
    """The first day of its week."""
    return day - day.weekday() * DAY


def following(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _month_of(words: str) -> date | None:
    found = _MONTH.fullmatch(words)
    return day_of(f"{words}-01") if found else None


def _is_near(day: date) -> bool:
    return calendar.EARLIEST_YEAR <= day.year < LATEST_YEAR
