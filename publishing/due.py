"""When each post that waits for a review is due, and how late or early that is in working hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import calendar, kinds, spans, vitals
from publishing.models import Kind, Post
from publishing.models.post import PostQuerySet

JOINT_AFTER = timedelta(minutes=15)  # an emergency that nobody decided on (product.md 3)


@dataclass(frozen=True)
class Due:
    """One post in the queue."""

    pk: int
    kind: Kind
    submitted_at: datetime
    publish_at: datetime | None
    at: datetime  # when the decision is due

    @property
    def is_late(self) -> bool:
        return self.at <= timezone.now()

    @property
    def spoken(self) -> str:
        """ "sisa 2 jam 10 menit kerja", "terlambat 40 menit kerja"; "sisa 9 menit" of a danger."""
        track, now = kinds.of(self.kind).track, timezone.now()
        left = spans.exact(calendar.run(track, min(now, self.at), max(now, self.at)))
        said = _("terlambat %(span)s") if self.is_late else _("sisa %(span)s")
        return said % {"span": track.counted(left)}


def standing(posts: PostQuerySet | None = None) -> list[Due]:
    """All that wait, nearest hour first; real ones unless told otherwise. One query."""
    found = Post.objects.filter(is_training=False) if posts is None else posts
    told = found.awaiting_review().values_list("pk", "kind", "submitted_at", "publish_at")
    return [_due(pk, Kind(kind), at or timezone.now(), hour) for pk, kind, at, hour in told]


def counted(user: User) -> Combinable:
    """How many posts wait for the reviewing unit, as a part of the shell's one question."""
    return vitals.counted(Post.objects.visible_to(user).awaiting_review())


def about(post: Post) -> Due:
    """When the decision about a post that waits is due, and how near that is."""
    return _due(post.pk, Kind(post.kind), post.submitted_at or post.updated_at, post.publish_at)


def of(post: Post) -> datetime:
    """When the decision about a post that waits is due."""
    return about(post).at


def release_at(post: Post) -> datetime | None:
    """When a joint release of it opens, or opened; None for what is no emergency that waits."""
    waits = post.status == Post.Status.SUBMITTED and post.urgent
    return post.submitted_at + JOINT_AFTER if waits and post.submitted_at else None


def release_is_open(post: Post) -> bool:
    """Whether it may be released jointly now."""
    at = release_at(post)
    return at is not None and at <= timezone.now()


def _due(pk: int, kind: Kind, submitted_at: datetime, publish_at: datetime | None) -> Due:
    track = kinds.of(kind).track
    at = calendar.review_due(track, submitted_at, publish_at)
    return Due(pk, kind, submitted_at, publish_at, at)
