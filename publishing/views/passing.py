"""An item passes from hand to hand: taken, handed on, edited by its reviewer, on from its head."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policy import Action
from publishing import workflow
from publishing.checklist import Unchecked
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.models import Post
from publishing.queue import standing, tabs
from publishing.views import post as post_page
from publishing.views.decide import judgement
from publishing.views.review import find
from publishing.workflow import Unsettled, WordNeeded

EVERYBODY = "all"  # handed back to all reviewers, on purpose


@moves_post
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = request.POST.get("instead_of", "")
    holder = int(seen) if seen.isdecimal() else None
    workflow.take(find(request, pk), by=request.user, instead_of=holder)
    messages.success(request, _("Anda yang memeriksa, selama 30 menit."))
    return redirect("review", pk)


@moves_post
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    post = find(request, pk)
    workflow.require(request.user, Action.TAKE, post)
    workflow.put_back(post, by=request.user)
    messages.success(request, _("Dilepas. Peninjau lain dapat memeriksanya."))
    return redirect("queue")


@login_required
@require_safe
def hand_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """To whom it may be handed."""
    post = find(request, pk)
    workflow.require(request.user, Action.ASSIGN, post)
    return _hand_on(request, post)


def _hand_on(request: SignedInRequest, post: Post, wrong: str = "") -> HttpResponse:
    colleagues = standing.colleagues(post, request.user)
    context = {"post": post, "colleagues": colleagues, "is_over": post.status != "submitted"}
    context |= {"wrong": wrong, "everybody": EVERYBODY, "note": request.POST.get("note", "")}
    status = 422 if wrong else 200
    return render(request, "publishing/hand_on.html", context, status=status)


@moves_post
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    post, to = find(request, pk), request.POST.get("to", "")
    workflow.require(request.user, Action.ASSIGN, post)
    person = User.objects.filter(pk=to, is_active=True).first() if to.isdecimal() else None
    if person is None and to != EVERYBODY:
        return _hand_on(request, post, wrong=_("Pilih peninjau dari daftar."))
    workflow.assign(post, by=request.user, to=person, note=request.POST.get("note", ""))
    said = _("Dialihkan kepada %(who)s.") % {"who": person or _("semua peninjau")}
    messages.success(request, said)
    following = tabs.next_for(request.user)
    return redirect("review", following.pk) if following else redirect("queue")


@moves_post
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into the composer: what the reviewer hands in, somebody else approves."""
    workflow.amend(find(request, pk), by=request.user, seen=seen_version(request))
    messages.success(request, _("Sunting, lalu ajukan. Peninjau lain yang memutuskan."))
    return redirect("edit", pk)


@moves_post
def forward(request: SignedInRequest, pk: int) -> HttpResponse:
    workflow.forward(find(request, pk), by=request.user, seen=seen_version(request))
    messages.success(request, _("Diteruskan. Peninjau sudah dapat memutuskannya."))
    return redirect("post", pk)


@moves_post
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of the two signatures under an emergency that nobody decided on in time."""
    post = find(request, pk)
    try:
        out = workflow.release(post, **judgement(request))
    except (Unchecked, Unsettled) as reason:
        return post_page.page(request, post, refusal=reason, status=422)
    said = _("Dirilis bersama. Koordinator akan meninjaunya.")
    waits = _("Tercatat. Menunggu tanda tangan kedua.")
    messages.success(request, said if out else waits)
    return redirect("post", pk)


@moves_post
def look_afterwards(request: SignedInRequest, pk: int) -> HttpResponse:
    post, words = find(request, pk), request.POST.get("words", "")
    try:
        workflow.look_afterwards(post, by=request.user, words=words)
    except WordNeeded as missing:
        return post_page.page(request, post, afterwards=missing, status=422)
    messages.success(request, _("Tercatat. Rilis ini sudah ditinjau."))
    return redirect("post", pk)
