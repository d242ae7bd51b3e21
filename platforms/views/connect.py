"""The connect wizard: which account, what must be true, the platform's consent, what to keep."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts import acts
from accounts.acts import NotNow
from accounts.http import SignedInRequest, changes, tells
from accounts.policy import Action
from accounts.step_up import with_fresh_factor
from platforms import connect, registry
from platforms.adapters.connecting import (
    Asked,
    Begun,
    ConsentLogin,
    Entrance,
    Inspection,
    Login,
    PasswordLogin,
    Return,
)
from platforms.connect import Errand
from platforms.forms.connect import BeginForm, PastedForm, SignInForm
from platforms.models import Channel


@login_required
@with_fresh_factor
def begin(request: SignedInRequest) -> HttpResponse:
    """Which agency, which platform; or straight on to reconnect the channel of `?channel=`."""
    acts.require(request.user, Action.CONNECT)
    if "channel" in request.GET:
        return _reconnect(request, request.GET["channel"])
    form = BeginForm(request.POST if request.method == "POST" else request.GET or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        connect.remember(request.session, Errand(chosen["login"], chosen["agency"].pk))
        return redirect("connect_preflight", chosen["login"])
    status = 422 if request.method == "POST" else 200
    return render(request, "platforms/connect/begin.html", {"form": form}, status=status)


def _reconnect(request: SignedInRequest, wanted: str) -> HttpResponse:
    channel = get_object_or_404(
        Channel.objects.visible_to(request.user), pk=int(wanted) if wanted.isdecimal() else 0
    )
    login = channel.adapter.login()
    errand = Errand(login.key, channel.agency_id, channel.pk, kept=connect.same_phone(channel))
    connect.remember(request.session, errand)
    return redirect("connect_preflight", login.key)


@tells
@never_cache
@require_safe
def preflight(request: SignedInRequest, login: str) -> HttpResponse:
    """What must be true before setting out, and the two ways to set out."""
    acts.require(request.user, Action.CONNECT)
    return _preflight(request, _login(login), connect.recall(request.session, login))


def _login(key: str) -> Login:
    try:
        return registry.logins()[key]
    except KeyError:
        raise Http404(key) from None


def _preflight(
    request: SignedInRequest, login: Login, errand: Errand, *, status: int = 200, **more: Any
) -> HttpResponse:
    known = Channel.objects.filter(pk=errand.channel or 0).first()
    forms = {
        "pasted": PastedForm(login=login) if login.pasted else None,
        "signing_in": SignInForm(initial={"name": known.handle if known else ""}),
    }
    context = connect.preflight(login, errand) | forms | {"channel": known} | more
    return render(request, "platforms/connect/preflight.html", context, status=status)


@with_fresh_factor
@changes
def set_out(request: SignedInRequest, login: str) -> HttpResponse:
    """Off to the platform's consent page, by a link of a page of ours (form-action is 'self')."""
    acts.require(request.user, Action.CONNECT)
    way, errand = _login(login), connect.recall(request.session, login)
    if not isinstance(way, ConsentLogin):
        raise Http404(login)
    begun = way.begin(state=errand.state, return_to=connect.return_address(login))
    if not isinstance(begun, Begun):
        return _preflight(request, way, errand, trouble=begun.reason, status=409)
    connect.go_on(request.session, errand, kept=dict(begun.kept))
    context = {"login": way, "address": begun.address}
    return render(request, "platforms/connect/set_out.html", context)


@tells
@never_cache
@require_safe
def returned(request: SignedInRequest, login: str) -> HttpResponse:
    """Back from the platform, with a yes or a no."""
    acts.require(request.user, Action.CONNECT)
    way, errand = _login(login), connect.recall(request.session, login)
    answer = request.GET.dict()
    connect.came_back(errand, answer)
    if not isinstance(way, ConsentLogin):
        raise Http404(login)
    found = way.returned(answer, kept=errand.kept, return_to=connect.return_address(login))
    return _go_on(request, way, errand, found)


@sensitive_post_parameters()
@with_fresh_factor(keeps=False)
@changes
def paste(request: SignedInRequest, login: str) -> HttpResponse:
    """Credentials that were pasted instead of setting out."""
    acts.require(request.user, Action.CONNECT)
    way, errand = _login(login), connect.recall(request.session, login)
    form = PastedForm(request.POST, login=way)
    if not form.is_valid():
        return _preflight(request, way, errand, pasted=form, status=422)
    given = {key: value.strip() for key, value in form.cleaned_data.items()}
    return _go_on(request, way, errand, way.inspect(given))


@sensitive_post_parameters()
@with_fresh_factor(keeps=False)
@changes
def sign_in(request: SignedInRequest, login: str) -> HttpResponse:
    """With the account's own name and password, which are not kept."""
    acts.require(request.user, Action.CONNECT)
    way, errand = _login(login), connect.recall(request.session, login)
    form = SignInForm(request.POST, goes_on="context" in errand.kept)
    if not isinstance(way, PasswordLogin):
        raise Http404(login)
    if not form.is_valid():
        return _preflight(request, way, errand, signing_in=form, status=422)
    given = form.cleaned_data
    found = way.enter(given["name"], given["password"], code=given["code"], kept=errand.kept)
    return _go_on(request, way, errand, found, signing_in=form)


def _go_on(
    request: SignedInRequest, way: Login, errand: Errand, found: Return | Entrance, **more: Any
) -> HttpResponse:
    """To the accounts that were found; or back to the pre-flight with what stood in the way."""
    if isinstance(found, Inspection):
        errand = connect.go_on(request.session, errand, kept={}, found=connect.pack(found))
        return _choose(request, way, errand, grant=found.checks)
    if isinstance(found, Asked):
        errand = connect.go_on(request.session, errand, kept=dict(found.kept))
    return _preflight(request, way, errand, trouble=found.reason, status=409, **more)


def _choose(
    request: SignedInRequest, way: Login, errand: Errand, *, status: int = 200, **more: Any
) -> HttpResponse:
    offers = connect.offers(errand)
    context = {"login": way, "offers": offers, "usable": any(not one.obstacle for one in offers)}
    return render(request, "platforms/connect/choose.html", context | more, status=status)


@with_fresh_factor
@changes
def keep(request: SignedInRequest, login: str) -> HttpResponse:
    """Keep what was chosen."""
    way, errand = _login(login), connect.recall(request.session, login)
    try:
        kept = connect.keep(errand, request.POST.getlist("account"), by=request.user)
    except NotNow as reason:
        return _choose(request, way, errand, trouble=str(reason), status=422)
    connect.forget(request.session)
    names = ", ".join(str(channel) for channel in kept)
    messages.success(request, _("Terhubung: %(names)s.") % {"names": names})
    return redirect("channel", kept[0].pk) if len(kept) == 1 else redirect("channels")
