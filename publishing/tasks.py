"""Doorbells and the tick. The database knows what is due; a lost message costs seconds."""

import gc
import logging
import time
from collections.abc import Iterable

from celery import Task, current_app, shared_task
from celery.signals import worker_ready, worker_shutting_down
from celery.worker import state
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from kombu.pools import ProducerPool, producers

from publishing import strangers
from publishing.delivery import after, bell, lane, pulse
from publishing.delivery.call import stopping
from publishing.delivery.tick import tick as lanes_of_this_second

logger = logging.getLogger(__name__)
# A person waits: less patience than a worker, whose own waiting for messages takes a second.
IN_A_REQUEST = {"socket_timeout": 0.8, "socket_connect_timeout": 0.8}
SHIFT = 30.0  # seconds of turns that one task may take
STALE = 60  # seconds after which a doorbell is not worth answering: it was rung again
BROKER_REST = 5.0  # seconds in which nobody rings after the broker failed: the tick makes up for it


@shared_task(ignore_result=True)
def run_lane(channel_id: int) -> None:
    """Work through one turn of a channel's lane; then whoever waited longest has theirs.

    The first of them right here, unless somebody waits for this thread: a message to ourselves
    would leave it idle for its journey. After a while by message all the same, so that no task is
    without end.
    """
    mine, end = [channel_id], time.monotonic() + SHIFT
    while mine:
        lane.run(*mine)
        if stopping.is_set():
            return
        wanted = bell.lanes_to_ring()
        mine = [] if _somebody_waits() or time.monotonic() > end else wanted[:1]
        _ring_others(wanted[len(mine) :])


def _ring_others(channel_ids: list[int]) -> None:
    """Ring them, if the broker lets us; if not the tick will, and this thread has work anyhow."""
    try:
        _send(run_lane, channel_ids)
    except OperationalError as error:
        logger.warning("the broker does not answer, the tick will ring: %s", error)


def _somebody_waits() -> bool:
    """Whether this worker was given more than it has threads for."""
    return len(state.reserved_requests) > len(state.active_requests)


@shared_task(ignore_result=True)
def tick() -> None:
    """Ring every lane with something due, and look after what was published."""
    _send(run_lane, lanes_of_this_second())
    _send(read_back, after.take_due())


@shared_task(ignore_result=True)
def read_back(delivery_id: int) -> None:
    """See whether a published post is still there."""
    after.read_back(delivery_id)


@shared_task(ignore_result=True)
def watch_walls() -> None:
    """See whether something stands on our channels that did not go out from here."""
    _send(watch_wall, strangers.take_due())


@shared_task(ignore_result=True)
def watch_wall(channel_id: int) -> None:
    """Look at one channel's newest posts."""
    strangers.watch(channel_id)


@shared_task(ignore_result=True)
def forget_the_dead() -> None:
    """Drop heartbeats of processes that are long gone."""
    pulse.forget_the_dead()


@worker_ready.connect
def show_a_pulse(sender: object, **_signal: object) -> None:
    """A worker says every ten seconds that it is there; its name is what is before the "@"."""
    name = str(getattr(sender, "hostname", "worker"))
    pulse.start(name.partition("@")[0], stopping)


@worker_ready.connect
def look_no_more_for_garbage_in_what_stays(**_signal: object) -> None:
    """What is loaded by now lives as long as the worker: collecting need not walk it each time."""
    gc.collect()
    gc.freeze()


@worker_shutting_down.connect
def finish_up(**_signal: object) -> None:
    """SIGTERM: take no new delivery, finish the call in flight, record, release."""
    stopping.set()


def ring(channel_ids: Iterable[int]) -> None:
    """Ask for these lanes as soon as this transaction commits.

    Without a broker the web process has nobody to ring; the next tick finds the rows.
    """
    if settings.CELERY_BROKER_URL:
        wanted = sorted(set(channel_ids))
        transaction.on_commit(lambda: _ring_if_anybody_hears(wanted), robust=True)


class _Broker:
    """When the broker last failed a web request: nobody else waits for it in the next seconds."""

    def __init__(self) -> None:
        self.failed_at = float("-inf")

    def rests(self) -> bool:
        return time.monotonic() - self.failed_at < BROKER_REST


_broker = _Broker()


def _ring_if_anybody_hears(channel_ids: list[int]) -> None:
    if _broker.rests():
        return
    hasty = current_app.connection_for_write(transport_options=IN_A_REQUEST)
    try:
        _send(run_lane, channel_ids, producers[hasty])
    except OperationalError as error:
        _broker.failed_at = time.monotonic()
        logger.warning("the broker does not answer, the tick will ring: %s", error)


def _send(
    task: Task[[int], None], numbers: Iterable[int], pool: ProducerPool | None = None
) -> None:
    """One small message each, all on one connection."""
    wanted = list(numbers)
    if not wanted:
        return
    with (pool or current_app.producer_pool).acquire(block=True, timeout=1) as producer:
        for number in wanted:
            task.apply_async((number,), producer=producer, expires=STALE)
