"""The engine with one protection taken out: what the checker must catch.

Each mutant is a context manager; `python -m tests.faults.worker --mutant NAME` runs a process of
ours inside one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from opd_hub import embedded
from publishing.delivery import call, places, reconcile, record, statements, timekeeping
from publishing.delivery.fence import Holder
from publishing.models import Delivery, Lane


@contextmanager
def blind_retry() -> Iterator[None]:
    """What the platform did not answer is sent again, as if it had not been asked."""

    def doubt(delivery: Delivery, reason: str, detail: str = "") -> None:
        places.put(delivery, Delivery.Status.WAITING, next_at=timezone.now(), reason=reason)

    with patch.object(places, "write_doubt", doubt):
        yield


@contextmanager
def assume_success() -> Iterator[None]:
    """What the platform did not answer is called public."""

    def doubt(delivery: Delivery, reason: str, detail: str = "") -> None:
        places.write_published(delivery, "", "")

    with patch.object(places, "write_doubt", doubt):
        yield


@contextmanager
def no_intent() -> Iterator[None]:
    """The call goes out first, and only what came of it is written."""

    def intend(holder: Holder, delivery: Delivery) -> call.Intent:
        return call.Intent(0, timekeeping.since_boot())

    def anywhere(delivery: Delivery, status: Delivery.Status, **fields: Any) -> None:
        delivery.refresh_from_db(fields=["status"])
        whole(delivery, status, **fields)

    whole = places.put
    with patch.object(call, "intend", intend), patch.object(places, "put", anywhere):
        yield


@contextmanager
def claim_without_condition() -> Iterator[None]:
    """Whoever asks for a lane gets it, held or not."""
    anybody = re.sub(r"  AND \(lease_until IS NULL.*?\n", "", statements.CLAIM)
    assert anybody != statements.CLAIM
    with patch.object(statements, "CLAIM", anybody):
        yield


@contextmanager
def no_fence() -> Iterator[None]:
    """A worker whose lane was taken writes all the same."""

    @contextmanager
    def open_gate(holder: Holder) -> Iterator[Lane]:
        with transaction.atomic():
            yield Lane.objects.select_for_update().get(pk=holder.channel_id)

    gates = [patch.object(module, "fenced", open_gate) for module in (call, record, reconcile)]
    unfenced = statements.INTEND.replace("AND fence = %(fence)s", "")
    assert unfenced != statements.INTEND
    with gates[0], gates[1], gates[2], patch.object(statements, "INTEND", unfenced):
        yield


@contextmanager
def look_without_quiet_time() -> Iterator[None]:
    """One read that does not show it, however soon, is taken for a proof that it is not there."""

    def absent(delivery: Delivery) -> None:
        places.send_anyway(delivery, "Tidak terlihat; dikirim lagi.")

    with patch.object(reconcile, "_absent", absent):
        yield


@contextmanager
def pause_without_lock() -> Iterator[None]:
    """An intent reads the pauses without keeping new ones out meanwhile."""
    bare = re.sub(r"SELECT pg_advisory_xact_lock_shared\(.*?\);", "", statements.INTEND)
    assert bare != statements.INTEND
    with patch.object(statements, "INTEND", bare):
        yield


@contextmanager
def tick_on_shared_pool() -> Iterator[None]:
    """The clock's tasks wait for a thread of the workers' pool."""

    def queue(self: embedded.Clock, entry: object, *_: object, **__: object) -> None:
        embedded.app.tasks[str(entry.task)].apply_async(queue="publish")  # type: ignore[attr-defined]

    with patch.object(embedded.Clock, "apply_async", queue):
        yield


MUTANTS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    mutant.__name__: mutant
    for mutant in (
        blind_retry,
        assume_success,
        no_intent,
        claim_without_condition,
        no_fence,
        look_without_quiet_time,
        pause_without_lock,
        tick_on_shared_pool,
    )
}
