"""Siap dijadwalkan: what waits for an hour, or lost the one that it had."""

from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.policy import Action, may
from publishing.agenda.days import Chip, Mover, chip_of, loaded
from publishing.agenda.periods import Period
from publishing.models import Attachment, Delivery, Post
from publishing.models.post import PostQuerySet

MOST = 8
LATELY = timedelta(days=30)  # what ran out earlier is nobody's plan any more
_OPEN = (Post.Status.DRAFT, Post.Status.RETURNED)


def tray(user: User, period: Period, may_move: Mover) -> list[Chip]:
    """What this person can give an hour, the newest first."""
    parts = (part.order_by("-updated_at").values("pk")[:MOST] for part in _parts(user, period))
    first, *others = parts
    pictures = Prefetch("attachments", Attachment.objects.select_related("media"))
    found = loaded(Post.objects.filter(pk__in=first.union(*others)))
    newest = found.order_by("-updated_at", "-pk").prefetch_related(pictures)
    return [chip for chip in (chip_of(post, may_move) for post in newest) if chip.movable][:MOST]


def _parts(user: User, period: Period) -> list[PostQuerySet]:
    """Each by an index of its own: drafts, "at once", run out, missed."""
    visible = Post.objects.visible_to(user)
    if period.agency:
        visible = visible.filter(agency=period.agency)
    since = timezone.now() - LATELY
    missed = Delivery.objects.filter(status=Delivery.Status.MISSED, not_before__gte=since)
    own = visible.filter(agency=user.agency_id) if may(user, Action.WRITE) else visible.none()
    return [
        own.filter(status__in=_OPEN, publish_at=None),
        visible.filter(status=Post.Status.SUBMITTED, publish_at=None),
        visible.filter(status=Post.Status.EXPIRED, updated_at__gte=since),
        visible.filter(status=Post.Status.APPROVED, pk__in=missed.values("post")),
    ]
