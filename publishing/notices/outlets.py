"""The ways out: a letter, an HTTP gateway, Telegram; what each answered, in four words."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts import letters
from publishing.models.notice import Outlet, Way

logger = logging.getLogger(__name__)
FAILING = 3  # failures in a row from which a way out counts as failing
PATIENCE = 10  # seconds


@dataclass(frozen=True)
class Sent:
    """It was taken."""


@dataclass(frozen=True)
class Later:
    """Not taken; worth another try, after so many seconds where somebody said so."""

    said: str
    after: float = 0.0


@dataclass(frozen=True)
class Refused:
    """Not taken, and it never will be: the address is wrong."""

    said: str


@dataclass(frozen=True)
class Doubtful:
    """Nobody knows whether it was taken: it is not sent again."""

    said: str


Answer = Sent | Later | Refused | Doubtful


def send(way: str, to: str, subject: str, words: str) -> Answer:
    """Send `words` by this way, and remember how the way does."""
    match way:
        case Way.MAIL:
            answer = _mail(to, subject, words)
        case Way.GATEWAY:
            answer = _gateway(to, words)
        case _:
            answer = _telegram(to, words)
    _remember(way, answer)
    return answer


def _mail(to: str, subject: str, words: str) -> Answer:
    return Sent() if letters.send(subject, words, [to]) else Later("surel tidak diterima server")


def _gateway(to: str, words: str) -> Answer:
    """A POST of the template with its places filled in: {to}, {text}."""
    body = _filled(settings.GATEWAY_BODY, {"to": to, "text": words})
    return _post(settings.GATEWAY_URL, body, settings.GATEWAY_HEADERS)


def _filled(template: Any, places: Mapping[str, str]) -> Any:
    """The template with every "{to}" and "{text}" in its strings replaced."""
    if isinstance(template, dict):
        return {key: _filled(one, places) for key, one in template.items()}
    if isinstance(template, list):
        return [_filled(one, places) for one in template]
    if not isinstance(template, str):
        return template
    for name, value in places.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _telegram(to: str, words: str) -> Answer:
    url = f"{settings.TELEGRAM_URL}/bot{settings.TELEGRAM_TOKEN}/sendMessage"
    return _post(url, {"chat_id": to, "text": words}, {})


def _post(url: str, body: Any, headers: Mapping[str, str]) -> Answer:
    """One request. No address and no header is ever logged: they hold the secrets."""
    if not url.startswith(("https://", "http://")):
        return Later("alamatnya bukan http")
    data = json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json", **headers})  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310 - http or https, from a setting
            return Sent()
    except HTTPError as error:
        return _refusal(error)
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            return Doubtful("tidak menjawab")
        return Later("tidak dapat dihubungi")
    except (OSError, ValueError):
        return Doubtful("sambungan terputus")


def _refusal(error: HTTPError) -> Answer:
    if error.code in (400, 422):
        return Refused(f"ditolak ({error.code})")
    after = error.headers.get("Retry-After", "")
    return Later(f"menjawab {error.code}", float(after) if after.isdecimal() else 0.0)


def _remember(way: str, answer: Answer) -> None:
    """Since when nothing gets through; a wrong address says nothing about the way."""
    Outlet.objects.get_or_create(way=way)
    here = Outlet.objects.filter(way=way)
    if isinstance(answer, Sent):
        here.exclude(failures=0).update(failures=0, failing_since=None, said="")
    elif not isinstance(answer, Refused):
        logger.warning("no notice leaves by %s: %s", way, answer.said)
        here.filter(failing_since=None).update(failing_since=timezone.now())
        here.update(failures=F("failures") + 1, said=answer.said[:200])
