"""Which version of the Graph API we speak, and how long Meta still answers to it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

WARN = timedelta(days=90)


@dataclass(frozen=True)
class Version:
    """The version in use, and its last day where that is known."""

    name: str
    ends: date | None

    @property
    def days_left(self) -> int | None:
        return (self.ends - timezone.localdate()).days if self.ends else None

    @property
    def is_ending(self) -> bool:
        left = self.days_left
        return left is not None and left <= WARN.days

    @property
    def is_over(self) -> bool:
        left = self.days_left
        return left is not None and left < 0


def watch() -> Version:
    """The version in use. Source of the days: settings.GRAPH_API_ENDS (platforms.md 2.1)."""
    name = settings.GRAPH_API_VERSION
    told = settings.GRAPH_API_ENDS.get(name)
    return Version(name, date.fromisoformat(told) if told else None)
