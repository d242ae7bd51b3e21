"""Beranda: what needs this person and what comes next, each role its own halves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AgencyChange, Delegation, Invitation, Role, User
from accounts.policy import Action, may
from platforms import overview
from platforms.models import Channel
from publishing import activity, due, guidebook, hours, lacks, rows, vitals
from publishing.forms import board
from publishing.http import SignedInRequest
from publishing.models import Delivery, Desk, Pledge, Post
from publishing.models.post import PostQuerySet

FEW = 5
MANY = 10
LATELY = timedelta(days=30)
OVERSEERS = (Role.LEADER, Role.AUDITOR)
Status = Post.Status


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    user = request.user
    writing = _writing(user) if may(user, Action.WRITE) else None
    context = {
        "writing": writing,
        "reviewing": _reviewing(user) if may(user, Action.REVIEW) else None,
        "ailing": _ailing(user, writing),
        "keeping": _keeping() if may(user, Action.KEEP_PEOPLE) else None,
        "overseeing": _overseeing() if user.role in OVERSEERS and not user.in_training else None,
        "owes_pledge": _owes(user, writing),
    }
    return render(request, "publishing/home.html", context)


def _ailing(user: User, writing: dict[str, Any] | None) -> list[overview.Line]:
    """Channels that need somebody; nobody sees to real ones in Mode latihan."""
    if user.in_training or user.role in OVERSEERS or not may(user, Action.SEE_CHANNELS):
        return []
    if writing and not may(user, Action.SEE_ALL_CHANNELS):
        return [line for line in writing["channels"] if line.needs_care]
    return overview.ailing(user)


def _owes(user: User, writing: dict[str, Any] | None) -> bool:
    if writing and user.role in guidebook.READERS:
        return not writing["numbers"]["pledged"]
    return guidebook.owes(user)


# --- who writes ---


def _writing(user: User) -> dict[str, Any]:
    own = Post.objects.visible_to(user).filter(agency=user.agency_id)
    lists = {
        "asked": (board.before_its_head(own) if may(user, Action.FORWARD) else own.none(), MANY),
        "todo": (board.needing_a_person(own), MANY),
        "drafts": (own.filter(status=Status.DRAFT), FEW),
        "waits": (own.awaiting_review() if user.role == Role.AGENCY_HEAD else own.none(), FEW),
        "next": (_by_hour(own), FEW),
        "live": (_lately(own, user), FEW),
    }
    numbers = _numbers(user, own)
    desk = Desk(agency_id=user.agency_id or 0, slots=numbers["slots"] or {})
    found = _found(lists)
    week = hours.this_week(desk, training=user.in_training)
    return found | {"numbers": numbers, "week": week, "channels": _lights(user)}


def _numbers(user: User, own: PostQuerySet) -> dict[str, Any]:
    """How many there are, the weekly hours, and whether the pledge was given: one question."""
    pledge = Pledge.objects.filter(user=user, version=guidebook.VERSION)
    told = {
        "drafts": vitals.counted(own.filter(status=Status.DRAFT)),
        "submitted": vitals.counted(own.filter(status=Status.SUBMITTED)),
        "asked": vitals.counted(board.before_its_head(own)),
        "pledged": Exists(pledge),
        "slots": F("agency__desk__slots"),
    }
    numbers = User.objects.filter(pk=user.pk).annotate(**told).values(*told).get()
    return dict(numbers)


def _by_hour(posts: PostQuerySet) -> PostQuerySet:
    waiting = Delivery.objects.filter(post=OuterRef("pk"), status=Delivery.Status.WAITING)
    soonest = waiting.order_by("not_before").values("not_before")[:1]
    return board.scheduled(posts).annotate(at=Subquery(soonest)).order_by("at")


def _lately(posts: PostQuerySet, user: User) -> PostQuerySet:
    """What went out in the last thirty days, by the channel's own index."""
    sent = Delivery.objects.filter(post=OuterRef("pk"), status=Delivery.Status.PUBLISHED)
    newest = sent.order_by("-published_at").values("published_at")[:1]
    since = timezone.now() - LATELY
    of_agency = Channel.objects.filter(agency=user.agency_id)
    lately = Delivery.objects.filter(channel__in=of_agency, published_at__gte=since)
    live = lately.filter(status=Delivery.Status.PUBLISHED).values("post")
    return posts.filter(pk__in=live).annotate(at=Subquery(newest)).order_by("-at")


def _lights(user: User) -> list[overview.Line]:
    """The agency's channels, the worst first."""
    here = Channel.objects.for_work(training=user.in_training)
    return overview.lines(overview.told(here.filter(agency=user.agency_id)), brief=True)


def _found(lists: dict[str, tuple[PostQuerySet, int]]) -> dict[str, Any]:
    """Each list's rows, in its order; all of them are asked for at once."""
    parts = [posts.values("pk")[:most] for posts, most in lists.values()]
    ids = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    drawn = rows.of(lacks.told(rows.drawn(Post.objects.filter(pk__in=ids))))
    for post in drawn:
        post.lacks = lacks.of(post)  # type: ignore[attr-defined]
    return {name: _of_list(name, drawn)[:most] for name, (_posts, most) in lists.items()}


def _of_list(name: str, drawn: list[Post]) -> list[Post]:
    belongs, key, backwards = LISTS[name]
    return sorted(filter(belongs, drawn), key=key, reverse=backwards)


# --- who reviews ---


def _reviewing(user: User) -> dict[str, Any]:
    visible = Post.objects.visible_to(user)
    standing = due.standing(visible)
    lists = {
        "nearest": (visible.awaiting_review(), FEW),
        "trouble": (board.in_trouble(visible), MANY),
    }
    found = _found(lists)
    by_pk = {one.pk: one for one in standing}
    for post in found["nearest"]:
        post.due = by_pk.get(post.pk)
    late = [one for one in standing if one.is_late]
    return found | {"waiting": len(standing), "late": len(late)}


# --- who keeps channels and people ---


def _keeping() -> dict[str, Any]:
    """What waits for an admin's yes."""
    changes = AgencyChange.objects.filter(agreed_by=None, done_at=None, declined_at=None)
    return {
        "invitations": Invitation.objects.open().filter(agreed_by=None).count(),
        "delegations": Delegation.objects.filter(agreed_by=None, ended_at=None).count(),
        "changes": changes.count(),
    }


# --- who reads ---


def _overseeing() -> dict[str, Any]:
    return {"month": activity.month(), "concerns": activity.concerns()}


# --- which rows belong to which list, and in which order ---


def _in_trouble(post: Any) -> bool:
    return any(map(rows.needs_a_person, post.shown_deliveries))


def _any(status: str) -> Callable[[Any], bool]:
    return lambda post: any(one.status == status for one in post.shown_deliveries)


def _soonest(post: Any) -> Any:
    waiting = [one.not_before for one in post.shown_deliveries if one.status == "waiting"]
    return min(waiting, default=None), post.pk


def _newest(post: Any) -> Any:
    sent = [one.published_at for one in post.shown_deliveries if one.published_at]
    return max(sent), post.pk


def _changed(post: Any) -> Any:
    return post.updated_at, post.pk


def _nearest(post: Any) -> Any:
    return post.publish_at or post.submitted_at, post.pk


LISTS: dict[str, tuple[Callable[[Any], bool], Callable[[Any], Any], bool]] = {
    "todo": (
        lambda p: p.status in (Status.RETURNED, Status.EXPIRED) or _in_trouble(p),
        _changed,
        True,
    ),
    "drafts": (lambda p: p.status == Status.DRAFT, _changed, True),
    "asked": (lambda p: p.status == Status.SUBMITTED and p.with_head, _nearest, False),
    "waits": (lambda p: p.status == Status.SUBMITTED and not p.with_head, _nearest, False),
    "next": (_any("waiting"), _soonest, False),
    "live": (
        lambda p: any(d.published_at and d.status == "published" for d in p.shown_deliveries),
        _newest,
        True,
    ),
    "nearest": (lambda p: p.status == Status.SUBMITTED, _nearest, False),
    "trouble": (_in_trouble, _changed, True),
}
