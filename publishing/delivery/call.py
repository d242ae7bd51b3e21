"""One delivery goes forward: prepare, intend, call, record. The only place that sends."""

import logging
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

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
from publishing.delivery import record
from publishing.delivery.fence import Holder, fenced
from publishing.delivery.shelf import RenditionShelf
from publishing.models import Attempt, Delivery, Lane, Post

logger = logging.getLogger(__name__)
Status = Delivery.Status

stopping = threading.Event()  # SIGTERM: take nothing new, finish the call in flight
FROZEN = 20.0  # seconds between intent and call after which a worker no longer trusts its lease


@dataclass(frozen=True)
class Intent:
    """A committed attempt: the authorisation of exactly one call."""

    attempt: Attempt
    at: float  # monotonic seconds


def advance(holder: Holder, delivery: Delivery) -> None:
    """Take one waiting delivery as far as it can go now."""
    if not delivery.channel.is_connected:
        record.hold_for_channel(holder, delivery, _("Kanal ini belum terhubung."))
        return
    if not delivery.revision.is_for(delivery.channel):
        record.hold_for_revision(holder, delivery, "the channel's account changed")
        return
    try:
        job = job_for(delivery)
    except CannotOpen:
        delivery.channel.turn_away()
        record.hold_for_channel(holder, delivery, _("Kredensial kanal ini tidak dapat dibuka."))
        return
    if not prepare(holder, delivery, job) or not _its_hour(holder, delivery):
        return
    job = job_for(delivery)  # made before the intent: `since` speaks of earlier tries only
    intent = intend(holder, delivery)
    if intent is None:
        record.leave_alone(holder, delivery)
    else:
        record.outcome(holder, delivery, intent.attempt, call(delivery, job, intent))


def job_for(delivery: Delivery) -> Job:
    """The delivery as its adapter sees it: the approved payload, the opened account."""
    first = delivery.attempts.first()
    return Job(
        account=delivery.channel.account(),
        payload=delivery.revision.payload(delivery.channel_id),
        shelf=RenditionShelf(),
        checkpoint=delivery.checkpoint,
        since=first.started_at if first else None,
    )


def prepare(holder: Holder, delivery: Delivery, job: Job) -> bool:
    """Do the missing invisible pieces, each in its own commit. True when nothing is left."""
    done = False
    while not done and not stopping.is_set():
        match _prepare_piece(delivery, job):
            case Prepared(checkpoint=checkpoint, done=done):
                record.keep_checkpoint(holder, delivery, checkpoint)
                job = job_for(delivery)
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
    return False


def intend(holder: Holder, delivery: Delivery) -> Intent | None:
    """Commit the intent to send; None when it must not be sent. Nothing else authorises a call."""
    if not delivery.revision.is_intact():
        record.hold_for_revision(holder, delivery, "revision hash differs")
        return None
    now = timezone.now()
    approved = Post.objects.filter(pk=OuterRef("post_id"), status=Post.Status.APPROVED)
    with fenced(holder) as lane:
        Lane.objects.filter(pk=lane.pk).update(lease_until=now + settings.LEASE)
        begun = Delivery.objects.filter(
            Exists(approved),
            pk=delivery.pk,
            status=Status.WAITING,
            revision=delivery.revision,
            not_before__lte=now,
            deadline__gt=now,
        ).update(status=Status.SENDING, tries=F("tries") + 1)
        if not begun:
            return None
        attempt = Attempt.objects.create(
            delivery=delivery, fence=holder.fence, revision_sha256=delivery.revision.sha256
        )
    delivery.status = Status.SENDING
    return Intent(attempt, time.monotonic())


def call(delivery: Delivery, job: Job, intent: Intent) -> Outcome:
    """The one irreversible request. What breaks after it left is Unknown, never a second try."""
    if time.monotonic() - intent.at > FROZEN:
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
