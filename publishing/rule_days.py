"""Days off as Humas keeps them: national ones, struck ones, and ones of the regency's own."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from publishing import feasts, rulebook
from publishing.models import Holiday

ESTIMATED = "(perkiraan)"  # as the package of national days marks what the moon decides
ASKED_FROM = 10  # the month by which the days of the coming year are usually decreed
LEAVE = "Cuti Bersama"  # only a decree gives it


@dataclass(frozen=True)
class DayOff:
    """A day of the list. `row`: what Humas wrote about it; "national", "added" or "struck"."""

    on: date
    name: str
    state: str
    row: Holiday | None = None

    @property
    def is_estimate(self) -> bool:
        return ESTIMATED in self.name

    @property
    def bare_name(self) -> str:
        return self.name.replace(ESTIMATED, "").strip()


def of_year(year: int) -> list[DayOff]:
    """Every day of the list of one year, struck ones too; one query."""
    rows = {row.on: row for row in Holiday.objects.filter(on__year=year).select_related("by")}
    national = [
        DayOff(
            day,
            name,
            "struck" if day in rows and not rows[day].is_off else "national",
            rows.get(day),
        )
        for day, name in feasts.national(year).items()
        if day not in rows or not rows[day].is_off
    ]
    own = [DayOff(day, row.name, "added", row) for day, row in rows.items() if row.is_off]
    return sorted(national + own, key=lambda one: one.on)


def is_decreed(year: int) -> bool:
    """Whether the government set the days of this year: only a decree knows collective leave."""
    return any(name.startswith(LEAVE) for name in feasts.national(year).values())


def years_without_days(today: date) -> list[int]:
    """This year, and from October on the next, when nobody decreed or entered its days off."""
    asked = [today.year, today.year + 1] if today.month >= ASKED_FROM else [today.year]
    ours = {day.year for day in rulebook.current().days}
    return [year for year in asked if year not in ours and not is_decreed(year)]


@transaction.atomic
def add(day: date, name: str, by: User) -> None:
    """A day off of our own, in the place of whatever was said of that day."""
    said = {"name": name, "is_off": True, "by": by, "at": timezone.now()}
    Holiday.objects.update_or_create(on=day, defaults=said)
    rulebook.changed()


@transaction.atomic
def strike(day: date, by: User) -> None:
    """Work on a national day. A day that is none stays as it is."""
    name = feasts.national(day.year).get(day)
    if name:
        said = {"name": name, "is_off": False, "by": by, "at": timezone.now()}
        Holiday.objects.update_or_create(on=day, defaults=said)
        rulebook.changed()


@transaction.atomic
def forget(day: date) -> None:
    """Leave a day to the national list again."""
    if Holiday.objects.filter(on=day).delete()[0]:
        rulebook.changed()
