"""Worker and scheduler in one process over an in-memory broker, for one machine without Redis.

The clock is a thread of its own that runs its tasks itself: behind hung platform calls a tick in
the workers' pool would starve (engine.md 3 and 8).
"""

import logging
import signal
import socket
import threading
from collections.abc import Callable

import django
from celery.beat import ScheduleEntry, Service
from celery.signals import worker_ready, worker_shutting_down
from celery.worker import WorkController
from django.db import close_old_connections

from opd_hub.beat import Steady
from opd_hub.celery import app

logger = logging.getLogger("opd_hub.embedded")
THREADS = 24  # more than CALLS_IN_FLIGHT: a platform that hangs leaves some for the others
LAST_CALL = 45  # seconds for the calls in flight: connect 5, read 30, record


class Clock(Steady):
    """Celery's schedule, kept by running each task here and now."""

    def apply_async(
        self, entry: ScheduleEntry, producer: object = None, advance: bool = True, **_: object
    ) -> None:
        close_old_connections()
        app.tasks[str(entry.task)].apply()  # logs what fails and goes on


def main() -> None:
    """Run until SIGTERM or SIGINT; finish the call in flight before leaving."""
    django.setup()
    app.conf.update(broker_url="memory://localhost")
    leave = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: leave.set())
    clock = Service(app, max_interval=1, scheduler_cls=Clock)
    worker = WorkController(
        app=app,
        pool_cls="threads",
        concurrency=THREADS,
        hostname=f"embedded@{socket.gethostname()}",
        queues=["publish", "background"],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    threads = [_thread(clock.start, "clock"), _thread(worker.start, "worker")]
    worker_ready.send(sender=worker)
    logger.info("worker and scheduler are running")
    while not leave.wait(1) and all(thread.is_alive() for thread in threads):
        pass
    worker_shutting_down.send(sender="embedded")  # lanes take nothing new
    clock.stop()
    worker.stop()
    for thread in threads:
        thread.join(timeout=LAST_CALL)
    if not leave.is_set():
        raise SystemExit("the clock or the worker ended by itself")
    logger.info("worker and scheduler have stopped")


def _thread(target: Callable[[], object], name: str) -> threading.Thread:
    thread = threading.Thread(target=target, name=name, daemon=True)
    thread.start()
    return thread


if __name__ == "__main__":
    main()
