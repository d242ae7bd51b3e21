"""Antrean: what waits for a decision, and several decided in one go."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.policy import Action, may
from publishing import asking
from publishing.forms.queue import QueueSearch
from publishing.http import SignedInRequest
from publishing.queue import pages, rows, tabs
from publishing.queue.rows import Row
from publishing.workflow import NotAllowed, bulk


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits, nearest schedule first; and what was sent back or ran out of time."""
    require_reviewer(request.user)
    asked = request.GET.get("tab")
    tab = asked if asked in dict(tabs.TABS) else tabs.MINE
    search = QueueSearch(request.GET)
    found = search.narrow(tabs.posts(request.user, tab))
    page = pages.page(found, request.GET.get("after", ""))
    context: dict[str, Any] = {"tabs": tabs.TABS, "tab": tab, "page": page, "search": search}
    context["rows"] = rows.rows(page.posts, request.user)
    context["fresh"] = tabs.just_decided(request.user) if "decided" in request.GET else None
    context["after"] = request.GET.get("after", "")
    context["just_approved"] = bulk.fresh(request.user, request.GET.getlist("approved"))
    return render(request, "publishing/queue.html", context | _around(request.user, context))


def _around(user: User, shown: dict[str, Any]) -> dict[str, Any]:
    """What stands beside the list: requests, owed looks, the decision that can be taken back."""
    empty = not shown["rows"] and not shown["search"].narrows
    is_mine = shown["tab"] == tabs.MINE
    several = [row for row in shown["rows"] if bulk.fits(row)] if is_mine else []
    others = _waiting_for_others(user) if empty and is_mine else 0
    looks = may(user, Action.AFTERWARDS)
    return {
        "others": others,
        "nothing": tabs.nothing_waits(user) if empty and not others else "",
        "asked": asking.pending(user).count(),
        "several": {row.post.pk: bulk.mark(row) for row in several},
        "owed": tabs.owed_afterwards(user)[: bulk.MOST] if looks else [],
    }


@login_required
@require_POST
def approve_several(request: SignedInRequest) -> HttpResponse:
    """First the list of what was ticked; approved when it is confirmed."""
    require_reviewer(request.user)
    ticked = request.POST.getlist("item")
    if "confirmed" in request.POST and request.POST.get("checked") == "all":
        return _approved(request, bulk.approve(request.user, ticked))
    chosen = bulk.chosen(request.user, ticked)
    if not chosen:
        messages.warning(request, _("Centang unggahan yang sudah Anda baca, lalu coba lagi."))
        return redirect("queue")
    return _list(request, chosen, left=len(set(ticked)) - len(chosen))


def _list(request: SignedInRequest, chosen: list[Row], left: int) -> HttpResponse:
    """What is about to be approved together; pressed without the tick it says what is missing."""
    unchecked = "confirmed" in request.POST
    context = {
        "rows": [(row, bulk.mark(row)) for row in chosen],
        "left": left,
        "unchecked": unchecked,
        "most": bulk.MOST,
    }
    status = 422 if unchecked else 200
    return render(request, "publishing/queue_several.html", context, status=status)


def _approved(request: SignedInRequest, outcomes: list[bulk.Outcome]) -> HttpResponse:
    """Back to the queue, with the marks of what was approved: so long it can be taken back."""
    _tell_left(request, outcomes)
    marks = urlencode([("approved", one.mark) for one in outcomes if one.mark])
    return redirect(f"{reverse('queue')}?{marks}" if marks else "queue")


@login_required
@require_POST
def undo_several(request: SignedInRequest) -> HttpResponse:
    """Every approval of a list back into the queue; what cannot be taken back is named."""
    require_reviewer(request.user)
    outcomes = bulk.undo(request.user, request.POST.getlist("item"))
    if done := len(outcomes) - len(bulk.left(outcomes)):
        said = ngettext("%(n)s persetujuan diurungkan.", "%(n)s persetujuan diurungkan.", done)
        messages.success(request, said % {"n": done})
    _tell_left(request, outcomes)
    return redirect("queue")


def _tell_left(request: SignedInRequest, outcomes: list[bulk.Outcome]) -> None:
    for one in bulk.left(outcomes):
        messages.warning(request, f"{one.title}: {one.trouble}")


def _waiting_for_others(user: User) -> int:
    """How much waits, where nothing is this person's turn."""
    return tabs.posts(user, tabs.ALL).count()


def require_reviewer(user: User) -> None:
    """Raise NotAllowed for who does not review."""
    if not may(user, Action.REVIEW):
        unit = {"unit": settings.REVIEW_UNIT}
        raise NotAllowed(_("Antrean ini untuk peninjau %(unit)s.") % unit)
