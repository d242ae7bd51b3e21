"""A message gateway or a Telegram that tests can play: it answers as it is told, and remembers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class StandIn:
    """What came in, and what is answered next."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.status, self.hang = 200, threading.Event()
        self.headers: dict[str, str] = {}
        self.url = ""

    def answer(self, status: int, **headers: str) -> None:
        self.status, self.headers = status, headers


@contextmanager
def playing() -> Iterator[StandIn]:
    """A server on a free port of this machine."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stand_in.requests.append(
                {"path": self.path, "headers": dict(self.headers), "body": json.loads(body)}
            )
            if stand_in.status == 0:  # taken, and never answered
                stand_in.hang.wait(5)
                return
            self.send_response(stand_in.status)
            for name, value in stand_in.headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        stand_in.hang.set()
        server.shutdown()
        server.server_close()
        thread.join()
