"""Worker and scheduler in one process over an in-memory broker, for one machine without Redis.

Three consumers share the process: `publish` and `background` on threads, `clock` alone on one
thread of its own, so that a hung platform call never starves the tick (engine.md 3 and 8).
"""

import logging
import signal
import threading
from collections.abc import Callable

import django
from celery.beat import Scheduler, Service
from celery.signals import worker_shutting_down
from celery.worker import WorkController

from opd_hub.celery import app

logger = logging.getLogger("opd_hub.embedded")
THREADS = 8


def main() -> None:
    """Run until SIGTERM or SIGINT; finish the call in flight before leaving."""
    django.setup()
    app.conf.update(broker_url="memory://")
    leave = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: leave.set())

    beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
    workers = [
        _worker("publish", THREADS, "publish"),
        _worker("background", 2, "background"),
        _worker("clock", 1, "clock"),
    ]
    threads = [_thread(worker.start, worker.hostname) for worker in workers]
    threads.append(_thread(beat.start, "beat"))
    logger.info("worker and scheduler are running")
    while not leave.wait(1):
        if not all(thread.is_alive() for thread in threads):
            logger.critical("a consumer ended by itself; leaving")
            break
    _finish(beat, workers, threads)


def _worker(name: str, threads: int, queue: str) -> WorkController:
    return WorkController(
        app=app,
        hostname=f"{name}@embedded",
        pool_cls="threads",
        concurrency=threads,
        queues=[queue],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )


def _thread(target: Callable[[], object], name: str) -> threading.Thread:
    thread = threading.Thread(target=target, name=name, daemon=True)
    thread.start()
    return thread


def _finish(beat: Service, workers: list[WorkController], threads: list[threading.Thread]) -> None:
    worker_shutting_down.send(sender="embedded")  # lanes take nothing new
    beat.stop()
    for worker in workers:
        worker.stop()
    for thread in threads:
        thread.join(timeout=45)
    logger.info("worker and scheduler have stopped")


if __name__ == "__main__":
    main()
