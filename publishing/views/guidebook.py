"""Pedoman: what may be said, in plain words; everybody who writes or reviews says they read it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import Action, may
from publishing import guidebook
from publishing.http import SignedInRequest
from publishing.workflow import NotAllowed

PAGE = 50


@login_required
@require_safe
def read(request: SignedInRequest) -> HttpResponse:
    """The guidelines on one page, and at its end the pledge of those who owe it."""
    context = {
        "version": guidebook.VERSION,
        "since": guidebook.SINCE,
        "changes": guidebook.CHANGES,
        "sections": guidebook.SECTIONS,
        "owes": guidebook.owes(request.user),
        "next": _next(request),
        "unit": settings.REVIEW_UNIT,
        "may_see_readers": may(request.user, Action.REVIEW),
    }
    return render(request, "publishing/guidebook.html", context)


@login_required
@require_POST
def pledge(request: SignedInRequest) -> HttpResponse:
    guidebook.pledge(request.user)
    messages.success(request, _("Tercatat. Terima kasih sudah membaca pedoman."))
    return redirect(_next(request))


@login_required
@require_safe
def readers(request: SignedInRequest) -> HttpResponse:
    """Who has read it, for the reviewing unit."""
    if not may(request.user, Action.REVIEW):
        raise NotAllowed(_("Halaman ini untuk peninjau."))
    context = {
        "page": Paginator(guidebook.readers(), PAGE).get_page(request.GET.get("page")),
        "left": guidebook.not_yet(),
        "version": guidebook.VERSION,
    }
    return render(request, "publishing/guidebook_readers.html", context)


def _next(request: SignedInRequest) -> str:
    """Where the person was going, if that is a page of ours; else Beranda."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else "/"
