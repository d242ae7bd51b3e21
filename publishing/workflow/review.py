"""What the reviewing unit decides: approve, send back, reject; and undo, for ten seconds."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import calendar, tasks
from publishing.delivery import schedule
from publishing.models import Post, Review, Revision
from publishing.workflow.author import reopen_review
from publishing.workflow.moves import (
    APPROVE,
    REJECT,
    SEND_BACK,
    UNDO,
    Move,
    Stale,
    TooClose,
    TooLate,
    make,
    require,
    undoable,
)


class ReasonNeeded(Exception):
    """A decision against a post without a word why; the message says what is missing."""


@transaction.atomic
def approve(post: Post, *, by: User, seen: int, revision: str, at_once: bool = False) -> None:
    """Approve exactly the revision whose hash the person saw; its deliveries exist from then on.

    Raises NotAllowed, Stale, TooClose (when less than five minutes are left and `at_once` is off),
    BadTime when it is no longer valid by then.
    """
    frozen = _decide(APPROVE, post, by=by, seen=seen, revision=revision)
    if not at_once and (left := calendar.too_close(post.publish_at)) is not None:
        raise TooClose(left)
    calendar.check_validity(None if at_once else post.publish_at, frozen.valid_until)
    schedule.create(post, frozen, at_once=at_once)
    tasks.ring([delivery.channel_id for delivery in post.deliveries.open()])


@transaction.atomic
def send_back(
    post: Post, *, by: User, seen: int, revision: str, note: str = "", reason: str = ""
) -> None:
    """Ask for changes, in words or by a coded reason. Raises NotAllowed, Stale, ReasonNeeded."""
    if not note.strip() and reason not in Review.Reason.values:
        raise ReasonNeeded(_("Tulis apa yang perlu diperbaiki, atau pilih alasannya."))
    _decide(SEND_BACK, post, by=by, seen=seen, revision=revision, note=note, reason=reason)


@transaction.atomic
def reject(post: Post, *, by: User, seen: int, revision: str, reason: str, note: str) -> None:
    """Refuse for good. Raises NotAllowed, Stale, ReasonNeeded."""
    if not note.strip() or reason not in Review.Reason.values:
        raise ReasonNeeded(_("Pilih alasan menolak dan jelaskan kepada penulisnya."))
    _decide(REJECT, post, by=by, seen=seen, revision=revision, note=note, reason=reason)
    schedule.cancel_unsent(post)


@transaction.atomic
def undo(post: Post, *, by: User, seen: int) -> None:
    """Take one's own approval back while nothing has begun. Raises TooLate after ten seconds."""
    require(by, UNDO.action, post)
    if not undoable(post, by):
        raise TooLate(_("Sudah lewat 10 detik. Gunakan “Buka lagi” atau “Batalkan unggahan”."))
    make(UNDO, post, by=by, seen=seen)
    schedule.cancel_unsent(post)
    if post.deliveries.perhaps_public().exists():
        raise TooLate(_("Pengiriman sudah dimulai."))
    reopen_review(post)


_DECISIONS = {
    APPROVE: Review.Decision.APPROVED,
    SEND_BACK: Review.Decision.RETURNED,
    REJECT: Review.Decision.REJECTED,
}


def _decide(
    move: Move, post: Post, *, by: User, seen: int, revision: str, note: str = "", reason: str = ""
) -> Revision:
    """Make the move on the revision that was seen, and close its review."""
    require(by, move.action, post)
    newest = post.revisions.order_by("-number").first()
    if newest is None or newest.sha256 != revision:
        raise Stale(post)
    note = note.replace("\0", "")
    reason = reason if reason in Review.Reason.values else ""
    words = note.strip() or (Review.Reason(reason).label if reason else "")
    make(move, post, by=by, seen=seen, revision=newest, note=str(words))
    Review.objects.filter(revision=newest).update(
        decision=_DECISIONS[move],
        reason=reason,
        note=note.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    return newest
