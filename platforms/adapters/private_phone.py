"""Opens an account's phone on Instagram's app interface: in turns, and loading the library late."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from platforms.adapters.base import Account, Fault, Refused, TryLater
from platforms.adapters.private_session import Session
from platforms.adapters.trouble import Trouble
from platforms.adapters.turns import Turns
from platforms.adapters.wire import Way

if TYPE_CHECKING:
    from platforms.adapters.private_client import PrivateClient

TAKEN = timedelta(seconds=15)


@dataclass(frozen=True)
class Phones:
    """Where phones are had, whose turn it is on one, and how a pause is made."""

    way: Way
    turns: Turns
    pause: Callable[[float], None]

    @contextmanager
    def of(self, account: Account) -> Iterator["PrivateClient"]:
        """The phone of an account that has a session; raises the Trouble that it cannot be had."""
        with self.with_session(Session.of(account)) as phone:
            yield phone

    @contextmanager
    def with_session(self, session: Session) -> Iterator["PrivateClient"]:
        with self.turn(session.number), self.opened(session.settings, session.hidden) as phone:
            yield phone

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Raises the Trouble that somebody else is at this account now."""
        with self.turns(f"instagram_private:{name}") as ours:
            if not ours:
                reason = "Akun Instagram ini sedang dipakai proses lain. Akan dicoba lagi otomatis."
                raise Trouble(TryLater(reason, after=TAKEN, detail="turn taken"))
            yield

    @contextmanager
    def opened(
        self, settings: Mapping[str, Any], hidden: tuple[str, ...] = ()
    ) -> Iterator["PrivateClient"]:
        # The one import inside a function: 50 MB for a way that most installations never go.
        from platforms.adapters.private_client import PrivateClient, Road

        try:
            phone = PrivateClient(Road(self.way, self.pause), settings, hidden)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            reason = "Sesi Instagram ini rusak. Masuk lagi dari halaman kanal."
            raise Trouble(Refused(reason, Fault.CHANNEL, type(error).__name__)) from error
        try:
            yield phone
        finally:
            phone.leave()


def no_pause(_seconds: float) -> None:
    """A stand-in does not mind haste."""


def pause_on(way: Way) -> Callable[[float], None]:
    """How to pause on this way: as a person would, but not before a stand-in."""
    return no_pause if way.base_url else time.sleep
