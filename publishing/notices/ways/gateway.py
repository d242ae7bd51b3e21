"""Any gateway that takes a number and a text over HTTP, by settings (fits WhatsApp gateways)."""

from typing import Any

from django.conf import settings

from publishing.notices.ways.http import call
from publishing.notices.ways.result import Result


def send(to: str, subject: str, text: str) -> Result:
    body = _filled(settings.GATEWAY_BODY, {"to": to, "text": text})
    sent = {"data": body} if settings.GATEWAY_FORM else {"json": body}
    headers = settings.GATEWAY_HEADERS
    good = settings.GATEWAY_GOOD
    return call(settings.GATEWAY_METHOD, settings.GATEWAY_URL, good=good, headers=headers, **sent)


def _filled(part: Any, words: dict[str, str]) -> Any:
    """The template with {to} and {text} in its values, once each: a text is no template."""
    if isinstance(part, dict):
        return {key: _filled(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, words) for value in part]
    if isinstance(part, str):
        pieces = part.split("{text}")
        return words["text"].join(piece.replace("{to}", words["to"]) for piece in pieces)
    return part
