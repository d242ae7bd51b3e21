"""Notes on a submission: a reviewer opens and settles threads, its agency answers them.

Every word is a row of its own; the post's row is locked first, so that two people speak in turn.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.policy import Action
from publishing import wording
from publishing.anchors import Anchor
from publishing.models import Note, Post, Review, Revision
from publishing.threads import Thread, gathered, withdrawable
from publishing.workflow.answers import WordsNeeded
from publishing.workflow.holding import require_at_humas
from publishing.workflow.moves import NotAllowed, Stale, TooLate, require

MOST_WORDS = 2000  # letters of one note
MOST_NOTES = 12  # that are opened on one submission; with more it should go back
Kind = Note.Kind


@transaction.atomic
def add_note(
    post: Post, *, by: User, revision: str, anchor: Anchor, words: str, reason: str = ""
) -> Note:
    """Open a thread on the submission whose hash the person saw; twice the same is once,
    as long as it is open.

    Raises NotAllowed, Stale, WordsNeeded.
    """
    newest = _under_review(post, by)
    if newest.sha256 != revision:
        raise Stale(post)
    reason = reason if reason in Review.Reason.values else ""
    words = _checked(words, needed=not reason)
    said = {"words": words, "reason": reason, **place_of(anchor)}
    known = [thread for thread in _threads(post) if not thread.is_withdrawn]
    for thread in known:
        if (
            not thread.is_settled
            and thread.opening.by_id == by.pk
            and _says(thread.opening, newest, said)
        ):
            return thread.opening
    new = [t for t in known if t.opening.revision_id == newest.pk and not t.is_settled]
    if len(new) >= MOST_NOTES:
        message = _("Sudah ada %(n)s catatan pada pengajuan ini. Minta perbaikan dahulu.")
        raise WordsNeeded(message % {"n": MOST_NOTES})
    return Note.objects.create(post=post, revision=newest, kind=Kind.OPENED, by=by, **said)


@transaction.atomic
def reply_note(post: Post, thread: int, *, by: User, words: str) -> Note:
    """Say more to a thread that is open. Raises NotAllowed, Stale, TooLate, WordsNeeded."""
    newest = _under_review(post, by)
    found = _open(post, thread)
    return _add(found, newest, Kind.REPLY, by, _checked(words))


@transaction.atomic
def settle_note(post: Post, thread: int, *, by: User, words: str = "") -> Note:
    """Nothing is left to do about it. Raises NotAllowed, Stale, TooLate."""
    newest = _under_review(post, by)
    found = _open(post, thread)
    return _add(found, newest, Kind.SETTLED, by, _checked(words, needed=False))


@transaction.atomic
def reopen_note(post: Post, thread: int, *, by: User, words: str = "") -> Note:
    """Something is left to do after all. Raises NotAllowed, Stale, TooLate."""
    newest = _under_review(post, by)
    found = _thread(post, thread)
    if not found.is_settled:
        raise TooLate(_("Catatan ini masih terbuka."))
    return _add(found, newest, Kind.REOPENED, by, _checked(words, needed=False))


@transaction.atomic
def withdraw_note(post: Post, thread: int, *, by: User) -> Note:
    """Unsay one's own note before the decision. Raises NotAllowed, Stale, TooLate."""
    newest = _under_review(post, by)
    found = _thread(post, thread)
    if found.opening.by_id != by.pk:
        raise NotAllowed(_("Catatan ini ditulis orang lain."))
    if not withdrawable(found, by):
        raise TooLate(_("Catatan ini sudah dibaca penulisnya atau sudah ditanggapi."))
    return _add(found, newest, Kind.WITHDRAWN, by, "")


@transaction.atomic
def answer_note(post: Post, thread: int, *, by: User, kind: str, words: str) -> Note:
    """The agency's answer: fixed, or explained and then with words.

    Raises NotAllowed, Stale, TooLate, WordsNeeded.
    """
    require(by, Action.WRITE, post)
    here = _locked(post)
    newest = post.revisions.order_by("-number").first()
    if not here.is_editable or newest is None:
        raise Stale(post)
    found = _open(post, thread)
    if not found.opening.revision.review.decision:
        raise TooLate(_("Catatan ini belum dapat dijawab."))
    explains = kind == Kind.EXPLAINED
    said = _checked(words, needed=explains, asked=_("Jelaskan mengapa, satu kalimat cukup."))
    if found.answer and (found.answer.kind, found.answer.words) == (kind, said):
        return found.answer
    return _add(found, newest, Kind.EXPLAINED if explains else Kind.FIXED, by, said)


def counted(n: int) -> str:
    """So many notes, as the history says it; "" for none."""
    return ngettext("%(n)s catatan", "%(n)s catatan", n) % {"n": n} if n else ""


def said_on(revision: Revision) -> int:
    """How many notes reviewers wrote on this submission and left standing: they say why it goes
    back."""
    asks = [
        thread
        for thread in _threads(revision.post)
        if not thread.is_withdrawn
        and not thread.is_settled
        and any(
            one.revision_id == revision.pk and one.kind in Note.ASKS
            for one in (thread.opening, *thread.rest)
        )
    ]
    return len(asks)


def _under_review(post: Post, by: User) -> Revision:
    """The submission that waits, locked against a decision. Raises NotAllowed, Stale."""
    require(by, Action.NOTE, post)
    here = _locked(post)
    newest = post.revisions.order_by("-number").first()
    if here.status != Post.Status.SUBMITTED or newest is None:
        raise Stale(post)
    require_at_humas(here)
    return newest


def _locked(post: Post) -> Post:
    return Post.objects.select_for_update().get(pk=post.pk)


def _threads(post: Post) -> list[Thread]:
    rows = post.notes.select_related("by", "revision__review").defer("revision__content")
    return gathered(rows)


def _thread(post: Post, pk: int) -> Thread:
    for thread in _threads(post):
        if thread.opening.pk == pk and not thread.is_withdrawn:
            return thread
    raise TooLate(_("Catatan ini sudah ditarik oleh penulisnya."))


def _open(post: Post, pk: int) -> Thread:
    found = _thread(post, pk)
    if found.is_settled:
        who = next(one.by for one in reversed(found.rest) if one.kind == Kind.SETTLED)
        raise TooLate(_("Catatan ini sudah ditandai selesai oleh %(who)s.") % {"who": who})
    return found


def _add(thread: Thread, revision: Revision, kind: Note.Kind, by: User, words: str) -> Note:
    opening = thread.opening
    return Note.objects.create(
        post_id=opening.post_id, revision=revision, opening=opening, kind=kind, by=by, words=words
    )


def _checked(words: str, *, needed: bool = True, asked: str = "") -> str:
    words = wording.clean(words).strip()
    if needed and not words:
        raise WordsNeeded(asked or _("Tulis catatannya, satu kalimat cukup."))
    if len(words) > MOST_WORDS:
        message = _("Terlalu panjang: paling banyak %(n)s huruf. Pendekkan dahulu.")
        raise WordsNeeded(message % {"n": "2.000"})
    return words


def place_of(anchor: Anchor) -> dict[str, Any]:
    """The fields of an opening that say where it points."""
    place = Note.Place.PICTURE if anchor.media else Note.Place.TEXT
    if not anchor.media and not anchor.channels:
        place = Note.Place.WHOLE
    return {
        "place": place,
        "channels": list(anchor.channels),
        "start": anchor.start,
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
        "media_id": anchor.media,
        "x": anchor.x,
        "y": anchor.y,
        "rendition": anchor.rendition,
    }


def _says(note: Note, revision: Revision, said: dict[str, Any]) -> bool:
    return note.revision_id == revision.pk and all(
        getattr(note, name) == value for name, value in said.items()
    )
