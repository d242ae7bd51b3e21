"""Delegasi: who stands in for whom while they are on leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import acts, leave
from accounts.acts import NotNow
from accounts.forms.people import DelegationForm
from accounts.http import SignedInRequest, changes
from accounts.models import Delegation
from accounts.policy import Action, may
from accounts.step_up import with_fresh_factor

FEW = 50


@login_required
@with_fresh_factor
def delegations(request: SignedInRequest) -> HttpResponse:
    """Who is away now or soon, and a form for one more."""
    acts.require(request.user, Action.KEEP_PEOPLE, Action.PROPOSE_PEOPLE)
    form = DelegationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _keep(request, form):
        return redirect("delegations")
    context = {
        "form": form,
        "found": Delegation.objects.select_related("giver", "taker", "asked_by")[:FEW],
        "may_agree": may(request.user, Action.KEEP_PEOPLE),
    }
    return render(request, "accounts/delegations.html", context, status=422 if form.errors else 200)


def _keep(request: SignedInRequest, form: DelegationForm) -> bool:
    """Whether it could be kept; otherwise the form says why not."""
    try:
        made = leave.delegate(form.instance, by=request.user)
    except NotNow as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _said(made))
    return True


def _said(made: Delegation) -> str:
    if made.agreed_by is None:
        return _("Usul delegasi dicatat. Berlaku setelah disetujui admin.")
    return _("%(taker)s menggantikan %(giver)s.") % {"taker": made.taker, "giver": made.giver}


@with_fresh_factor
@changes
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    leave.agree(get_object_or_404(Delegation, pk=pk), by=request.user)
    messages.success(request, _("Delegasi disetujui."))
    return redirect("delegations")


@changes
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    leave.end(get_object_or_404(Delegation, pk=pk), by=request.user)
    messages.success(request, _("Delegasi diakhiri."))
    return redirect("profile" if request.POST.get("back") == "profile" else "delegations")
