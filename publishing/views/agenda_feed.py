"""The calendar in other apps: a person's feed addresses, and what is read there."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.policy import Action, may, reads_everybody
from publishing.agenda import feed as book
from publishing.forms.feeds import FeedForm
from publishing.http import SignedInRequest
from publishing.models import CalendarFeed
from publishing.workflow import NotAllowed
from publishing.workflow import feeds as verbs


@login_required
@require_safe
def feeds(request: SignedInRequest) -> HttpResponse:
    """One's own addresses; a new one is shown this once."""
    _require(request.user)
    return _page(request, FeedForm(request.user))


@login_required
@require_POST
def make(request: SignedInRequest) -> HttpResponse:
    _require(request.user)
    form = FeedForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    try:
        secret = verbs.make(said["agency"], said["name"], by=request.user)
    except verbs.TooMany as reason:
        form.add_error(None, str(reason))
        return _page(request, form, status=422)
    address = settings.PUBLIC_URL + reverse("calendar_feed", args=[secret])
    return _page(request, FeedForm(request.user), address=address)


@login_required
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(CalendarFeed, pk=pk, owner=request.user)
    verbs.revoke(one, by=request.user)
    messages.success(request, _("Alamat itu dicabut. Kalender yang memakainya tidak diisi lagi."))
    return redirect("calendar_feeds")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For whoever holds the address: no sign-in, and nothing but this agency's calendar."""
    known = book.find(secret)
    if known is None:
        raise Http404
    try:
        verbs.read(known)
    except verbs.TooOften:
        pause = str(int(verbs.WINDOW.total_seconds()))
        return HttpResponse(_("Terlalu sering dibaca."), status=429, headers={"Retry-After": pause})
    text = book.text(known)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    mark = answer["ETag"] = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    answer["Cache-Control"] = "private, max-age=300"
    return get_conditional_response(request, etag=mark, response=answer) or answer


def _page(
    request: SignedInRequest, form: FeedForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    own = CalendarFeed.objects.in_force().filter(owner=request.user).select_related("agency")
    context = {"feeds": own, "form": form} | more
    answer = render(request, "publishing/calendar/feeds.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _require(user: User) -> None:
    if not (reads_everybody(user) or (may(user, Action.WRITE) and user.agency_id)):
        raise NotAllowed(_("Kalender OPD hanya untuk orang yang boleh melihat unggahannya."))
