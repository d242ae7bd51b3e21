"""Siap dijadwalkan: what waits for an hour, or lost the one that it had."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from accounts.policy import Action, may
from publishing.agenda.days import Chip, Mover, chip_of, loaded
from publishing.agenda.periods import Period
from publishing.models import Attachment, Delivery, Media, Post
from publishing.models.post import PostQuerySet

MOST = 5
LATELY = timedelta(days=30)  # what ran out earlier is nobody's plan any more


@dataclass(frozen=True)
class Waiting:
    """One post of the tray; `thumb` is its first picture's address, or ""."""

    chip: Chip
    thumb: str


def tray(user: User, period: Period, may_move: Mover) -> list[Waiting]:
    """What this person can give an hour, the newest first."""
    parts = (part.order_by("-updated_at").values("pk")[:MOST] for part in _parts(user, period))
    first, *others = parts
    found = loaded(Post.objects.filter(pk__in=first.union(*others))).annotate(picture=_picture())
    newest = found.order_by("-updated_at", "-pk")
    chips = [chip for chip in (chip_of(post, may_move) for post in newest) if chip.movable]
    return [Waiting(chip, _thumb(chip.post)) for chip in chips[:MOST]]


def _picture() -> Subquery:
    """The first picture's id and focal point, without a query of its own."""
    media = JSONObject(pk="media_id", x="media__focal_x", y="media__focal_y")
    own = Attachment.objects.filter(post=OuterRef("pk")).order_by("position", "pk")
    return Subquery(own.annotate(picture=media).values("picture")[:1])


def _thumb(post: Post) -> str:
    known = getattr(post, "picture", None)
    if not known:
        return ""
    return Media(pk=known["pk"], focal_x=known["x"], focal_y=known["y"]).thumb


def _parts(user: User, period: Period) -> list[PostQuerySet]:
    """Each by an index of its own: drafts, "at once", run out, missed."""
    visible = Post.objects.visible_to(user)
    if period.agency:
        visible = visible.filter(agency=period.agency)
    since = timezone.now() - LATELY
    missed = Delivery.objects.filter(status=Delivery.Status.MISSED, not_before__gte=since)
    own = visible.filter(agency=user.agency_id) if may(user, Action.WRITE) else visible.none()
    return [
        own.filter(status__in=Post.WRITTEN, publish_at=None),
        visible.filter(status=Post.Status.SUBMITTED, publish_at=None),
        visible.filter(status=Post.Status.EXPIRED, updated_at__gte=since),
        visible.filter(status=Post.Status.APPROVED, pk__in=missed.values("post")),
    ]
