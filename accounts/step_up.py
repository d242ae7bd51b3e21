"""Asks once more who it is before what reaches far, and then goes on with what was asked for."""

import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, overload

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY as STATE
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.functional import Promise

from accounts.second_factor import given, has_factor, lead

View = TypeVar("View", bound=Callable[..., Any])
BECAUSE = "step_up_because"
TOKEN = "csrfmiddlewaretoken"


@overload
def with_fresh_factor(view: View) -> View: ...
@overload
def with_fresh_factor(
    *, because: str | Promise = "", keeps: bool = True
) -> Callable[[View], View]: ...
def with_fresh_factor(
    view: Callable[..., Any] | None = None, *, because: str | Promise = "", keeps: bool = True
) -> Any:
    """A view for who gave a second factor within `settings.STEP_UP_AGE`; others are asked for it
    first, and then the request goes on, with the body that was posted. No files.

    Whoever has no factor is asked for the password instead. `because` is the sentence that says
    why. `keeps=False`: what was posted is not kept meanwhile (passwords, codes) but typed again.
    """
    if view is None:
        return partial(with_fresh_factor, because=because, keeps=keeps)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **names: Any) -> Any:
        if is_fresh(request):
            return view(request, *args, **names)
        answer = ask(request, onward=request.get_full_path(), because=str(because))
        if request.method == "POST" and keeps:
            request.session[STATE] = _set_aside(request)
        return answer

    return login_required(wrapper)


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person proved within `settings.STEP_UP_AGE` who they are."""
    since = time.time() - settings.STEP_UP_AGE.total_seconds()
    methods = {record["method"] for record in given(request.session) if record["at"] > since}
    if "mfa" in methods:
        return True
    return "password" in methods and not has_factor(request.user)  # type: ignore[arg-type]


def ask(request: HttpRequest, *, onward: str, because: str) -> HttpResponse:
    """Lead to where a factor is given (or the password, by who has none), and then `onward`."""
    request.session[BECAUSE] = because
    request.session.pop(STATE, None)  # of an earlier question that was left unanswered
    [first, *_others] = get_adapter(request).get_reauthentication_methods(request.user)
    return lead(request, first["url"], onward)


def resume(request: HttpRequest, state: dict[str, Any]) -> HttpResponse:
    """Go on with a posted request that was set aside, unless it is another's turn or too old.

    allauth calls it when the factor was given (`stash_and_reauthenticate`).
    """
    onward = get_next_redirect_url(request) or "/"
    fresh = time.time() - state["at"] < settings.STEP_UP_AGE.total_seconds()
    if onward != state["onward"] or not fresh:
        return redirect(onward)
    match = resolve(state["path_info"])
    request.method = "POST"
    request.path, request.path_info = state["path"], state["path_info"]
    request.META |= {"REQUEST_METHOD": "POST", "QUERY_STRING": state["query"]}
    request.GET = QueryDict(state["query"])
    request.POST = QueryDict(state["body"])
    request.resolver_match = match
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


def _set_aside(request: HttpRequest) -> dict[str, Any]:
    body = request.POST.copy()
    body.pop(TOKEN, None)
    state = {
        "onward": request.get_full_path(),
        "path": request.path,
        "path_info": request.path_info,
        "query": request.META.get("QUERY_STRING", ""),
        "body": body.urlencode(),
        "at": time.time(),
    }
    return {"state": state, "callback": f"{__name__}.resume"}
