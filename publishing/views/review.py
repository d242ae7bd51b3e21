"""Tinjau: one submission in full, as its reviewer reads it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from publishing import (
    checklist,
    diff,
    due,
    findings,
    history,
    payloads,
    phrases,
    statements,
    submission,
    threads,
    tracks,
)
from publishing.forms.notes import NoteForm
from publishing.forms.schedule import Hour
from publishing.http import SignedInRequest, fragment, moves_post
from publishing.models import Post, Reading, Review, Revision
from publishing.models.post import HELD_FOR
from publishing.payloads import Shown
from publishing.queue import pages, rows, standing, tabs
from publishing.views.queue import require_reviewer
from publishing.workflow import available
from publishing.workflow.moves import APPROVE, FIRST

OTHERS = ("reschedule", "amend", "reject", "cancel")  # behind the "…" button
JUDGED = {
    Review.Decision.APPROVED,
    Review.Decision.RETURNED,
    Review.Decision.REJECTED,
    Review.Decision.AMENDED,
}


@login_required
@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    post = find(request, pk)
    require_reviewer(request.user)
    return page(request, post)


def find(request: SignedInRequest, pk: int) -> Post:
    """A post this person may see, or could before its author took it back, with its people."""
    visible, posts = (
        Post.objects.visible_to(request.user),
        Post.objects.once_visible_to(request.user),
    )
    people = ("author", "programme", "taken_by", "assigned_to", "amended_by")
    posts = posts.select_related("agency", *people).with_hands()
    is_visible = Exists(visible.filter(pk=OuterRef("pk")))
    return get_object_or_404(posts.annotate(is_visible=is_visible), pk=pk)


def words_sent(request: SignedInRequest) -> dict[str, dict[str, Any]]:
    """What was written against the post, by decision: one form holds both, this one first."""
    sent = {name: request.POST.getlist(name) or [""] for name in ("reason", "note")}
    return {
        verb: {name: said[place] for name, said in sent.items()}
        for verb, place in (("send_back", 0), ("reject", -1))
    }


def page_again(
    request: SignedInRequest, post: Post, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page for an answer that is no decision; what was ticked and written so far stays."""
    require_reviewer(request.user)
    return page(request, post, status=status, **more)


def beside(
    request: SignedInRequest, post: Post, revision: Revision, shown: list[Shown], **more: Any
) -> dict[str, Any]:
    """The notes on a submission, and the form for another."""
    board = threads.board(request.user, post, shown, request.POST, done=more.get("done"))
    form = NoteForm.on(revision, shown, request.POST)
    return {"post": post, "revision": revision, "board": board, "note_form": form} | more


def page(request: SignedInRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The review page. `more` is why a decision was refused; what was sent is kept."""
    people = ("submitted_by", "review__decided_by")
    revisions = list(tracks.annotated(post.revisions.select_related(*people)).order_by("number"))
    context = _submission(post, revisions) | _reading(request.user, post, revisions[-1])
    context |= _decisions(request.user, post) | {"words": words_sent(request)}
    context |= _checklist(request, revisions[-1])
    context |= beside(request, post, revisions[-1], context["shown"], **more)
    context |= _standing(request.user, post, revisions[-1])
    context["fresh"] = tabs.just_decided(request.user) if "decided" in request.GET else None
    return render(request, "publishing/review.html", context | more, status=status)


@fragment
@require_safe
def pane(request: SignedInRequest, pk: int) -> HttpResponse:
    """The queue beside the item that is open: what else is this person's turn."""
    require_reviewer(request.user)
    post = find(request, pk)
    listed = pages.page(tabs.posts(request.user, tabs.MINE))
    context = {"rows": rows.rows(listed.posts, request.user), "current": post.pk}
    return render(request, "publishing/_queue_pane.html", context)


@fragment
@require_safe
def past(request: SignedInRequest, pk: int) -> HttpResponse:
    """What happened to it so far."""
    context = {"moments": history.moments(find(request, pk))}
    return render(request, "publishing/_past.html", context)


@moves_post
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page says that it was drawn: what was never opened is not approved with others."""
    require_reviewer(request.user)
    post, sent = find(request, pk), request.POST.get("revision", "")
    revision = post.revisions.filter(sha256=sent).last()
    if revision is not None:
        Reading.objects.get_or_create(user=request.user, revision=revision)
    return HttpResponse(status=204)


def _submission(post: Post, revisions: Sequence[Revision]) -> dict[str, Any]:
    """What was handed in, how it differs from before, and what was said about it."""
    return {
        "post": post,
        "revision": revisions[-1],
        "changes": _changes(revisions),
        "remarks": history.remarks(revisions),
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
    moves = {move.verb: move for move in available(user, post)}
    return {
        "moves": moves,
        "other_moves": [moves[verb] for verb in OTHERS if verb in moves],
        "is_own": user.pk in post.hands(),
        "reasons": Review.Reason.choices,
        "shelves": phrases.shelves(),
        "hour": Hour.showing(post.publish_at),
    }


def _standing(user: User, post: Post, revision: Revision) -> dict[str, Any]:
    """Where it stands with its reviewers, and what this person's yes would be."""
    stands = standing.of(post, revision, user)
    first = stands.first_yes
    return {
        "standing": stands,
        "has_said_yes": first is not None and first.by == user,
        "yes": FIRST if stands.demand.approvers > 1 and first is None else APPROVE,
        "held_until": post.taken_at + HELD_FOR if post.taken_at else None,
        "release_at": due.release_at(post),
    }


def _changes(revisions: Sequence[Revision]) -> diff.Changes | None:
    """Against what was last judged; None when nobody has judged any of it yet."""
    *earlier, newest = revisions
    judged = [revision for revision in earlier if revision.review.decision in JUDGED]
    return diff.between(judged[-1], newest) if judged else None
