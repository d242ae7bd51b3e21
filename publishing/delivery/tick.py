"""Every second: what ran out of time is missed, what is due is rung (engine.md 3)."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing.delivery import bell, pause, pulse, timekeeping
from publishing.delivery.bulk import move_all
from publishing.models import Delivery, Event, Lane, Pause
from publishing.models.heartbeat import SCHEDULER

logger = logging.getLogger(__name__)
Status = Delivery.Status
SILENT = timedelta(minutes=30)


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
    _hand_over_doubts()
    _release_reconnected()
    return bell.lanes_to_ring()


def _miss_overdue() -> None:
    """Never late without a person: past the grace, nothing goes out by itself."""
    late = Delivery.objects.filter(status=Status.WAITING, deadline__lte=timezone.now())
    move_all(
        late,
        Status.MISSED,
        Event.Verb.MISSED,
        _("Waktu tayang terlewat lebih dari batas. Tidak dikirim tanpa keputusan petugas."),
    )


def _hold_paused() -> None:
    """What comes due while a pause lasts is held, and waits for a person when it is over."""
    for running in Pause.objects.active():
        pause.hold_what_came_due(running)


def _hand_over_doubts() -> None:
    """A doubt whose lane rests for a quota is not looked at; after half an hour a person does."""
    now = timezone.now()
    resting = Lane.objects.filter(pk=OuterRef("channel_id"), held_until__gt=now)
    silent = Delivery.objects.filter(
        Exists(resting), status=Status.UNCERTAIN, next_at__lte=now - SILENT
    )
    silent.move(next_at=None, reason=_("Kuota platform habis. Periksa sendiri, lalu pilih."))


def _release_reconnected() -> None:
    """A channel that is connected again goes on with what is still in time; the rest is missed."""
    back = Channel.objects.connected().filter(pk=OuterRef("channel_id"))
    held = Delivery.objects.filter(Exists(back), status=Status.HELD, hold=Delivery.Hold.CHANNEL)
    now = timezone.now()
    move_all(
        held.filter(deadline__gt=now),
        Status.WAITING,
        Event.Verb.RELEASED,
        _("Kanal terhubung lagi."),
        next_at=Greatest(Value(now), F("not_before") - settings.PREPARE_AHEAD),
    )
    move_all(
        held.filter(deadline__lte=now),
        Status.MISSED,
        Event.Verb.MISSED,
        _("Waktu tayang terlewat selama kanal tidak terhubung."),
    )
