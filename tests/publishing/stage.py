"""The stage of stories without a script: its people and places, and workers that are killed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
import requests
from django.utils import timezone

from accounts.models import User
from platforms.models import Channel
from publishing.delivery import faults, lane

T = TypeVar("T")
FIRST_MORNING = datetime(2026, 11, 25, 2, tzinfo=UTC)  # of every story
POINTS = [  # of publishing.delivery.faults
    *("after-claim", "after-checkpoint", "before-intend", "after-intend", "after-call"),
    *("in-record", "after-record"),
]

HIDING = ["500", "drop", "garbled", "empty"]  # may come after a success, and hide it
DRAWN: dict[str, list[Any]] = {
    "which": list(range(60)),
    "hours": [None, None, 0.2, 1.0],  # from now; None: as soon as possible
    "seconds": [1, 11, 31, 31, 61, 200],
    "platform": ["x", "facebook"],
    "luck": [(kind, "after") for kind in HIDING * 2]
    + [(kind, "before") for kind in (*HIDING, "503", "429", "401", *["forbidden"] * 5)],
    "point": POINTS,
}


class Died(BaseException):
    """A worker was killed: nothing of it runs any more, not even its `finally`."""


@contextmanager
def killed_at(point: str) -> Iterator[list[str]]:
    """A worker that comes to `point` dies there; the list names the points where one did."""
    died: list[str] = []
    release = lane.release

    def strike(name: str) -> None:
        if name == point and not died:
            died.append(name)
            raise Died

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faults, "point", strike)
        patch.setattr(lane, "release", lambda holder: None if died else release(holder))
        yield died


@dataclass
class Stage:
    """The people and places of each story, and how it is begun anew."""

    box: Any
    clock: Any
    channels: dict[str, Channel]
    sari: User
    rina: User
    dewi: User
    rudi: User

    def begin(self) -> None:
        self.clock.move_to(FIRST_MORNING, tick=False)
        requests.post(f"{self.box.url}/__sandbox__/reset", timeout=5).raise_for_status()
        self.box.open_accounts(self.box.url, self.channels.values())


def at(hours: float | None) -> datetime | None:
    """In so many hours; None: as soon as possible."""
    return None if hours is None else timezone.now() + timedelta(hours=hours)


def chosen(some: Sequence[T], number: int) -> T | None:
    """One of `some`; None when there is none."""
    return some[number % len(some)] if some else None
