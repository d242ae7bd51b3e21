"""Bantuan: a first page for each role, and a page for each topic; open to everybody signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing import guide, states
from publishing.forms import plan_csv, plan_rows
from publishing.http import SignedInRequest


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """What this person does most, the topics that concern them, and the others."""
    own, others = guide.topics(request.user)
    context = {
        "welcome": guide.welcome(request.user, settings.REVIEW_UNIT),
        "tasks": guide.first_tasks(request.user),
        "own": own,
        "others": others,
    }
    return render(request, "publishing/help/index.html", context)


@login_required
@require_safe
def topic(request: SignedInRequest, slug: str) -> HttpResponse:
    """One topic, with the ways to where it is done."""
    found = guide.TOPICS.get(slug)
    if found is None:
        raise Http404(slug)
    own, _others = guide.topics(request.user)
    context: dict[str, Any] = {
        "topic": found,
        "tasks": guide.tasks_about(found, request.user),
        "next": [other for other in own if other is not found],
    }
    return render(request, f"publishing/help/{slug}.html", context | _tables(slug))


def _tables(slug: str) -> dict[str, Any]:
    """What a topic lists that is kept elsewhere: states, columns of the plan."""
    if slug == "states":
        posts, deliveries, holds = states.of_posts(), states.of_deliveries(), states.of_holds()
        return {"posts": posts, "deliveries": deliveries, "holds": holds}
    if slug == "plan":
        columns = {"columns": plan_rows.COLUMNS, "required": plan_rows.REQUIRED}
        return columns | {"sample": plan_csv.SAMPLE}
    return {}
