"""The page of one post: what it says, where it got, what happened; and its owners' moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policy import Action, may
from publishing import (
    checklist,
    history,
    kin,
    kinds,
    payloads,
    progress,
    submission,
    threads,
    workflow,
)
from publishing.forms.schedule import Hour
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.models import Kind, Post, Revision
from publishing.payloads import Shown
from publishing.views import sides
from publishing.workflow import BadTime, Page, Unfit

STOP_POLLING = 286  # htmx: take this answer and ask no more
ELSEWHERE = {
    "submit",
    "approve",
    "send_back",
    "reject",
    "undo",
    "amend",
    "forward",
}  # on the form, or in review


@login_required
@require_safe
def post(request: SignedInRequest, pk: int) -> HttpResponse:
    return page(request, _find(request, pk))


@login_required
@require_safe
def deliveries(request: SignedInRequest, pk: int) -> HttpResponse:
    """Only the block of deliveries, for a page that is open while something is on its way."""
    post = _find(request, pk)
    context = _progress(request.user, post)
    status = 200 if context["is_moving"] else STOP_POLLING
    return render(request, "publishing/_post_deliveries.html", context, status=status)


@moves_post
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    try:
        workflow.submit(post, by=request.user, seen=seen_version(request))
    except Unfit as unfit:
        messages.warning(request, str(unfit))
        return redirect("edit", pk)
    messages.success(request, _("Diajukan. Peninjau sudah dapat melihatnya."))
    return redirect("post", pk)


@moves_post
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    workflow.withdraw(_find(request, pk), by=request.user, seen=seen_version(request))
    messages.success(request, _("Ditarik kembali. Unggahan ini menjadi draf lagi."))
    return redirect("edit", pk)


@moves_post
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    workflow.reopen(post, by=request.user, seen=seen_version(request))
    messages.success(request, _("Dibuka lagi. Pengirimannya ditahan sampai disetujui lagi."))
    if may(request.user, Action.WRITE, post):
        return redirect("edit", pk)
    return redirect("posts")


@moves_post
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    workflow.cancel(post, by=request.user, seen=seen_version(request))
    messages.success(request, _("Unggahan dibatalkan."))
    return redirect("post", pk)


@moves_post
def reschedule(request: SignedInRequest, pk: int) -> HttpResponse:
    post, form = _find(request, pk), Hour(request.POST)
    workflow.require(request.user, Action.RESCHEDULE, post)
    if not form.is_valid():
        return page(request, post, hour=form, status=422)
    try:
        workflow.reschedule(post, by=request.user, seen=seen_version(request), to=form.at)
    except BadTime as error:
        form.add_error(None, str(error))
        return page(request, post, hour=form, status=422)
    messages.success(request, _("Jadwal diubah."))
    return redirect("review" if _is_judged_by(request.user, post) else "post", pk)


def page(request: SignedInRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page. `more`: `hour`, a schedule form with its errors; `wrong`, a bad link."""
    user = request.user
    newest = _newest(post)
    context = {
        "newest": newest,
        "moments": history.moments(post),
        "moves": workflow.available(user, post, but=ELSEWHERE),
        "editable": post.is_editable and may(user, Action.WRITE, post),
        "is_judged": _is_judged_by(user, post),
        "hour": Hour.showing(post.publish_at),
    }
    context |= _reading(user, post, newest) | _about(user, post, newest)
    context |= _progress(user, post) | _copies(user, post) | more
    return render(request, "publishing/post.html", context, status=status)


def _find(request: SignedInRequest, pk: int) -> Post:
    visible = kin.with_own(Post.objects.visible_to(request.user))
    return get_object_or_404(threads.knowing(visible), pk=pk)


def _newest(post: Post) -> Revision | None:
    """What was handed in last; the deliveries are loaded along: they are needed more than once."""
    newest = post.revisions.select_related("review__decided_by").last()
    if newest:
        progress.load(post)
    return newest


def _progress(user: User, post: Post) -> dict[str, Any]:
    lines = progress.lines(post, user)
    return {"post": post, "lines": lines, "is_moving": progress.is_moving(lines)}


def _copies(user: User, post: Post) -> dict[str, Any]:
    """What it comes from, what came from it, and whether this person may go on from it."""
    may_copy = may(user, Action.WRITE, post)
    return {
        "kin": kin.of(post, user),
        "may_copy": may_copy,
        "copying": Page.opened(),
        "may_correct": may_copy and _is_seen(post),
    }


def _is_seen(post: Post) -> bool:
    """As it was loaded; asked for where another page shows this one with its errors."""
    known: bool | None = vars(post).get("is_seen")
    return workflow.has_been_seen(post) if known is None else known


def _is_judged_by(user: User, post: Post) -> bool:
    """Whether this person's work on the post goes on on the review page."""
    return post.status == Post.Status.SUBMITTED and may(user, Action.REVIEW)


def _reads(user: User, post: Post, newest: Revision | None) -> Revision | None:
    """Its agency reads the draft being worked on (None); everybody else what was last handed in."""
    own = may(user, Action.WRITE, post) or may(user, Action.READ_ALL)
    return None if post.is_editable and own else newest


def shown_to(user: User, post: Post, newest: Revision | None) -> list[Shown]:
    """What this person reads of it: its agency the draft that may be mended, others the last
    submission."""
    read = _reads(user, post, newest)
    known = [] if post.is_editable else [row.channel for row in post.deliveries.all()]
    return payloads.of_revision(read, known) if read else payloads.of_draft(post)


def _reading(user: User, post: Post, newest: Revision | None) -> dict[str, Any]:
    """What it says, and what reviewers noted beside it."""
    shown = shown_to(user, post, newest)
    return {"shown": shown, "board": threads.board(user, post, shown)}


def _about(user: User, post: Post, newest: Revision | None) -> dict[str, Any]:
    """What sort of post it is, the answers to its questions, what its reviewer marked."""
    read = _reads(user, post, newest)
    kind = read.kind if read else Kind(post.kind)
    answers = submission.answers(read) if read else kinds.answers(kind, post.details)
    # the draft's own labels are for those who read the draft
    reports = [] if read and post.is_editable else submission.for_reports(post)
    marked = checklist.of_marked(newest.review.checklist) if newest else ""
    about = {"kind": kind, "answers": answers, "for_reports": reports, "marked": marked}
    # history keeps the agency's old name
    about |= sides.of(user, post, newest)
    return about | {"known_as": kin.known_as(post)}
