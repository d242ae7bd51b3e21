"""How near the engine comes to what the platform allows: `python -m bench.publish`.

Deliveries are all due at once; the limit is the same calls in plain threads, taken in the same
run on the same sandbox. Ratios are what counts; seconds are only printed.
"""

import argparse
import json
import os
from datetime import datetime

from bench.accounts import CHANNELS
from bench.ground import (
    Ground,
    ground,
    in_django,
    machine,
    percentile,
    seed,
    wait_until,
)
from opd_hub.local.commands import WITH_BROKER

LATENCY = 0.05
SETTLE = 6.0  # seconds that workers get to be up before the deliveries are due


def main() -> None:
    options = _options()
    print(f"{machine()}; {options.deliveries} deliveries, {CHANNELS} channels, {LATENCY} s a call")
    with ground(durable=not options.hasty) as place:
        place.control("latency", {"seconds": LATENCY})
        plain = {n: _plain(place, n, options.deliveries) for n in (4, 16)}
        ours = {
            "1 x 4": _ours(place, 1, 4, options.deliveries),
            "1 x 16": _ours(place, 1, 16, options.deliveries),
            "2 x 4": _ours(place, 2, 4, options.deliveries),
        }
    for threads, rate in plain.items():
        print(f"plain, {threads:2} threads      {rate:6.1f} calls/s")
    print(f"4 threads  / plain     {ours['1 x 4'] / plain[4]:.2f}   (aim 0.85)")
    print(f"16 threads / plain     {ours['1 x 16'] / plain[16]:.2f}   (aim 0.70)")
    print(f"two workers of 4 / one {ours['2 x 4'] / ours['1 x 4']:.2f}   (aim 1.60)")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench.publish", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=10_000)
    parser.add_argument("--hasty", action="store_true", help="PostgreSQL without fsync")
    return parser.parse_args()


def _plain(place: Ground, threads: int, count: int) -> float:
    """Calls a second of plain threads."""
    said = f"plain {threads}"
    took = json.loads(
        in_django(place, "bench.plain", str(threads), str(count), str(CHANNELS), said)
    )
    return count / float(took)


def _ours(place: Ground, workers: int, threads: int, count: int) -> float:
    """Calls a second of the engine, from the first accepted to the last."""
    said, name = f"ours {workers} {threads}", f"{workers} x {threads}"
    before = len(place.control("ledger")["posts"])
    start_workers(place, workers, threads)
    seed(place, count, said=said, delay=SETTLE)
    [(due_at,)] = place.sql("SELECT max(not_before) FROM publishing_delivery")
    waiting = "SELECT count(*) FROM publishing_delivery WHERE status <> 'published'"
    wait_until(lambda: place.sql(waiting)[0][0] == 0, 60 + count, place)
    place.stop()
    accepted = place.control(f"ledger?after={before}")["posts"]
    assert len(accepted) == count, f"{len(accepted)} accepted, {count} wanted"
    moments = sorted(datetime.fromisoformat(post["at"]).timestamp() for post in accepted)
    late = [moment - due_at.timestamp() for moment in moments]
    rate: float = count / (moments[-1] - due_at.timestamp())
    ideal = count * LATENCY / (workers * threads)
    print(
        f"ours, {name:7} threads  {rate:6.1f} calls/s; late p50 {percentile(late, 0.5):.1f} s,"
        f" p99 {percentile(late, 0.99):.1f} s (the limit implies {ideal / 2:.1f},"
        f" {ideal * 0.99:.1f})",
        flush=True,
    )
    return rate


def start_workers(place: Ground, workers: int, threads: int) -> None:
    """The processes of docker-compose.yml, with so many publishers of so many threads."""
    for n in range(workers):
        command = list(WITH_BROKER["worker-publish"])
        command[command.index("--concurrency") + 1] = str(threads)
        command[command.index("publish@%h")] = f"publish{n}@%h"
        place.start(f"publish-{n}", tuple(command))
    place.start("clock", WITH_BROKER["worker-clock"])
    place.start("background", WITH_BROKER["worker-background"])
    place.start("beat", WITH_BROKER["beat"])


if __name__ == "__main__":
    os.umask(0o077)
    main()
