"""One delivery goes forward: prepare, intend, call, record. The only place that sends."""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms import health
from platforms.adapters.base import (
    BytesChanged,
    Job,
    Outcome,
    Preparation,
    Prepared,
    Refused,
    TryLater,
    Unknown,
)
from platforms.vault import CannotOpen
from publishing.delivery import faults, fit, pause, record, statements, timekeeping
from publishing.delivery.fence import Holder, Lost, fenced
from publishing.delivery.shelf import RenditionShelf
from publishing.models import Delivery, Pause

logger = logging.getLogger(__name__)
Status = Delivery.Status

stopping = threading.Event()  # SIGTERM: take nothing new, finish the call in flight
FROZEN = settings.FROZEN.total_seconds()  # from intent to call: longer, and the lease is in doubt


@dataclass(frozen=True)
class Intent:
    """A committed attempt: the authorisation of exactly one call."""

    attempt: int  # its id
    at: float  # seconds since boot


def advance(holder: Holder, delivery: Delivery) -> None:
    """Take one waiting delivery as far as it can go now."""
    if not delivery.channel.is_connected:
        record.hold_for_channel(holder, delivery, _("Kanal ini belum terhubung."))
        return
    if stranger := _stranger(delivery):
        record.hold_for_revision(holder, delivery, stranger)
        return
    if not _is_fit(holder, delivery):
        return
    try:
        job = job_for(delivery)
    except CannotOpen:
        reason = _("Kredensial kanal ini tidak dapat dibuka.")
        health.turned_away(delivery.channel, reason)
        record.hold_for_channel(holder, delivery, reason)
        return
    if not prepare(holder, delivery, job) or not _its_hour(holder, delivery):
        return
    if not _is_fit(holder, delivery):  # preparing takes minutes, and Humas writes meanwhile
        return
    job = replace(job, checkpoint=delivery.checkpoint)
    faults.point("before-intend")
    intent = intend(holder, delivery)
    faults.point("after-intend")
    if intent is None:
        _not_now(holder, delivery)
        return
    result = call(delivery, job, intent)
    faults.point("after-call")
    record.outcome(holder, delivery, intent.attempt, result)
    faults.point("after-record")


def _stranger(delivery: Delivery) -> str:
    """Why its channel is not the one that was approved; "" when it is."""
    if delivery.post.is_training != delivery.channel.is_training:
        return "a training and a real channel met"
    return "" if delivery.revision.is_for(delivery.channel) else "the channel's account changed"


def _is_fit(holder: Holder, delivery: Delivery) -> bool:
    """Whether its words keep the guidelines as they are now; otherwise it is held."""
    if trouble := fit.trouble(delivery):
        record.hold_for_guidelines(holder, delivery, trouble)
    return not trouble


def job_for(delivery: Delivery) -> Job:
    """The delivery as its adapter sees it: the approved payload, the opened account."""
    return Job(
        account=delivery.channel.account(),
        payload=delivery.revision.payload(delivery.channel_id),
        shelf=RenditionShelf(),
        checkpoint=delivery.checkpoint,
        since=delivery.begun_at,
    )


def prepare(holder: Holder, delivery: Delivery, job: Job) -> bool:
    """Do the missing invisible pieces, each in its own commit. True when nothing is left."""
    done = False
    while not done and not stopping.is_set():
        match _prepare_piece(delivery, job):
            case Prepared(checkpoint=checkpoint, done=done, rest=rest):
                record.keep_checkpoint(holder, delivery, checkpoint, rest)
                faults.point("after-checkpoint")
                job = replace(job, checkpoint=checkpoint)
                if holder.resting:
                    return False
            case Refused() as refusal:
                record.refuse(holder, delivery, refusal)
                return False
            case TryLater() as later:
                record.postpone(holder, delivery, later)
                return False
    return done


def _prepare_piece(delivery: Delivery, job: Job) -> Preparation:
    try:
        return delivery.channel.adapter.prepare(job)
    except BytesChanged as error:
        return Refused(
            _("Berkas gambar berubah sejak disetujui. Unggahan tidak dikirim."),
            detail=f"bytes changed: {error}",
        )
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in prepare", delivery.channel.adapter_key)
        return TryLater(_("Ada gangguan di sisi kami."), detail=repr(error))


def _its_hour(holder: Holder, delivery: Delivery) -> bool:
    """Whether it may be sent now; otherwise it is asked for again at its hour."""
    if delivery.not_before <= timezone.now():
        return True
    with fenced(holder):
        waiting = Delivery.objects.filter(pk=delivery.pk, status=Status.WAITING)
        waiting.update(next_at=F("not_before"))
    delivery.next_at = delivery.not_before
    return False


def intend(holder: Holder, delivery: Delivery) -> Intent | None:
    """Commit the intent to send; None when it must not be sent. Nothing else authorises a call.

    Raises Lost, or Askew when this machine's clock has jumped.
    """
    if not delivery.revision.is_intact():
        record.hold_for_revision(holder, delivery, "revision hash differs")
        return None
    now, began = timezone.now(), timekeeping.since_boot()
    [(attempt, lane, clock)] = statements.rows(statements.INTEND, _terms(holder, delivery, now))
    if not clock:
        raise timekeeping.Askew(f"more than {timekeeping.TOLERATED.seconds} s")
    if not lane:
        raise Lost(holder)
    if attempt is None:
        return None
    delivery.status = Status.SENDING
    delivery.begun_at = delivery.begun_at or now
    return Intent(attempt, began)


def _terms(holder: Holder, delivery: Delivery, now: datetime) -> dict[str, object]:
    """What must be so, this very moment, for `delivery` to be sent by `holder`."""
    channel = delivery.channel
    return {
        "now": now,
        "pauses": pause.LOCK,
        "tolerated": timekeeping.TOLERATED.total_seconds(),
        "lease_until": now + settings.LEASE,
        "fence": holder.fence,
        "delivery": delivery.pk,
        "revision": delivery.revision_id,
        "sha256": delivery.revision.sha256,
        "channel": channel.pk,
        "account": channel.remote_id,
    }


def _not_now(holder: Holder, delivery: Delivery) -> None:
    """A pause holds it; whatever else changed, whoever changed it says what becomes of it."""
    if Pause.objects.active().touching(delivery.channel).exists():
        record.hold_for_pause(holder, delivery)
    else:
        record.leave_alone(holder, delivery)


def call(delivery: Delivery, job: Job, intent: Intent) -> Outcome:
    """The one irreversible request. What breaks after it left is Unknown, never a second try."""
    if timekeeping.since_boot() - intent.at > FROZEN:
        return TryLater(_("Pekerja sempat terhenti sebelum mengirim."), detail="frozen before call")
    try:
        return delivery.channel.adapter.publish(job)
    except BytesChanged as error:
        return Refused(
            _("Berkas gambar berubah sejak disetujui. Unggahan tidak dikirim."),
            detail=f"bytes changed: {error}",
        )
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in publish", delivery.channel.adapter_key)
        return Unknown(_("Ada gangguan di sisi kami saat mengirim."), detail=repr(error))
