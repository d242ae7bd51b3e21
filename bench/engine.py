"""What the engine itself costs: `python -m bench.engine`.

Claim and tick with 1,000 and with 1,000,000 finished deliveries (a ratio), sizes of tables and
indexes, idle lag from due to call, database connections and memory over bursts.
"""

import argparse
import json
import os
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from bench.accounts import CHANNELS
from bench.ground import (
    Ground,
    ground,
    in_django,
    machine,
    percentile,
    seed,
    twin,
    wait_until,
)
from bench.publish import start_workers

BIG = 1_000_000
SMALL = 1_000
CHUNK = 50_000
ROUNDS = 5
THREADS = 16
ALIVE = 4  # kinds of hearts: scheduler, publisher, background, clock
APPLICATION = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


def main() -> None:
    options = _options()
    print(machine())
    with ground(durable=not options.hasty) as place:
        seed(place, SMALL, said="lama", finished=True)
        small = twin(place)
        for n in range(0, options.finished, CHUNK):
            seed(place, CHUNK, said=f"arsip {n}", finished=True)
        _compare({SMALL: small, options.finished: place})
        _sizes(place)
        _lag(place, options.idle)
        _bursts(place, options.minutes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench.engine", description=__doc__)
    parser.add_argument("--finished", type=int, default=BIG)
    parser.add_argument("--idle", type=int, default=60, help="deliveries for the idle lag")
    parser.add_argument("--minutes", type=float, default=10, help="of bursts")
    parser.add_argument("--hasty", action="store_true", help="PostgreSQL without fsync")
    return parser.parse_args()


def _compare(places: dict[int, Ground]) -> None:
    """Time both by turns, for a machine's own speed changes within minutes; medians' ratios."""
    for place in places.values():
        place.sql("VACUUM ANALYZE")
    rounds = [
        {n: _timings(place, n, said=f"putaran {k}") for n, place in places.items()}
        for k in range(ROUNDS)
    ]
    small, big = places
    for name in rounds[0][small]:
        share = median(r[big][name] / r[small][name] for r in rounds)
        print(f"{name:22} big / small {share:.2f}   (aim at most 1.20)", flush=True)


def _timings(place: Ground, finished: int, *, said: str) -> dict[str, float]:
    """Median seconds of each step, with 1,000 deliveries due and `finished` behind them."""
    seed(place, SMALL, said=said)
    timings: dict[str, float] = json.loads(in_django(place, "bench.steps"))
    told = ", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in timings.items())
    print(f"{finished:9,} finished: {told}", flush=True)
    place.sql("DELETE FROM publishing_delivery WHERE status = 'waiting'")
    return timings


def _sizes(place: Ground) -> None:
    question = (
        "SELECT relname, pg_size_pretty(pg_table_size(oid)), pg_size_pretty(pg_indexes_size(oid))"
        " FROM pg_class WHERE relkind = 'r' AND relname LIKE 'publishing_%%'"
        " ORDER BY pg_total_relation_size(oid) DESC LIMIT 5"
    )
    for name, table, indexes in place.sql(question):
        print(f"{name:26} table {table:>8}, indexes {indexes:>8}")
    hot = (
        "SELECT indexrelname, pg_size_pretty(pg_relation_size(indexrelid))"
        " FROM pg_stat_user_indexes WHERE indexrelname LIKE 'deliveries_%%'"
    )
    print("hot indexes: " + ", ".join(f"{name} {size}" for name, size in place.sql(hot)))


def _lag(place: Ground, count: int) -> None:
    """From due to call when nothing else is to do: one delivery every half second."""
    start_workers(place, 1, THREADS)
    place.sql("DELETE FROM publishing_delivery WHERE status = 'waiting'")
    seed(place, count, said="sepi", delay=8)
    place.sql(
        "UPDATE publishing_delivery SET not_before = not_before + step, next_at = next_at + step"
        " FROM (SELECT id, row_number() OVER (ORDER BY id) * interval '0.53 s' AS step"
        " FROM publishing_delivery WHERE status = 'waiting') n WHERE n.id = publishing_delivery.id"
    )
    _wait_for_all(place, 60 + count)
    rows = place.sql(
        "SELECT a.started_at, d.not_before FROM publishing_attempt a"
        " JOIN publishing_delivery d ON d.id = a.delivery_id"
        " JOIN publishing_post p ON p.id = d.post_id WHERE p.text LIKE 'sepi %%'"
    )
    lags = [(started - due).total_seconds() for started, due in rows]
    print(
        f"idle lag due -> call: p50 {percentile(lags, 0.5):.2f} s,"
        f" p99 {percentile(lags, 0.99):.2f} s   (aim p99 at most 1.5)",
        flush=True,
    )
    place.stop()


def _bursts(place: Ground, minutes: float) -> None:
    """Connections and memory of every process: at rest, and after each of many bursts."""
    place.control("latency", {"seconds": 0.05})
    place.sql("DELETE FROM publishing_heartbeat")  # of those who are gone
    start_workers(place, 1, THREADS)
    hearts = "SELECT count(DISTINCT kind) FROM publishing_heartbeat"
    wait_until(lambda: place.sql(hearts)[0][0] >= ALIVE, 60, place)
    print(f"at rest: {_memory(place)}; {_connections(place)} connections", flush=True)
    end, n, most = time.monotonic() + minutes * 60, 0, 0
    while time.monotonic() < end or n < 2:
        n += 1
        seed(place, 10 * CHANNELS, said=f"ledakan {n} {datetime.now():%H%M%S}")
        while _waiting(place):
            most = max(most, _connections(place))
            time.sleep(0.5)
        print(f"after burst {n}: {_memory(place)}; most connections {most}", flush=True)
    print(f"threads + 2 of the publisher, and the others: {THREADS + 2} + clock, background, beat")


def _memory(place: Ground) -> str:
    """RSS of each process in MB."""
    sizes = []
    for child in place.started:
        status = Path(f"/proc/{child.process.pid}/status").read_text()
        [line] = [li for li in status.splitlines() if li.startswith("VmRSS")]
        sizes.append(f"{child.name} {int(line.split()[1]) // 1024}")
    return ", ".join(sizes) + " MB"


def _connections(place: Ground) -> int:
    [(count,)] = place.sql(APPLICATION)
    return int(count) - 1  # our own


def _waiting(place: Ground) -> int:
    [(count,)] = place.sql(
        "SELECT count(*) FROM publishing_delivery WHERE status IN ('waiting', 'sending')"
    )
    return int(count)


def _wait_for_all(place: Ground, seconds: float) -> None:
    wait_until(lambda: _waiting(place) == 0, seconds, place)


if __name__ == "__main__":
    os.umask(0o077)
    main()
