"""One call over HTTP to whoever carries messages, and what its answer means.

No error's own words are kept or logged: they quote the address, and a bot's address is its key.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from publishing.notices.ways.result import (
    Doubtful,
    NotTaken,
    Refused,
    Result,
    Taken,
    no_answer,
    unreachable,
)

LONGEST_REST = timedelta(hours=1)
LONGEST_ANSWER = 64 * 1024  # bytes that are read of one
# refused before anything was read
_BEFORE = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.SSLError,
    requests.exceptions.ProxyError,
)


def call(
    method: str,
    url: str,
    *,
    blocked: tuple[int, ...] = (),
    good: Mapping[str, Any] | None = None,
    **sent: Any,
) -> Result:
    """Send it once. `blocked`: answers that are about this one person. `good`: what the JSON of a
    good answer contains, for gateways that say no with a 200.

    Redirections are not followed: they would carry the key elsewhere.
    """
    try:
        answer = requests.request(
            method, url, timeout=settings.NOTICE_TIMEOUT, allow_redirects=False, stream=True, **sent
        )
        with answer:
            is_asked = bool(good) and 200 <= answer.status_code < 300
            words = next(answer.iter_content(LONGEST_ANSWER), b"") if is_asked else b""
    except requests.RequestException as error:
        return unreachable() if _is_before(error) else no_answer()
    if is_asked and good and not _contains(words, good):
        return Refused(_("Dijawab %(code)s, tetapi tidak diterima.") % {"code": answer.status_code})
    return _meaning(answer, blocked)


def _contains(words: bytes, good: Mapping[str, Any]) -> bool:
    """Whether the answer is JSON that says all of `good`. What else it says is kept nowhere."""
    try:
        said = json.loads(words)
    except ValueError:
        return False
    return isinstance(said, dict) and all(said.get(name) == value for name, value in good.items())


def _is_before(error: requests.RequestException) -> bool:
    """Whether it broke before a byte of the message went out."""
    if isinstance(error, _BEFORE):
        return True
    inner = getattr(error.args[0], "reason", None) if error.args else None
    return type(inner).__name__ in {"NewConnectionError", "NameResolutionError"}


def _meaning(answer: requests.Response, blocked: tuple[int, ...]) -> Result:
    code = answer.status_code
    if 200 <= code < 300:
        return Taken()
    said = _("Dijawab %(code)s.") % {"code": code}
    if code in blocked:
        return Refused(said)
    if code == 429:
        return NotTaken(said, after=_rest(answer.headers.get("Retry-After", "")))
    if code in (401, 403, 404, 405, 407) or 300 <= code < 400:
        return NotTaken(said, broken=True)
    if 400 <= code < 500 and code != 408:
        return Refused(said)
    if code in (408, 502, 504):  # somebody between us: what lies behind may have it
        return Doubtful(said)
    return NotTaken(said)


def _rest(asked: str) -> timedelta:
    """What Retry-After asks in seconds, within reason; a date is taken for a minute."""
    seconds = int(asked) if asked.isdecimal() and len(asked) < 9 else 60
    return min(timedelta(seconds=max(1, seconds)), LONGEST_REST)
