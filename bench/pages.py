"""What each page costs with much behind it: `python -m bench.pages --sizes 1000,50000,200000`.

Queries, bytes and server milliseconds of every page at each size, on one PostgreSQL that grows
from size to size. "cpu" is the median of the process that answers, "db" what its queries took
once: they say more than p50 and the ratio where the machine has other work. Ends with 1 when a
page breaks a limit (queries, bytes, growth), or cannot be opened.
"""

import argparse
import json
import os
import sys
from collections import Counter
from typing import Any

from bench.ground import machine, percentile
from opd_hub.local import commands, environment, folders, processes, static
from opd_hub.local.trouble import Trouble

SIZES = (1_000, 50_000, 200_000)  # posts
MOST_QUERIES = 10
MOST_BYTES = 60 * 1024
MOST_RATIO = 1.2  # of the median at the largest size over that at the smallest
AGAIN = 3  # the same question so often in one page: it is asked once for each row
SLOWER, MILLISECONDS = 2.0, 5.0  # a page that grew by more than both shows its slowest question

Costs = dict[str, dict[str, Any]]  # by page, as bench.visits tells them


def main() -> int:
    options = _options()
    print(machine(), flush=True)
    try:
        found = _measure(options.sizes, options.pages)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    _table(found)
    _grown(found)
    _repeated(found)
    if options.questions:
        _questions(found)
    over, slow = _over(found), _slow(found)
    return 1 if over or slow else 0


def _options() -> argparse.Namespace:
    def sizes(words: str) -> list[int]:
        return sorted(int(word) for word in words.split(","))

    def pages(words: str) -> list[str]:
        return [word.strip() for word in words.split(",") if word.strip()]

    parser = argparse.ArgumentParser("bench.pages", description=__doc__)
    parser.add_argument("--sizes", type=sizes, default=list(SIZES))
    parser.add_argument("--pages", type=pages, default=[], help="some of them, as the table says")
    parser.add_argument("--questions", action="store_true", help="every query of every page")
    return parser.parse_args()


def _measure(sizes: list[int], pages: list[str]) -> dict[int, Costs]:
    """What every page costs, by size."""
    found: dict[int, Costs] = {}
    with environment.for_tests("pages") as (folder, base):
        env = base | {"DJANGO_SETTINGS_MODULE": "opd_hub.settings", "LOG_LEVEL": "ERROR"}

        def run(name: str, *command: str) -> str:
            line = [sys.executable, *command]
            return processes.finish(name, line, folder=folder, env=env, cwd=folders.ROOT)

        static.build(folder, env)
        run("migrate", *commands.MIGRATE[1:])
        run("cache", *commands.CACHE_TABLE[1:])
        posts = 0
        for size in sizes:
            run("regency", "-m", "bench.regency", str(posts + 1), str(size))
            posts = size
            found[size] = json.loads(run("visits", "-m", "bench.visits", *pages))
            print(f"{size:,} posts measured", flush=True)
    return found


def _table(found: dict[int, Costs]) -> None:
    small, big = min(found), max(found)
    head = f"{'page':26}{'posts':>9}{'queries':>9}{'HTML':>9}{'gzip':>8}"
    print(f"\n{head}{'p50 ms':>9}{'p95 ms':>9}{'cpu':>7}{'db':>8}{'big/small':>11}")
    for page in found[small]:
        for size, costs in found.items():
            cost = costs[page]
            line = f"{page if size == small else '':26}{size:9,}{cost['queries']:9}"
            line += f"{cost['size']:9,}{cost['zipped']:8,}"
            line += f"{percentile(cost['times'], 0.5):9.1f}{percentile(cost['times'], 0.95):9.1f}"
            line += f"{percentile(cost['cpu'], 0.5):7.1f}{sum(ms for ms, _ in cost['asked']):8.1f}"
            if size == big != small:
                line += f"{_ratio(found, page):11.2f}"
            print(line)


def _ratio(found: dict[int, Costs], page: str) -> float:
    small, big = (percentile(found[size][page]["times"], 0.5) for size in (min(found), max(found)))
    return big / small


def _grown(found: dict[int, Costs]) -> None:
    """Pages that ask more, or take much longer, the more posts there are; and why."""
    small, big = min(found), max(found)
    for page, cost in found[big].items():
        before = found[small][page]
        if cost["queries"] > before["queries"]:
            print(f"\n{page}: {before['queries']} queries became {cost['queries']}")
        longer = percentile(cost["times"], 0.5) - percentile(before["times"], 0.5)
        if _ratio(found, page) > SLOWER and longer > MILLISECONDS:
            print(f"\n{page}: the slowest question\n{cost['slowest']}")


def _repeated(found: dict[int, Costs]) -> None:
    """The same question many times in one page: it is asked once for each row."""
    for page, cost in found[max(found)].items():
        for sql, times in Counter(sql for _ms, sql in cost["asked"]).items():
            if times >= AGAIN:
                print(f"\n{page}: asked {times} times: {sql}")


def _questions(found: dict[int, Costs]) -> None:
    for page, cost in found[max(found)].items():
        print(f"\n{page}")
        for ms, sql in cost["asked"]:
            print(f"{ms:8.1f} ms {sql}")


def _over(found: dict[int, Costs]) -> bool:
    """Whether a page breaks a limit; says which."""
    lines = [
        f"TOO MUCH: {page} with {size:,} posts: {cost['queries']} queries"
        f" (at most {MOST_QUERIES}), {cost['size']:,} bytes (at most {MOST_BYTES:,})"
        for size, costs in found.items()
        for page, cost in costs.items()
        if cost["queries"] > MOST_QUERIES or cost["size"] > MOST_BYTES
    ]
    if lines:
        print("\n" + "\n".join(lines))
    return bool(lines)


def _slow(found: dict[int, Costs]) -> bool:
    """Whether a page takes longer the more posts there are; the verdict of each."""
    if len(found) == 1:
        return False
    ratios = {page: _ratio(found, page) for page in found[min(found)]}
    slow = {page: ratio for page, ratio in ratios.items() if ratio > MOST_RATIO}
    print(f"\n{len(ratios) - len(slow)} of {len(ratios)} pages: p50 at {max(found):,} over")
    print(f"{min(found):,} posts at most {MOST_RATIO}; the others:")
    for page, ratio in sorted(slow.items(), key=lambda one: -one[1]):
        print(f"  {page:26}{ratio:6.2f}")
    return bool(slow)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
