"""OPD: the agencies of the regency, and what a Perda makes of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import acts, agencies
from accounts.acts import NotNow
from accounts.forms.agencies import AgencyForm, ChangeForm
from accounts.http import SignedInRequest, changes
from accounts.models import Agency, AgencyChange
from accounts.policy import Action, may
from accounts.step_up import with_fresh_factor

SEES = (Action.KEEP_AGENCIES, Action.PROPOSE_AGENCIES)
FEW = 30


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """All agencies, and for an admin a form for a new one."""
    acts.require(request.user, *SEES)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        agency = agencies.found(form.instance, by=request.user)
        messages.success(request, _("%(agency)s ditambahkan.") % {"agency": agency})
        return redirect("agency", agency.pk)
    context = _everything() | {"form": form, "may_keep": may(request.user, Action.KEEP_AGENCIES)}
    return render(request, "accounts/agencies.html", context, status=422 if form.errors else 200)


def _everything() -> dict[str, Any]:
    """All agencies: those that exist, those that are closed, and what is to come."""
    working = Count("people", filter=Q(people__is_active=True))
    every = Agency.objects.annotate(people_count=working).select_related("merged_into")
    return {
        "existing": every.filter(pk__in=Agency.objects.open()).order_by("name"),
        "closed": every.exclude(pk__in=Agency.objects.open()).order_by("-closed_on"),
        "coming": _open_changes(),
    }


def _open_changes() -> Any:
    changes = AgencyChange.objects.filter(done_at=None, declined_at=None)
    return changes.select_related("agency", "into", "asked_by").order_by("on")


@login_required
@require_safe
def agency(request: SignedInRequest, pk: int) -> HttpResponse:
    """One agency: its names, its people, what is to come, and a form for a change."""
    acts.require(request.user, *SEES)
    one = get_object_or_404(Agency.objects.select_related("merged_into"), pk=pk)
    return _page(request, one, ChangeForm(instance=AgencyChange(agency=one)))


@login_required
@require_POST
@with_fresh_factor
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rename, merge or close it, from a day on; a coordinator only proposes."""
    acts.require(request.user, *SEES)
    one = get_object_or_404(Agency, pk=pk)
    form = ChangeForm(request.POST, instance=AgencyChange(agency=one))
    if not form.is_valid():
        return _page(request, one, form, status=422)
    try:
        made = agencies.change(form.instance, by=request.user)
    except NotNow as reason:
        form.add_error(None, str(reason))
        return _page(request, one, form, status=422)
    messages.success(request, _said(made))
    return redirect("agency", pk)


def _said(made: AgencyChange) -> str:
    if made.agreed_by is None:
        return _("Usul dicatat. Berlaku setelah disetujui admin sistem.")
    if made.done_at is None:
        return _("Dicatat. Dilaksanakan sendiri pada harinya.")
    return _("Sudah dilaksanakan.")


def _page(
    request: SignedInRequest, one: Agency, form: ChangeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "agency": one,
        "form": form,
        "people": one.people.filter(is_active=True).order_by("name"),
        "coming": _open_changes().filter(Q(agency=one) | Q(into=one)),
        "history": one.acts.select_related("actor")[:FEW],
        "may_keep": may(request.user, Action.KEEP_AGENCIES),
    }
    return render(request, "accounts/agency.html", context, status=status)


@with_fresh_factor
@changes
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    wanted = get_object_or_404(AgencyChange, pk=pk)
    agencies.agree(wanted, by=request.user)
    messages.success(request, _said(wanted))
    return redirect("agency", wanted.agency_id)


@changes
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    wanted = get_object_or_404(AgencyChange, pk=pk)
    agencies.decline(wanted, by=request.user)
    messages.success(request, _("Perubahan ini dibatalkan."))
    return redirect("agency", wanted.agency_id)
