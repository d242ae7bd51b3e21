"""The demo's letter box: what would have been mailed."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

MOST = 20


def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest letters of the demo; on a real installation this page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "account/demo_mail.html", {"letters": _letters()})


def _letters() -> list[dict[str, str]]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_letter(file) for file in files[:MOST]]


def _letter(file: Path) -> dict[str, str]:
    """One filed letter; the backend ends each with a line of dashes."""
    raw = file.read_bytes().rsplit(b"\n" + b"-" * 79, 1)[0]
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return {
        "to": str(message["to"]),
        "subject": str(message["subject"]),
        "at": str(message["date"]),
        "body": body.get_content() if body else "",
    }
