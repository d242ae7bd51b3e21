"""How the tables of errors name an outcome, and the course that a repeated trouble takes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from platforms.adapters.base import Gone, Job, Published, Refused, Scope, Seen, TryLater, Unknown

PATIENCE = 8  # repeats after which a trouble counts as one that never becomes a refusal


def meaning(outcome: Any) -> str:
    """One word: later, doubt, published, seen, gone, whose fault it is, or how long a rest."""
    match outcome:
        case TryLater(scope=Scope.CHANNEL, after=timedelta() as after):
            return f"rests {round(after.total_seconds() / 60)} min"
        case TryLater():
            return "later"
        case Refused(fault=fault):
            return str(fault)
        case Unknown():
            return "doubt"
        case Published() | Seen() | Gone():
            return type(outcome).__name__.lower()
    raise AssertionError(outcome)


def course(door: Callable[[Job], Any], job: Job) -> str:
    """What comes of the same trouble again and again: "3x later, channel", or just "later".

    Only the strikes go from one try to the next, as if the lost pieces had been made again.
    """
    first = meaning(outcome := door(job))
    for count in range(1, PATIENCE):
        if not isinstance(outcome, TryLater) or outcome.scope is Scope.CHANNEL:
            return first if count == 1 else f"{count - 1}x later, {meaning(outcome)}"
        strikes = (outcome.checkpoint or {}).get("strikes", {})
        job = replace(job, checkpoint={**job.checkpoint, "strikes": strikes})
        outcome = door(job)
    return first
