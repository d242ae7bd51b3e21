"""Owns sign-ins under way: codes, people's tokens and X's request tokens; gone with the process."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field

LIFE = 600.0  # seconds that a code or a request token is good for
SHORT, LONG = 5183, 5_184_000  # seconds, as Meta tells them


@dataclass(frozen=True)
class Person:
    """Somebody who holds a user token of Meta: the pages and permissions they gave to the app."""

    pages: tuple[str, ...]
    scopes: tuple[str, ...]
    kind: str = "USER"  # or SYSTEM_USER
    expires_at: int = 0  # unix seconds; 0: never


@dataclass(frozen=True)
class Code:
    """What a person's yes at the consent page is exchanged for, once."""

    person: Person
    redirect_uri: str
    at: float = field(default_factory=time.monotonic)

    @property
    def is_past(self) -> bool:
        return time.monotonic() - self.at > LIFE


@dataclass(frozen=True)
class RequestToken:
    """X's first leg; the second names the account and a verifier."""

    secret: str
    callback: str
    consumer_key: str
    account: str = ""
    verifier: str = ""
    at: float = field(default_factory=time.monotonic)

    @property
    def is_past(self) -> bool:
        return time.monotonic() - self.at > LIFE


class Logins:
    """All that is under way."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.people: dict[str, Person] = {}  # by token
        self._codes: dict[str, Code] = {}
        self.requests: dict[str, RequestToken] = {}  # by token

    def new_code(self, person: Person, redirect_uri: str) -> str:
        code = secrets.token_urlsafe(32)
        self._codes[code] = Code(person, redirect_uri)
        return code

    def exchange(self, code: str, redirect_uri: str) -> str | None:
        """A short token for a code that is good, for this very address, and not used before."""
        with self.lock:
            known = self._codes.pop(code, None)
        if known is None or known.is_past or known.redirect_uri != redirect_uri:
            return None
        return self.keep(known.person, SHORT)

    def lengthen(self, token: str) -> str | None:
        """A long-lived token for a short one."""
        person = self.people.get(token)
        return self.keep(person, LONG) if person else None

    def keep(self, person: Person, life: int) -> str:
        token = f"EAA{secrets.token_urlsafe(40)}"
        ends = int(time.time()) + life
        self.people[token] = Person(person.pages, person.scopes, person.kind, ends)
        return token
