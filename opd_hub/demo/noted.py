"""What reviewers noted beside the month's submissions, and what their authors answered."""

from datetime import datetime

from accounts.models import User
from publishing import anchors
from publishing.anchors import Anchor
from publishing.models import Note, Review, Revision
from publishing.workflow.notes import place_of

ASKED = "Apakah tulisan pada gambar sudah sama dengan teks ini?"
ANSWERED = "Sudah dicocokkan. Gambarnya tidak menyebut bagian yang diubah."
POINT = (430, 220)  # of every poster: its large letters


def keep(earlier: Revision, quote: str, reason: Review.Reason, by: User, at: datetime) -> Note:
    """A note on the words that had to change."""
    saying = [e["channel"] for e in earlier.content["channels"] if quote in e["text"]]
    anchor = anchors.on_text(earlier.content, saying[0], quote) if saying else anchors.WHOLE
    return _open(earlier, anchor, "", reason, by, at)


def keep_pointed(earlier: Revision, by: User, at: datetime) -> Note | None:
    """A note on the first picture, where there is one."""
    for entry in earlier.content["channels"]:
        for picture in entry["pictures"]:
            anchor = anchors.on_picture(earlier.content, picture["media"], entry["channel"], POINT)
            return _open(earlier, anchor, ASKED, "", by, at)
    return None


def answer(note: Note, kind: Note.Kind, words: str, by: User, at: datetime) -> None:
    """The author's word to it."""
    Note.objects.create(
        post=note.post, revision=note.revision, opening=note, kind=kind, words=words, by=by, at=at
    )


def _open(
    revision: Revision, anchor: Anchor, words: str, reason: str, by: User, at: datetime
) -> Note:
    return Note.objects.create(
        post=revision.post,
        revision=revision,
        kind=Note.Kind.OPENED,
        words=words,
        reason=reason,
        by=by,
        at=at,
        **place_of(anchor),
    )
