"""What instagrapi's exceptions mean, as one table; by name, for the library is not loaded here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests

from platforms.adapters.base import Fault, Refused, TryLater, Unknown
from platforms.adapters.meta import DAY, HOUR, Kind
from platforms.adapters.private_session import LABEL
from platforms.adapters.trouble import (
    AGAIN,
    Patience,
    Sign,
    Trouble,
    as_json,
    detail,
    limited,
    lost,
    unclear,
)

# libcurl's codes for what ended before a request was said: proxy, name, connection, handshake
UNSAID = (5, 6, 7, 35, 60)


@dataclass(frozen=True)
class Rule:
    kind: Kind
    reason: str
    names: tuple[str, ...] = ()
    wait: timedelta | None = None


_SESSION = "Sesi Instagram kanal ini tidak berlaku lagi. Minta pengelola kanal masuk lagi."
_CONFIRM = "Instagram meminta konfirmasi pemilik akun. Buka aplikasinya, ikuti petunjuknya."
_RESTRICTED = "Instagram membatasi akun ini. Periksa di aplikasinya; unggahan menunggu sehari."
_REFUSES = "Instagram berkali-kali menolak gambar ini. Periksa gambarnya."

_GONE = Rule(
    Kind.GONE, "Unggahan ini tidak ada di Instagram.", ("MediaNotFound", "MediaUnavailable")
)

# In the order of platforms.md 4, the first that fits counts. A *ConfigureError is a *NotUpload
# too, and stands before it: the one may hide a public post, the other cannot.
RULES = (
    Rule(
        Kind.LIMITED,
        f"Instagram meminta jeda untuk kanal ini. {AGAIN}",
        ("PleaseWaitFewMinutes", "ClientThrottledError", "RateLimitError"),
        HOUR,
    ),
    Rule(
        Kind.LIMITED, _RESTRICTED, ("FeedbackRequired", "SentryBlock", "ProxyAddressIsBlocked"), DAY
    ),
    Rule(
        Kind.CHANNEL,
        _SESSION,
        (
            "LoginRequired",
            "BadPassword",
            "BadCredentials",
            "ReloginAttemptExceeded",
            "ClientUnauthorizedError",
        ),
    ),
    Rule(
        Kind.CHANNEL,
        "Instagram menangguhkan akun ini. Pemiliknya perlu mengajukan banding di aplikasi.",
        ("AccountSuspended",),
    ),
    Rule(
        Kind.CHANNEL,
        "Instagram menuntut aplikasi yang lebih baru. Admin sistem perlu memperbarui jalur ini.",
        ("ClientNeedsUpgradeError",),
    ),
    Rule(
        Kind.CHANNEL, _CONFIRM, ("TwoFactorRequired", "ChallengeError", "CaptchaChallengeRequired")
    ),
    Rule(
        Kind.DOUBT,
        "Instagram tidak menyelesaikan unggahan ini.",
        ("PhotoConfigureError", "VideoConfigureError", "ClipConfigureError", "AlbumConfigureError"),
    ),
    Rule(
        Kind.LATER,
        f"Instagram belum menerima gambarnya. {AGAIN}",
        ("PhotoNotUpload", "VideoNotUpload", "ClipNotUpload"),
    ),
    Rule(
        Kind.CONTENT,
        "Instagram tidak dapat menampilkan berkas ini. Periksa gambarnya.",
        ("AlbumUnknownFormat", "VideoTooLongException"),
    ),
    _GONE,
)
_REUPLOAD = Rule(Kind.STALE, "Instagram meminta gambarnya sekali lagi. Akan diunggah lagi.")
_EARLY = Rule(Kind.NOT_READY, "Instagram masih mengolah gambarnya.", wait=timedelta(seconds=10))
_SIGNS = {Kind.GONE: Sign.GONE, Kind.STALE: Sign.STALE, Kind.NOT_READY: Sign.NOT_READY}
_TRIES = {Kind.LATER: 5, Kind.STALE: 2, Kind.NOT_READY: 10}


def judged(
    error: Exception, answer: requests.Response | None, hidden: Iterable[str] = ()
) -> Trouble:
    """The trouble that an exception of the library stands for; `answer` is the last whole one."""
    if answer is None:
        return _unanswered(error)
    line = f"{type(error).__name__}: {detail(answer, hidden)}"
    rule = _said(answer) or named(error)
    return _trouble(rule, line) if rule else unclear(LABEL, line)


def not_uploaded(answer: requests.Response, hidden: Iterable[str]) -> Trouble:
    """The trouble that a refused upload stands for; these answers pass by the library's own eye."""
    line = f"upload: {detail(answer, hidden)}"
    body = as_json(answer)
    message = str(body.get("message", "")) if isinstance(body, dict) else ""
    return _trouble(_of_answer(answer.status_code, message), line)


def named(error: BaseException) -> Rule | None:
    """The rule for an exception or one of its ancestors."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return next((rule for rule in RULES if names.intersection(rule.names)), None)


def is_named(error: BaseException, *names: str) -> bool:
    return bool({kind.__name__ for kind in type(error).__mro__}.intersection(names))


def _said(answer: requests.Response) -> Rule | None:
    """What no exception is named for: the library gives these as plain errors."""
    body: Any = as_json(answer)
    message = str(body.get("message")) if isinstance(body, dict) else ""
    match answer.status_code:
        case 202 if "Transcode not finished" in message:
            return _EARLY
        case 404 if message.startswith("Media not found"):
            return _GONE
    return _REUPLOAD if message == "media_needs_reupload" else None


def _of_answer(status: int, message: str) -> Rule:
    name = {401: "ClientUnauthorizedError", 429: "ClientThrottledError"}.get(status, "")
    words = {
        "Please wait a few minutes": "PleaseWaitFewMinutes",
        "feedback_required": "FeedbackRequired",
        "login_required": "LoginRequired",
        "challenge_required": "ChallengeError",
        "checkpoint_required": "ChallengeError",
    }
    name = next((words[word] for word in words if word in message), name) or "PhotoNotUpload"
    return next(rule for rule in RULES if name in rule.names)


def _trouble(rule: Rule, line: str) -> Trouble:
    sign, patience = _SIGNS.get(rule.kind, Sign.PLAIN), None
    if tries := _TRIES.get(rule.kind):
        patience = Patience(rule.kind, tries, Refused(_REFUSES, Fault.CONTENT))
    match rule.kind:
        case Kind.LIMITED:
            return limited(LABEL, rule.wait or HOUR, line, reason=rule.reason)
        case Kind.CHANNEL:
            return Trouble(Refused(rule.reason, Fault.CHANNEL, line))
        case Kind.CONTENT:
            return Trouble(Refused(rule.reason, Fault.CONTENT, line))
        case Kind.DOUBT:
            return Trouble(Unknown(rule.reason, line))
        case _:
            return Trouble(TryLater(rule.reason, rule.wait, detail=line), sign, patience)


# --- no answer ---


def _unanswered(error: Exception) -> Trouble:
    """The library wraps what the line raised, and curl's own errors say more than either."""
    cause = _line_error(error)
    unsaid = getattr(cause.__cause__, "code", None) in UNSAID
    return lost(requests.ConnectTimeout("curl") if unsaid else cause, LABEL)


def _line_error(error: Exception) -> Exception:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, requests.RequestException):
            return seen
        seen = seen.__cause__ or seen.__context__
    return error
