"""Tasks about channels: ask those whose probe is due."""

from celery import shared_task

from platforms import health
from platforms.models import Channel


@shared_task(ignore_result=True)
def probe_due() -> None:
    """Ring for every channel whose probe is due; each is asked in a task of its own."""
    for channel_id in health.take_due():
        probe.apply_async((channel_id,), expires=health.TAKEN.total_seconds())


@shared_task(ignore_result=True)
def probe(channel_id: int) -> None:
    """Ask the platform about one channel; a channel that is gone is nobody's."""
    channel = Channel.objects.select_related("agency").filter(pk=channel_id).first()
    if channel is not None:
        health.probe(channel)
