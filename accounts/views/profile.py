"""Profil: who one is here, how one signs in, and where one is signed in."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import ModelForm, modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import codes, second_factor, sessions
from accounts.models import Delegation, User

Name: type[ModelForm[User]] = modelform_factory(User, fields=["name"])


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What is known of me; my name is mine to change."""
    me = User.objects.select_related("agency").get(pk=_me(request).pk)
    form = Name(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Nama disimpan."))
        return redirect("profile")
    shown = {"me": me, "form": form} | _factors(me) | _work(me)
    return render(request, "account/profile.html", shown, status=422 if form.errors else 200)


@login_required
@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    return render(request, "account/sessions.html", {"sessions": sessions.of(_me(request))})


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    if not sessions.end(_me(request), pk):
        raise Http404
    messages.success(request, _("Sesi itu diakhiri."))
    return redirect("sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    ended = sessions.end_all(_me(request), keep=request.session.session_key or "")
    messages.success(request, _("Sesi lain diakhiri: %d.") % ended)
    return redirect("sessions")


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


def _work(me: User) -> dict[str, Any]:
    """For whom this person works, and who stands in for whom today."""
    today = Delegation.objects.in_force()
    return {
        "employers": list(me.employers()),
        "given": today.filter(giver=me).select_related("taker"),
        "taken": today.filter(taker=me).select_related("giver"),
    }


def _factors(me: User) -> dict[str, Any]:
    """What of a second factor this person has."""
    mine = list(Authenticator.objects.filter(user=me).order_by("created_at"))
    kinds = {factor.type: factor for factor in mine}
    recovery = kinds.get(Authenticator.Type.RECOVERY_CODES)
    left = len(recovery.wrap().get_unused_codes()) if recovery else 0
    return {
        "must_give": second_factor.must_give(me),
        "app": kinds.get(Authenticator.Type.TOTP),
        "passkeys": [one for one in mine if one.type == Authenticator.Type.WEBAUTHN],
        "recovery": recovery,
        "left": codes.few_left(left),
        "few": left <= codes.FEW,
    }
