"""The history of a draft: its kept states, one beside what stands now, and back to one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policy import Action
from publishing import calendar, ids, workflow
from publishing.http import SignedInRequest, moves_post, seen_version
from publishing.models import Post, SavedDraft
from publishing.workflow import Draft
from publishing.workflow.differences import Difference, between


@login_required
@require_safe
def drafts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every kept state, the newest first; `?state=` shows what one of them would change."""
    post = _find(request, pk)
    states = list(post.saved.select_related("by"))
    wanted = request.GET.get("state", "")
    state = next((one for one in states if str(one.pk) == wanted), None)
    found = _differences(post, state) if state else []
    context = {"post": post, "states": states, "state": state, "differences": found}
    return render(request, "publishing/drafts.html", context)


@moves_post
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    post = _find(request, pk)
    wanted = request.POST.get("state", "")
    state = get_object_or_404(post.saved, pk=ids.number(wanted) or 0)
    workflow.restore(post, state, by=request.user, seen=seen_version(request))
    said = _("Draf dikembalikan ke keadaan %(when)s.") % {"when": calendar.spoken(state.at)}
    messages.success(request, said)
    return redirect("edit", pk)


def _differences(post: Post, state: SavedDraft) -> list[Difference]:
    """What would be otherwise than now, had this state come back."""
    return between(post, workflow.kept(post), Draft.from_json(state.content))


def _find(request: SignedInRequest, pk: int) -> Post:
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    workflow.require(request.user, Action.WRITE, post)
    return post
