"""Beranda, what needs this person and what comes next; and Unggahan, the list of posts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policy import Action, may
from platforms import overview
from platforms.models import Channel
from publishing import bank, guidebook
from publishing.forms import board
from publishing.http import SignedInRequest
from publishing.models import Attachment, Delivery, Event, Post
from publishing.models.post import PostQuerySet

PER_PAGE = 25
FEW = 5
MANY = 10


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Beranda: each role sees its own halves."""
    user = request.user
    context = {
        "ailing": _ailing(user),
        "writing": _writing(user) if may(user, Action.WRITE) else None,
        "reviewing": _reviewing(user) if may(user, Action.REVIEW) else None,
        "owes_pledge": guidebook.owes(user),
    }
    return render(request, "publishing/home.html", context)


def _ailing(user: User) -> list[overview.Line]:
    """Channels that need somebody; nobody sees to real ones in Mode latihan."""
    if user.in_training or not may(user, Action.SEE_CHANNELS):
        return []
    return overview.ailing(user)


def _writing(user: User) -> dict[str, Any]:
    own = Post.objects.visible_to(user).filter(agency=user.agency)
    return {
        "todo": _rows(_with_request(board.needing_a_person(own)))[:MANY],
        "drafts": own.filter(status=Post.Status.DRAFT).count(),
        "submitted": own.filter(status=Post.Status.SUBMITTED).count(),
        "next": _rows(_by_hour(board.scheduled(own)))[:FEW],
        "live": _rows(_by_publication(board.live(own)))[:FEW],
        "channels": _in_use(user),
    }


def _reviewing(user: User) -> dict[str, Any]:
    visible = Post.objects.visible_to(user)
    queue = visible.awaiting_review()
    return {
        "waiting": queue.count(),
        "nearest": _rows(queue)[:FEW],
        "trouble": _rows(board.in_trouble(visible))[:MANY],
    }


def _by_hour(posts: PostQuerySet) -> PostQuerySet:
    waiting = Q(deliveries__status=Delivery.Status.WAITING)
    return posts.annotate(at=Min("deliveries__not_before", filter=waiting)).order_by("at")


def _by_publication(posts: PostQuerySet) -> PostQuerySet:
    return posts.annotate(at=Max("deliveries__published_at")).order_by("-at")


def _with_request(posts: PostQuerySet) -> PostQuerySet:
    """With who asked last for a change (`asked_by`), and for what (`asked_for`)."""
    asked = Event.objects.filter(post=OuterRef("pk"), verb=Event.Verb.SEND_BACK).order_by("-at")
    return posts.annotate(
        asked_by=Subquery(asked.values("actor__name")[:1]),
        asked_for=Subquery(asked.values("note")[:1]),
    )


def _rows(posts: PostQuerySet) -> PostQuerySet:
    """With all that a row shows: its pictures, channels and deliveries."""
    deliveries = Delivery.objects.exclude(status=Delivery.Status.CANCELLED)
    pictures = Prefetch("attachments", Attachment.objects.select_related("media"))
    shown = Prefetch("deliveries", deliveries.select_related("channel"), "shown_deliveries")
    return posts.select_related("agency").prefetch_related(pictures, "variants__channel", shown)


@login_required
@require_safe
def posts(request: SignedInRequest) -> HttpResponse:
    """Unggahan: what this person may see, newest change first."""
    search = board.Search(request.GET, _channels(request.user))
    found = search.narrow(Post.objects.visible_to(request.user))
    page = Paginator(_rows(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "states": [(key, label) for key, (label, _narrowing) in board.STATES.items()],
        "page": page,
        "flagged": bank.flagged(page.object_list),
        "may_write": may(request.user, Action.WRITE),
        "whole_regency": not may(request.user, Action.WRITE),
    }
    return render(request, "publishing/posts.html", context)


def _channels(user: User) -> list[Channel]:
    """The channels to choose from: the own agency's, or everybody's for who sees everybody."""
    everybody = may(user, Action.READ_ALL) or may(user, Action.READ_SUBMITTED)
    here = Channel.objects.for_work(training=user.in_training)
    return list(here if everybody else here.filter(agency=user.agency_id))


def _in_use(user: User) -> QuerySet[Channel]:
    here = Channel.objects.for_work(training=user.in_training)
    return here.filter(agency=user.agency, is_active=True)
