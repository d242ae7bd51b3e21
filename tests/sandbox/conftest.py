"""Owns what the sandbox's tests stand on: a running sandbox, callers, and a shelf of pictures."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sandbox.server import Sandbox, running
from tests.sandbox.callers import Controls, graph_client, session_to, x_client


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    with running(tmp_path / "state") as sandbox:
        Controls(sandbox.url).seed()
        yield sandbox


@pytest.fixture
def controls(box):
    return Controls(box.url)


@pytest.fixture
def session(box):
    with closing(session_to(box.url)) as session:
        yield session


@pytest.fixture
def x(session):
    """Dinas Kesehatan's X account, through tweepy."""
    return x_client(session)


@pytest.fixture
def graph(session):
    """Dinas Kesehatan's page and Instagram account, through facebook-sdk."""
    return graph_client(session)


class Shelf:
    """Pictures at loopback addresses, as the hub would offer them to Meta."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.pictures: dict[str, bytes] = {}
        self._base = f"http://127.0.0.1:{server.server_port}"

    def put(self, content: bytes) -> str:
        path = f"/{len(self.pictures)}?tanda=abc"
        self.pictures[path] = content
        return self._base + path

    def nothing(self) -> str:
        return f"{self._base}/tidak-ada"


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = offered.pictures.get(self.path)
            self.send_response(200 if content else 404)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        offered = Shelf(server)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield offered
        server.shutdown()
        thread.join()
