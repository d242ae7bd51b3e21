"""Notes beside a submission: a reviewer writes and settles them, its agency reads and answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.policy import Action
from publishing import findings, payloads, threads, workflow
from publishing.forms.notes import NoteForm
from publishing.http import SignedInRequest, fragment, moves_post
from publishing.models import Note, Post, Revision
from publishing.payloads import Shown
from publishing.views import review
from publishing.views.post import shown_to
from publishing.workflow import Stale, TooLate, WordsNeeded

Deed = Callable[[SignedInRequest, Post, int], str]


@fragment
@require_safe
@vary_on_headers("HX-Request")
def notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every thread of a post, for a page of its own and for the composer."""
    return _page(request, get_object_or_404(Post.objects.visible_to(request.user), pk=pk))


def _told_beside(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A move that a script asks for: what is refused is said beside the words, which stay."""

    @wraps(view)
    def wrapper(request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except (Stale, TooLate) as wrong:
            if not request.htmx:
                raise
            return _beside(request, review.find(request, pk), wrong=str(wrong))

    return moves_post(wrapper)


@_told_beside
def add_note(request: SignedInRequest, pk: int) -> HttpResponse:
    post = review.find(request, pk)
    workflow.require(request.user, Action.NOTE, post)
    revision, shown = _read(post)
    form = NoteForm.receiving(revision, shown, request.POST)
    if not form.is_valid():
        return _beside(request, post, note_form=form, status=422)
    seen, said = request.POST.get("revision", ""), form.cleaned_data
    words = {"words": said["words"], "reason": said["reason"]}
    try:
        workflow.add_note(post, by=request.user, revision=seen, anchor=form.anchor, **words)
    except WordsNeeded as wrong:
        form.add_error("words", str(wrong))
        return _beside(request, post, note_form=form, status=422)
    return _beside(request, post, note_form=NoteForm.on(revision, shown), said=_("Tersimpan."))


def _to_a_thread(deed: Deed) -> Callable[..., HttpResponse]:
    """A reviewer's word to one thread; the page beside which it stands comes back."""

    @wraps(deed)
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        post = review.find(request, pk)
        workflow.require(request.user, Action.NOTE, post)
        thread = _thread(request)
        try:
            said = deed(request, post, thread)
        except WordsNeeded as wrong:
            return _beside(request, post, wrong=str(wrong), wrong_at=thread, status=422)
        return _beside(request, post, said=said, done=thread)

    return _told_beside(view)


@_to_a_thread
def reply_note(request: SignedInRequest, post: Post, thread: int) -> str:
    workflow.reply_note(post, thread, by=request.user, words=_words(request, thread))
    return _("Balasan tersimpan.")


@_to_a_thread
def settle_note(request: SignedInRequest, post: Post, thread: int) -> str:
    workflow.settle_note(post, thread, by=request.user, words=_words(request, thread))
    return _("Catatan ditandai selesai.")


@_to_a_thread
def reopen_note(request: SignedInRequest, post: Post, thread: int) -> str:
    workflow.reopen_note(post, thread, by=request.user, words=_words(request, thread))
    return _("Catatan dibuka lagi.")


@_to_a_thread
def withdraw_note(request: SignedInRequest, post: Post, thread: int) -> str:
    workflow.withdraw_note(post, thread, by=request.user)
    return _("Catatan ditarik.")


@moves_post
def answer_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its agency says that it was mended, or why it stays as it is."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    workflow.require(request.user, Action.WRITE, post)
    thread, kind = _thread(request), request.POST.get("answer", Note.Kind.FIXED)
    words = _words(request, thread)
    try:
        workflow.answer_note(post, thread, by=request.user, kind=kind, words=words)
    except (WordsNeeded, TooLate) as wrong:
        return _page(request, post, wrong=str(wrong), wrong_at=thread, status=422)
    if request.htmx:
        return _page(request, post, done=thread)
    messages.success(request, _("Jawaban tersimpan."))
    return redirect(f"{reverse('notes', args=[pk])}#catatan-{thread}")


def _thread(request: SignedInRequest) -> int:
    said = request.POST.get("thread", "")
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        raise BadRequest("thread")
    return int(said)


def _words(request: SignedInRequest, thread: int) -> str:
    return request.POST.get(f"reply-{thread}", "")


def _read(post: Post) -> tuple[Revision, list[Shown]]:
    """What is before the reviewer. Raises Stale when nothing is."""
    revision = post.revisions.order_by("-number").first()
    if revision is None:
        raise Stale(post)
    return revision, payloads.of_revision(revision)


def _beside(
    request: SignedInRequest, post: Post, *, status: int = 200, said: str = "", **more: Any
) -> HttpResponse:
    """The notes of the review page, or all of it where no script asked: nothing typed is lost."""
    if said and not request.htmx:
        messages.success(request, said)
    if not request.htmx:
        return review.page_again(request, post, status=status, **more)
    revision, shown = _read(post)
    context = review.beside(request, post, revision, shown, **more) | {"said": said}
    return render(request, "publishing/notes/_section.html", context)


def _page(request: SignedInRequest, post: Post, *, status: int = 200, **more: Any) -> HttpResponse:
    """The threads as its agency answers them. `more`: what was `wrong` with an answer."""
    shown = shown_to(request.user, post, post.revisions.order_by("-number").first())
    board = threads.board(request.user, post, shown, request.POST, done=more.get("done"))
    context = {"post": post, "board": board, "shown": shown} | more
    if more.get("done"):  # the composer's line of what is missing hears of it too
        context["gaps"] = [*workflow.lacking(post), *workflow.of_words(findings.of_draft(post))]
    name = "notes/_answers.html" if request.htmx else "notes.html"
    # htmx swaps nothing in after a 4xx
    return render(request, f"publishing/{name}", context, status=200 if request.htmx else status)
