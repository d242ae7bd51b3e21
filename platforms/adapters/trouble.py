"""What a call that failed means: surely nothing happened, surely no, or perhaps it happened."""

import re
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import requests
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import ProxyError as NoProxy

from platforms.adapters.base import (
    Account,
    BytesChanged,
    Checkpoint,
    Fault,
    Gone,
    Job,
    Picture,
    Refused,
    Scope,
    Secret,
    TryLater,
    Unknown,
)

AGAIN = "Akan dicoba lagi otomatis."
PUBLISH = "publish"  # the step of the irreversible request; prepare has its own names


class Sign(StrEnum):
    """What else an answer tells the adapter that asked."""

    PLAIN = "plain"
    DUPLICATE = "duplicate"  # the platform has seen these very words
    GONE = "gone"  # what the request named does not exist
    STALE = "stale"  # a remote piece is spoilt or too old: make it again
    NOT_READY = "not_ready"  # a container is still being made, and surely not published


@dataclass(frozen=True)
class Patience:
    """How often one trouble may repeat at one step before it becomes a refusal."""

    rule: str  # the trouble's name among the strikes
    tries: int  # repeats
    then: Refused
    same: int = 0  # so many of the repeats may use the same remote piece


class Trouble(Exception):
    """The platform did not answer as hoped. What that means depends on the door it happened at.

    Unknown stands for "something may have come of it": at `publish` that is a doubt, before
    it and while reading nothing public can have come of it, and asking again is harmless.
    """

    def __init__(
        self,
        outcome: Refused | TryLater | Unknown,
        sign: Sign = Sign.PLAIN,
        patience: Patience | None = None,
    ) -> None:
        super().__init__(outcome.reason)
        self.outcome, self.sign, self.patience = outcome, sign, patience

    def publishing(self, checkpoint: Checkpoint) -> Refused | TryLater | Unknown:
        if isinstance(self.outcome, Unknown):
            return replace(self.outcome, reason=f"{self.outcome.reason} Mungkin sudah tayang.")
        return self.patiently(checkpoint, PUBLISH)

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

    def reading_back(self) -> Gone | TryLater | Unknown:
        return Gone(self.outcome.detail) if self.sign is Sign.GONE else self.reading()

    def patiently(self, checkpoint: Checkpoint, step: str) -> Refused | TryLater:
        """As `preparing`, but counted in the checkpoint: some troubles may repeat only so often."""
        outcome = self.preparing()
        if isinstance(outcome, Refused):
            return outcome
        kept = dict(checkpoint)
        if self.patience:
            count = self.strike(checkpoint, step)
            if count > self.patience.tries:
                then = self.patience.then
                return replace(then, detail=then.detail or outcome.detail)
            strikes = _strikes(checkpoint)
            kept["strikes"] = strikes | {step: strikes.get(step, {}) | {self.patience.rule: count}}
        return replace(outcome, checkpoint=kept)

    def strike(self, checkpoint: Checkpoint, step: str) -> int:
        """How often this trouble has happened at `step`, this time included."""
        rule = self.patience.rule if self.patience else ""
        return int(_strikes(checkpoint).get(step, {}).get(rule, 0)) + 1

    def at_once(self) -> "Trouble":
        """The same trouble without patience, where another try can change nothing."""
        return Trouble(self.outcome, self.sign, self.patience and replace(self.patience, tries=0))


# --- strikes: {step: {rule: how often}}, so that no trouble eats another's patience ---


def calmed(checkpoint: Checkpoint, step: str) -> dict[str, Any]:
    """The checkpoint after `step` went well: its strikes are forgotten, those of others stay.

    A piece that is made anew each time it spoils would otherwise be made for ever.
    """
    kept, strikes = dict(checkpoint), _strikes(checkpoint)
    strikes.pop(step, None)
    kept.pop("strikes", None)
    return kept | ({"strikes": strikes} if strikes else {})


def _strikes(checkpoint: Checkpoint) -> dict[str, dict[str, int]]:
    strikes = checkpoint.get("strikes")  # a plain number in checkpoints of before
    return dict(strikes) if isinstance(strikes, Mapping) else {}


# --- what an answer, or none, means ---


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


def unclear(label: str, detail: str, sign: Sign = Sign.PLAIN) -> Trouble:
    """The platform failed, or answered something that says neither yes nor no."""
    return Trouble(Unknown(f"{label} tidak memberi jawaban yang jelas.", detail=detail), sign)


def limited(label: str, after: timedelta, detail: str, *, reason: str = "") -> Trouble:
    """Too many requests: everything on this channel waits, other channels go on."""
    reason = reason or f"Kuota {label} untuk kanal ini sedang habis. {AGAIN}"
    return Trouble(TryLater(reason, after=after, scope=Scope.CHANNEL, detail=detail))


def as_json(response: requests.Response) -> Any:
    """The body as JSON, None when it is none."""
    try:
        return response.json()
    except requests.JSONDecodeError:
        return None


def moment(stamp: Any) -> datetime:
    """The aware time that a platform wrote on a post; raises the trouble that it wrote none."""
    try:
        read = datetime.fromisoformat(str(stamp))
    except ValueError:
        raise unclear("Platform", "a post without a time") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def are_named(found: Any) -> bool:
    """Whether an answer's list is one of objects with ids, as every list of posts is."""
    return isinstance(found, list) and all(isinstance(e, dict) and e.get("id") for e in found)


def detail(response: requests.Response, secrets: Iterable[str]) -> str:
    """One line for the log: status and the head of the body, without secrets."""
    return scrub(f"HTTP {response.status_code} {' '.join(response.text.split())[:400]}", secrets)


def scrub(text: str, secrets: Iterable[str]) -> str:
    """`text` without the secrets: platforms echo the token that they refuse."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "***").replace(quote(secret, safe=""), "***")
    return re.sub(r"(?i)(access_token|appsecret_proof)=[^&\s\"']+", r"\1=***", text)


# --- what a caller must bring ---


def numbered(remote_id: str, label: str) -> str:
    """The post's id, or the trouble that it is none: of a wrong address anything "is gone"."""
    if re.fullmatch(r"[0-9]+(_[0-9]+)?", remote_id):
        return remote_id
    reason = f"Nomor unggahan {label} ini tidak dikenal; belum dapat diperiksa."
    raise Trouble(Refused(reason, detail="not an id"))


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
