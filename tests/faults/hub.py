"""OPD Hub as real processes that a test starts, freezes, kills and starts again."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from opd_hub.local import commands, processes
from opd_hub.local.folders import ROOT
from publishing.models import Heartbeat

PATIENCE = 40.0  # seconds, an upper bound that only a failing test reaches
WHOLE = ("beat-1", "beat-2", "clock-1", "publish-1", "publish-2", "background-1")
PROGRAMS = {
    "embedded": commands.EMBEDDED,
    "web": commands.WEB,
    "beat": commands.WITH_BROKER["beat"],
    "clock": commands.WITH_BROKER["worker-clock"],
    "publish": commands.WITH_BROKER["worker-publish"],
    "background": commands.WITH_BROKER["worker-background"],
}


def environment(sandbox_url: str, **more: str) -> dict[str, str]:
    """What compose gives a process, for the database, the keys and the files of this test."""
    here = connection.settings_dict
    return os.environ | {
        "DATABASE_URL": f"postgres://{here['USER']}@{quote(here['HOST'], safe='')}/{here['NAME']}",
        "OPD_HUB_KEYS": ",".join(settings.VAULT_KEYS),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "X_API_BASE_URL": sandbox_url,
        "GRAPH_API_BASE_URL": sandbox_url,
        "X_CONSUMER_KEY": "app-key",
        "X_CONSUMER_SECRET": "app-secret",
        "X_READING": "1",
        **more,
    }


class Hub:
    """Named processes: what stands before the "-" in a name says which of compose's it is."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder, self.env = folder, dict(env)
        self.children: dict[str, processes.Child] = {}
        self._lives = count(1)

    def start(self, *names: str, through: tuple[str, ...] = (), **env: str) -> None:
        """Start these; `through` are options of tests.faults.worker, which then runs them."""
        for name in names:
            own = {"PGAPPNAME": name} | env  # so that pg_stat_activity says whose a connection is
            self.children[name] = processes.start(
                f"{name}.{next(self._lives)}",
                command(name, through),
                folder=self.folder,
                env=self.env | own,
                cwd=ROOT,
                dies_by=signal.SIGKILL,  # a frozen one hears nothing else
            )

    def begin(self, *names: str, through: tuple[str, ...] = (), **env: str) -> None:
        """Start these, and wait until their hearts beat."""
        self.start(*names, through=through, **env)
        self.wait_until(lambda: all(self.is_at_work(name) for name in names))

    def is_at_work(self, name: str) -> bool:
        """Whether it has said so; a beat only shows in the schedulers' pulse."""
        pid = f":{self.pid(name)}"
        return name.startswith(("beat", "web")) or (
            Heartbeat.objects.filter(name__endswith=pid).exists()
        )

    def pid(self, name: str) -> int:
        return self.children[name].process.pid

    def signal(self, number: signal.Signals, *names: str) -> None:
        for name in names:
            for member in processes.members(self.pid(name)):
                os.kill(member, number)

    def freeze(self, *names: str) -> None:
        self.signal(signal.SIGSTOP, *names)

    def thaw(self, *names: str) -> None:
        self.signal(signal.SIGCONT, *names)

    def kill(self, *names: str) -> None:
        """As a power cut would."""
        for name in names:
            processes.stop(self.children[name], seconds=5, by=signal.SIGKILL)

    def ask_to_stop(self, name: str) -> None:
        """SIGTERM to the main process alone, as docker does."""
        self.children[name].process.send_signal(signal.SIGTERM)

    def stop(self, name: str, within: float = PATIENCE) -> int:
        """Ask it to stop, and give its exit code; a worker finishes its call in flight first."""
        self.ask_to_stop(name)
        return self.children[name].process.wait(within)

    def is_alive(self, name: str) -> bool:
        return self.children[name].process.poll() is None

    def end(self) -> None:
        self.kill(*self.children)

    def wait_until(self, true: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Ask again and again until it is so; the bound only ends a test that fails."""
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        """The ends of everybody's logs, for a failure."""
        return "\n".join(
            f"--- {name}\n{processes.tail(child.log)}" for name, child in self.children.items()
        )


def command(name: str, through: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The program of `name`, by this Python; `publish-2` is the second of its kind on a machine."""
    _python, *rest = PROGRAMS[name.partition("-")[0]]
    kind = name.partition("-")[0]
    rest = [word.replace(f"{kind}@%h", f"{kind}@{name}") for word in rest]
    if through:
        rest = ["-m", "tests.faults.worker", *through, "--", *rest[1:]]
    return (sys.executable, *rest)
