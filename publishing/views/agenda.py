"""Kalender: the page, one day of it, a post's move to another hour, and the move back."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Agency, User
from accounts.policy import Action, may, reads_everybody
from platforms import registry
from publishing import slots, workflow
from publishing.agenda import days, hints, marks, periods, tray
from publishing.agenda.days import Chip
from publishing.forms.moving import Target
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.models import Post
from publishing.views import agenda_undo
from publishing.workflow import BadTime


@login_required
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month, a week or seven days; the address carries everything."""
    user, period = request.user, periods.asked(request.GET)
    may_move = partial(workflow.can_move, user)
    shown = days.days(user, period, may_move)
    context = {
        "period": period,
        "days": shown,
        "weeks": [shown[n : n + 7] for n in range(0, len(shown), 7)],
        "tray": tray.tray(user, period, may_move),
        "fresh": agenda_undo.fresh(request),
    }
    return render(request, "publishing/calendar.html", context | _around(user, period, shown))


def _around(user: User, period: periods.Period, shown: list[days.Day]) -> dict[str, Any]:
    """What stands around the grid: filters, warnings, special times, ways to other pages."""
    strip = days.strip(shown, period)
    return {
        "strip": strip,
        "is_empty": not any(day.says_something for day in strip),
        "states": days.states(shown),
        "crowded": hints.crowded(shown),
        "spans": marks.spans(period.first, period.last),
        "agencies": Agency.objects.open() if reads_everybody(user) else [],
        "platforms": registry.platforms(),
        "may_write": may(user, Action.WRITE),
        "may_feed": reads_everybody(user) or may(user, Action.WRITE),
    } | _near(user, period)


def _near(user: User, period: periods.Period) -> dict[str, Any]:
    """Posts of one channel too close together: the nearest in words, all on their chips."""
    found = hints.collisions(user, period)
    near = {post for one in found for post in one.posts}
    return {"collisions": found[: hints.FEW], "near": near}


@login_required
@require_safe
def day(request: SignedInRequest, on: str) -> HttpResponse:
    """Everything of one day, and its hours that are still free: a page, or what a dialog shows."""
    user, wanted = request.user, periods.day_of(on)
    if wanted is None:
        raise Http404
    period = periods.asked(request.GET)
    context = _one_day(user, period, wanted, _page(request))
    context |= _near(user, replace(period, view=periods.AGENDA, on=wanted))
    part = "_day" if request.htmx else "day"
    return render(request, f"publishing/calendar/{part}.html", context)


def _one_day(user: User, period: periods.Period, on: date, page: int) -> dict[str, Any]:
    shown = days.one_day(user, period, on, page, partial(workflow.can_move, user))
    return {
        "period": period,
        "day": shown,
        "free": hints.free_hours(user, period, on),
        "states": days.states([shown]),
        "before": page - 1 if page else None,
        "after": page + 1 if shown.count > (page + 1) * days.PER_PAGE else None,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pindahkan: a form with free hours, and what it asks for."""
    return _moved(request, pk) if request.method == "POST" else _asking(request, pk)


def _asking(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    workflow.require(request.user, _right(post), post)
    hour = workflow.hour_of(post)
    form = Target.showing(hour, periods.day_of(request.GET.get("ke", "")))
    there = {"d": timezone.localdate(hour).isoformat()} if hour else {}
    return _form(request, post, form, periods.asked(request.GET or there))


@moves_post
def _moved(request: SignedInRequest, pk: int) -> HttpResponse:
    post, form = _find(request, pk), Target(request.POST)
    workflow.require(request.user, _right(post), post)
    period = periods.asked(QueryDict(request.POST.get("back", "").removeprefix("?")))
    if not form.is_valid():
        return _form(request, post, form, period, status=422)
    old = workflow.hour_of(post)
    try:
        workflow.move(post, by=request.user, seen=seen_version(request), to=form.at)
    except BadTime as error:
        form.add_error(None, str(error))
        return _form(request, post, form, period, status=422)
    agenda_undo.remember(request, post, old)
    return redirect(reverse("calendar") + period.query)


@moves_post
def move_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Urungkan: only the person's own last move, for ten seconds."""
    post, version = _find(request, pk), seen_version(request)
    workflow.require(request.user, _right(post), post)
    old = agenda_undo.taken(request, post, version)
    workflow.move_back(post, by=request.user, seen=version, to=old)
    agenda_undo.tell(request, old)
    period = periods.asked(QueryDict(request.POST.get("back", "").removeprefix("?")))
    return redirect(reverse("calendar") + period.query)


def _form(
    request: SignedInRequest, post: Post, form: Target, period: periods.Period, status: int = 200
) -> HttpResponse:
    states = [delivery.status for delivery in post.deliveries.all()]
    movable = workflow.can_move(request.user, post, states)
    context = {
        "post": post,
        "chip": Chip(post, workflow.hour_of(post), states, movable),
        "form": form,
        "period": period,
        "free": slots.free(post, timezone.now()) if movable else [],
    }
    part = "_move" if request.htmx else "move"
    return render(request, f"publishing/calendar/{part}.html", context, status=status)


def _find(request: SignedInRequest, pk: int) -> Post:
    visible = Post.objects.visible_to(request.user).select_related("agency__desk")
    return get_object_or_404(visible.prefetch_related("variants", "deliveries"), pk=pk)


def _right(post: Post) -> Action:
    return Action.WRITE if post.status in Post.WRITTEN else Action.RESCHEDULE


def _page(request: SignedInRequest) -> int:
    asked = request.GET.get("hal", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
