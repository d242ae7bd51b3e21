"""When notices are made and sent; and the workers' watch over the scheduler."""

import logging
import threading
from datetime import timedelta

from celery import shared_task
from celery.signals import worker_ready
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from publishing.delivery.call import stopping
from publishing.models.notice import Notice, Reminder, Told
from publishing.notices import clocks, collect, outbox, troubles

logger = logging.getLogger(__name__)
WATCH_EVERY = 30.0  # seconds between a worker's looks at the machinery
KEPT = timedelta(days=90)  # a notice that was read
DAY = timedelta(days=1)


@shared_task(ignore_result=True)
def tell() -> None:
    """Make notices of what happened, and have somebody send what is due."""
    collect.collect()
    if outbox.has_work():
        send.apply_async(expires=60)


@shared_task(ignore_result=True)
def send() -> None:
    """Send what is due: never in the scheduler's own thread, for it waits for others' servers."""
    outbox.send_due()


@shared_task(ignore_result=True)
def look() -> None:
    """Ring clocks, tell of channels and of posts that are not ours."""
    clocks.ring()
    troubles.channels()
    troubles.strangers()


@shared_task(ignore_result=True)
def forget() -> None:
    """Drop what was read long ago, and the marks of events that are no news any more."""
    now = timezone.now()
    Notice.objects.filter(read_at__lt=now - KEPT).delete()
    Told.objects.filter(event__at__lt=now - 2 * collect.MEMORY).delete()
    Reminder.objects.filter(since__lt=now - KEPT).delete()


@worker_ready.connect
def watch_the_scheduler(**_signal: object) -> None:
    """Each worker looks after the machinery: a scheduler that is dead tells nobody so."""
    threading.Thread(target=_watch, name="watch", daemon=True).start()


def _watch() -> None:
    while not stopping.wait(WATCH_EVERY):
        close_old_connections()
        try:
            told = troubles.machinery()
        except Error as error:
            logger.warning("the machinery was not looked at: %s", error)
            connection.close()
            continue
        if told:
            outbox.send_due()
    connection.close()
