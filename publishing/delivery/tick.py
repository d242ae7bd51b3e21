"""Every second: what ran out of time is missed, what is due is rung (engine.md 3)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing.models import Delivery, Event, Lane

Status = Delivery.Status
RING_AGAIN = timedelta(seconds=15)


def tick() -> list[int]:
    """Expire, release, and name the lanes to run. Any number of schedulers may call it at once."""
    _miss_overdue()
    _release_reconnected()
    return _lanes_to_ring()


@transaction.atomic
def _lanes_to_ring() -> list[int]:
    """Free lanes with something due, not rung in the last 15 s; marked as rung."""
    now = timezone.now()
    due = Delivery.objects.filter(channel_id=OuterRef("pk")).due()
    orphan = Delivery.objects.filter(channel_id=OuterRef("pk"), status=Status.SENDING)
    lanes = (
        Lane.objects.filter(Exists(due) | Exists(orphan))
        .filter(Q(lease_until=None) | Q(lease_until__lt=now))
        .filter(Q(held_until=None) | Q(held_until__lte=now))
        .filter(Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN))
        .order_by("pk")
        .select_for_update(skip_locked=True)
    )
    pks = [lane.pk for lane in lanes]
    Lane.objects.filter(pk__in=pks).update(rung_at=now)
    return pks


def _miss_overdue() -> None:
    """Never late without a person: past the grace, nothing goes out by itself."""
    late = Delivery.objects.filter(status=Status.WAITING, deadline__lte=timezone.now())
    _move(
        late,
        Status.MISSED,
        Event.Verb.MISSED,
        _("Waktu tayang terlewat lebih dari batas. Tidak dikirim tanpa keputusan petugas."),
    )


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
    rows: QuerySet[Delivery],
    status: Delivery.Status,
    verb: Event.Verb,
    reason: str,
    **fields: object,
) -> None:
    """Move each of `rows` that nobody else moves right now, with its line in the history."""
    locked = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:500])
    fields = {"next_at": None, "hold": ""} | fields | {"status": status, "reason": reason}
    Delivery.objects.filter(pk__in=[row.pk for row in locked]).update(**fields)
    Event.objects.bulk_create(
        Event(
            post_id=row.post_id, revision_id=row.revision_id, delivery=row, verb=verb, note=reason
        )
        for row in locked
    )
