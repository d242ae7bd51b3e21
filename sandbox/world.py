"""Owns what every endpoint works with: the state, the faults and the log of requests."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sandbox.exchange import Request, Response
from sandbox.faults import Faults
from sandbox.records import Account, now
from sandbox.store import Store

LOG_LENGTH = 500
SECRET_FIELDS = frozenset({"access_token", "input_token", "appsecret_proof", "client_secret"})


@dataclass
class World:
    store: Store
    faults: Faults = field(default_factory=Faults)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LOG_LENGTH))
    stopping: threading.Event = field(default_factory=threading.Event)

    def note(self, request: Request) -> dict[str, Any]:
        """Log a request without its secrets; the entry is completed once more is known."""
        shown = {name: text for name, text in request.query.items() if name not in SECRET_FIELDS}
        entry: dict[str, Any] = {
            "method": request.method,
            "host": request.host,
            "path": request.path,
            "query": shown,
            "account": "",
            "at": now().isoformat(),
        }
        self.log.append(entry)
        return entry

    def hidden_until(self, account: Account) -> str:
        """When lists may show a post made now: at once, unless a fault says otherwise."""
        fault = self.faults.effect("invisible", account.platform, account.id)
        return (now() + timedelta(seconds=fault.seconds)).isoformat() if fault else ""


Endpoint = Callable[[World, Account, Request, str], Response]


@dataclass(frozen=True)
class Call:
    """A request understood: whose it is, which step it takes, and how to do it."""

    account: Account
    step: str
    act: Callable[[], Response]
