"""Holding a lane: claim it, work through a turn of what is due, let it go (engine.md 4)."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.delivery import call, faults, places, reconcile, record, statements, timekeeping
from publishing.delivery.call import stopping
from publishing.delivery.fence import Holder, Lost
from publishing.models import Delivery, Lane

logger = logging.getLogger(__name__)
OPEN = (Delivery.Status.WAITING, Delivery.Status.UNCERTAIN)

KEEPS_PLACE = settings.KEEPS_PLACE  # how long a head that waits may keep the next one waiting
TURN = 32  # deliveries that one run takes before other lanes have theirs
TURN_TIME = 10.0  # seconds, however few it took
STEPS = 2  # of one delivery in a run: a look that proves it unsent, then sending it


def run(channel_id: int) -> None:
    """Work through one turn of what is due on one lane, if it is free."""
    holder = claim(channel_id)
    if holder is None:
        return
    faults.point("after-claim")
    try:
        if holder.orphaned:
            _settle_orphan(holder)
        for delivery in _turn(holder):
            _carefully(holder, delivery)
    except Lost:
        return  # somebody else holds it now, and goes on
    except timekeeping.Askew as askew:
        logger.error("this machine's clock is off by %s: it stands aside", askew)
    finally:
        release(holder)
        faults.point("after-release")


def _turn(holder: Holder) -> Iterator[Delivery]:
    """The deliveries to take now, in the order of their hours, while the lane is ours to use."""
    began = time.monotonic()
    for delivery in _loaded(holder.channel_id):
        for _ in range(STEPS):
            if stopping.is_set() or holder.resting or time.monotonic() - began > TURN_TIME:
                return
            if is_due(delivery):
                yield delivery
        if _keeps_its_place(delivery):
            return


def _loaded(channel_id: int) -> list[Delivery]:
    """The deliveries of a turn. They share one channel, whose secrets need to be opened once."""
    deliveries = list(in_order(channel_id)[:TURN])
    for delivery in deliveries[1:]:
        delivery.channel = deliveries[0].channel
    return deliveries


def in_order(channel_id: int) -> QuerySet[Delivery]:
    """What is due on a channel, and heads that keep their place, in the order of their hours."""
    now = timezone.now()
    waiting = Delivery.objects.open().annotate(since=Coalesce("waits_since", "not_before"))
    keeps_place = Q(not_before__lte=now, since__gt=now - KEEPS_PLACE, next_at__gt=now)
    queue = waiting.filter(Q(next_at__lte=now) | keeps_place, channel_id=channel_id)
    loaded = queue.select_related("post", "revision", "channel")
    return loaded.order_by("not_before", "pk")


def is_due(delivery: Delivery) -> bool:
    """Whether there is something to do about it now."""
    if delivery.status not in OPEN or delivery.next_at is None:
        return False
    return delivery.next_at <= timezone.now()


def _keeps_its_place(delivery: Delivery) -> bool:
    """Whether those behind it still wait for it: it had its hour, and two minutes are not over."""
    now = timezone.now()
    if delivery.status not in OPEN or delivery.next_at is None or delivery.not_before > now:
        return False
    return now < (delivery.waits_since or delivery.not_before) + KEEPS_PLACE


def _carefully(holder: Holder, delivery: Delivery) -> None:
    """A step; one delivery that breaks must not keep the rest of its lane waiting for ever."""
    try:
        step(holder, delivery)
    except places.Moved:
        logger.info("delivery %s was moved by a person meanwhile", delivery.pk)
    except (Lost, timekeeping.Askew, OperationalError, InterfaceError):
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
    """Take the lane, or None: somebody holds it, a rate limit does, its platform is busy enough,
    or our own clock is not to be trusted. One conditional update decides.
    """
    if not timekeeping.may_trust_ours():
        return None
    now = timezone.now()
    values = {
        "channel": channel_id,
        "now": now,
        "lease_until": now + settings.LEASE,
        "owner": f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}",
        "most": settings.CALLS_IN_FLIGHT,
    }
    taken = statements.rows(statements.CLAIM, values)
    return Holder(channel_id, *taken[0]) if taken else None


def release(holder: Holder) -> None:
    """Let the lane go, if it is still ours; a connection that broke meanwhile is replaced first."""
    try:
        _let_go(holder)
    except (OperationalError, InterfaceError):
        connection.close()
        _let_go(holder)


def _let_go(holder: Holder) -> None:
    ours = Lane.objects.filter(pk=holder.channel_id, fence=holder.fence)
    ours.update(lease_owner="", lease_until=None, rung_at=None)


def _settle_orphan(holder: Holder) -> None:
    """A delivery found in sending belongs to a dead holder: nobody knows whether it went out."""
    for orphan in Delivery.objects.filter(
        channel_id=holder.channel_id, status=Delivery.Status.SENDING
    ):
        try:
            reconcile.doubt_orphan(holder, orphan)
        except places.Moved:  # its holder woke up, and told what came of it
            logger.info("delivery %s is no orphan any more", orphan.pk)
