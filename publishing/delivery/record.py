"""Writes down what came of a step: outcome and attempt in one transaction, behind the fence."""

import logging
import random
import time
from datetime import datetime, timedelta
from typing import Any, assert_never

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.adapters.base import (
    Checkpoint,
    Fault,
    Outcome,
    Published,
    Refused,
    Scope,
    TryLater,
    Unknown,
)
from publishing.delivery import after, faults, pause, statements
from publishing.delivery.fence import Holder, Lost, fenced, keep
from publishing.models import Attempt, Delivery, Event, Lane

logger = logging.getLogger(__name__)
Status = Delivery.Status
Verb = Event.Verb

BACK_OFF = settings.BACK_OFF
FIRST_LOOK = settings.FIRST_LOOK
WRITE_AGAIN = (0.2, 1.0, 3.0)  # seconds before each new try when the database is gone


class Moved(Exception):
    """A person moved the delivery while a worker had it in hand; the person's word stands."""


def outcome(holder: Holder, delivery: Delivery, attempt: int, result: Outcome) -> None:
    """Close the attempt and put the delivery where its outcome rests.

    A holder that lost its lane changes nothing, but leaves its evidence; a post that it knows to be
    public is public all the same. A database that is gone is tried again; if it stays away, the
    log keeps what came of the call, and the delivery becomes a doubt.
    """
    for wait in (*WRITE_AGAIN, None):
        try:
            _record(holder, delivery, attempt, result)
            return
        except (OperationalError, InterfaceError):
            if wait is None:
                logger.critical("not recorded: delivery %s came to %r", delivery.pk, result)
                raise
            connection.close()
            time.sleep(wait)
            delivery.status = Status.SENDING  # as it stands in the database, whatever we wrote here


def _record(holder: Holder, delivery: Delivery, attempt: int, result: Outcome) -> None:
    if isinstance(result, Published) and _is_plain(holder, delivery, attempt, result):
        return
    try:
        with fenced(holder) as lane:
            _close(attempt, result)
            _apply(holder, lane, delivery, result)
            faults.point("in-record")
    except Lost:
        _leave_evidence(delivery, attempt, result)
        raise


def _is_plain(holder: Holder, delivery: Delivery, attempt: int, public: Published) -> bool:
    """Write a success down in one statement; False, and nothing written, when it is not plain."""
    if public.rest is not None:
        return False
    now = timezone.now()
    faults.point("in-record")
    values = {
        "now": now,
        "channel": holder.channel_id,
        "fence": holder.fence,
        "delivery": delivery.pk,
        "attempt": attempt,
        "remote_id": public.remote_id,
        "permalink": public.permalink,
        "read_back_at": after.first_reading(now, public.permalink),
    }
    [(written,)] = statements.rows(statements.PUBLISHED, values)
    if not written:
        return False
    delivery.status, delivery.next_at = Status.PUBLISHED, None
    return True


def _apply(holder: Holder, lane: Lane, delivery: Delivery, result: Outcome) -> None:
    match result:
        case Published(remote_id=remote_id, permalink=permalink, rest=rest):
            write_published(delivery, remote_id, permalink)
            _rest(holder, lane, rest)
        case Refused() as refusal:
            _refused(delivery, refusal)
        case TryLater() as later:
            _later(holder, lane, delivery, later)
        case Unknown(reason=reason, detail=detail):
            write_doubt(delivery, reason, detail)
        case _:
            assert_never(result)


def _close(attempt: int, result: Outcome) -> None:
    detail = getattr(result, "detail", "") or getattr(result, "remote_id", "")
    Attempt.objects.filter(pk=attempt, ended_at=None).update(
        ended_at=timezone.now(), outcome=type(result).__name__.lower(), detail=detail
    )


def _leave_evidence(delivery: Delivery, attempt: int, result: Outcome) -> None:
    Attempt.objects.filter(pk=attempt).update(detail=f"late: {result!r}")
    if isinstance(result, Published):
        try:
            with transaction.atomic():
                write_published(delivery, result.remote_id, result.permalink)
        except IntegrityError:  # a person already gave this channel another delivery
            logger.critical("delivery %s is public beside another: %r", delivery.pk, result)


def _rest(holder: Holder, lane: Lane, rest: timedelta | None) -> None:
    """Keep the channel quiet for a while; never shorter than it already is."""
    if rest is not None:
        until = timezone.now() + rest
        Lane.objects.filter(pk=lane.pk).update(held_until=Greatest("held_until", until))
        holder.resting = True


# --- resting places; each leaves one line in the history ---


def write_published(delivery: Delivery, remote_id: str, permalink: str) -> None:
    """It is public. True whatever we believed before, and never untrue again."""
    now = timezone.now()
    _put(
        delivery,
        Status.PUBLISHED,
        verb=Verb.PUBLISHED,
        event_note=permalink,
        remote_id=remote_id,
        permalink=permalink,
        published_at=now,
        read_back_at=after.first_reading(now, permalink),
        absent_at=None,
        reason="",
    )


def write_doubt(delivery: Delivery, reason: str, detail: str = "") -> None:
    """It may be public: nobody sends it again until a look or a person has settled it."""
    _put(
        delivery,
        Status.UNCERTAIN,
        verb=Verb.UNCERTAIN,
        reason=reason,
        detail=detail,
        next_at=timezone.now() + FIRST_LOOK,
        looks=0,
        absent_at=None,
    )


def _refused(delivery: Delivery, refusal: Refused) -> None:
    if refusal.fault is Fault.CONTENT:
        _put(
            delivery, Status.FAILED, verb=Verb.FAILED, reason=refusal.reason, detail=refusal.detail
        )
        return
    delivery.channel.turn_away()
    _held(delivery, Delivery.Hold.CHANNEL, refusal.reason, refusal.detail)


def _held(delivery: Delivery, hold: Delivery.Hold, reason: str, detail: str = "") -> None:
    _put(delivery, Status.HELD, verb=Verb.HELD, hold=hold, reason=reason, detail=detail)


def _later(holder: Holder, lane: Lane, delivery: Delivery, later: TryLater) -> None:
    """Wait for the platform's hour, or back off with jitter; past the deadline, ask a person."""
    wait = later.after if later.after is not None else back_off(delivery.tries)
    at = timezone.now() + wait
    if later.scope is Scope.CHANNEL:
        _rest(holder, lane, wait)
        if at >= delivery.deadline:
            reason = _("Kuota kanal ini baru pulih setelah batas waktu tayangnya.")
            _held(delivery, Delivery.Hold.QUOTA, reason, later.detail)
            return
    fields: dict[str, Any] = {"reason": later.reason, "detail": later.detail, "next_at": at}
    if later.checkpoint is not None:
        fields["checkpoint"] = dict(later.checkpoint)
    _put(delivery, Status.WAITING, **fields)


def back_off(tries: int) -> timedelta:
    """Full jitter below 5 s, 15 s, 45 s, 2 min, then 5 min."""
    ceiling = BACK_OFF[min(tries, len(BACK_OFF) - 1)]
    return max(timedelta(seconds=1), ceiling * random.random())  # noqa: S311 - spreads load


def _put(
    delivery: Delivery,
    status: Delivery.Status,
    *,
    verb: Verb | None = None,
    event_note: str = "",
    **fields: Any,
) -> None:
    fields = {"hold": "", "next_at": None} | fields | {"status": status}
    here = Delivery.objects.filter(pk=delivery.pk)
    if status == Status.PUBLISHED:  # that it is public is true whatever anybody did meanwhile
        here = here.exclude(status=Status.PUBLISHED)
    else:
        here = here.filter(status=delivery.status)
    if not here.move(**fields):
        raise Moved(delivery)
    for name, value in fields.items():
        setattr(delivery, name, value)
    if verb is not None:
        Event.objects.create(
            post=delivery.post,
            revision=delivery.revision,
            delivery=delivery,
            verb=verb,
            note=event_note or fields.get("reason", ""),
        )


# --- steps that need no attempt: nothing irreversible was tried ---


def keep_checkpoint(
    holder: Holder, delivery: Delivery, checkpoint: Checkpoint, rest: timedelta | None = None
) -> None:
    """Commit one finished piece of preparation, and keep the lane for the next one."""
    kept = dict(checkpoint)
    if kept == delivery.checkpoint and rest is None:
        return
    with fenced(holder) as lane:
        keep(holder)
        _rest(holder, lane, rest)
        here = Delivery.objects.filter(pk=delivery.pk, status=delivery.status)
        if not here.update(checkpoint=kept):
            raise Moved(delivery)
    delivery.checkpoint = kept


def leave_alone(holder: Holder, delivery: Delivery) -> None:
    """It may not be sent now; whoever changed it, or the tick, says what becomes of it."""
    now = timezone.now()
    with fenced(holder):
        due = Delivery.objects.filter(pk=delivery.pk, status=Status.WAITING, next_at__lte=now)
        due.update(next_at=now + BACK_OFF[1])


def postpone(holder: Holder, delivery: Delivery, later: TryLater) -> None:
    """Preparation or a look has to wait; whether it is public has not changed."""
    with fenced(holder) as lane:
        Delivery.objects.filter(pk=delivery.pk).update(tries=delivery.tries + 1)
        delivery.tries += 1
        _later(holder, lane, delivery, later)


def refuse(holder: Holder, delivery: Delivery, refusal: Refused) -> None:
    """The platform refused a piece while nothing is public."""
    with fenced(holder):
        _refused(delivery, refusal)


def hold_for_channel(holder: Holder, delivery: Delivery, reason: str) -> None:
    """The channel cannot send: hold, tell, and go on by itself once it is connected in time."""
    with fenced(holder):
        _held(delivery, Delivery.Hold.CHANNEL, reason)


def hold_for_pause(holder: Holder, delivery: Delivery) -> None:
    """Its hour came while its channel is paused: a person says what becomes of it."""
    with fenced(holder):
        _held(delivery, Delivery.Hold.PAUSE, pause.held_because())


def hold_for_revision(holder: Holder, delivery: Delivery, detail: str) -> None:
    """What would be sent, or where to, is not what was approved: nothing is sent."""
    with fenced(holder):
        reason = _("Isi atau akun tujuan tidak sama dengan yang disetujui. Tidak dikirim.")
        _held(delivery, Delivery.Hold.REVISION, reason, detail)


def set_aside(holder: Holder, delivery: Delivery) -> None:
    """A step broke on our side: this delivery waits, or asks a person, and the others go on."""
    delivery.refresh_from_db()
    with fenced(holder):
        reason = _("Ada gangguan di sisi kami. Periksa di platform, lalu pilih.")
        if delivery.status == Status.WAITING:
            _put(delivery, Status.WAITING, next_at=timezone.now() + BACK_OFF[-1], reason=reason)
        elif delivery.status == Status.UNCERTAIN:
            next_look(delivery, None, reason)


def next_look(delivery: Delivery, at: datetime | None, reason: str, **fields: Any) -> None:
    """Still uncertain: look again at `at`, or (None) wait for a person."""
    _put(delivery, Status.UNCERTAIN, reason=reason, next_at=at, **fields)


def send_anyway(delivery: Delivery, reason: str, checkpoint: Checkpoint | None = None) -> None:
    """It is proved, or a person said, that nothing is public: back to waiting."""
    fields: dict[str, Any] = {"next_at": timezone.now(), "reason": reason, "absent_at": None}
    if checkpoint is not None:
        fields["checkpoint"] = dict(checkpoint)
    _put(delivery, Status.WAITING, verb=Verb.RELEASED, **fields)
