"""Times the engine's own steps in this process: prints {name: median seconds} as JSON."""

import json
import time
from collections.abc import Callable
from statistics import median

import django
from django.conf import settings

django.setup()

from publishing.delivery import after, bell, lane  # noqa: E402 - settings first
from publishing.delivery.tick import tick  # noqa: E402
from publishing.models import Lane  # noqa: E402
from publishing.vitals import take  # noqa: E402

ROUNDS = 60


def timed(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def forget_rings() -> None:
    Lane.objects.update(rung_at=None, lease_until=None)


def claim_and_release() -> float:
    holder = lane.claim(FIRST)
    assert holder
    seconds = timed(lambda: list(lane.in_order(FIRST)[: lane.TURN]))
    lane.release(holder)
    return seconds


settings.CALLS_IN_FLIGHT = 1000
FIRST = Lane.objects.order_by("pk").values_list("pk", flat=True)[0]
found: dict[str, list[float]] = {"tick": [], "ring": [], "claim": [], "next turn": [], "vitals": []}
for _ in range(ROUNDS):
    forget_rings()
    found["tick"].append(timed(tick))
    forget_rings()
    found["ring"].append(timed(bell.lanes_to_ring))
    forget_rings()
    found["claim"].append(timed(lambda: lane.claim(FIRST)))
    forget_rings()
    found["next turn"].append(claim_and_release())
    found["vitals"].append(timed(take))
    after.take_due()
print(json.dumps({name: median(times) for name, times in found.items()}))
