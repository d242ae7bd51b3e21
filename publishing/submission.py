"""One submission as its reviewer reads it: what it is for, what it shows and by what right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from publishing import kinds, picture_row, places, statements
from publishing.models import Media, Post, Review, Revision
from publishing.payloads import Shown, ShownPicture
from publishing.statements import Reading


@dataclass(frozen=True)
class Described:
    """A picture of the row, with what the agency says of it."""

    number: int
    picture: ShownPicture
    media: Media
    absent: list[str]  # labels of the platforms that do not show it


@dataclass(frozen=True)
class Corrected:
    """The post that a ralat puts right: where it is, and what it said when it was approved."""

    post: Post
    said: list[Reading]


def pictures(revision: Revision, shown: Sequence[Shown]) -> list[Described]:
    """The row of pictures, each with its rights; one query however many there are."""
    row = [picture["media"] for picture in picture_row.of(revision)]
    kept = Media.objects.select_related("consent_file").in_bulk(row)
    seen = {picture.media: picture for one in reversed(shown) for picture in one.pictures}
    return [
        Described(
            number, seen[media], kept[media], [one.label for one in shown if media not in one.media]
        )
        for number, media in enumerate(row, 1)
    ]


def answers(revision: Revision) -> list[tuple[str, str]]:
    """(question, answer) of its kind, as they were handed in."""
    return kinds.answers(revision.kind, revision.content.get("details", {}))


def clock(revision: Revision) -> str:
    """How soon its kind is to be reviewed, in words: "2 jam kerja"."""
    return kinds.of(revision.kind).track.spoken


def for_reports(post: Post) -> list[tuple[str, str]]:
    """(label, words) of what is recorded on the post for the reports and never sent."""
    rows = [
        (_("pilar"), post.get_pillar_display()),
        (_("program"), str(post.programme or "")),
        (_("nilai"), post.get_value_display()),
        (_("tempat"), places.label(post.place)),
    ]
    return [row for row in rows if row[1]]


def corrected(revision: Revision, user: User) -> Corrected | None:
    """What a ralat puts right, as far as this person may see it."""
    pk = revision.content.get("corrects")
    post = Post.objects.visible_to(user).filter(pk=pk).first() if pk else None
    if post is None:
        return None
    approved = post.revisions.filter(review__decision=Review.Decision.APPROVED).last()
    return Corrected(post, statements.readings(approved.content) if approved else [])
