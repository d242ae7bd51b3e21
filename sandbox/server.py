"""Owns the sockets and threads: connections on loopback that stay open, and their orderly end."""

from __future__ import annotations

import select
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sandbox.exchange import LOOPBACK, Manner, Request, Response, as_json
from sandbox.records import now
from sandbox.routes import Application
from sandbox.store import Store
from sandbox.world import World

READING_PATIENCE = 60  # seconds for a client to finish its request, or to begin the next one
ENDING_PATIENCE = 0.5
LARGEST_BODY = 64 * 1024 * 1024


class NotLoopback(ValueError):
    """The sandbox holds demo secrets and obeys anyone: it listens on loopback only."""


class ClientGone(ConnectionError):
    """The client closed the connection before it was answered."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = READING_PATIENCE
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the log of requests is at /__sandbox__/requests, without secrets."""

    def _converse(self) -> None:
        arrived = now()
        if refused := self._unreadable():
            self.close_connection = True  # its body is still in the line
            self.connection.sendall(b"".join(refused.pieces(closing=True)))
            return
        request = Request(
            self.command,
            self.path,
            self.headers,
            self._body(),
            arrived=arrived,
            is_given_up=self._is_given_up,
        )
        self._answer(request)

    def _answer(self, request: Request) -> None:
        with request.until_answered:
            response = self.server.application.answer(request)
            self._rest(response.wait)
            *first, last = response.pieces(closing=self.close_connection) or [b""]
            for piece in first:
                self.connection.sendall(piece)
                self._rest(response.gap)
        # A client acts on the last byte, so by then its call must no longer count as going on.
        self.connection.sendall(last)
        if response.manner in (Manner.CUT, Manner.TORN):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = _converse  # noqa: N815

    def _unreadable(self) -> Response | None:
        if "Transfer-Encoding" in self.headers:
            return as_json({"error": "a Content-Length is wanted"}, 411)
        if int(self.headers.get("Content-Length") or 0) > LARGEST_BODY:
            return as_json({"error": "request body too large"}, 413)
        return None

    def _body(self) -> bytes:
        """The whole body: half a form would be understood as a shorter post."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            raise ClientGone
        return body

    def _rest(self, seconds: float) -> None:
        """Wait, but only as long as the client does. Raises ClientGone."""
        if seconds > 0 and self._is_given_up(within=seconds):
            raise ClientGone

    def _is_given_up(self, within: float = 0.0) -> bool:
        line = select.poll()
        line.register(self.connection, select.POLLRDHUP)
        return bool(line.poll(within * 1000))


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], application: Application) -> None:
        self.application = application
        self.open: set[socket.socket] = set()
        super().__init__(address, _Connection)

    def server_bind(self) -> None:
        """Bind without asking the resolver for our own name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Tell of our own mistakes; a client that went away is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End every connection, resting and waiting ones too: a closed sandbox says nothing."""
        for connection in list(self.open):
            with suppress(OSError):  # the other side was faster
                connection.shutdown(socket.SHUT_RDWR)


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
    with _Server((host, port), Application(world)) as server:
        loop = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        loop.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.hang_up()
            loop.join(ENDING_PATIENCE)
