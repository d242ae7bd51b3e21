"""Owns the sockets and threads: a small WSGI server on loopback, and its orderly end."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIEnvironment

from sandbox.exchange import LOOPBACK
from sandbox.routes import Application
from sandbox.store import Store
from sandbox.world import World

READING_PATIENCE = 60  # seconds for a client to finish its request
ENDING_PATIENCE = 0.5


class NotLoopback(ValueError):
    """The sandbox holds demo secrets and obeys anyone: it listens on loopback only."""


class _Connection(WSGIRequestHandler):
    timeout = READING_PATIENCE

    def get_environ(self) -> WSGIEnvironment:
        return super().get_environ() | {"sandbox.connection": self.connection}

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the log of requests is at /__sandbox__/requests, without secrets."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        """Bind without asking the resolver for our own name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox: where it listens, and its world for tests that look inside."""

    url: str
    world: World


@contextmanager
def running(state_dir: Path, port: int = 0, host: str = "127.0.0.1") -> Iterator[Sandbox]:
    """Serve from `state_dir` on `port` (0: any free one) until the block ends."""
    if host not in LOOPBACK[:2]:
        raise NotLoopback(host)
    world = World(Store(state_dir))
    try:
        with _serving(world, host, port) as server:
            yield Sandbox(f"http://{host}:{server.server_port}", world)
    finally:
        world.store.close()


@contextmanager
def _serving(world: World, host: str, port: int) -> Iterator[_Server]:
    with _Server((host, port), _Connection) as server:
        server.set_app(Application(world))
        loop = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        loop.start()
        try:
            yield server
        finally:
            world.stopping.set()
            server.shutdown()
            loop.join(ENDING_PATIENCE)
