"""Heartbeats: schedulers and workers say that they are there, and how their clock stands."""

import logging
import os
import socket
import threading
from datetime import timedelta

from django.db import Error, connection
from django.utils import timezone

from publishing.delivery import timekeeping
from publishing.models import Heartbeat

logger = logging.getLogger(__name__)
EVERY = 10.0  # seconds between a worker's heartbeats
FORGET = timedelta(days=1)


def beat(kind: str, drift: timedelta) -> None:
    """Write down that this process is at work. The moment is the database's, our own may be off."""
    now = timezone.now() - drift
    Heartbeat.objects.update_or_create(
        kind=kind,
        name=f"{socket.gethostname()}:{os.getpid()}",
        defaults={"seen_at": now, "drift": drift.total_seconds()},
        create_defaults={"seen_at": now, "drift": drift.total_seconds()},
    )


def forget_the_dead() -> None:
    """Drop processes that have not been seen for a day."""
    Heartbeat.objects.filter(seen_at__lt=timezone.now() - FORGET).delete()


def start(kind: str, stop: threading.Event) -> threading.Thread:
    """Beat every ten seconds in a thread of its own until `stop`; a lost database costs a beat."""
    thread = threading.Thread(target=_keep_beating, args=(kind, stop), name="pulse", daemon=True)
    thread.start()
    return thread


def _keep_beating(kind: str, stop: threading.Event) -> None:
    while True:
        try:
            beat(kind, timekeeping.drift(timekeeping.database_time()))
        except Error as error:
            logger.warning("no heartbeat: %s", error)
            connection.close()
        if stop.wait(EVERY):
            connection.close()
            return
