"""A session on Instagram's app interface: its JSON, whose it is, and which of it is secret."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from platforms.adapters.base import Account, Fault, Refused, Secret
from platforms.adapters.trouble import Trouble, opened

LABEL = "Instagram (jalur pribadi)"
SECRETS = (Secret("session", "Sesi"),)
# Who the phone is. A sign-in from a phone that was never seen is what Instagram suspects most.
DEVICE = (
    "uuids",
    "device_settings",
    "user_agent",
    "usdid",
    "mid",
    "country",
    "country_code",
    "locale",
    "timezone_offset",
    "timezone_name",
    "push_disabled",
)
GRANT = ("authorization_data", "cookies", "ig_u_rur", "ig_www_claim", "last_login")
OTHER_NUMBER = "other_number"  # the account's number on the official interface; ours to keep


@dataclass(frozen=True)
class Session:
    """What is sealed as `session`: timeouts, retries and transports are ours, and not in it."""

    settings: Mapping[str, Any]
    other_number: str = ""

    @classmethod
    def read(cls, text: str) -> "Session":
        """Raises the Trouble that this is no session."""
        try:
            read = json.loads(text)
            numbers = read["authorization_data"] if read.get("authorization_data") else {}
            if not numbers.get("ds_user_id") and not read["cookies"]["ds_user_id"]:
                raise KeyError("ds_user_id")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = "Sesi Instagram ini tidak terbaca. Masuk lagi dari halaman kanal."
            raise Trouble(Refused(reason, Fault.CHANNEL, "not a session")) from error
        return cls(_only(read, DEVICE + GRANT), str(read.get(OTHER_NUMBER) or ""))

    @classmethod
    def of(cls, account: Account) -> "Session":
        """The account's own. Raises the Trouble that there is none, or that it is another's."""
        session = cls.read(opened(account, SECRETS, LABEL)["session"])
        if account.remote_id not in (session.number, session.other_number):
            reason = "Sesi ini milik akun Instagram lain. Masuk lagi dengan akun kanal ini."
            raise Trouble(Refused(reason, Fault.CHANNEL, "session of another account"))
        return session

    @property
    def number(self) -> str:
        grant = self.settings.get("authorization_data") or self.settings.get("cookies") or {}
        return str(grant.get("ds_user_id", ""))

    @property
    def device(self) -> dict[str, Any]:
        return _only(self.settings, DEVICE)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What must not reach a log or a reason."""
        number = self.number
        grants = [self.settings.get(key) for key in (*GRANT, "usdid", "mid")]
        return tuple(text for text in _texts(grants) if len(text) > 5 and text != number)

    def written(self) -> str:
        return json.dumps({**self.settings, OTHER_NUMBER: self.other_number})


def device_of(kept: Mapping[str, str]) -> dict[str, Any]:
    """The phone that a sign-in goes on with, or that an old session had; none for a new one."""
    try:
        return _only(json.loads(kept.get("device") or kept.get("session") or "{}"), DEVICE)
    except (ValueError, TypeError, AttributeError):
        return {}


def _only(settings: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: settings[name] for name in names if settings.get(name) not in (None, "")}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
