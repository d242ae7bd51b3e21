"""The decisions about a submission; each leads on to the next item of the queue."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policy import Action, may
from publishing import checklist, findings, workflow
from publishing.checklist import Unchecked
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.queue import tabs
from publishing.views import post as post_page
from publishing.views.review import find, page, page_again, words_sent
from publishing.workflow import ReasonNeeded, TooClose, Unsettled, WordsNeeded, blocks


def _minds_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decision is not made while a note beside it is being written: its words would be lost."""

    @wraps(view)
    def wrapper(request: SignedInRequest, pk: int) -> HttpResponse:
        unkept = _unkept(request)
        if unkept is None:
            return view(request, pk)
        said = _("Ada catatan yang belum disimpan. Simpan atau kosongkan dahulu, lalu putuskan.")
        more = {"wrong": said, "wrong_at": unkept, "unkept": True}
        return page_again(request, find(request, pk), status=422, **more)

    return wrapper


def _unkept(request: SignedInRequest) -> int | str | None:
    """The thread to which somebody is writing, or "new"; None when nobody wrote anything.

    A quote alone is nobody's words: a selection put it there.
    """
    typed = [name for name in request.POST if request.POST[name].strip()]
    if "note-words" in typed or "note-reason" in typed:
        return "new"
    threads = (name.removeprefix("reply-") for name in typed if name.startswith("reply-"))
    return next((int(one) if one.isdecimal() else "new" for one in threads), None)


@moves_post
@_minds_words
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    at_once = "at_once" in request.POST
    try:
        workflow.approve(find(request, pk), **judgement(request), at_once=at_once)
    except Unchecked as unchecked:
        return page(request, find(request, pk), unchecked=unchecked, status=422)
    except TooClose as close:
        return page(request, find(request, pk), too_close=close, status=409)
    except Unsettled as unsettled:
        return page(request, find(request, pk), unsettled=unsettled, status=422)
    return _go_on(request)


@moves_post
def waive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let pass what blocks. No redirect: what was ticked and written so far stays."""
    post, key, status = find(request, pk), request.POST.get("waive", ""), 200
    words = request.POST.get(f"because-{key}", "")
    try:
        workflow.decide(post, key, by=request.user, waive=True, words=words)
    except WordsNeeded as missing:
        messages.warning(request, str(missing))
        status = 422
    else:
        messages.success(request, _("Diizinkan. Tekan “Setujui” bila semuanya beres."))
    left = blocks(findings.now(post))
    return page(request, post, unsettled=Unsettled(left) if left else None, status=status)


@moves_post
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    post = find(request, pk)
    workflow.undo(post, by=request.user, seen=seen_version(request))
    messages.success(request, _("Keputusan diurungkan. Unggahan ini kembali ke antrean."))
    return redirect("review", pk)


@moves_post
@_minds_words
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _against(request, pk, "send_back", workflow.send_back)


@moves_post
@_minds_words
def reject(request: SignedInRequest, pk: int) -> HttpResponse:
    return _against(request, pk, "reject", workflow.reject)


def _against(
    request: SignedInRequest, pk: int, verb: str, decide: Callable[..., None]
) -> HttpResponse:
    post = find(request, pk)
    try:
        decide(post, **judgement(request), **words_sent(request)[verb])
    except ReasonNeeded as missing:
        said: dict[str, Any] = {"missing": missing, "open": verb, "status": 422}
        if not may(request.user, Action.REVIEW):  # a head, at the page of the post
            return post_page.page(request, post, **said, kept=words_sent(request)[verb])
        return page(request, post, **said)
    return _go_on(request)


def judgement(request: SignedInRequest) -> dict[str, Any]:
    """Who decides, on exactly what they saw, and what they looked at."""
    return {
        "by": request.user,
        "seen": seen_version(request),
        "revision": request.POST.get("revision", ""),
        "checklist": checklist.read(request.POST),
    }


def _go_on(request: SignedInRequest) -> HttpResponse:
    """After a decision: the next one to decide, or the empty queue; a head goes home."""
    if not may(request.user, Action.REVIEW):
        messages.success(request, _("Dikembalikan kepada penulisnya."))
        return redirect("home")
    following = tabs.next_for(request.user)
    to = reverse("review", args=[following.pk]) if following else reverse("queue")
    return redirect(f"{to}?decided")
