"""Where a person is signed in: noted seldom, listed to its owner, ended from here or elsewhere."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.journal import note
from accounts.models import User

SEEN = "seen_at"  # in the session: when its row was last brought up to date


class SeenMiddleware:
    """Brings "terakhir dipakai" up to date, once in `settings.SEEN_EVERY`: no query in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_due(request):
            note_seen(request)
        return self.get_response(request)


def note_seen(request: HttpRequest) -> None:
    """This session is in use now, from where the request comes."""
    request.session[SEEN] = time.time()
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=timezone.now(),
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:200],
    )


def of(user: User) -> list[Any]:
    """This person's living sessions (allauth's `UserSession`), the last used first."""
    alive = UserSession.objects.purge_and_list(user)
    return sorted(alive, key=lambda session: session.last_seen_at, reverse=True)


def end(user: User, pk: int) -> bool:
    """End one session of this person; False when there is none such."""
    session = UserSession.objects.filter(user=user, pk=pk).first()
    if session is None:
        return False
    session.end()
    note("session ended", user)
    return True


def end_all(user: User, *, keep: str = "") -> int:
    """End every session of this person, but the one with the key `keep`; how many those were.

    Goes by the sessions themselves, not by allauth's list: one that was never listed ends too.
    """
    living = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep)
    theirs = [row.pk for row in living.iterator() if _owner(row) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user=user).exclude(session_key=keep).delete()
    note("sessions ended", user, count=len(theirs))
    return len(theirs)


def _owner(row: Session) -> str:
    return str(row.get_decoded().get(SESSION_KEY, ""))


def _is_due(request: HttpRequest) -> bool:
    seen = request.session.get(SEEN)
    return seen is not None and time.time() - seen > settings.SEEN_EVERY.total_seconds()
