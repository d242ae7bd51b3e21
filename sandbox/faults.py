"""Owns the faults that were asked for: which call they strike, how often, before or after."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, fields
from typing import Any

from sandbox.records import FACEBOOK, INSTAGRAM, PLATFORMS, X

STEPS = ("publish", "media", "container", "poll", "read", "any")
META = frozenset({FACEBOOK, INSTAGRAM})
EVERYWHERE = frozenset(PLATFORMS)
KINDS = {
    "500": EVERYWHERE,
    "503": EVERYWHERE,
    "drop": EVERYWHERE,
    "hang": EVERYWHERE,
    "garbled": EVERYWHERE,
    "empty": EVERYWHERE,
    "429": EVERYWHERE,
    "402": frozenset({X}),
    "token_revoked": EVERYWHERE,
    "duplicate": EVERYWHERE,
    "forbidden": EVERYWHERE,
    "error": META,
    "container_slow": frozenset({INSTAGRAM}),
    "container_error": frozenset({INSTAGRAM}),
    "invisible": EVERYWHERE,
}
# These do not answer in place of the platform; they change what the platform does.
EFFECTS = frozenset({"container_slow", "container_error", "invisible"})


class UnknownFault(ValueError):
    """This fault does not exist here; the message says which word is wrong."""


@dataclass
class Fault:
    """One fault; `times` counts down with each strike, `token_revoked` never does."""

    platform: str
    kind: str
    step: str = "any"
    when: str = "before"
    account: str = ""
    times: int = 1
    seconds: float = 60.0
    reset_in: int = 900
    polls: int = 3
    code: int = 1
    subcode: int = 0
    status: int = 400
    html: bool = False
    id: int = 0

    def strikes(self, platform: str, step: str, account: str) -> bool:
        return (
            self.platform == platform
            and self.step in ("any", step)
            and self.account in ("", account)
            and self.times > 0
        )


class Faults:
    """The faults in force, oldest first. They live in memory only: a restart heals all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._made = 0

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

    def pending(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults if fault.times > 0]

    def take(self, platform: str, step: str, account: str, *, when: str) -> Fault | None:
        """The fault that answers this call now, used up by one."""
        with self._lock:
            for fault in self._faults:
                answers = fault.kind not in EFFECTS and fault.when == when
                if answers and fault.strikes(platform, step, account):
                    return _use(fault)
        return None

    def effect(self, kind: str, platform: str, account: str) -> Fault | None:
        """A pending change of behaviour; its step does not matter, its kind says enough."""
        with self._lock:
            for fault in self._faults:
                if fault.kind == kind and fault.strikes(platform, fault.step, account):
                    return _use(fault)
        return None

    def revoked(self, platform: str, account: str) -> bool:
        with self._lock:
            struck = [f for f in self._faults if f.kind == "token_revoked"]
            return any(fault.strikes(platform, fault.step, account) for fault in struck)


def _fits(name: str, value: object) -> bool:
    """Whether a fault has this field and could hold this value; kinds may be numbers (500)."""
    if name in ("platform", "kind", "account"):
        return True
    defaults = {each.name: each.default for each in fields(Fault) if each.name != "id"}
    wanted = type(defaults[name]) if name in defaults else None
    return wanted is type(value) or (wanted is float and type(value) is int)


def _use(fault: Fault) -> Fault:
    if fault.kind != "token_revoked":
        fault.times -= 1
    return fault


def _read(wish: dict[str, Any]) -> Fault:
    if strange := [name for name, value in wish.items() if not _fits(name, value)]:
        raise UnknownFault(f"unknown or of a wrong type: {', '.join(sorted(strange))}")
    kind, platform = str(wish.get("kind", "")), str(wish.get("platform", ""))
    if platform not in KINDS.get(kind, frozenset()):
        raise UnknownFault(f"there is no fault {kind!r} on platform {platform!r}")
    fault = Fault(**{**wish, "kind": kind, "account": str(wish.get("account") or "")})
    if fault.step not in STEPS or fault.when not in ("before", "after"):
        raise UnknownFault(f"unknown step {fault.step!r} or when {fault.when!r}")
    if fault.status not in (*range(400, 419), 422, 429, *range(500, 505)):
        raise UnknownFault(f"no platform answers {fault.status}")
    if kind == "token_revoked":
        fault.when, fault.times = "before", 1
    return fault
