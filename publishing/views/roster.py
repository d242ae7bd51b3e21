"""Pembagian tinjauan: pools of reviewers, the duty roster, trusted agencies and inner steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import acts
from accounts.acts import NotNow
from accounts.http import changes
from accounts.models import Agency
from accounts.policy import Action, may
from publishing.forms.roster import DutyForm, PoolForm
from publishing.http import SignedInRequest
from publishing.models import Duty, Pool
from publishing.workflow import roster as verbs

SEES = (Action.KEEP_ROSTER, Action.REVIEW, Action.SET_INNER_STEP)


@login_required
@require_safe
def roster(request: SignedInRequest) -> HttpResponse:
    """Who reviews for whom, who is on duty; for a head only the own agency's inner step."""
    acts.require(request.user, *SEES)
    asked = request.GET.get("pool", "")
    pool = Pool.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return _page(request, pool_form=PoolForm(instance=pool)) if pool else _page(request)


def _page(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    user = request.user
    whole = may(user, Action.REVIEW)
    agencies = Agency.objects.open().order_by("short_name")
    context = {
        "may_keep": may(user, Action.KEEP_ROSTER),
        "whole": whole,
        "pools": Pool.objects.prefetch_related("reviewers", "agencies") if whole else [],
        "duties": Duty.objects.to_come().select_related("person") if whole else [],
        "agencies": agencies if whole else agencies.filter(pk=user.agency_id or 0),
        "pool_form": PoolForm() if whole else None,
        "duty_form": DutyForm() if whole else None,
    }
    return render(request, "publishing/roster.html", context | more, status=status)


@login_required
@require_POST
def keep_pool(request: SignedInRequest) -> HttpResponse:
    """A new pool, or (`pool`) what an old one becomes."""
    acts.require(request.user, Action.KEEP_ROSTER)
    known = request.POST.get("pool", "")
    pool = get_object_or_404(Pool, pk=int(known)) if known.isdecimal() else Pool()
    form = PoolForm(request.POST, instance=pool)
    if not form.is_valid():
        return _page(request, pool_form=form, status=422)
    said = form.cleaned_data
    members = {"reviewers": said["reviewers"], "agencies": said["agencies"]}
    verbs.keep_pool(form.instance, by=request.user, **members)
    messages.success(request, _("Kelompok %(name)s disimpan.") % {"name": pool.name})
    return redirect("roster")


@changes
def drop_pool(request: SignedInRequest, pk: int) -> HttpResponse:
    verbs.drop_pool(get_object_or_404(Pool, pk=pk), by=request.user)
    messages.success(request, _("Kelompok dihapus. OPD-nya ditinjau siapa saja."))
    return redirect("roster")


@login_required
@require_POST
def name_duty(request: SignedInRequest) -> HttpResponse:
    acts.require(request.user, Action.KEEP_ROSTER)
    form = DutyForm(request.POST)
    if not form.is_valid():
        return _page(request, duty_form=form, status=422)
    said = form.cleaned_data
    try:
        verbs.name_duty(said["person"], said["begins"], said["ends"], by=request.user)
    except NotNow as reason:
        form.add_error(None, str(reason))
        return _page(request, duty_form=form, status=422)
    messages.success(request, _("Piket dicatat."))
    return redirect("roster")


@changes
def end_duty(request: SignedInRequest, pk: int) -> HttpResponse:
    verbs.end_duty(get_object_or_404(Duty, pk=pk), by=request.user)
    messages.success(request, _("Piket diakhiri."))
    return redirect("roster")


def _of_agency(verb: Callable[[SignedInRequest, Agency], None]) -> Callable[..., HttpResponse]:
    """A change of one agency's way through the review; leads back to the roster."""

    @changes
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        acts.require(request.user, *SEES)
        verb(request, get_object_or_404(Agency, pk=pk))
        messages.success(request, _("Disimpan."))
        return redirect("roster")

    return view


@_of_agency
def set_trust(request: SignedInRequest, agency: Agency) -> None:
    because, wanted = request.POST.get("because", ""), request.POST.get("wanted") == "1"
    verbs.set_trust(agency, wanted, by=request.user, because=because)


@_of_agency
def set_inner_step(request: SignedInRequest, agency: Agency) -> None:
    wanted = request.POST.get("wanted") == "1"
    verbs.set_inner_step(agency, wanted, by=request.user)
