"""Whether this machine's clock may be trusted: PostgreSQL's is the one that all share.

A machine whose clock has jumped would send early, late or twice; it stands aside and says so,
and the others go on (engine.md 9, row 18).
"""

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

TOLERATED = timedelta(seconds=5)
TRUSTED_FOR = 1.0  # seconds; every intent asks anew


def since_boot() -> float:
    """Seconds on the clock that also runs while the machine is suspended, where there is one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Askew(Exception):
    """This machine's clock differs too much from the database's; the argument is by how much."""


def drift(database_time: datetime) -> timedelta:
    """By how much our clock is ahead of the database's."""
    return timezone.now() - database_time


def database_time() -> datetime:
    """PostgreSQL's clock, now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def is_true(by: timedelta) -> bool:
    """Whether a clock that is off `by` this much may still be used."""
    return abs(by) <= TOLERATED


class _Trust:
    """The last look at both clocks, good for a second."""

    def __init__(self) -> None:
        self.until = 0.0
        self.true = False

    def __call__(self) -> bool:
        if time.monotonic() >= self.until:
            self.true = is_true(drift(database_time()))
            self.until = time.monotonic() + TRUSTED_FOR
        return self.true


may_trust_ours = _Trust()
