"""Bank fakta: an agency's figures, each with its source, its owner and its last good day."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.policy import Action, may
from publishing.forms.facts import STATES, FactForm, FactSearch
from publishing.http import SignedInRequest, fragment, own_agency
from publishing.models import Fact, Post
from publishing.workflow import NotAllowed

PER_PAGE = 25
TO_PICK = 20
FEW = 10


@login_required
@require_safe
def facts(request: SignedInRequest) -> HttpResponse:
    """The facts that this person may see, by name."""
    if not (may(request.user, Action.WRITE) or may(request.user, Action.READ_ALL)):
        raise NotAllowed(_("Bank fakta untuk penyusun OPD."))
    search = FactSearch(request.GET)
    found = search.narrow(Fact.objects.visible_to(request.user)).select_related("agency")
    context = {
        "search": search,
        "states": [(key, label) for key, (label, _narrowing) in STATES.items()],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_write": may(request.user, Action.WRITE),
    }
    return render(request, "publishing/facts.html", context)


@fragment
@require_safe
def pick(request: SignedInRequest) -> HttpResponse:
    """The own agency's facts that match, as a fragment for a text that is being written."""
    search = FactSearch(request.GET)
    search.full_clean()
    own = Fact.objects.filter(agency=own_agency(request.user)).to_pick()
    found = own.about(search.words)[:TO_PICK]
    return render(request, "publishing/facts/_pick.html", {"found": found, "search": search})


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A fact for the own agency's bank."""
    fact = Fact(agency=own_agency(request.user), added_by=request.user)
    return _receive(request, fact, _("Fakta disimpan di Bank fakta."))


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """One fact, with the drafts that speak of it."""
    return _receive(request, _find(request.user, pk), _("Fakta diperbarui."))


@login_required
@require_POST
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a fact out of use; it stays for the drafts that speak of it."""
    _set_retired(_find(request.user, pk), by_now=True)
    messages.success(request, _("Fakta dihapus. Draf yang masih memakainya diberi tanda."))
    return redirect("facts")


@login_required
@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    _set_retired(_find(request.user, pk), by_now=False)
    messages.success(request, _("Fakta dipakai lagi."))
    return redirect("fact", pk)


def _find(user: User, pk: int) -> Fact:
    """A fact to change. A 404 where it may not be seen; raises NotAllowed where only that."""
    fact = get_object_or_404(Fact.objects.visible_to(user), pk=pk)
    if not may(user, Action.WRITE, fact):
        raise NotAllowed(_("Hanya OPD pemiliknya yang dapat mengubah fakta ini."))
    return fact


def _receive(request: SignedInRequest, fact: Fact, said: str) -> HttpResponse:
    form = FactForm(request.POST if request.method == "POST" else None, instance=fact)
    if form.is_valid():
        form.save()
        messages.success(request, said)
        return redirect("facts")
    using = (
        Post.objects.visible_to(request.user).filter(facts=fact.pk)
        if fact.pk
        else Post.objects.none()
    )
    context = {"form": form, "fact": fact, "using": using.filter(status__in=Post.EDITABLE)[:FEW]}
    return render(
        request, "publishing/facts/edit.html", context, status=422 if form.errors else 200
    )


def _set_retired(fact: Fact, *, by_now: bool) -> None:
    fact.retired_at = timezone.now() if by_now else None
    fact.save(update_fields=["retired_at", "updated_at"])
