"""Doorbells and the tick. The database knows what is due; a lost message costs seconds."""

from collections.abc import Iterable

from celery import current_app, shared_task
from celery.signals import worker_shutting_down
from django.conf import settings
from django.db import transaction

from publishing.delivery import lane
from publishing.delivery.call import stopping
from publishing.delivery.tick import tick as lanes_to_ring


@shared_task(ignore_result=True)
def run_lane(channel_id: int) -> None:
    """Work through one channel's lane."""
    if lane.run(channel_id):
        _send([channel_id])


@shared_task(ignore_result=True)
def tick() -> None:
    """Ring every lane with something due."""
    _send(lanes_to_ring())


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
        transaction.on_commit(lambda: _send(wanted), robust=True)


def _send(channel_ids: Iterable[int]) -> None:
    """One small message a lane, all on one connection."""
    wanted = list(channel_ids)
    if not wanted:
        return
    with current_app.producer_pool.acquire(block=True, timeout=2) as producer:
        for channel_id in wanted:
            run_lane.apply_async((channel_id,), producer=producer)
