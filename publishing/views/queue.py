"""Antrean: what waits for a decision, and several decided in one go."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
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
    return render(request, "publishing/queue.html", context | _around(request.user, context))


def _around(user: User, shown: dict[str, Any]) -> dict[str, Any]:
    """What stands beside the list: requests, owed looks, the decision that can be taken back."""
    empty = not shown["rows"] and not shown["search"].narrows
    several = [row for row in shown["rows"] if bulk.fits(row)] if shown["tab"] == tabs.MINE else []
    looks = may(user, Action.AFTERWARDS)
    return {
        "nothing": tabs.nothing_waits(user) if empty else "",
        "asked": asking.pending(user).count(),
        "several": {row.post.pk: bulk.mark(row) for row in several},
        "owed": tabs.owed_afterwards(user)[: bulk.MOST] if looks else [],
        "may_keep_roster": may(user, Action.KEEP_ROSTER),
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
    left = bulk.left(outcomes)
    if done := len(outcomes) - len(left):
        said = ngettext("%(n)s unggahan disetujui.", "%(n)s unggahan disetujui.", done)
        messages.success(request, said % {"n": done})
    for one in left:
        messages.warning(request, f"{one.title}: {one.trouble}")
    return redirect("queue")


def require_reviewer(user: User) -> None:
    """Raise NotAllowed for who does not review."""
    if not may(user, Action.REVIEW):
        unit = {"unit": settings.REVIEW_UNIT}
        raise NotAllowed(_("Antrean ini untuk peninjau %(unit)s.") % unit)
