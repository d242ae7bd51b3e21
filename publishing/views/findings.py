"""What the guidelines find: a part of the composer, a page of its own, and the answers to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.policy import Action, may
from publishing import asking, findings, loading, workflow
from publishing.http import SignedInRequest, fragment
from publishing.marking import segments
from publishing.models import Post
from publishing.workflow import NotAllowed, TooLate, WordsNeeded

PAGE = 20


@fragment
@require_safe
@vary_on_headers("HX-Request")
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands in a draft, or in what was handed in."""
    return _page(request, _find(request, pk))


@fragment
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The author says that a warning was checked, or asks a reviewer to let something pass."""
    post, sent = _find(request, pk), request.POST
    words, mistaken = sent.get("tap") or sent.get("because", ""), "mistaken" in sent
    try:
        workflow.answer(post, sent.get("key", ""), by=request.user, words=words, mistaken=mistaken)
    except (WordsNeeded, TooLate) as reason:
        return _page(request, post, wrong=str(reason), status=422)
    return _page(request, post) if request.htmx else redirect("findings", pk)


@login_required
@require_safe
def exceptions(request: SignedInRequest) -> HttpResponse:
    """What authors ask reviewers to let pass."""
    if not may(request.user, Action.REVIEW):
        raise NotAllowed(_("Halaman ini untuk peninjau."))
    page = Paginator(asking.pending(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "publishing/exceptions.html", {"page": page})


@login_required
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reviewer lets something pass, or does not, and says why."""
    post, sent = get_object_or_404(asking.reachable(request.user), pk=pk), request.POST
    waive, words = sent.get("do") == "waive", sent.get("because", "")
    try:
        workflow.decide(post, sent.get("key", ""), by=request.user, waive=waive, words=words)
    except (WordsNeeded, TooLate) as reason:
        messages.warning(request, str(reason))
        return redirect(_back(request, post))
    messages.success(request, _("Diizinkan.") if waive else _("Tidak diizinkan. Penulisnya tahu."))
    return redirect(_back(request, post))


def _back(request: SignedInRequest, post: Post) -> str:
    """Where the decision was made: beside the findings, or in the list."""
    if request.POST.get("back") == "findings":
        return reverse("findings", args=[post.pk])
    return reverse("exceptions")


def _find(request: SignedInRequest, pk: int) -> Post:
    post = get_object_or_404(loading.for_findings(Post.objects.visible_to(request.user)), pk=pk)
    if not (may(request.user, Action.WRITE, post) or may(request.user, Action.REVIEW)):
        raise NotAllowed(_("Halaman ini untuk penulis dan peninjau unggahan."))
    return post


def _page(request: SignedInRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The list with the marked text. `more`: what was `wrong` with an answer."""
    found = findings.now(post)
    writes = post.is_editable and may(request.user, Action.WRITE, post)
    context: dict[str, Any] = {"post": post, "found": found, "writes": writes}
    context["judges"] = not request.htmx and may(request.user, Action.WAIVE, post)
    context["left"] = findings.unsettled(found)
    context["texts"] = _marked(found)
    if request.htmx and writes:  # the composer's line of what is missing hears of it too
        context["gaps"] = [*workflow.lacking(post), *workflow.of_words(found)]
    name = "compose/_findings.html" if request.htmx else "findings.html"
    # htmx swaps nothing in after a 4xx
    return render(
        request, f"publishing/{name}", context | more, status=200 if request.htmx else status
    )


def _marked(found: list[findings.Standing]) -> list[tuple[str, Any]]:
    """(label, segments) of each text in which something was found."""
    texts = {one.placed.passage.place: one for one in found}
    return [
        (
            one.label,
            segments(
                one.placed.passage.text,
                [other.found for other in found if other.placed.passage.place == place],
            ),
        )
        for place, one in texts.items()
    ]
