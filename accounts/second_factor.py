"""Who has to give a second factor, who has, and the walls around those who have not."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from accounts import acts, sessions
from accounts.journal import note
from accounts.models import User
from accounts.policy import Action, hats

# In the session, by allauth: what was given, and by whom
GIVEN = "account_authentication_methods"
GIVEN_BY = "account_authentication_methods_user"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What somebody who still owes a factor may open: setting it up, giving it, leaving.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "admin:logout",
    "health",
    "manifest",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "second_factor",
}


class SecondFactorMiddleware:
    """Leads whoever owes a second factor to where it is set up or given; costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in OPEN or not _owes(request):
            return None
        return lead(request, reverse("second_factor"), _page_of(request))


def must_give(user: User) -> bool:
    """Whether this person works only after a second factor: by a role of theirs, or of somebody
    for whom they stand in, or as keeper of /admin/."""
    return user.is_staff or any(hat.role in settings.SECOND_FACTOR_ROLES for hat in hats(user))


def has_factor(user: User) -> bool:
    """Whether this person has set up an app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def given(session: SessionBase) -> list[dict[str, Any]]:
    """What the person of this session has proved who they are with, oldest first: allauth's
    records `{"method": "password" | "mfa", "at": seconds, …}`."""
    if SESSION_KEY not in session or session.get(GIVEN_BY) != session[SESSION_KEY]:
        return []
    return list(session.get(GIVEN, []))


def gave_factor(session: SessionBase) -> bool:
    return any(record["method"] == "mfa" for record in given(session))


def note_given(request: HttpRequest, factor: Authenticator) -> None:
    """Setting up a factor proves that one has it."""
    note("second factor set up", factor.user, type=factor.type)
    acts.record(acts.Verb.SET_FACTOR, by=factor.user, person=factor.user)
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


def note_removed(request: HttpRequest, factor: Authenticator) -> None:
    """Whoever removed their last factor owes one again, at once."""
    note("second factor removed", factor.user, type=factor.type)
    if not has_factor(factor.user):
        kept = [record for record in given(request.session) if record["method"] != "mfa"]
        request.session[GIVEN] = kept


def clear(person: User, *, by: User) -> None:
    """Take every second factor from `person`, who lost theirs, and end their sessions.

    At the next sign-in the password is enough, once, to set up a new one. Raises NotYours.
    """
    acts.require(by, Action.KEEP_PEOPLE)
    Authenticator.objects.filter(user=person).delete()
    ended = sessions.end_all(person)
    note("second factor cleared", person, by=by.pk, sessions=ended)
    acts.record(acts.Verb.CLEAR_FACTOR, by=by, person=person)


def lead(request: HttpRequest, address: str, onward: str) -> HttpResponse:
    """A redirect of the whole page, with where to go on to; also out of a fragment."""
    there = f"{address}?{urlencode({'next': onward})}"
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(there)
    return redirect(there)


def _owes(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or gave_factor(request.session):
        return False
    return isinstance(request.user, User) and must_give(request.user)


def _page_of(request: HttpRequest) -> str:
    """The page that this request stands for: a form or a fragment is no place to come back to."""
    if "HX-Request" in request.headers:
        return request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
    return request.get_full_path() if request.method == "GET" else "/"
