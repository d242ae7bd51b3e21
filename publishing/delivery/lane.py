"""Holding a lane: claim it, keep it, work through what is due, let it go (engine.md 4)."""

import logging
import os
import socket
import threading
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone

from publishing.delivery import call, reconcile, record
from publishing.delivery.call import stopping
from publishing.delivery.fence import Holder, Lost
from publishing.models import Delivery, Lane

logger = logging.getLogger(__name__)

KEEPS_PLACE = timedelta(minutes=2)  # how long a head that waits may keep the next one waiting


def run(channel_id: int) -> bool:
    """Work through what is due on one lane. True when something due is left for another run."""
    holder = claim(channel_id)
    if holder is None:
        return False
    try:
        _settle_orphan(holder)
        while not stopping.is_set() and renew(holder) and (delivery := next_due(channel_id)):
            _carefully(holder, delivery)
    except Lost:
        return False  # somebody else holds it now, and goes on
    finally:
        release(holder)
    return _has_more(channel_id)


def _has_more(channel_id: int) -> bool:
    free = Lane.objects.filter(_unheld(), pk=channel_id)
    return not stopping.is_set() and free.exists() and next_due(channel_id) is not None


def _unheld() -> Q:
    """No rate limit keeps the lane waiting."""
    return Q(held_until=None) | Q(held_until__lte=timezone.now())


def _carefully(holder: Holder, delivery: Delivery) -> None:
    """A step; one delivery that breaks must not keep the rest of its lane waiting for ever."""
    try:
        step(holder, delivery)
    except record.Moved:
        logger.info("delivery %s was moved by a person meanwhile", delivery.pk)
    except (Lost, OperationalError):
        raise
    except Exception:  # our own fault: said in the log, and to a person
        logger.exception("delivery %s broke its step", delivery.pk)
        record.set_aside(holder, delivery)


def step(holder: Holder, delivery: Delivery) -> None:
    """Look after a doubt, or go one delivery forward."""
    if delivery.status == Delivery.Status.UNCERTAIN:
        reconcile.look(holder, delivery)
    else:
        call.advance(holder, delivery)


def claim(channel_id: int) -> Holder | None:
    """Take the lane, or None when somebody holds it or a rate limit does.

    One conditional update decides.
    """
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
    with transaction.atomic():
        taken = Lane.objects.filter(free, _unheld(), pk=channel_id).update(
            fence=F("fence") + 1, lease_owner=owner, lease_until=now + settings.LEASE
        )
        if not taken:
            return None
        return Holder(channel_id, Lane.objects.values_list("fence", flat=True).get(pk=channel_id))


def renew(holder: Holder) -> bool:
    """Keep the lane for another lease; False when it is ours no more, or waits for its quota."""
    now = timezone.now()
    ours = Lane.objects.filter(pk=holder.channel_id, fence=holder.fence)
    return bool(ours.filter(_unheld()).update(lease_until=now + settings.LEASE))


def release(holder: Holder) -> None:
    """Let the lane go, if it is still ours."""
    ours = Lane.objects.filter(pk=holder.channel_id, fence=holder.fence)
    ours.update(lease_owner="", lease_until=None, rung_at=None)


def next_due(channel_id: int) -> Delivery | None:
    """The channel's next delivery with something to do now, in order of their hours."""
    now = timezone.now()
    queue = Delivery.objects.open().filter(channel_id=channel_id, next_at__isnull=False)
    queue = queue.select_related("post", "revision", "channel").order_by("not_before", "pk")
    for delivery in queue[:20]:
        if delivery.next_at is not None and delivery.next_at <= now:
            return delivery
        if delivery.not_before <= now < delivery.not_before + KEEPS_PLACE:
            return None
    return None


def _settle_orphan(holder: Holder) -> None:
    """A delivery found in sending belongs to a dead holder: nobody knows whether it went out."""
    for orphan in Delivery.objects.filter(
        channel_id=holder.channel_id, status=Delivery.Status.SENDING
    ):
        reconcile.doubt_orphan(holder, orphan)
