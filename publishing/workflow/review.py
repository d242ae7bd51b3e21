"""What the reviewing unit decides: approve, send back, reject; and undo, for ten seconds."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.models import User
from accounts.policy import Action, may
from publishing import calendar, rulebook, tasks
from publishing.checklist import Answers, kept, require_clear
from publishing.delivery import schedule
from publishing.models import Event, Post, Review, Revision
from publishing.workflow import answers, notes, signing
from publishing.workflow.author import reopen_review
from publishing.workflow.holding import require_at_humas, require_free
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
)
from publishing.workflow.seen import Unsettled, as_seen, check_words


class ReasonNeeded(Exception):
    """A decision against a post without a word why; the message says what is missing."""


def approve(
    post: Post, *, by: User, seen: int, revision: str, checklist: Answers, at_once: bool = False
) -> bool:
    """Approve exactly the revision whose hash the person saw; its deliveries exist from then on.

    False when this was the first of two yeses: it waits on, for somebody else. Raises NotAllowed,
    Stale, TooLate while somebody else looks at it, Unchecked (something in the checklist),
    TooClose (less than five minutes are left and `at_once` is off), BadTime when it is no longer
    valid by then, Unsettled when the guidelines block it by now: what they found is kept.
    """
    try:
        return _approve(post, by, seen, revision, checklist, at_once=at_once)
    except Unsettled as stopped:
        answers.keep_stop(post, stopped.standing)
        raise


@transaction.atomic
def _approve(
    post: Post, by: User, seen: int, revision: str, checklist: Answers, *, at_once: bool
) -> bool:
    require(by, APPROVE.action, post)
    frozen = as_seen(post, revision)
    if signing.needs_another(post, frozen, by):
        require_at_humas(post)
        require_clear(frozen, checklist)
        check_words(post, frozen, schedule.hour(post.publish_at), keep=False)
        signing.sign_first(post, frozen, by=by, seen=seen, checklist=checklist)
        return False
    signing.require_no_yes_of(frozen, by)
    frozen = _decide(APPROVE, post, by=by, seen=seen, revision=revision, checklist=checklist)
    require_clear(frozen, checklist)
    if not at_once and (left := calendar.too_close(post.publish_at)) is not None:
        raise TooClose(left)
    asked = None if at_once else post.publish_at
    calendar.check_validity(asked, frozen.valid_until)
    hour, edition = schedule.hour(asked), rulebook.current().edition
    check_words(post, frozen, hour)
    schedule.create(post, frozen, hour, edition)
    tasks.ring([delivery.channel_id for delivery in post.deliveries.open()])
    return True


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
    beside = notes.said_on(as_seen(post, revision))
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
    """Take one's own decision back while nothing has begun.

    Raises TooLate after ten seconds, Stale when something was done to the post since.
    """
    require(by, UNDO.action, post)
    decision = _fresh_decision(post, by)
    newest = post.revisions.order_by("-number").first()
    make(UNDO, post, by=by, seen=seen, revision=newest)
    schedule.cancel_unsent(post)
    if post.deliveries.perhaps_public().exists():
        raise TooLate(_("Pengiriman sudah dimulai."))
    if decision.verb == Event.Verb.FIRST:
        signing.take_back(newest, by)
    reopen_review(post)


_LATE = {  # what a person who thought better of it does when the ten seconds are over
    Event.Verb.APPROVE: _t("Gunakan “Buka lagi untuk disunting” atau “Batalkan unggahan”."),
    Event.Verb.FIRST: _t("Selama belum ada persetujuan kedua, Anda dapat meminta perbaikan."),
    Event.Verb.SEND_BACK: _t("Penulisnya sudah diberi tahu. Putuskan lagi bila diajukan ulang."),
    Event.Verb.REJECT: _t("Penulisnya sudah diberi tahu dan dapat membuat salinannya."),
}


def _fresh_decision(post: Post, by: User) -> Event:
    """The last thing done to it, if that is `by`'s own decision, less than ten seconds ago."""
    last = post.events.filter(delivery=None).order_by("-at", "-pk").first()
    if last is None or last.actor_id != by.pk or last.verb not in Event.DECISIONS:
        raise Stale(post)
    if last.at <= timezone.now() - settings.UNDO:
        then = _LATE[Event.Verb(last.verb)]
        raise TooLate(_("Sudah lewat 10 detik. %(then)s") % {"then": then})
    return last


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
    """Make the move on the revision that was seen, and close its review.

    While it lies with the head of its agency, only the head decides, and only to give it back.
    """
    require(by, move.action, post)
    if not (move is SEND_BACK and may(by, Action.FORWARD, post)):
        require_at_humas(post)
    newest = as_seen(post, revision)
    note = note.replace("\0", "")
    reason = reason if reason in Review.Reason.values else ""
    words = note.strip() or (Review.Reason(reason).label if reason else beside)
    make(move, post, by=by, seen=seen, revision=newest, note=str(words), with_head=False)
    require_free(post, by)
    Review.objects.filter(revision=newest).update(
        decision=_DECISIONS[move],
        reason=reason,
        note=note.strip(),
        checklist=kept(newest, checklist or {}),
        decided_by=by,
        decided_at=timezone.now(),
    )
    return newest
