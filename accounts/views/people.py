"""Pengguna: who is here, who is invited, and what becomes of them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import acts, people, second_factor
from accounts.acts import NotNow
from accounts.forms.people import InvitationForm, LeavingForm, PeopleSearch, PersonForm
from accounts.http import SignedInRequest, changes
from accounts.models import Act, Agency, Invitation, Role, User
from accounts.policy import Action, may
from accounts.step_up import with_fresh_factor

PER_PAGE = 25
FEW = 20
SEES = (Action.KEEP_PEOPLE, Action.PROPOSE_PEOPLE, Action.INVITE_AUTHORS)


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """Everybody whom this person looks after, and a form to invite one more."""
    acts.require(request.user, *SEES)
    if request.method != "POST":
        return _list(request, InvitationForm(own=_own(request.user)))
    form = InvitationForm(request.POST, own=_own(request.user))
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        people.invite(form.invitation(), by=request.user)
    except NotNow as reason:
        form.add_error("email", str(reason))
        return _list(request, form, status=422)
    messages.success(request, _said(request.user, form.cleaned_data["email"]))
    return redirect("people")


def _said(by: User, email: str) -> str:
    if may(by, Action.KEEP_PEOPLE) or may(by, Action.INVITE_AUTHORS):
        return _("Undangan dikirim ke %(email)s. Berlaku 7 hari.") % {"email": email}
    return _("Usul dicatat. Undangan dikirim setelah disetujui admin.")


def _own(user: User) -> Agency | None:
    """The one agency to which this person's look is limited; None for the whole regency."""
    if may(user, Action.KEEP_PEOPLE) or may(user, Action.PROPOSE_PEOPLE):
        return None
    return user.agency


def _seen_by(user: User) -> QuerySet[User]:
    everybody = User.objects.select_related("agency").order_by("name")
    own = _own(user)
    return everybody.filter(agency=own) if own else everybody


def _list(request: SignedInRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    search, own = PeopleSearch(request.GET), _own(request.user)
    invited = Invitation.objects.open().select_related("agency", "asked_by")
    context = {
        "search": search,
        "page": Paginator(search.narrow(_seen_by(request.user)), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "invited": (invited.filter(agency=own) if own else invited)[:FEW],
        "form": form,
        "own": own,
        "decides": may(request.user, Action.KEEP_PEOPLE) or own is not None,
        "may_delegate": own is None,
    }
    return render(request, "accounts/people.html", context, status=status)


@login_required
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: what they may, and what was done to them."""
    acts.require(request.user, *SEES)
    return _page(request, get_object_or_404(_seen_by(request.user), pk=pk))


@login_required
@require_POST
@with_fresh_factor
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name, role, or other agencies."""
    acts.require(request.user, Action.KEEP_PEOPLE)
    whom = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, whom, form=form, status=422)
    if not _change(request, whom, form):
        return _page(request, whom, form=form, status=422)
    messages.success(request, _("Data %(person)s disimpan.") % {"person": whom})
    return redirect("person", pk)


def _change(request: SignedInRequest, whom: User, form: PersonForm) -> bool:
    """Whether it could be changed; otherwise the form says why not."""
    given = form.cleaned_data
    role, agencies = Role(given["role"]), list(given["agencies"])
    try:
        people.change(whom, by=request.user, name=given["name"], role=role, agencies=agencies)
    except NotNow as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _page(request: SignedInRequest, whom: User, *, status: int = 200, **more: Any) -> HttpResponse:
    now = {"name": whom.name, "role": whom.role, "agencies": whom.employers()}
    context = {
        "person": whom,
        "form": PersonForm(initial=now),
        "leaving": LeavingForm(person=whom),
        "acts": Act.objects.filter(person=whom).select_related("actor")[:FEW],
        "delegations": whom.given.select_related("taker")[:FEW],
        "has_factor": second_factor.has_factor(whom),
        "may_change": may(request.user, Action.KEEP_PEOPLE) and whom != request.user,
    }
    return render(request, "accounts/person.html", context | more, status=status)


@with_fresh_factor
@changes
def deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    acts.require(request.user, Action.KEEP_PEOPLE)
    whom = get_object_or_404(User, pk=pk)
    form = LeavingForm(request.POST, person=whom)
    if not form.is_valid():
        return _page(request, whom, leaving=form, status=422)
    given = form.cleaned_data
    people.deactivate(whom, by=request.user, heir=given["heir"], reason=given["reason"])
    messages.success(
        request, _("%(person)s dinonaktifkan; semua sesinya berakhir.") % {"person": whom}
    )
    return redirect("person", pk)


@with_fresh_factor
@changes
def reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    acts.require(request.user, Action.KEEP_PEOPLE)
    whom = get_object_or_404(User, pk=pk)
    people.reactivate(whom, by=request.user)
    messages.success(request, _("%(person)s dapat masuk lagi.") % {"person": whom})
    return redirect("person", pk)


@with_fresh_factor
@changes
def clear_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody lost their second factor: they set up a new one at their next sign-in."""
    acts.require(request.user, Action.KEEP_PEOPLE)
    whom = get_object_or_404(User, pk=pk)
    second_factor.clear(whom, by=request.user)
    messages.success(
        request, _("Faktor kedua dihapus. Saat masuk lagi, orang ini memasang yang baru.")
    )
    return redirect("person", pk)


@changes
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send an invitation's letter anew; an admin thereby agrees to what was only proposed."""
    invitation = get_object_or_404(Invitation, pk=pk)
    people.send_again(invitation, by=request.user)
    messages.success(request, _("Undangan dikirim ke %(email)s.") % {"email": invitation.email})
    return redirect("people")


@changes
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    people.withdraw(invitation, by=request.user)
    messages.success(request, _("Undangan untuk %(email)s ditarik.") % {"email": invitation.email})
    return redirect("people")
