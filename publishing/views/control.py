"""Jeda pengiriman: the emergency stop and what it held; and /kesehatan, for machines."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import Error
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.policy import Action, may
from accounts.step_up import with_fresh_factor
from publishing import decisions, vitals
from publishing.delivery import manual, pause
from publishing.forms.pause import PauseForm
from publishing.forms.schedule import Hour
from publishing.http import SignedInRequest, moves_post
from publishing.models import Pause
from publishing.workflow import NotAllowed

RECENT = 10


@login_required
@require_safe
def pauses(request: SignedInRequest) -> HttpResponse:
    """What is stopped, what was already out, what waits for a decision."""
    return _page(request)


@login_required
@require_POST
@with_fresh_factor(because=_lazy("Jeda menghentikan pengiriman seketika, juga milik OPD lain."))
def start_pause(request: SignedInRequest) -> HttpResponse:
    pause.require_start(request.user)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    pause.start(form.target(), reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Pengiriman dijeda. Tidak ada yang dimulai dalam cakupan ini."))
    return redirect("pauses")


@moves_post
@with_fresh_factor(because=_lazy("Setelah jeda berakhir, pengiriman berjalan lagi."))
def end_pause(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        pause.end(get_object_or_404(Pause, pk=pk), by=request.user)
    except pause.AlreadyEnded as reason:
        messages.warning(request, str(reason))
        return _page(request, status=409)
    messages.success(request, _("Jeda diakhiri. Putuskan yang ditahan di bawah ini."))
    return redirect("pauses")


@login_required
@require_POST
def decide(request: SignedInRequest) -> HttpResponse:
    """One choice for all that were ticked."""
    pause.require_earnest(request.user)
    manual.require(request.user)
    hour = Hour(request.POST)
    choice = request.POST.get("choice", "")
    if choice == "put_off" and hour.wanted() is None:
        held = decisions.choices(request.POST.getlist("delivery"))
        return _page(request, hour=hour, held=held, status=422)
    made = decisions.make(request.POST.getlist("delivery"), choice, hour, by=request.user)
    messages.add_message(request, made.level, made.sentence)
    return redirect("pauses")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For machines: 200 when the schedule is kept, 503 when it is not, and why."""
    try:
        signs = vitals.take()
    except Error:
        return JsonResponse({"status": "down", "problems": ["database"]}, status=503)
    return JsonResponse(vitals.as_facts(signs), status=200 if signs.is_well else 503)


def _page(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page. `more`: a form with its errors, or the hour that could not be had."""
    rights = _rights(request.user)
    shown = {
        "running": _named(Pause.objects.active()).prefetch_related(
            "overtaken_by__delivery__channel"
        ),
        "over": _named(Pause.objects.exclude(ended_at=None))[:RECENT],
        "held": decisions.choices(),
        "form": PauseForm(),
        "hour": Hour(),
    }
    return render(request, "publishing/pauses.html", rights | shown | more, status=status)


def _named(found: QuerySet[Pause]) -> QuerySet[Pause]:
    """With everything that a line about a pause names."""
    return found.select_related("agency", "channel", "started_by", "ended_by")


def _rights(user: User) -> dict[str, bool]:
    """Which of the page's buttons this person gets. Raises NotAllowed who may not see it."""
    pause.require_earnest(user)
    if not (may(user, Action.PAUSE) or may(user, Action.READ_ALL)):
        raise NotAllowed(_("Halaman ini untuk peninjau, koordinator, dan admin sistem."))
    return {
        "may_start": may(user, Action.PAUSE),
        "may_end": may(user, Action.END_PAUSE),
        "may_settle": may(user, Action.SETTLE),
    }
