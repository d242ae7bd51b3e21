"""Everything that can go wrong, drawn by lot: deaths, sleeps, cut lines, a broker that forgets."""

import random
import signal
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import redis as redis_client
import requests
from django.db import connection
from django.utils import timezone

from opd_hub.local import processes
from tests.faults.hub import Hub
from tests.faults.played import Played

CRASHES = (
    "after-claim=0.004,after-checkpoint=0.004,before-intend=0.006,after-intend=0.006,"
    "after-call=0.01,in-record=0.01,after-record=0.006,after-release=0.004"
)
RAIN = 12.0  # seconds until the sandbox's faults are drawn anew
Fault = dict[str, Any]
ALWAYS: tuple[Fault, ...] = ({"kind": "500", "when": "after"}, {"kind": "drop", "when": "after"})
SOMETIMES: tuple[Fault, ...] = (
    {"kind": "500"},
    {"kind": "503", "when": "after"},
    {"kind": "drop"},
    {"kind": "garbled", "when": "after"},
    {"kind": "empty", "when": "after"},
    {"kind": "truncated", "when": "after"},
    {"kind": "hang", "when": "after", "seconds": 4},
    {"kind": "hang", "seconds": 4},
    {"kind": "429", "reset_in": 4},
    {"kind": "forbidden"},
    {"kind": "duplicate"},
)
BEFOREHAND = ("media", "container", "poll", "read")


class Storm:
    """Bad luck for a hub, its broker and its sandbox; counts what it did, by kind."""

    def __init__(
        self,
        hub: Hub,
        sandbox: Played,
        names: tuple[str, ...],
        accounts: list[tuple[str, str]],
        dice: random.Random,
        mutant: str = "",
    ) -> None:
        self.mutant = mutant  # whose absence the verdict should tell
        self.hub, self.sandbox, self.names, self.dice = hub, sandbox, names, dice
        self.accounts = accounts  # platform, remote id
        self.broker = hub.env["CELERY_BROKER_URL"]
        self.struck: Counter[str] = Counter()
        self.overlaps: list[dict[str, str]] = []
        self.frozen: list[tuple[datetime, datetime]] = []
        self._asleep: dict[str, tuple[datetime, float]] = {}
        self._numb_until = self._rain_until = 0.0
        self._counted: dict[str, int] = {}

    def start(self) -> None:
        """Everybody up; the workers carry crash points."""
        for name in self.names:
            self._begin(name)

    def act(self, now: float) -> None:
        """One stroke, and an end to what has lasted long enough; `now` is monotonic seconds."""
        if now > self._rain_until:
            self._rain_until = now + RAIN
            self._rain()
        self._wake(now)
        self._raise_the_dead()
        strokes: list[tuple[int, Callable[[float], str]]] = [
            (45, self._cut_lines),
            (5, self._kill),
            (3, self._freeze),
            (1, self._kill_sandbox),
        ]
        if self.broker:
            strokes += [(4, self._flush_broker), (2, self._numb_broker)]
        [stroke] = self.dice.choices([s for _, s in strokes], [weight for weight, _ in strokes])
        if done := stroke(now):
            self.struck[done] += 1

    def end(self) -> None:
        """No more: the platforms are well, everybody is awake, and nobody carries a crash point."""
        self._keep_counts()
        self.sandbox.heal()
        self._wake(float("inf"))
        for name in self.names:
            if self.hub.is_alive(name):
                self.hub.kill(name)
            self.hub.start(name)

    # --- the processes ---

    def _begin(self, name: str) -> None:
        carries = name.startswith(("publish", "embedded"))
        through = ("--mutant", self.mutant) if self.mutant and carries else ()
        self.hub.start(name, through=through, OPD_HUB_CRASH_AT=CRASHES if carries else "")

    def _raise_the_dead(self) -> None:
        for name in self.names:
            if not self.hub.is_alive(name):
                code = self.hub.children[name].process.returncode
                if code not in (0, -signal.SIGTERM):  # those were asked to stop
                    self.struck["crash point" if code == -signal.SIGKILL else f"exit {code}"] += 1
                self._begin(name)

    def _kill(self, now: float) -> str:
        name = self.dice.choice(self.names)
        self._asleep.pop(name, None)
        if self.dice.random() < 0.3:
            self.hub.ask_to_stop(name)
            return "stop"
        self.hub.kill(name)
        self._begin(name)
        return f"kill {name.partition('-')[0]}"

    def _freeze(self, now: float) -> str:
        workers = [n for n in self.names if n.startswith(("publish", "embedded", "clock"))]
        name = self.dice.choice(workers)
        if self._asleep or not self.hub.is_alive(name):
            return ""
        self.hub.freeze(name)
        self._asleep[name] = (timezone.now(), now + self.dice.uniform(1, 25))
        return "freeze"

    def _wake(self, now: float) -> None:
        for name, (since, until) in list(self._asleep.items()):
            if now > until:
                self.hub.thaw(name)
                self.frozen.append((since, timezone.now()))
                del self._asleep[name]

    def _cut_lines(self, now: float) -> str:
        """End a few of their connections to the database, in whatever they are doing."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = ANY(%s) ORDER BY random() LIMIT %s",
                [list(self.names), self.dice.randint(1, 5)],
            )
            cut = len(cursor.fetchall())
        self.struck["cut connection"] += cut
        return ""

    # --- the broker ---

    def _flush_broker(self, now: float) -> str:
        return self._tell_broker("FLUSHALL", "flush broker")

    def _numb_broker(self, now: float) -> str:
        """Let it answer nobody for some seconds."""
        if now < self._numb_until:
            return ""
        seconds = self.dice.uniform(1, 5)
        self._numb_until = now + seconds
        return self._tell_broker(f"CLIENT PAUSE {seconds * 1000:.0f} ALL", "hang broker")

    def _tell_broker(self, words: str, done: str) -> str:
        client = redis_client.Redis.from_url(self.broker, socket_timeout=0.2)
        try:
            client.execute_command(*words.split())
        except redis_client.TimeoutError:
            return ""  # it hangs already: this did not reach it, and does not count
        finally:
            client.close()
        return done

    # --- the platforms ---

    def _rain(self) -> None:
        """Draw the faults of the next seconds: some on every platform, of each step."""
        self._keep_counts()
        self.sandbox.heal()
        for platform in ("x", "facebook", "instagram"):
            for fault in (*ALWAYS, *self.dice.sample(SOMETIMES, 4)):
                self._fault(platform, "publish", fault, 0.08)
            for step in BEFOREHAND:
                self._fault(platform, step, {"kind": "500"}, 0.06)
                self._fault(platform, step, {"kind": "drop", "when": "after"}, 0.04)
            self._fault(platform, "publish", {"kind": "invisible", "seconds": 4}, 0.1)
        if self.dice.random() < 0.3:
            platform, account = self.dice.choice(self.accounts)
            self.sandbox.fault(platform, "any", "token_revoked", account=account)

    def _fault(self, platform: str, step: str, fault: Fault, probability: float) -> None:
        seed = self.dice.randrange(10**6)
        self.sandbox.fault(platform, step, times=0, probability=probability, seed=seed, **fault)

    def _keep_counts(self) -> None:
        """What the sandbox has counted since last time; it forgets with its process."""
        try:
            struck = self.sandbox.ask("struck")["struck"]
            self.overlaps = self.sandbox.ask("overlaps")["overlaps"] or self.overlaps
        except requests.RequestException:
            return
        self._counted = {f"sandbox {s['kind']} {s['when']}": s["count"] for s in struck}

    def _kill_sandbox(self, now: float) -> str:
        self._keep_counts()
        self.struck.update(self._counted)
        self._counted = {}
        processes.stop(self.sandbox.child, seconds=5, by=signal.SIGKILL)
        self.sandbox.start()
        self._rain()
        return "kill sandbox"

    def counts(self) -> Counter[str]:
        return self.struck + Counter(self._counted)
