"""Moves in the calendar: a post to another hour, by whichever verb its state asks for; and back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from publishing import calendar
from publishing.models import Event, Post
from publishing.workflow import author
from publishing.workflow.drafts import kept
from publishing.workflow.moves import (
    RESCHEDULE,
    REVIVE,
    NotAllowed,
    Stale,
    TooLate,
    movable,
    moved,
    record,
    require,
)
from publishing.workflow.rescheduling import put_at, reschedule


def hour_of(post: Post) -> datetime | None:
    """The hour at which it stands in the calendar; of "at once" what its approval made of it."""
    at_once = post.at_once_at if post.status == Post.Status.APPROVED else None
    return post.publish_at or at_once


def can_move(user: User, post: Post, states: Collection[str]) -> bool:
    """Whether to offer it; `states` are those of its deliveries. `move` checks again."""
    if post.status in Post.WRITTEN:
        return may(user, Action.WRITE, post)
    sources = (*RESCHEDULE.sources, *REVIVE.sources)
    if post.status not in sources or not may(user, Action.RESCHEDULE, post):
        return False
    return post.status != Post.Status.APPROVED or movable(states)


def move(post: Post, *, by: User, seen: int, to: datetime | None) -> None:
    """Give the post another hour. Raises BadTime, NotAllowed, Stale, TooLate.

    What is on its way keeps its approval; a draft is saved, with what it was in its history.
    """
    _refuse_live(post)
    if post.status in Post.WRITTEN:
        set_hour(post, by=by, seen=seen, to=to)
    else:
        reschedule(post, by=by, seen=seen, to=to)


@transaction.atomic
def set_hour(post: Post, *, by: User, seen: int, to: datetime | None) -> None:
    """Another hour for a draft: a save like the composer's. Raises BadTime, NotAllowed, Stale."""
    require(by, Action.WRITE, post)
    calendar.check(to)
    calendar.check_validity(to, post.valid_until)
    old = post.publish_at
    if post.status not in Post.WRITTEN:
        raise Stale(post)
    author.save_draft(post, replace(kept(post), publish_at=to), by=by, seen=seen, anew=True)
    record(post, RESCHEDULE.verb, by=by, note=moved(old, to))


@transaction.atomic
def move_back(post: Post, *, by: User, seen: int, to: datetime | None) -> None:
    """Take back one's own last move: to the hour that it had, also an earlier one.

    Raises Stale when something was done to it since, TooLate when that hour passed.
    """
    last = post.events.filter(delivery=None).order_by("-at", "-pk").first()
    if post.version != seen or last is None or last.verb != Event.Verb.RESCHEDULE:
        raise Stale(post)
    if last.actor_id != by.pk:
        raise NotAllowed(_("Hanya yang memindahkan yang dapat mengurungkannya."))
    if to is not None and to <= timezone.now():
        raise TooLate(_("Jam semula sudah lewat. Pilih waktu yang akan datang."))
    _refuse_live(post)
    if post.status in Post.WRITTEN:
        set_hour(post, by=by, seen=seen, to=to)
    else:
        put_at(post, by=by, seen=seen, to=to)


def _refuse_live(post: Post) -> None:
    """Said before anything else is found wrong with the move; the move itself asks under lock."""
    if post.status == Post.Status.APPROVED and post.deliveries.perhaps_public().exists():
        raise TooLate(_("Unggahan ini sudah tayang dan tidak dapat dipindahkan."))
