"""A Redis of our own for a local run: on a free loopback port, keeping nothing, gone with us."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from opd_hub.local import ports, processes
from opd_hub.local.trouble import Trouble

KEEPS_NOTHING = ("--save", "", "--appendonly", "no")
ANSWERS_WITHIN = 20.0  # seconds, an upper bound: it usually takes a tenth of one


@dataclass
class Server:
    """One Redis; after `kill` and `restart` it is another process at the same address."""

    folder: Path
    port: int
    child: processes.Child

    @property
    def url(self) -> str:
        return f"redis://{ports.HOST}:{self.port}/0"

    def freeze(self) -> None:
        """Take its connections, and never answer, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """Let it end as in a power cut; whatever it held is lost."""
        processes.stop(self.child, seconds=5, by=signal.SIGKILL)

    def restart(self) -> None:
        """End it if it runs, and start an empty one that listens where it did."""
        self.kill()
        self.child = _start(self.folder, self.port)
        _wait_until_it_answers(self)

    def flush(self) -> None:
        """Forget every message and every queue."""
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            client.flushall()

    def _signal(self, number: signal.Signals) -> None:
        os.kill(self.child.process.pid, number)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A Redis with its log under `folder`, up until the block ends. Raises `Trouble`."""
    port = ports.free()
    server = Server(folder, port, _start(folder, port))
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        server.kill()


def _start(folder: Path, port: int) -> processes.Child:
    binary = shutil.which("redis-server")
    if binary is None:
        raise Trouble("redis-server belum terpasang; pasang dahulu: apt install redis-server")
    where = ("--bind", ports.HOST, "--port", str(port), "--dir", str(folder))
    # A frozen one hears nothing but SIGKILL, and has nothing to put away.
    dies_by = signal.SIGKILL
    return processes.start(
        "redis", [binary, *where, *KEEPS_NOTHING], folder=folder, dies_by=dies_by
    )


def _wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + ANSWERS_WITHIN
    with redis.Redis.from_url(server.url, socket_timeout=1) as client:
        while time.monotonic() < end:
            server.child.watch()
            try:
                client.ping()
                return
            except redis.RedisError:
                time.sleep(0.02)
    raise Trouble(f"Redis belum menjawab:\n{processes.tail(server.child.log)}")
