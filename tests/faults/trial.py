"""One trial of bin/soak: a region at work in a storm, then quiet, then the verdict.

`python -m tests.faults.trial MINUTES SEED FOLDER MUTANT`, in the environment that soak.py makes.
"""

import random
import sys
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings

if __name__ == "__main__":
    django.setup()

from publishing.models import Delivery
from tests.conftest import Box
from tests.faults.checker import Violation, check
from tests.faults.hub import Hub, environment
from tests.faults.person import Person
from tests.faults.played import Played
from tests.faults.region import Region
from tests.faults.storm import Storm

WITH_BROKER = ("beat-1", "beat-2", "clock-1", "publish-1", "publish-2", "background-1", "web-1")
WITHOUT = ("embedded-1", "embedded-2", "web-1")
ASKEW = 40.0  # seconds by which one machine's clock is wrong
PATIENCE = 300.0  # seconds, to be divided by the pace
GETTING_UP = 15.0  # seconds until every process is up again
WRITES_EVERY, ANSWERS_EVERY, STRIKES_EVERY = 0.5, 1.0, 0.25  # seconds


class Trial:
    """Everything that one run holds together."""

    def __init__(self, seed: int, folder: Path, mutant: str) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        dice = random.Random(seed)
        port = urlsplit(settings.PLATFORMS["x"]["BASE_URL"]).port
        assert port
        self.sandbox = Played(folder, port)
        self.sandbox.ask("rules", x_duplicates=True, quota_total=100_000)
        self.region = Region(random.Random(dice.random()))
        Box.open_accounts(self.sandbox.url, self.region.channels)
        self.person = Person(self.region.reviewer, self.sandbox, random.Random(dice.random()))
        broker = settings.CELERY_BROKER_URL
        self.hub = Hub(folder / "hub", environment(self.sandbox.url, CELERY_BROKER_URL=broker))
        names = WITH_BROKER if broker else WITHOUT
        self.askew = "publish-9" if broker else "embedded-9"
        accounts = [(c.platform, c.remote_id) for c in self.region.channels]
        luck = random.Random(dice.random())
        self.storm = Storm(self.hub, self.sandbox, names, accounts, luck, mutant)

    def run(self, minutes: float) -> None:
        """Storm for so long."""
        self.storm.start()
        self.hub.start(self.askew, through=("--skew", str(ASKEW)))
        until = time.monotonic() + minutes * 60
        written = answered = struck = 0.0
        while (now := time.monotonic()) < until:
            if now > written:
                written = now + WRITES_EVERY
                self.region.act()
                self.region.resume()
            if now > answered:
                answered = now + ANSWERS_EVERY
                self.person.act()
            if now > struck:
                struck = now + STRIKES_EVERY
                self.storm.act(now)
            time.sleep(0.02)

    def calm_down(self) -> None:
        """End all faults, let the person answer, and give the hub its bounded time to come to rest.

        The person stops before the hub has to rest: what was sent on yet another answer while the
        books are read would look like a post out of nowhere.
        """
        self.storm.end()
        self.hub.kill(self.askew)
        self.region.resume(all_of_them=True)
        until = time.monotonic() + PATIENCE / settings.PACE + GETTING_UP
        while self._moving() and time.monotonic() < until:
            self.person.act()
            time.sleep(0.5)
        until = time.monotonic() + PATIENCE / settings.PACE + GETTING_UP
        while self._moving() and time.monotonic() < until:
            time.sleep(0.5)

    def _moving(self) -> bool:
        open_ones = Delivery.objects.filter(status__in=["waiting", "sending"])
        doubts = Delivery.objects.filter(status="uncertain").exclude(next_at=None)
        return open_ones.exists() or doubts.exists()

    def verdict(self, frozen: list[tuple[datetime, datetime]]) -> list[Violation]:
        overlaps = self.sandbox.ask("overlaps")["overlaps"] or self.storm.overlaps
        return check(self.sandbox.ledger(), overlaps, at_rest=True, frozen=frozen)

    def end(self) -> None:
        self.hub.end()
        self.sandbox.child.process.kill()


def tell(trial: Trial, violations: list[Violation], seconds: float) -> None:
    """What happened, in numbers."""
    counts = trial.storm.counts()
    for kind, count in sorted(counts.items()):
        print(f"{count:6}  {kind}")
    print(f"{sum(counts.values()):6}  faults\n")
    for name, what in (("people", trial.region.done), ("answers", trial.person.answered)):
        print(f"{name}: " + ", ".join(f"{kind} {count}" for kind, count in sorted(what.items())))
    by_status = {
        status: Delivery.objects.filter(status=status).count() for status in Delivery.Status.values
    }
    accepted = len(trial.sandbox.ledger())
    print(f"deliveries {Delivery.objects.count()}, accepted {accepted}, {by_status}")
    print(f"people asked {len(trial.person.asked)}, violations {len(violations)}, {seconds:.0f} s")
    for violation in violations[:40]:
        print(f"{violation.kind}: {violation.sentence}")


def main(minutes: float, seed: int, folder: Path, mutant: str) -> int:
    began = time.monotonic()
    trial = Trial(seed, folder, mutant)
    try:
        trial.run(minutes)
        trial.calm_down()
        violations = trial.verdict(trial.storm.frozen)
        excused = len(trial.verdict([])) - len(violations)
        tell(trial, violations, time.monotonic() - began)
        print(f"calls of frozen processes that came late all the same: {excused}")
    finally:
        trial.end()
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]))
