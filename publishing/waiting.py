"""The review queue as a page lists it: which posts wait, and what a row says of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import Event, Kind, Post, Review, Revision
from publishing.models.media import VERSION_LENGTH, address_of
from publishing.progress import spoken

FLAGGED = {Kind.EMERGENCY, Kind.CLARIFICATION, Kind.CORRECTION}


@dataclass(frozen=True)
class Row:
    """One post in the queue, described by its newest submission."""

    post: Post
    newest: Revision

    @property
    def url(self) -> str:
        return reverse("review", args=[self.post.pk])

    @property
    def platforms(self) -> list[str]:
        return [entry["platform"] for entry in self.newest.content["channels"]]

    @property
    def flagged(self) -> Kind | None:
        """Its kind, where a reviewer should know it before opening the post."""
        return self.newest.kind if self.newest.kind in FLAGGED else None

    @property
    def thumb(self) -> str:
        """Address of the first picture, small; empty when there is none."""
        for entry in self.newest.content["channels"]:
            for picture in entry["pictures"]:
                return address_of(picture["media"], "thumb", picture["sha256"][:VERSION_LENGTH])
        return ""


def posts(user: User, status: str) -> QuerySet[Post]:
    """What of the queue's `status` this person sees, nearest schedule first."""
    visible = Post.objects.visible_to(user)
    if status == Post.Status.SUBMITTED:
        return visible.awaiting_review()
    return visible.filter(status=status).order_by("-updated_at", "-pk")


def rows(found: Iterable[Post]) -> list[Row]:
    """`found` with what a row shows, in three queries however many there are."""
    loaded = list(found)
    newest = Revision.objects.order_by("post_id", "-number").distinct("post_id")
    prefetch_related_objects(loaded, "agency", Prefetch("revisions", newest, to_attr="newest"))
    return list(_rows(loaded))


def _rows(loaded: Iterable[Post]) -> Iterable[Row]:
    for post in loaded:
        for revision in getattr(post, "newest", ()):  # set by the prefetch; none: never submitted
            yield Row(post, revision)


def next_for(user: User) -> Post | None:
    """The nearest post that this person may decide: not one they had a hand in."""
    waiting = posts(user, Post.Status.SUBMITTED)
    return waiting.exclude(author=user).exclude(writers=user).first()


def nothing_waits(user: User) -> str:
    """The sentence for an empty queue, with the time of the last approval when there is one."""
    approved = Review.objects.filter(
        decision=Review.Decision.APPROVED, revision__post__is_training=user.in_training
    )
    last = approved.order_by("-decided_at").values_list("decided_at", flat=True).first()
    if last is None:
        return _("Antrean kosong. Belum ada unggahan yang disetujui.")
    return _("Antrean kosong. Unggahan terakhir disetujui %(when)s.") % {"when": spoken(last)}


def just_approved(user: User) -> Post | None:
    """What this person approved so lately that the approval can still be taken back."""
    since = timezone.now() - settings.UNDO
    fresh = Event.objects.filter(
        actor=user, verb=Event.Verb.APPROVE, at__gt=since, post__status=Post.Status.APPROVED
    ).filter(post__is_training=user.in_training)
    event = fresh.select_related("post").last()
    return event.post if event else None
