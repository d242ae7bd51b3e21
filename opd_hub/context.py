"""What the shell around every page needs: who, where, and which ways lead on."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may, reads_everybody
from opd_hub.demo.people import signins
from platforms import registry
from publishing import due, vitals
from publishing.models import Notice

RAIL_ONLY = {"library", "rules", "help", "channels", "people", "agencies"}  # on a phone: a menu
KEPT = {"channels", "people", "agencies"}  # but in the bar of who does not write: it is their work


@dataclass(frozen=True)
class Entry:
    """One way in the navigation."""

    url: str
    icon: str
    label: str
    current: bool
    count: int = 0
    rail_only: bool = False  # a phone's bar has room for five


def shell(request: HttpRequest) -> dict[str, Any]:
    """The regency, the demo, the navigation that this person's role opens, and what ails.

    What needs rows is asked for only by a page that shows it: a fragment has no rail.
    """
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User) and user.is_active
    at_the_door = settings.DEMO and not signed_in
    around = _around(user, request.path) if signed_in and isinstance(user, User) else {}
    return around | {
        "demo_signins": signins() if at_the_door else [],
        "regency": settings.REGENCY,
        "review_unit": settings.REVIEW_UNIT,
        "demo": settings.DEMO,
    }


def _around(user: User, here: str) -> dict[str, Any]:
    """What stands around a signed-in person's page. Each is called once, when it is drawn."""
    state = cache(lambda: vitals.take(user, unread=_unread(user), waiting=_queue(user)))
    return {
        "unread": lambda: state().also["unread"],
        "nav": cache(lambda: _nav(user, here, state().also["waiting"])),
        "vitals": state,
        "complaints": lambda: vitals.complaints(state()),
        "pauses": lambda: state().pauses,
        "may_train": registry.has_training() and _works(user),
        "may_see_pauses": _sees_pauses(user),
    }


def _sees_pauses(user: User) -> bool:
    return not user.in_training and (may(user, Action.PAUSE) or may(user, Action.READ_ALL))


def _works(user: User) -> bool:
    return may(user, Action.WRITE) or may(user, Action.REVIEW)


def _unread(user: User) -> Combinable:
    """How many lines under the bell are unread."""
    return vitals.counted(Notice.objects.of(user).unread())


def _queue(user: User) -> Combinable:
    """How many posts wait, for who reviews."""
    return due.counted(user) if may(user, Action.REVIEW) else Value(0)


def _sees_posts(user: User) -> bool:
    return _works(user) or reads_everybody(user)


Way = tuple[str, str, str, int]  # name of its address, icon, label, what waits there


def _to_posts(user: User, waiting: int) -> list[Way]:
    ways = [("home", "outline/home", _("Beranda"), 0)]
    if may(user, Action.WRITE):
        ways.append(("write", "outline/pencil", _("Tulis"), 0))
    if may(user, Action.REVIEW):
        ways.append(("queue", "outline/checklist", _("Antrean"), waiting))
    ways.append(("posts", "outline/list-details", _("Unggahan"), 0))
    if _sees_posts(user):
        ways.append(("calendar", "outline/calendar", _("Kalender"), 0))
    return ways


def _nav(user: User, here: str, waiting: int) -> list[Entry]:
    ways = _to_posts(user, waiting)
    if may(user, Action.WRITE) and user.agency_id:
        ways.append(("library", "outline/photo", _("Media"), 0))
    if may(user, Action.EDIT_RULES):
        ways.append(("rules", "outline/vocabulary", _("Aturan bahasa"), 0))
    if may(user, Action.SEE_CHANNELS):
        ways.append(("channels", "outline/plug", _("Kanal"), 0))
    if may(user, Action.KEEP_PEOPLE) or may(user, Action.PROPOSE_PEOPLE):
        ways.append(("people", "outline/users", _("Pengguna"), 0))
        ways.append(("agencies", "outline/building-community", _("OPD"), 0))
    elif may(user, Action.INVITE_AUTHORS):
        ways.append(("people", "outline/users", _("Pengguna"), 0))
    ways.append(("help", "outline/help-circle", _("Bantuan"), 0))
    writes = may(user, Action.WRITE)
    return [
        Entry(
            reverse(name),
            icon,
            label,
            _is_here(reverse(name), here),
            count,
            rail_only=name in RAIL_ONLY and (writes or name not in KEPT),
        )
        for name, icon, label, count in ways
    ]


def _is_here(url: str, here: str) -> bool:
    if url == reverse("posts"):
        return here.startswith(url) and here != reverse("write")
    return here == url if url == reverse("home") else here.startswith(url)
