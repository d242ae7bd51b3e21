"""Writes down what came of a step: outcome and attempt in one transaction, behind the fence."""

import logging
import time
from datetime import timedelta
from typing import assert_never

from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.adapters.base import (
    Checkpoint,
    Outcome,
    Published,
    Refused,
    TryLater,
    Unknown,
)
from publishing.delivery import after, faults, pause, places, statements
from publishing.delivery.fence import Holder, Lost, fenced, keep
from publishing.models import Attempt, Delivery, Lane

logger = logging.getLogger(__name__)
Status = Delivery.Status

WRITE_AGAIN = (0.2, 1.0, 3.0)  # seconds before each new try when the database is gone


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
        except (DataError, IntegrityError) as error:
            logger.critical(
                "delivery %s came to %r, which has no place: %s", delivery.pk, result, error
            )
            reason = _("Jawaban platform tidak dapat dicatat. Periksa di platform.")
            _record(holder, delivery, attempt, Unknown(reason, detail=repr(result)))
            return


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
            places.write_published(delivery, remote_id, permalink)
            places.rest_lane(holder, lane, rest)
        case Refused() as refusal:
            places.write_refusal(holder, delivery, refusal)
        case TryLater() as later:
            places.write_wait(holder, lane, delivery, later)
        case Unknown(reason=reason, detail=detail):
            places.write_doubt(delivery, reason, detail)
        case _:
            assert_never(result)


def _close(attempt: int, result: Outcome) -> None:
    detail = getattr(result, "detail", "") or getattr(result, "remote_id", "")
    Attempt.objects.filter(pk=attempt, ended_at=None).update(
        ended_at=timezone.now(), outcome=type(result).__name__.lower(), detail=detail
    )


def _leave_evidence(delivery: Delivery, attempt: int, result: Outcome) -> None:
    _close(attempt, result)
    Attempt.objects.filter(pk=attempt).update(detail=f"late: {result!r}")
    if isinstance(result, Published):
        try:
            with transaction.atomic():
                places.write_published(delivery, result.remote_id, result.permalink)
        except IntegrityError:  # a person already gave this channel another delivery
            logger.critical("delivery %s is public beside another: %r", delivery.pk, result)


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
        places.rest_lane(holder, lane, rest)
        here = Delivery.objects.filter(pk=delivery.pk, status=delivery.status)
        if not here.update(checkpoint=kept):
            raise places.Moved(delivery)
    delivery.checkpoint = kept


def leave_alone(holder: Holder, delivery: Delivery) -> None:
    """It may not be sent now; whoever changed it, or the tick, says what becomes of it."""
    now = timezone.now()
    with fenced(holder):
        due = Delivery.objects.filter(pk=delivery.pk, status=Status.WAITING, next_at__lte=now)
        due.update(next_at=now + places.BACK_OFF[1])


def postpone(holder: Holder, delivery: Delivery, later: TryLater) -> None:
    """Preparation has to wait. Only what failed counts as a try: a poll knows its own pace."""
    with fenced(holder) as lane:
        places.write_wait(holder, lane, delivery, later)
        if later.after is None:
            Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1)
            delivery.tries += 1


def refuse(holder: Holder, delivery: Delivery, refusal: Refused) -> None:
    """The platform refused a piece while nothing is public."""
    with fenced(holder):
        places.write_refusal(holder, delivery, refusal)


def hold_for_channel(holder: Holder, delivery: Delivery, reason: str) -> None:
    """The channel cannot send: hold, tell, and go on by itself once it is connected in time."""
    with fenced(holder):
        places.write_hold(delivery, Delivery.Hold.CHANNEL, reason)


def hold_for_pause(holder: Holder, delivery: Delivery) -> None:
    """Its hour came while its channel is paused: a person says what becomes of it."""
    with fenced(holder):
        places.write_hold(delivery, Delivery.Hold.PAUSE, pause.held_because())


def hold_for_guidelines(holder: Holder, delivery: Delivery, reason: str) -> None:
    """Its words keep the guidelines no longer: a reviewer looks at them again."""
    with fenced(holder):
        places.write_hold(delivery, Delivery.Hold.GUIDELINES, reason)


def hold_for_revision(holder: Holder, delivery: Delivery, detail: str) -> None:
    """What would be sent, or where to, is not what was approved: nothing is sent."""
    with fenced(holder):
        reason = _("Isi atau akun tujuan tidak sama dengan yang disetujui. Tidak dikirim.")
        places.write_hold(delivery, Delivery.Hold.REVISION, reason, detail)


def set_aside(holder: Holder, delivery: Delivery) -> None:
    """A step broke on our side: this delivery waits, or asks a person, and the others go on."""
    delivery.refresh_from_db()
    with fenced(holder):
        reason = _("Ada gangguan di sisi kami. Periksa di platform, lalu pilih.")
        if delivery.status == Status.WAITING:
            places.put(
                delivery,
                Status.WAITING,
                next_at=timezone.now() + places.BACK_OFF[-1],
                reason=reason,
            )
        elif delivery.status == Status.UNCERTAIN:
            places.next_look(delivery, None, reason)
