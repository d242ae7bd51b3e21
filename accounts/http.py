"""What the pages of people and agencies share: a signed-in person, and a 409 that says why."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from accounts.acts import NotNow
from accounts.models import User

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request whose user is a person."""

    user: User
    htmx: HtmxDetails


def tells(view: View) -> View:
    """A page for who is signed in; what cannot be done now is a 409 that says why."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
        try:
            return view(request, *args, **names)
        except NotNow as reason:
            return render(request, "accounts/not_now.html", {"reason": reason}, status=409)

    return login_required(wrapper)


def changes(view: View) -> View:
    """As `tells`, for a change: POST only."""
    return require_POST(tells(view))
