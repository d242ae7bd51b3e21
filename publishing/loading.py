"""A draft with everything that its writing desk shows, in as few queries as that needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject

from publishing.checklist import of_marked
from publishing.models import Attachment, Note, Post, Programme, Review, Source, Variant
from publishing.models.post import PostQuerySet

_ROWS = (
    Prefetch("variants", Variant.objects.select_related("channel")),
    Prefetch("attachments", Attachment.objects.select_related("media__consent_file")),
    "attachments__media__renditions",
    Prefetch("sources", Source.objects.select_related("file")),
    "facts",
)
_JOINED = ("agency__desk", "corrects", "author", "saved_by", "editing_by")


# of its notes, only what tells which of them still wait for an answer
_SAID = (
    Note.objects.filter(post=OuterRef("pk"))
    .order_by("at", "pk")
    .values(row=JSONObject(pk="pk", opening_id="opening_id", kind="kind"))
)


@dataclass(frozen=True)
class Request:
    """What a reviewer asked for when the post came back."""

    by: str
    at: datetime
    reason: str
    note: str
    marked: str  # what the checklist found wanting


def for_findings(posts: PostQuerySet) -> PostQuerySet:
    """`posts` with what the guidelines read."""
    pictures = Prefetch("attachments", Attachment.objects.select_related("media"))
    return posts.select_related("agency__desk").prefetch_related(_ROWS[0], pictures).with_hands()


def for_the_desk(posts: PostQuerySet) -> PostQuerySet:
    """`posts` with their rows, and with `programmes` and `request` for the two functions below,
    and `said` for publishing.threads."""
    programme = Q(is_active=True) | Q(pk=OuterRef("programme_id"))
    offered = Programme.objects.filter(programme).values(row=JSONObject(pk="pk", name="name"))
    back = Review.objects.filter(revision__post=OuterRef("pk"), decision=Review.Decision.RETURNED)
    said = JSONObject(
        by="decided_by__name",
        at="decided_at",
        reason="reason",
        note="note",
        checklist="checklist",
    )
    return (
        posts.select_related(*_JOINED)
        .prefetch_related(*_ROWS)
        .annotate(
            programmes=ArraySubquery(offered),
            said=ArraySubquery(_SAID),
            request=Subquery(back.order_by("-decided_at").values(row=said)[:1]),
        )
    )


def programmes(post: Post | None) -> list[tuple[int, str]]:
    """(id, name) of those in use, and of the one that the draft names although it is not."""
    rows: list[Mapping[str, Any]] | None = getattr(post, "programmes", None)
    if rows is not None:
        return [(row["pk"], row["name"]) for row in rows]
    named = post.programme_id if post else None
    offered = Programme.objects.filter(Q(is_active=True) | Q(pk=named))
    return [(programme.pk, programme.name) for programme in offered]


def request(post: Post | None) -> Request | None:
    """Who asked for what, while the post waits to be mended. Of a post `for_the_desk` only."""
    said: Mapping[str, Any] | None = getattr(post, "request", None)
    if post is None or post.status != Post.Status.RETURNED or said is None:
        return None
    reason = str(Review.Reason(said["reason"]).label) if said["reason"] else ""
    marked = of_marked(said["checklist"])
    return Request(said["by"], datetime.fromisoformat(said["at"]), reason, said["note"], marked)
