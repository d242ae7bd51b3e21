"""Antrean and Tinjau: what waits for a decision, one submission in full, the decisions."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policy import Action, may
from publishing import (
    asking,
    checklist,
    diff,
    findings,
    history,
    payloads,
    phrases,
    statements,
    submission,
    threads,
    waiting,
    workflow,
)
from publishing.checklist import Unchecked
from publishing.forms.notes import NoteForm
from publishing.forms.schedule import Hour
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.models import Post, Review, Revision
from publishing.payloads import Shown
from publishing.workflow import NotAllowed, TooClose, WordsNeeded
from publishing.workflow.review import ReasonNeeded, Unsettled, blocks

TABS = (Post.Status.SUBMITTED, Post.Status.RETURNED, Post.Status.EXPIRED)
OTHERS = ("reject", "reschedule", "cancel")  # behind the "…" button
PAGE = 25
JUDGED = {Review.Decision.APPROVED, Review.Decision.RETURNED, Review.Decision.REJECTED}


def _minds_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decision is not made while a note beside it is being written: its words would be lost."""

    @wraps(view)
    def wrapper(request: SignedInRequest, pk: int) -> HttpResponse:
        unkept = [name for name in request.POST if name in ("note-words", "note-quote")]
        unkept += [name for name in request.POST if name.startswith("reply-")]
        if not any(request.POST[name].strip() for name in unkept):
            return view(request, pk)
        said = _("Ada catatan yang belum disimpan. Simpan atau kosongkan dahulu, lalu putuskan.")
        return page_again(request, _find(request, pk), wrong=said, status=422)

    return wrapper


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits, nearest schedule first; and what was sent back or ran out of time."""
    _require_reviewer(request.user)
    asked = request.GET.get("status")
    status = next((tab for tab in TABS if tab == asked), TABS[0])
    page = Paginator(waiting.posts(request.user, status), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"tabs": TABS, "status": status, "page": page}
    context["rows"] = waiting.rows(page.object_list)
    context["nothing"] = waiting.nothing_waits(request.user) if not page else ""
    context["fresh"] = waiting.just_approved(request.user)
    context["asked"] = asking.pending(request.user).count()
    return render(request, "publishing/queue.html", context)


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    _require_reviewer(request.user)
    return _page(request, post)


@moves_post
@_minds_words
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    at_once = "at_once" in request.POST
    try:
        workflow.approve(_find(request, pk), **_judgement(request), at_once=at_once)
    except Unchecked as unchecked:
        return _page(request, _find(request, pk), unchecked=unchecked, status=422)
    except TooClose as close:
        return _page(request, _find(request, pk), too_close=close, status=409)
    except Unsettled as unsettled:
        return _page(request, _find(request, pk), unsettled=unsettled, status=422)
    return _go_on(request)


@moves_post
def waive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let pass what blocks. No redirect: what was ticked and written so far stays."""
    post, key, status = _find(request, pk), request.POST.get("waive", ""), 200
    words = request.POST.get(f"because-{key}", "")
    try:
        workflow.decide(post, key, by=request.user, waive=True, words=words)
    except WordsNeeded as missing:
        messages.warning(request, str(missing))
        status = 422
    else:
        messages.success(request, _("Diizinkan. Tekan “Setujui” bila semuanya beres."))
    left = blocks(findings.now(post))
    return _page(request, post, unsettled=Unsettled(left) if left else None, status=status)


@moves_post
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    workflow.undo(_find(request, pk), by=request.user, seen=seen_version(request))
    messages.success(request, _("Persetujuan diurungkan. Unggahan ini kembali ke antrean."))
    return redirect("review", pk)


@moves_post
@_minds_words
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    try:
        workflow.send_back(post, **_judgement(request), **_words(request)["send_back"])
    except ReasonNeeded as missing:
        return _page(request, post, missing=missing, open="send_back", status=422)
    messages.success(request, _("Dikembalikan kepada %(who)s.") % {"who": post.author})
    return _go_on(request)


@moves_post
@_minds_words
def reject(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    try:
        workflow.reject(post, **_judgement(request), **_words(request)["reject"])
    except ReasonNeeded as missing:
        return _page(request, post, missing=missing, open="reject", status=422)
    messages.success(
        request, _("Ditolak. Alasannya tercatat di unggahan %(who)s.") % {"who": post.author}
    )
    return _go_on(request)


def _require_reviewer(user: User) -> None:
    if not may(user, Action.REVIEW):
        raise NotAllowed(_("Antrean ini untuk peninjau."))


def _find(request: SignedInRequest, pk: int) -> Post:
    posts = Post.objects.once_visible_to(request.user)
    return get_object_or_404(posts.select_related("agency", "author", "programme"), pk=pk)


def _judgement(request: SignedInRequest) -> dict[str, Any]:
    """Who decides, on exactly what they saw, and what they looked at."""
    return {
        "by": request.user,
        "seen": seen_version(request),
        "revision": request.POST.get("revision", ""),
        "checklist": checklist.read(request.POST),
    }


def _words(request: SignedInRequest) -> dict[str, dict[str, Any]]:
    """What was written against the post, by decision: one form holds both, this one first."""
    sent = {name: request.POST.getlist(name) or [""] for name in ("reason", "note")}
    return {
        verb: {name: said[place] for name, said in sent.items()}
        for verb, place in (("send_back", 0), ("reject", -1))
    }


def _go_on(request: SignedInRequest) -> HttpResponse:
    """After a decision: the next one to decide, or the empty queue."""
    following = waiting.next_for(request.user)
    return redirect("review", following.pk) if following else redirect("queue")


def page_again(
    request: SignedInRequest, post: Post, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page for an answer that is no decision; what was ticked and written so far stays."""
    _require_reviewer(request.user)
    return _page(request, post, status=status, **more)


def beside(
    request: SignedInRequest, post: Post, revision: Revision, shown: list[Shown], **more: Any
) -> dict[str, Any]:
    """The notes on a submission, and the form for another."""
    prefetch_related_objects([post], "writers")
    board = threads.board(request.user, post, shown, request.POST, done=more.get("done"))
    form = NoteForm.on(revision, shown, request.POST)
    return {"post": post, "revision": revision, "board": board, "note_form": form} | more


def _page(request: SignedInRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The review page. `more` is why a decision was refused; what was sent is kept."""
    prefetch_related_objects([post], "writers")
    revisions = list(post.revisions.select_related("submitted_by", "review__decided_by"))
    context = _submission(post, revisions) | _reading(request.user, post, revisions[-1])
    context |= _decisions(request.user, post) | {"words": _words(request)}
    context |= _checklist(request, revisions[-1])
    context |= beside(request, post, revisions[-1], context["shown"], **more)
    context["rows"] = waiting.rows(waiting.posts(request.user, Post.Status.SUBMITTED)[:PAGE])
    context["fresh"] = waiting.just_approved(request.user)
    return render(request, "publishing/review.html", context | more, status=status)


def _submission(post: Post, revisions: Sequence[Revision]) -> dict[str, Any]:
    """What was handed in, how it differs from before, and what was said about it."""
    return {
        "post": post,
        "revision": revisions[-1],
        "changes": _changes(revisions),
        "remarks": history.remarks(revisions),
        "moments": history.moments(post),
    }


def _reading(user: User, post: Post, revision: Revision) -> dict[str, Any]:
    """What it shows, what that rests on, and by what right it is shown."""
    shown = payloads.of_revision(revision)
    return {
        "shown": shown,
        "pictures": submission.pictures(revision, shown),
        "answers": submission.answers(revision),
        "clock": submission.clock(revision),
        "for_reports": submission.for_reports(post),
        "corrected": submission.corrected(revision, user),
        "statements": statements.listed(revision.content),
        "readings": statements.readings(revision.content),
        "findings": findings.kept(revision),
    }


def _checklist(request: SignedInRequest, revision: Revision) -> dict[str, Any]:
    """The items, with what was sent; nothing is carried over from an earlier revision."""
    answers = checklist.read(request.POST)
    return {"checklist": checklist.filled(revision, answers), "all_checked": "all" in answers}


def _decisions(user: User, post: Post) -> dict[str, Any]:
    """The buttons, the forms behind them, or why there are none."""
    moves = {move.verb: move for move in workflow.available(user, post)}
    return {
        "moves": moves,
        "other_moves": [moves[verb] for verb in OTHERS if verb in moves],
        "is_visible": Post.objects.visible_to(user).filter(pk=post.pk).exists(),
        "is_own": user.pk in post.hands(),
        "reasons": Review.Reason.choices,
        "shelves": phrases.shelves(),
        "hour": Hour.showing(post.publish_at),
    }


def _changes(revisions: Sequence[Revision]) -> diff.Changes | None:
    """Against what was last judged; None when nobody has judged any of it yet."""
    *earlier, newest = revisions
    judged = [revision for revision in earlier if revision.review.decision in JUDGED]
    return diff.between(judged[-1], newest) if judged else None
