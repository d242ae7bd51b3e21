"""What the reviewing unit decides: approve, send back, reject; and undo, for ten seconds."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action
from guidelines import Level
from publishing import calendar, findings, rulebook, tasks
from publishing.checklist import Answers, kept, require_clear
from publishing.delivery import schedule
from publishing.findings import Standing
from publishing.models import Finding, Post, Review, Revision
from publishing.workflow import answers, notes
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


class Unsettled(Exception):
    """The guidelines block what is to be approved, and nobody let it pass: `standing`."""

    def __init__(self, standing: list[Standing]) -> None:
        self.standing = standing
        message = _("Pedoman menahan %(n)s hal. Izinkan dengan alasan, atau minta perbaikan.")
        super().__init__(message % {"n": len(standing)})


class ReasonNeeded(Exception):
    """A decision against a post without a word why; the message says what is missing."""


def approve(
    post: Post, *, by: User, seen: int, revision: str, checklist: Answers, at_once: bool = False
) -> None:
    """Approve exactly the revision whose hash the person saw; its deliveries exist from then on.

    Raises NotAllowed, Stale, Unchecked (something in the checklist), TooClose (less than five
    minutes are left and `at_once` is off), BadTime when it is no longer valid by then, Unsettled
    when the guidelines block it by now: what they found is kept all the same.
    """
    try:
        _approve(post, by=by, seen=seen, revision=revision, checklist=checklist, at_once=at_once)
    except Unsettled as stopped:
        answers.keep_stop(post, stopped.standing)
        raise


@transaction.atomic
def _approve(
    post: Post, *, by: User, seen: int, revision: str, checklist: Answers, at_once: bool
) -> None:
    frozen = _decide(APPROVE, post, by=by, seen=seen, revision=revision, checklist=checklist)
    require_clear(frozen, checklist)
    if not at_once and (left := calendar.too_close(post.publish_at)) is not None:
        raise TooClose(left)
    asked = None if at_once else post.publish_at
    calendar.check_validity(asked, frozen.valid_until)
    hour, edition = schedule.hour(asked), rulebook.current().edition
    _check_words(post, frozen, hour)
    schedule.create(post, frozen, hour, edition)
    tasks.ring([delivery.channel_id for delivery in post.deliveries.open()])


@transaction.atomic
def send_back(
    post: Post,
    *,
    by: User,
    seen: int,
    revision: str,
    note: str = "",
    reason: str = "",
    checklist: Answers | None = None,
) -> None:
    """Ask for changes, in words, by a coded reason or by notes beside what was handed in.

    Raises NotAllowed, Stale, ReasonNeeded.
    """
    require(by, Action.SEND_BACK, post)
    newest = post.revisions.order_by("-number").first()
    beside = notes.said_on(newest) if newest else 0
    if not note.strip() and reason not in Review.Reason.values and not beside:
        raise ReasonNeeded(_("Tulis apa yang perlu diperbaiki, atau pilih alasannya."))
    words = {"note": note, "reason": reason, "beside": notes.counted(beside)}
    _decide(SEND_BACK, post, by=by, seen=seen, revision=revision, checklist=checklist, **words)


@transaction.atomic
def reject(
    post: Post,
    *,
    by: User,
    seen: int,
    revision: str,
    reason: str,
    note: str,
    checklist: Answers | None = None,
) -> None:
    """Refuse for good. Raises NotAllowed, Stale, ReasonNeeded."""
    require(by, Action.REJECT, post)
    if not note.strip() or reason not in Review.Reason.values:
        raise ReasonNeeded(_("Pilih alasan menolak dan jelaskan kepada penulisnya."))
    words = {"note": note, "reason": reason}
    _decide(REJECT, post, by=by, seen=seen, revision=revision, checklist=checklist, **words)
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


def blocks(found: Iterable[Standing]) -> list[Standing]:
    """What stands in an approval's way: what blocks, and nobody let pass."""
    return [one for one in findings.unsettled(found) if one.found.level == Level.BLOCK]


def _check_words(post: Post, frozen: Revision, at: datetime) -> None:
    """The guidelines once more, for the day it goes out: dates and lists move on. Kept."""
    found = findings.of_revision(post, frozen, at)
    if left := blocks(found):
        raise Unsettled(left)
    findings.record(post, found, Finding.Stage.APPROVE, frozen)


_DECISIONS = {
    APPROVE: Review.Decision.APPROVED,
    SEND_BACK: Review.Decision.RETURNED,
    REJECT: Review.Decision.REJECTED,
}


def _decide(
    move: Move,
    post: Post,
    *,
    by: User,
    seen: int,
    revision: str,
    checklist: Answers | None,
    note: str = "",
    reason: str = "",
    beside: str = "",
) -> Revision:
    """Make the move on the revision that was seen, and close its review."""
    require(by, move.action, post)
    newest = post.revisions.order_by("-number").first()
    if newest is None or newest.sha256 != revision:
        raise Stale(post)
    note = note.replace("\0", "")
    reason = reason if reason in Review.Reason.values else ""
    words = note.strip() or (Review.Reason(reason).label if reason else beside)
    make(move, post, by=by, seen=seen, revision=newest, note=str(words))
    Review.objects.filter(revision=newest).update(
        decision=_DECISIONS[move],
        reason=reason,
        note=note.strip(),
        checklist=kept(newest, checklist or {}),
        decided_by=by,
        decided_at=timezone.now(),
    )
    return newest
