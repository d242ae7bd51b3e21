"""Unggahan, the list of posts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policy import Action, may, reads_everybody
from platforms.models import Channel
from publishing import bank, paging, rows
from publishing.forms import board
from publishing.http import SignedInRequest
from publishing.models import Post

PER_PAGE = 25


@login_required
@require_safe
def posts(request: SignedInRequest) -> HttpResponse:
    """Unggahan: what this person may see, newest change first."""
    search = board.Search(request.GET, _channels(request.user))
    found = rows.drawn(search.narrow(Post.objects.visible_to(request.user)))
    page = paging.page(found, request.GET, by="updated_at", size=PER_PAGE)
    context = {
        "search": search,
        "states": [(key, label) for key, (label, _narrowing) in board.STATES.items()],
        "page": page,
        "list": rows.of(page),
        "flagged": bank.flagged(page),
        "may_write": may(request.user, Action.WRITE),
        "whole_regency": not may(request.user, Action.WRITE),
    }
    return render(request, "publishing/posts.html", context)


def _channels(user: User) -> list[Channel]:
    """The channels to choose from: the own agency's, or everybody's for who sees everybody."""
    here = Channel.objects.for_work(training=user.in_training)
    return list(here if reads_everybody(user) else here.filter(agency=user.agency_id))
