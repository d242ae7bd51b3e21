"""Every second: what ran out of time is missed, what is due is rung (engine.md 3)."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing.delivery import bell, pause, pulse, timekeeping
from publishing.models import Delivery, Event, Pause
from publishing.models.delivery import DeliveryQuerySet
from publishing.models.heartbeat import SCHEDULER

logger = logging.getLogger(__name__)
Status = Delivery.Status


def tick() -> list[int]:
    """Expire, hold, release, and name the lanes to run. Any number of schedulers may call it.

    A machine whose clock has jumped does none of it, and says so.
    """
    drift = timekeeping.drift(timekeeping.database_time())
    pulse.beat(SCHEDULER, drift)
    if not timekeeping.is_true(drift):
        logger.error("this machine's clock is off by %s: its scheduler stands aside", drift)
        return []
    _miss_overdue()
    _hold_paused()
    _release_reconnected()
    return bell.lanes_to_ring()


def _miss_overdue() -> None:
    """Never late without a person: past the grace, nothing goes out by itself."""
    late = Delivery.objects.filter(status=Status.WAITING, deadline__lte=timezone.now())
    _move(
        late,
        Status.MISSED,
        Event.Verb.MISSED,
        _("Waktu tayang terlewat lebih dari batas. Tidak dikirim tanpa keputusan petugas."),
    )


def _hold_paused() -> None:
    """What comes due while a pause lasts is held, and waits for a person when it is over."""
    for running in Pause.objects.active():
        come = Delivery.objects.filter(
            status=Status.WAITING,
            not_before__lte=timezone.now(),
            channel__in=running.channels(),
        )
        _move(come, Status.HELD, Event.Verb.HELD, pause.held_because(), hold=Delivery.Hold.PAUSE)


def _release_reconnected() -> None:
    """A channel that is connected again goes on with what is still in time; the rest is missed."""
    back = Channel.objects.connected().filter(pk=OuterRef("channel_id"))
    held = Delivery.objects.filter(Exists(back), status=Status.HELD, hold=Delivery.Hold.CHANNEL)
    now = timezone.now()
    _move(
        held.filter(deadline__gt=now),
        Status.WAITING,
        Event.Verb.RELEASED,
        _("Kanal terhubung lagi."),
        next_at=Greatest(Value(now), F("not_before") - settings.PREPARE_AHEAD),
    )
    _move(
        held.filter(deadline__lte=now),
        Status.MISSED,
        Event.Verb.MISSED,
        _("Waktu tayang terlewat selama kanal tidak terhubung."),
    )


@transaction.atomic
def _move(
    rows: DeliveryQuerySet,
    status: Delivery.Status,
    verb: Event.Verb,
    reason: str,
    **fields: object,
) -> None:
    """Move each of `rows` that nobody else moves right now, with its line in the history."""
    locked = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:500])
    fields = {"next_at": None, "hold": ""} | fields | {"status": status, "reason": reason}
    if not locked:
        return
    Delivery.objects.filter(pk__in=[row.pk for row in locked]).move(**fields)
    Event.objects.bulk_create(
        Event(
            post_id=row.post_id, revision_id=row.revision_id, delivery=row, verb=verb, note=reason
        )
        for row in locked
    )
