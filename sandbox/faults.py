"""Owns the faults that were asked for: which calls they strike, how often, before or after."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from sandbox.fault_kinds import (
    ANSWERS,
    ANYWHERE,
    DEFAULTS,
    KINDS,
    MOMENTS,
    RESETS,
    STEPS,
    TRIMMINGS,
)

ERROR_STATUSES = (*range(400, 419), 422, 429, *range(500, 505))


class UnknownFault(ValueError):
    """This fault does not exist here; the message says which word is wrong."""


@dataclass(frozen=True)
class Place:
    """Where a call is made: what a fault compares itself with."""

    platform: str
    step: str
    account: str
    path: str


@dataclass
class Fault:
    """One fault as it was asked for, how many calls it `met` that it fits, how many it struck.

    It lets the first `skip` pass, strikes each later one with `probability`, and is over after
    `times` strikes; `times` of 0 is a rain that lasts until the faults are cleared. The same
    `seed` draws the same lots for the same calls.
    """

    platform: str
    kind: str
    step: str = "any"
    when: str = "before"
    account: str = ""
    path: str = ""
    times: int = 1
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    seconds: float = 60.0
    reset_in: int = 900
    reset: str = "header"
    polls: int = 3
    code: int = 1
    subcode: int = 0
    status: int = 400
    html: bool = False
    percent: int = 80
    ramp: int = 0
    version: str = "v24.0"
    id: int = 0
    met: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        lot = (self.seed, self.platform, self.kind, self.step, self.when, self.account, self.path)
        self._lots = random.Random(repr(lot))  # noqa: S311 - bad luck, not a secret

    @property
    def is_over(self) -> bool:
        return 0 < self.times <= self.struck

    @property
    def level(self) -> int:
        """The percentage of use it tells, which rises by `ramp` with each strike."""
        return min(100, self.percent + self.ramp * max(self.struck - 1, 0))

    def fits(self, place: Place) -> bool:
        return (
            self.is_on(place.platform, place.account)
            and self.step in ("any", place.step)
            and self.path in place.path
        )

    def is_on(self, platform: str, account: str) -> bool:
        return (
            self.platform in (ANYWHERE, platform)
            and platform in KINDS[self.kind]
            and self.account in ("", account)
            and not self.is_over
        )

    def falls(self) -> bool:
        """Whether it strikes the call it has just met."""
        self.met += 1
        strikes = self.met > self.skip and self._lots.random() < self.probability
        self.struck += strikes
        return strikes


class Faults:
    """The faults in force, oldest first. They live in memory only: a restart heals all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._made = 0
        self._struck: Counter[tuple[str, str, str]] = Counter()

    def add(self, wish: dict[str, Any]) -> Fault:
        fault = _read(wish)
        with self._lock:
            self._made += 1
            fault.id = self._made
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def reset(self) -> None:
        """Clear, and begin to count anew."""
        with self._lock:
            self._faults.clear()
            self._struck.clear()

    def pending(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults if not fault.is_over]

    def struck(self) -> list[dict[str, Any]]:
        """How often each kind has struck so far, whether still in force or not."""
        with self._lock:
            return [
                {"platform": platform, "kind": kind, "when": when, "count": count}
                for (platform, kind, when), count in sorted(self._struck.items())
            ]

    def take(self, place: Place, *, when: str) -> Fault | None:
        """The fault that answers this call now."""

        def answers(fault: Fault) -> bool:
            return fault.kind in ANSWERS and fault.when == when and fault.fits(place)

        return self._strike(place.platform, answers)

    def effect(self, kind: str, platform: str, account: str) -> Fault | None:
        """A change of behaviour; its step does not matter, its kind says enough."""
        return self._strike(platform, lambda f: f.kind == kind and f.is_on(platform, account))

    def trimmings(self, place: Place) -> list[Fault]:
        """The changes to this answer's headers, at most one of each kind."""
        found = [self._trimming(kind, place) for kind in TRIMMINGS]
        return [fault for fault in found if fault]

    def revoked(self, platform: str, account: str) -> Fault | None:
        """The fault that has revoked this account's token; asking does not count."""
        with self._lock:
            for fault in self._faults:
                is_due = fault.kind == "token_revoked" and fault.met >= fault.skip
                if is_due and fault.is_on(platform, account):
                    return fault
        return None

    def _trimming(self, kind: str, place: Place) -> Fault | None:
        return self._strike(place.platform, lambda f: f.kind == kind and f.fits(place))

    def _strike(self, platform: str, fits: Callable[[Fault], bool]) -> Fault | None:
        with self._lock:
            for fault in self._faults:
                if fits(fault) and fault.falls():
                    self._struck[platform, fault.kind, fault.when] += 1
                    return fault
        return None


def _read(wish: dict[str, Any]) -> Fault:
    if strange := [name for name, value in wish.items() if not _fits(name, value)]:
        raise UnknownFault(f"unknown or of a wrong type: {', '.join(sorted(strange))}")
    kind, platform = str(wish.get("kind", "")), str(wish.get("platform", ""))
    if platform not in {*KINDS.get(kind, ()), *([ANYWHERE] if kind in KINDS else [])}:
        raise UnknownFault(f"there is no fault {kind!r} on platform {platform!r}")
    account = str(wish.get("account") or "")
    fault = Fault(**{**DEFAULTS.get(kind, {}), **wish, "kind": kind, "account": account})
    if wrong := _wrong(fault):
        raise UnknownFault(wrong)
    if kind == "token_revoked":
        fault.when, fault.times = "before", 0
    return fault


def _fits(name: str, value: object) -> bool:
    """Whether a fault has this field and could hold this value; kinds may be numbers (500)."""
    if name in ("platform", "kind", "account"):
        return True
    kept = ("id", "met", "struck")  # ours to say
    defaults = {each.name: each.default for each in fields(Fault) if each.name not in kept}
    wanted = type(defaults[name]) if name in defaults else None
    return wanted is type(value) or (wanted is float and type(value) is int)


def _wrong(fault: Fault) -> str:
    """What is wrong with a fault whose fields all have the right type."""
    if fault.step not in STEPS or fault.when not in MOMENTS or fault.reset not in RESETS:
        return f"unknown step {fault.step!r}, when {fault.when!r} or reset {fault.reset!r}"
    if fault.status not in ERROR_STATUSES:
        return f"no platform answers {fault.status}"
    if not 0 <= fault.probability <= 1 or min(fault.times, fault.skip, fault.polls) < 0:
        return "probability is from 0 to 1; times, skip and polls are not below 0"
    return ""
