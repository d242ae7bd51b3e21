"""The contract of connecting: how an account's credentials come to us, and what was checked.

Pure Python, no Django, no database. A `Login` keeps nothing between calls: what must survive the
way to the platform and back is handed out in `Begun.kept`, and sealed by whoever keeps it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from platforms.adapters.base import Healthy, Refused, Secret, TryLater


@dataclass(frozen=True)
class Check:
    """One thing that must be true before an account can send, and the platform's answer to it."""

    label: str  # a sentence in Indonesian: what must be true
    passed: bool | None  # None: the platform does not tell
    said: str = ""  # what it answered, or what to do, in Indonesian


@dataclass(frozen=True)
class Found:
    """An account for which the given credentials may speak."""

    adapter_key: str  # "facebook"
    remote_id: str
    handle: str  # without "@"
    name: str
    secrets: Mapping[str, str] = field(repr=False, default_factory=dict)
    health: Healthy | None = None
    checks: tuple[Check, ...] = ()
    other_id: str = ""  # its number on the platform's other interface, where that has one

    @property
    def can_send(self) -> bool:
        return all(check.passed is not False for check in self.checks)


@dataclass(frozen=True)
class Inspection:
    """What the credentials are good for: checks of the grant itself, and the accounts it opens."""

    checks: tuple[Check, ...]
    accounts: tuple[Found, ...]


@dataclass(frozen=True)
class Begun:
    """Off to the platform: the address to send the person to, and what we need when they return."""

    address: str
    kept: Mapping[str, str] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The platform wants one more thing of the person: a code, or a confirmation in its app."""

    question: "Question"
    reason: str  # a sentence in Indonesian: what to do
    kept: Mapping[str, str] = field(repr=False, default_factory=dict)


class Question(StrEnum):
    CODE = "code"  # of an authenticator app or a text message
    IN_THE_APP = "in_the_app"  # a checkpoint that only the app can answer


Beginning: TypeAlias = Begun | Refused | TryLater
Return: TypeAlias = Inspection | Refused | TryLater
Entrance: TypeAlias = Inspection | Asked | Refused | TryLater


class Login(ABC):
    """How one kind of account is connected."""

    key: ClassVar[str]  # "meta", "x", "instagram_private"
    label: ClassVar[str]  # "Facebook dan Instagram"
    # what must be true before the person sets out; shown as the pre-flight list
    before: ClassVar[tuple[str, ...]]
    pasted: ClassVar[tuple[Secret, ...]] = ()  # what may be pasted instead of setting out

    @abstractmethod
    def inspect(self, pasted: Mapping[str, str]) -> Return:
        """What credentials that a person pasted are good for; publishes nothing."""


class ConsentLogin(Login):
    """Through the platform's own consent page, and back to an exact address of ours."""

    @abstractmethod
    def setup(self) -> tuple[Check, ...]:
        """Whether this installation has what setting out needs (app id, secret, keys)."""

    @abstractmethod
    def begin(self, *, state: str, return_to: str) -> Beginning:
        """Where to send the person. `state` is bound to their session and must come back."""

    @abstractmethod
    def returned(
        self, answer: Mapping[str, str], *, kept: Mapping[str, str], return_to: str
    ) -> Return:
        """Exchange what the platform sent back with them; `answer` is the query of the return.

        `state` was compared before. A person who said no comes back as Refused.
        """


class PasswordLogin(Login):
    """With a name and a password that a person types once, and that are never kept."""

    @abstractmethod
    def enter(
        self, name: str, password: str, *, code: str = "", kept: Mapping[str, str]
    ) -> Entrance:
        """Sign in; with `code` and what was `kept`, go on with a sign-in that asked for it."""
