"""What the shell around every page needs: who, where, and which ways lead on."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from opd_hub.demo.people import signins
from publishing import vitals
from publishing.models import Post


@dataclass(frozen=True)
class Entry:
    """One way in the navigation."""

    url: str
    icon: str
    label: str
    current: bool
    count: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """The regency, the demo, and the navigation that this person's role opens."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User) and user.is_active
    at_the_door = settings.DEMO and not signed_in
    machinery = _machinery(user) if signed_in and isinstance(user, User) else {}
    return machinery | {
        "demo_signins": signins() if at_the_door else [],
        "regency": settings.REGENCY,
        "review_unit": settings.REVIEW_UNIT,
        "demo": settings.DEMO,
        "nav": _nav(user, request.path) if signed_in and isinstance(user, User) else [],
    }


def _machinery(user: User) -> dict[str, Any]:
    """What every page says when the machinery is ill, or something is paused."""
    return {
        "complaints": vitals.complaints(vitals.take()),
        "pauses": vitals.running_pauses(),
        "may_see_pauses": may(user, Action.PAUSE) or may(user, Action.READ_ALL),
    }


def _nav(user: User, here: str) -> list[Entry]:
    ways = [("home", "outline/home", _("Beranda"), 0)]
    if may(user, Action.WRITE):
        ways.append(("write", "outline/pencil", _("Tulis"), 0))
    if may(user, Action.REVIEW):
        waiting = Post.objects.visible_to(user).filter(status=Post.Status.SUBMITTED).count()
        ways.append(("queue", "outline/checklist", _("Antrean"), waiting))
    ways.append(("posts", "outline/list-details", _("Unggahan"), 0))
    return [
        Entry(reverse(name), icon, label, _is_here(reverse(name), here), count)
        for name, icon, label, count in ways
    ]


def _is_here(url: str, here: str) -> bool:
    if url == reverse("posts"):
        return here.startswith(url) and here != reverse("write")
    return here == url if url == reverse("home") else here.startswith(url)
