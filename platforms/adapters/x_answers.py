"""What X's answers mean: its refusals and limits, and a text as its timeline gives it back."""

import html
import json
import math
import re
import time
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import requests

from platforms.adapters.base import Fault, Refused, TryLater
from platforms.adapters.trouble import (
    Patience,
    Sign,
    Trouble,
    as_json,
    detail,
    limited,
    unclear,
)

QUARTER = 15 * 60.0  # seconds; X's usual window, when no header tells the reset
LONGEST = 31 * 24 * 3600.0  # seconds; no header may stop a channel for longer

_SHORT = r"https://t\.co/\w+"

_TOKEN = "X menolak kunci kanal ini. Minta pengelola kanal menyambungkan ulang."
_RIGHTS = "Aplikasi atau kunci X tidak berizin menulis. Minta pengelola kanal memeriksa izinnya."
_CREDITS = "Kredit API X habis. Minta pemilik akun pengembang X mengisinya."
_LOCKED = "Akun X ini sedang ditangguhkan atau dikunci. Buka X dan ikuti petunjuknya."
_TWICE = "X sudah menerima teks yang sama belum lama ini. Ubah kata-katanya."
_CONTENT = "X menolak isi ini. Periksa teks, tautan, dan gambarnya."
_HINT = "X tidak mengizinkan unggahan ini. Periksa panjang teks, gambar, dan izin kanal."
_MEDIA = "Gambar di X sudah lewat masanya dan akan diunggah lagi."

# The same status says different things; only the body tells. First match wins.
_SAID: tuple[tuple[int, str, Refused, Sign], ...] = (
    (403, r"duplicate content|\"code\": 187\b", Refused(_TWICE), Sign.DUPLICATE),
    (
        403,
        r"unsupported-authentication|oauth1-permissions|client-forbidden|\"code\": (?:453|261)\b",
        Refused(_RIGHTS, Fault.CHANNEL),
        Sign.PLAIN,
    ),
    (
        403,
        r"suspended|\blocked\b|\"code\": (?:64|326)\b",
        Refused(_LOCKED, Fault.ACCOUNT),
        Sign.PLAIN,
    ),
    (403, "", Refused(_HINT), Sign.PLAIN),
    (400, r"media ids? (?:is|are) invalid", Refused(_CONTENT), Sign.STALE),
    (400, "", Refused(_CONTENT), Sign.PLAIN),
)
_BY_STATUS = {
    401: Refused(_TOKEN, Fault.CHANNEL),
    402: Refused(_CREDITS, Fault.ACCOUNT),
    413: Refused(_CONTENT),
}


def contents(answer: requests.Response, secrets: Iterable[str]) -> dict[str, Any]:
    """The body of a good answer; any other answer is the trouble it stands for."""
    body, line = as_json(answer), detail(answer, secrets)
    if not 200 <= answer.status_code < 300:
        raise _judged(answer, body, line)
    # Without "data" or "meta" a 200 may carry nothing but errors; a post may exist all the same.
    if not isinstance(body, dict) or not ("data" in body or "meta" in body):
        raise unclear("X", line, Sign.GONE if _is_missing(body) else Sign.PLAIN)
    return body


def lapsed(trouble: Trouble) -> Trouble:
    """X does not know media that it gave us: they are past their day."""
    return _refusal(Refused(_CONTENT), trouble.outcome.detail, Sign.STALE)


def _judged(answer: requests.Response, body: Any, line: str) -> Trouble:
    status = answer.status_code
    if status == 429:
        return _limit(answer, line)
    if status in _BY_STATUS:
        return _refusal(_BY_STATUS[status], line)
    if isinstance(body, dict):
        said = json.dumps(_own_words(body)).lower()
        for row, pattern, refused, sign in _SAID:
            if row == status and re.search(pattern, said):
                return _refusal(refused, line, sign)
        if status == 404:  # with a body of X's own; a proxy's page says nothing about a post
            return unclear("X", line, Sign.GONE)
    return unclear("X", line)


def _own_words(said: Any) -> Any:
    """An error without what it repeats of our request: a text may speak of suspended classes."""
    if isinstance(said, dict):
        echoes = ("parameters", "value")
        return {name: _own_words(part) for name, part in said.items() if name not in echoes}
    return [_own_words(part) for part in said] if isinstance(said, list) else said


def _is_missing(body: Any) -> bool:
    """Whether all that a 200 says is that it found nothing; a locked account is something else."""
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, list) or not errors:
        return False
    return all("resource-not-found" in json.dumps(error) for error in errors)


def _refusal(refused: Refused, line: str, sign: Sign = Sign.PLAIN) -> Trouble:
    told = Refused(refused.reason, refused.fault, line)
    if sign is Sign.STALE:
        return Trouble(TryLater(_MEDIA, detail=line), sign, Patience("media", 1, told))
    return Trouble(told, sign)


def _limit(answer: requests.Response, line: str) -> Trouble:
    if "usage-capped" in answer.text:
        reason = "Kuota bulanan API X habis. Minta pemilik akun pengembang X menaikkannya."
        return Trouble(Refused(reason, Fault.ACCOUNT, line))
    return limited("X", _reset(answer.headers), line)


def _reset(headers: Mapping[str, str]) -> timedelta:
    """How long to rest: the latest of all limits that are used up."""
    stamps = [headers.get("x-rate-limit-reset")]
    for kind in ("x-app-limit-24hour", "x-user-limit-24hour"):
        if headers.get(f"{kind}-remaining") == "0":
            stamps.append(headers.get(f"{kind}-reset"))
    waits = [stamp - time.time() for stamp in map(_number, stamps) if stamp is not None]
    retry_after = _number(headers.get("Retry-After"))
    if retry_after is not None:
        waits.append(retry_after)
    return timedelta(seconds=min(max([*waits, 5.0]) if waits else QUARTER, LONGEST))


def _number(written: str | None) -> float | None:
    """A header's number; X sometimes writes "1705420800.5", proxies sometimes a date."""
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


# --- texts ---


def says(tweet: Mapping[str, Any], text: str) -> bool:
    """Whether a tweet carries `text`, once X's rewriting is undone."""
    return _bare(shown(tweet)) == _bare(text)


def shown(tweet: Mapping[str, Any]) -> str:
    """A tweet's text as a reader sees it: whole links, no escapes, no link for the pictures."""
    source = tweet.get("note_tweet") or tweet
    links = (source.get("entities") or {}).get("urls") or ()
    meant = {str(link.get("url")): _meant(link) for link in links}
    text = html.unescape(str(source.get("text", "")))  # before links come in, with "&copy=1"
    last = re.search(rf"{_SHORT}\s*$", text)
    if last and last[0].strip() not in meant:
        text = text[: last.start()]
    return re.sub(_SHORT, lambda link: meant.get(link[0], link[0]), text).rstrip()


def _meant(link: Mapping[str, Any]) -> str:
    """Where a short link leads; nowhere when it stands for the tweet's own pictures."""
    whole = str(link.get("expanded_url", ""))
    pictures = "media_key" in link or re.search(r"/status/\d+/(?:photo|video)/\d+$", whole)
    return "" if pictures else whole


def _bare(text: str) -> str:
    """`text` without what X changes: composition of letters, spaces, schemes, closing slashes."""
    text = re.sub(r"(?i)https?://", "", unicodedata.normalize("NFC", text))
    return " ".join(word.rstrip("/") for word in text.split())
