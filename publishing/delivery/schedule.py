"""What an approval and its taking back do to deliveries: make, move, hold, cancel."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing.delivery.fit import certificate
from publishing.models import Delivery, Lane, Post, Revision

Status = Delivery.Status
MOVABLE = (Status.WAITING, Status.MISSED, Status.HELD)  # what `move` gives another hour


def create(post: Post, revision: Revision, not_before: datetime, edition: int) -> None:
    """One waiting delivery per channel of `revision`; an older approval's are cancelled.

    Nothing is ever approved and idle: call this in the approval's transaction, after its words
    were checked for the day of `not_before` (an `hour`) by that edition of the rulebook or later.
    """
    _refuse_mixture(post, revision)
    cancel_unsent(post)
    Post.objects.filter(pk=post.pk).update(at_once_at=not_before)
    for entry in revision.content["channels"]:
        Lane.objects.get_or_create(channel_id=entry["channel"])
        Delivery.objects.create(
            post=post,
            revision=revision,
            channel_id=entry["channel"],
            **times(revision, not_before),
            **certificate(timezone.localdate(not_before), edition),
        )


class Mixture(Exception):
    """A training post for a real channel, or a real one for a training's: a fault of ours."""


def _refuse_mixture(post: Post, revision: Revision) -> None:
    ids = [entry["channel"] for entry in revision.content["channels"]]
    if Channel.objects.filter(pk__in=ids).exclude(is_training=post.is_training).exists():
        raise Mixture(f"post {post.pk} and its channels are not of one world")


def move(post: Post, to: datetime | None) -> int:
    """Give the unsent deliveries another hour, and a fresh grace; how many there were.

    What was missed, waited for its quota or was held by a pause that is over or by the guidelines
    of another day waits for the new hour; what waits for its channel still does. What failed or
    was called off stays as it is: other verbs go on with it.
    """
    unsent = post.deliveries.exclude(status=Status.CANCELLED).select_related("revision")
    newest = unsent.order_by("-pk").first()
    if newest is None:
        return 0
    new_times = times(newest.revision, at := hour(to))
    Post.objects.filter(pk=post.pk).update(at_once_at=at)
    holds = [Delivery.Hold.QUOTA, Delivery.Hold.PAUSE, Delivery.Hold.GUIDELINES]
    stopped = Q(status=Status.HELD, hold__in=holds)
    over = post.deliveries.filter(Q(status__in=[Status.WAITING, Status.MISSED]) | stopped)
    moved = over.move(status=Status.WAITING, hold="", reason="", **new_times)
    held = post.deliveries.filter(status=Status.HELD, hold=Delivery.Hold.CHANNEL)
    return moved + held.update(**(new_times | {"next_at": None}))


def hour(asked: datetime | None) -> datetime:
    """When to send what is asked for then, None: at once. Never within the ten seconds in which
    the approver may change their mind."""
    soonest = timezone.now() + settings.UNDO
    return max(asked, soonest) if asked else soonest


def times(revision: Revision, not_before: datetime) -> dict[str, datetime | None]:
    """When to begin preparing, when to send, and after when no more: fields of a Delivery."""
    return {
        "not_before": not_before,
        "deadline": revision.deadline(not_before),
        "next_at": max(timezone.now(), not_before - settings.PREPARE_AHEAD),
        "waits_since": None,
    }


def hold_unsent(post: Post) -> None:
    """Stop everything that is not yet public; a new approval replaces it."""
    post.deliveries.unsent().move(
        status=Status.HELD,
        hold=Delivery.Hold.REVISION,
        next_at=None,
        reason=_("Unggahan dibuka lagi untuk disunting."),
    )


def cancel_unsent(post: Post) -> None:
    """Give up everything that is not yet public."""
    post.deliveries.unsent().move(status=Status.CANCELLED, hold="", next_at=None)
