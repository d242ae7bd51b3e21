"""A row of the queue: one waiting post, described by its newest submission, and its flags."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import calendar, due, kinds, repeats, spans, threads, tracks
from publishing.models import Finding, Kind, Post, Reading, Revision, Signature, Variant
from publishing.models.media import VERSION_LENGTH, address_of

FLAGGED = {Kind.EMERGENCY, Kind.CLARIFICATION, Kind.CORRECTION}
ALIKE = "DUPLIKAT"  # the guidelines' rule about texts that are nearly the same
UNCLEAN = (Finding.Level.BLOCK, Finding.Level.WARN)


@dataclass(frozen=True)
class Row:
    """One post in the queue, described by its newest submission."""

    post: Post
    newest: Revision
    signed: bool = False  # one of its two yeses is there
    reasons: tuple[str, ...] = field(default=())  # why it needs two

    @property
    def url(self) -> str:
        waits = self.post.status in (Post.Status.SUBMITTED, Post.Status.RETURNED)
        return reverse("review" if waits else "post", args=[self.post.pk])

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

    @property
    def is_late(self) -> bool:
        """Whether its review's clock has run out."""
        return _waits(self.post) and timezone.now() >= due.of(self.post)

    @property
    def age(self) -> str:
        """Since when it waits, in working time: "menunggu 3 jam kerja"; "" when it does not."""
        if not _waits(self.post) or self.post.submitted_at is None:
            return ""
        track = kinds.of(self.post.kind).track
        span = spans.rough(calendar.run(track, self.post.submitted_at, timezone.now()))
        return _("menunggu %(span)s") % {"span": track.counted(span)}

    @property
    def is_alike(self) -> bool:
        """Whether it says nearly or exactly what the channel said before."""
        like = getattr(self.newest, "is_alike", False)
        return bool(like or getattr(self.newest, "is_repeated", False))

    @property
    def is_noted(self) -> bool:
        """Whether a reviewer's note on it is not settled yet."""
        return bool(getattr(self.newest, "is_noted", False))

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found in it or noted on it, and one yes is enough."""
        found = getattr(self.newest, "has_findings", True) or self.is_alike or self.is_noted
        return not found and not self.reasons

    @property
    def is_opened(self) -> bool:
        """Whether the person of this list has read this submission."""
        return bool(getattr(self.newest, "was_opened", False))


def rows(found: Iterable[Post], user: User) -> list[Row]:
    """`found` with what a row shows, in four queries however many there are."""
    loaded = list(found)
    newest = Revision.objects.order_by("post_id", "-number").distinct("post_id")
    prefetch_related_objects(
        loaded,
        "agency",
        "taken_by",
        Prefetch("revisions", _flagged(newest, user), to_attr="newest"),
    )
    return list(_rows(loaded))


def _flagged(newest: QuerySet[Revision], user: User) -> QuerySet[Revision]:
    """With what the findings, the signatures and this person's readings say of each."""
    found = Finding.objects.filter(revision=OuterRef("pk"), stage=Finding.Stage.SUBMIT)
    yes = Signature.objects.filter(
        review__revision=OuterRef("pk"), kind=Signature.Kind.APPROVE, review__decision=""
    )
    opened = Reading.objects.filter(revision=OuterRef("pk"), user=user)
    chosen = Variant.objects.filter(post=OuterRef("post")).exclude(words_key="")
    again = repeats.handed_in(timezone.now()).exclude(post=OuterRef("post"))
    again = again.filter(channel=OuterRef("channel"), words_key=OuterRef("words_key"))
    return tracks.annotated(newest).annotate(
        is_alike=Exists(found.filter(code=ALIKE)),
        is_repeated=Exists(chosen.filter(Exists(again))),
        is_noted=Exists(threads.unfinished(OuterRef("post"))),
        has_findings=Exists(found.filter(level__in=UNCLEAN)),
        is_signed=Exists(yes),
        was_opened=Exists(opened),
    )


def _rows(loaded: Iterable[Post]) -> Iterable[Row]:
    for post in loaded:
        for revision in getattr(post, "newest", ()):  # set by the prefetch; none: never submitted
            signed = bool(getattr(revision, "is_signed", False))
            yield Row(post, revision, signed, tracks.of(post, revision).why)


def _waits(post: Post) -> bool:
    return post.status == Post.Status.SUBMITTED
