"""Where a delivery comes to rest: each place is one move, most leave a line in the history."""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms import health
from platforms.adapters.base import Checkpoint, Fault, Refused, Scope, TryLater
from publishing.delivery import after
from publishing.delivery.fence import Holder
from publishing.models import Delivery, Event, Lane

logger = logging.getLogger(__name__)
Status = Delivery.Status
Verb = Event.Verb

WAITS = (Status.WAITING, Status.UNCERTAIN)  # those behind it wait with it, for a while
BACK_OFF = settings.BACK_OFF
FIRST_LOOK = settings.FIRST_LOOK


class Moved(Exception):
    """A person moved the delivery while a worker had it in hand; the person's word stands."""


def rest_lane(holder: Holder, lane: Lane, rest: timedelta | None) -> None:
    """Keep the channel quiet for a while; never shorter than it already is."""
    if rest is not None:
        until = timezone.now() + rest
        Lane.objects.filter(pk=lane.pk).update(held_until=Greatest("held_until", until))
        holder.resting = True


def write_published(delivery: Delivery, remote_id: str, permalink: str) -> None:
    """It is public. True whatever we believed before, and never untrue again."""
    now = timezone.now()
    try:
        put(
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
    except Moved:
        _public_already(delivery, remote_id, permalink)


def _public_already(delivery: Delivery, remote_id: str, permalink: str) -> None:
    """Told twice, or there are two of it: then the history keeps both addresses."""
    delivery.refresh_from_db()
    if delivery.remote_id == remote_id:
        return
    logger.critical(
        "delivery %s is public as %s and as %s", delivery.pk, delivery.remote_id, remote_id
    )
    tell(delivery, Verb.PUBLISHED, permalink)


def write_doubt(delivery: Delivery, reason: str, detail: str = "") -> None:
    """It may be public: nobody sends it again until a look or a person has settled it."""
    put(
        delivery,
        Status.UNCERTAIN,
        verb=Verb.UNCERTAIN,
        reason=reason,
        detail=detail,
        next_at=timezone.now() + FIRST_LOOK,
        looks=0,
        absent_at=None,
    )


def write_refusal(holder: Holder, delivery: Delivery, refusal: Refused) -> None:
    """Its author mends the content; whoever looks after the channel mends that, and it waits."""
    if refusal.fault is Fault.CONTENT:
        put(delivery, Status.FAILED, verb=Verb.FAILED, reason=refusal.reason, detail=refusal.detail)
        return
    health.turned_away(delivery.channel, refusal.reason)
    holder.resting = True  # those behind it would hear the same
    write_hold(delivery, Delivery.Hold.CHANNEL, refusal.reason, refusal.detail)


def write_hold(delivery: Delivery, hold: Delivery.Hold, reason: str, detail: str = "") -> None:
    """It is not sent until what holds it is over, or a person decides."""
    put(delivery, Status.HELD, verb=Verb.HELD, hold=hold, reason=reason, detail=detail)


def write_wait(holder: Holder, lane: Lane, delivery: Delivery, later: TryLater) -> None:
    """Wait for the platform's hour, or back off with jitter; past the deadline, ask a person."""
    wait = later.after if later.after is not None else back_off(delivery.tries)
    at = timezone.now() + wait
    if later.scope is Scope.CHANNEL:
        rest_lane(holder, lane, wait)
        _hold_what_cannot_wait(delivery, at)
        if at >= delivery.deadline:
            write_hold(delivery, Delivery.Hold.QUOTA, _quota_sentence(), later.detail)
            return
    fields: dict[str, Any] = {"reason": later.reason, "detail": later.detail, "next_at": at}
    if later.checkpoint is not None:
        fields["checkpoint"] = dict(later.checkpoint)
    put(delivery, Status.WAITING, **fields)


def _hold_what_cannot_wait(delivery: Delivery, until: datetime) -> None:
    """Those behind it whose time runs out before the quota returns: a person is told now."""
    behind = Delivery.objects.filter(
        channel_id=delivery.channel_id,
        status=Status.WAITING,
        not_before__lte=timezone.now(),
        deadline__lte=until,
    )
    for other in behind.exclude(pk=delivery.pk).select_for_update(skip_locked=True):
        write_hold(other, Delivery.Hold.QUOTA, _quota_sentence())


def _quota_sentence() -> str:
    return _("Kuota kanal ini baru pulih setelah batas waktu tayangnya.")


def back_off(tries: int) -> timedelta:
    """Full jitter below 5 s, 15 s, 45 s, 2 min, then 5 min."""
    ceiling = BACK_OFF[min(tries, len(BACK_OFF) - 1)]
    return max(timedelta(seconds=1), ceiling * random.random())  # noqa: S311 - spreads load


def put(
    delivery: Delivery,
    status: Delivery.Status,
    *,
    verb: Verb | None = None,
    event_note: str = "",
    **fields: Any,
) -> None:
    """Move it from where this worker saw it; `verb` adds a line to the history. Raises Moved."""
    fields = {"hold": "", "next_at": None} | fields | {"status": status}
    here = Delivery.objects.filter(pk=delivery.pk)
    if status == Status.PUBLISHED:  # that it is public is true whatever anybody did meanwhile
        here = here.exclude(status=Status.PUBLISHED)
    else:
        here = here.filter(status=delivery.status)
    if status in WAITS and delivery.waits_since is None and delivery.not_before <= timezone.now():
        fields["waits_since"] = timezone.now()
    if not here.move(**fields):
        raise Moved(delivery)
    for name, value in fields.items():
        setattr(delivery, name, value)
    if verb is not None:
        tell(delivery, verb, event_note or fields.get("reason", ""))


def tell(delivery: Delivery, verb: Verb, note: str) -> None:
    """Add one line to the history of its post."""
    Event.objects.create(
        post_id=delivery.post_id,
        revision_id=delivery.revision_id,
        delivery=delivery,
        verb=verb,
        note=note,
    )


def next_look(delivery: Delivery, at: datetime | None, reason: str, **fields: Any) -> None:
    """Still uncertain: look again at `at`, or (None) wait for a person."""
    put(delivery, Status.UNCERTAIN, reason=reason, next_at=at, **fields)


def send_anyway(delivery: Delivery, reason: str, checkpoint: Checkpoint | None = None) -> None:
    """It is proved, or a person said, that nothing is public: back to waiting."""
    fields: dict[str, Any] = {"next_at": timezone.now(), "reason": reason, "absent_at": None}
    if checkpoint is not None:
        fields["checkpoint"] = dict(checkpoint)
    put(delivery, Status.WAITING, verb=Verb.RELEASED, **fields)
