"""What a call that failed means: surely nothing happened, surely no, or perhaps it happened."""

import re
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import requests
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import ProxyError as NoProxy

from platforms.adapters.base import (
    Account,
    BytesChanged,
    Fault,
    Job,
    Picture,
    Refused,
    Scope,
    Secret,
    TryLater,
    Unknown,
)

AGAIN = "Akan dicoba lagi otomatis."


class Sign(StrEnum):
    """What else an answer tells the adapter that asked."""

    PLAIN = "plain"
    DUPLICATE = "duplicate"  # the platform has seen these very words
    GONE = "gone"  # a remote piece is missing or spoilt: make it again
    NOT_READY = "not_ready"  # a container is still being made, and surely not published


class Trouble(Exception):
    """The platform did not answer as hoped. What that means depends on the door it happened at.

    Unknown stands for "something may have come of it": at `publish` that is a doubt, before
    it and while reading nothing public can have come of it, and asking again is harmless.
    """

    def __init__(
        self,
        outcome: Refused | TryLater | Unknown,
        sign: Sign = Sign.PLAIN,
        *,
        tries: int = 0,
        then: Refused | None = None,
    ) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome
        self.sign = sign
        self.tries, self.then = tries, then  # after `tries` repeats it is `then`

    def publishing(self, checkpoint: Mapping[str, Any]) -> Refused | TryLater | Unknown:
        if isinstance(self.outcome, Unknown):
            return replace(self.outcome, reason=f"{self.outcome.reason} Mungkin sudah tayang.")
        return self.patiently(checkpoint)

    def preparing(self) -> Refused | TryLater:
        if isinstance(self.outcome, Unknown):
            return TryLater(f"{self.outcome.reason} {AGAIN}", detail=self.outcome.detail)
        return self.outcome

    def reading(self) -> TryLater | Unknown:
        match self.preparing():
            case Refused(reason=reason, detail=detail):
                return Unknown(reason, detail)
            case later:
                return later

    def patiently(self, checkpoint: Mapping[str, Any]) -> Refused | TryLater:
        """As `preparing`, but counted in the checkpoint: some troubles may repeat only so often."""
        outcome = self.preparing()
        if isinstance(outcome, Refused):
            return outcome
        kept = dict(checkpoint)
        if self.then:
            kept["strikes"] = int(kept.get("strikes", 0)) + 1
            if kept["strikes"] > self.tries:
                return replace(self.then, detail=self.then.detail or outcome.detail)
        return replace(outcome, checkpoint=kept)


def lost(error: Exception, label: str) -> Trouble:
    """No answer came back whole: harmless when the request never left, a doubt otherwise."""
    detail = _kinds(error)
    if never_left(error):
        return Trouble(TryLater(f"Belum tersambung ke {label}. {AGAIN}", detail=detail))
    return Trouble(Unknown(f"{label} tidak memberi jawaban yang utuh.", detail=detail))


def never_left(error: Exception) -> bool:
    """Whether the request's bytes provably stayed here.

    requests raises the same ConnectionError for a refused connection and for one that was
    reset after the request was sent; only urllib3's reason tells them apart.
    """
    if isinstance(error, requests.ConnectTimeout):
        return True
    if not isinstance(error, requests.ConnectionError) or not error.args:
        return False
    reason = getattr(error.args[0], "reason", None)
    return isinstance(reason, (NewConnectionError, NoProxy)) or _bad_certificate(reason)


def _bad_certificate(reason: object) -> bool:
    """A certificate is refused in the handshake, before anything is said."""
    inner: tuple[object, ...] = getattr(reason, "args", ())
    return bool(inner) and isinstance(inner[0], ssl.SSLCertVerificationError)


def _kinds(error: Exception) -> str:
    """The kinds of an error and its reason: their words would carry the address, and a token."""
    reason = getattr(error.args[0], "reason", error.args[0]) if error.args else None
    return f"{type(error).__name__}/{type(reason).__name__}"


def unclear(label: str, detail: str) -> Trouble:
    """The platform failed, or answered something that says neither yes nor no."""
    return Trouble(Unknown(f"{label} tidak memberi jawaban yang jelas.", detail=detail))


def limited(label: str, after: timedelta, detail: str, *, reason: str = "") -> Trouble:
    """Too many requests: everything on this channel waits, other channels go on."""
    reason = reason or f"Kuota {label} untuk akun ini sedang habis. {AGAIN}"
    return Trouble(TryLater(reason, after=after, scope=Scope.CHANNEL, detail=detail))


def as_json(response: requests.Response) -> Any:
    """The body as JSON, None when it is none."""
    try:
        return response.json()
    except requests.JSONDecodeError:
        return None


def detail(response: requests.Response, secrets: Iterable[str]) -> str:
    """One line for the log: status and the head of the body, without secrets."""
    return scrub(f"HTTP {response.status_code} {' '.join(response.text.split())[:400]}", secrets)


def scrub(text: str, secrets: Iterable[str]) -> str:
    """`text` without the secrets: platforms echo the token that they refuse."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "***").replace(quote(secret, safe=""), "***")
    return re.sub(r"(?i)(access_token|appsecret_proof)=[^&\s\"']+", r"\1=***", text)


# --- what a job must bring ---


def opened(account: Account, needed: Iterable[Secret], label: str) -> Mapping[str, str]:
    """The account's secrets, or the trouble that some are missing."""
    missing = [secret.label for secret in needed if not account.secrets.get(secret.key)]
    if missing:
        reason = f"Kanal {label} ini belum tersambung: {', '.join(missing)} belum diisi."
        raise Trouble(Refused(reason, Fault.CHANNEL, "missing secrets"))
    return account.secrets


def bytes_of(job: Job, picture: Picture) -> bytes:
    """The picture's bytes, or the trouble that they are no longer the approved ones."""
    try:
        return job.shelf.read(picture)
    except BytesChanged as error:
        reason = "Berkas gambar berubah sejak disetujui. Unggah lagi dan minta tinjauan ulang."
        raise Trouble(Refused(reason, detail=f"bytes changed: {picture.sha256}")) from error
