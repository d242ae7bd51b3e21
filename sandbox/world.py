"""Owns what every endpoint works with: the state, the faults and the log of requests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sandbox.exchange import Request, Response
from sandbox.faults import Faults, Place
from sandbox.in_flight import InFlight
from sandbox.logins import Logins
from sandbox.records import Account, Post, instant, now
from sandbox.store import Store
from sandbox.x_rates import RateCounters

LOG_LENGTH = 500
SECRET_FIELDS = frozenset(
    {
        *("access_token", "input_token", "appsecret_proof", "client_secret"),
        *("code", "fb_exchange_token", "oauth_token", "oauth_verifier"),
    }
)


@dataclass
class Rules:
    """What real platforms change without asking us."""

    x_duplicates: bool = True  # whether X refuses a text that it has just taken
    quota_total: int = 100  # Instagram's posts in 24 hours; some accounts still have 50
    x_access: str = "read-write"  # what X lets our app do
    lists_pages: bool = True  # whether /me/accounts tells of pages; of a portfolio's it does not
    withheld: str = ""  # permissions that Meta withholds, with commas
    expires_at: int = 0  # unix seconds at which page tokens run out; 0: never


@dataclass
class World:
    """One played world. Only `store` outlives the process; faults, rules and latency do not."""

    store: Store
    faults: Faults = field(default_factory=Faults)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LOG_LENGTH))
    in_flight: InFlight = field(default_factory=InFlight)
    x_rates: RateCounters = field(default_factory=RateCounters)
    rules: Rules = field(default_factory=Rules)
    logins: Logins = field(default_factory=Logins)
    latency: float = 0.0  # seconds before every answer of a platform

    def note(self, request: Request) -> dict[str, Any]:
        """Log a request without its secrets; the entry is completed once more is known."""
        shown = {name: text for name, text in request.query.items() if name not in SECRET_FIELDS}
        entry: dict[str, Any] = {
            "method": request.method,
            "host": request.host,
            "path": request.path,
            "query": shown,
            "account": "",
            "at": request.arrived.isoformat(timespec="microseconds"),
        }
        self.log.append(entry)
        return entry

    def going_public(self, post: Post, request: Request) -> Post:
        """The post as this request makes it public now, under the faults that change it."""
        hidden = self.faults.effect("invisible", post.platform, post.account)
        until = now() + timedelta(seconds=hidden.seconds) if hidden else None
        skewed = self.faults.effect("skew", post.platform, post.account)
        return replace(
            post,
            at=instant(),
            asked_at=request.arrived.isoformat(timespec="microseconds"),
            hidden_until=until.isoformat() if until else "",
            skew=skewed.seconds if skewed else 0.0,
        )

    def reset(self) -> None:
        """Forget everything but the accounts and the calls in flight."""
        self.store.reset()
        self.faults.reset()
        self.in_flight.forget()
        self.log.clear()
        self.rules, self.latency, self.logins = Rules(), 0.0, Logins()


Endpoint = Callable[[World, Account, Request, str], Response]


@dataclass(frozen=True)
class Call:
    """A request understood: whose it is, which step it takes, and how to do it."""

    account: Account
    step: str
    path: str
    act: Callable[[], Response]
    played_as: str = ""  # where faults know it by another name than the wall's

    @property
    def place(self) -> Place:
        platform = self.played_as or self.account.platform
        return Place(platform, self.step, self.account.id, self.path)
