"""A platform that answers what a test tells it to, over real sockets."""

import json
import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """One scripted answer.

    `how` can be "answer"; "drop" or "reset", no answer at all; "hang"; "truncate"; "drip" or
    "drip headers", byte by byte; "leave", whole, but then the line is closed without a word.
    """

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "answer"

    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body.decode()).items()}

    @property
    def host(self) -> str:
        return self.headers["Host"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or every answer waits 40 ms for an acknowledgement
    server: "StandIn"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def log_message(self, *args):
        """Stay quiet."""

    def _reply(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path in self.server.files:
            return self._send(200, {"Content-Type": "image/jpeg"}, self.server.files[self.path])
        self.server.asked.append(Asked(self.command, self.path, dict(self.headers), body))
        return self._play(self.server.next_answer())

    do_GET = do_POST = do_DELETE = _reply  # noqa: N815

    def _play(self, answer: Answer):
        self.close_connection = answer.how != "answer"
        if answer.how == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif answer.how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
        elif answer.how == "hang":
            self.server.over.wait(5)
        elif answer.how.startswith("drip"):
            self._drip(answer)
        else:
            kind = "text/html" if isinstance(answer.body, str) else "application/json"
            longer = 50 if answer.how == "truncate" else 0
            self._send(
                answer.status, {"Content-Type": kind} | answer.headers, answer.bytes(), longer
            )

    def _drip(self, answer: Answer):
        """Each byte comes in time, the whole never does."""
        head = f"HTTP/1.1 {answer.status} OK\r\nContent-Length: 500\r\n"
        if answer.how == "drip":
            self.wfile.write(f"{head}\r\n".encode())
        for byte in (head + "X-Long: " if answer.how == "drip headers" else "").ljust(500, "x"):
            self.wfile.write(byte.encode())
            if self.server.over.wait(0.02):
                return

    def _send(self, status: int, headers: dict[str, str], body: bytes, longer: int = 0):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + longer))
        self.end_headers()
        self.wfile.write(body)


class StandIn(ThreadingHTTPServer):
    """Plays any platform: gives the scripted answers in order, and repeats the last one."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        self.connections = 0
        self.over = threading.Event()
        self.left = threading.Event()  # a connection was closed on this side
        self._script: list[Answer] = []

    def answers(self, *script: Answer) -> None:
        self._script = list(script)

    def next_answer(self) -> Answer:
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def shutdown_request(self, request):
        super().shutdown_request(request)
        self.left.set()

    def handle_error(self, request, client_address):
        """A client that gave up is part of the play."""

    def posts(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method == "POST"]


@contextmanager
def standing() -> Iterator[StandIn]:
    """A server that says what a test tells it to, for as long as the test lasts."""
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()
