"""The last move in the calendar, kept in the session for the ten seconds in which it goes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import calendar
from publishing.http import SignedInRequest
from publishing.models import Post
from publishing.workflow import TooLate

KEY = "moved"


@dataclass(frozen=True)
class Fresh:
    """A move that can still be taken back."""

    post: int
    version: int
    said: str
    goes_back: bool  # its old hour is still to come, or it had none


def remember(request: SignedInRequest, post: Post, old: datetime | None) -> None:
    """Keep what `move_back` needs; `post` is as it stands after the move."""
    request.session[KEY] = {
        "post": post.pk,
        "version": post.version,
        "old": old.isoformat() if old else None,
        "said": _said(post.publish_at),
        "at": timezone.now().isoformat(),
    }


def fresh(request: SignedInRequest) -> Fresh | None:
    """This person's move of the last ten seconds."""
    kept = _kept(request)
    if kept is None:
        return None
    old = _hour(kept["old"])
    return Fresh(kept["post"], kept["version"], kept["said"], old is None or old > timezone.now())


def taken(request: SignedInRequest, post: Post, version: int) -> datetime | None:
    """The hour that the post had before its move. Raises TooLate when that is over."""
    kept = _kept(request)
    if kept is None or (kept["post"], kept["version"]) != (post.pk, version):
        raise TooLate(_("Sudah lewat 10 detik. Pindahkan lagi jika perlu."))
    del request.session[KEY]
    return _hour(kept["old"])


def tell(request: SignedInRequest, old: datetime | None) -> None:
    """Say where it stands again."""
    if old is None:
        messages.success(request, _("Diurungkan. Unggahan ini tidak memiliki jam lagi."))
    else:
        when = {"when": calendar.spoken(old)}
        messages.success(request, _("Diurungkan. Kembali ke %(when)s.") % when)


def _hour(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _said(new: datetime | None) -> str:
    return _("Dipindahkan ke %(when)s") % {"when": calendar.spoken(new)} if new else ""


def _kept(request: SignedInRequest) -> dict[str, Any] | None:
    """What is kept of a move of the last ten seconds."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept and timezone.now() - datetime.fromisoformat(kept["at"]) < settings.UNDO:
        return kept
    return None
