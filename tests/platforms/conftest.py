"""A platform that answers what a test tells it to, over real sockets; pictures, accounts, jobs."""

import hashlib
import io
import json
import socket
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from PIL import Image

from platforms.adapters.base import (
    Account,
    BytesChanged,
    Job,
    Payload,
    Picture,
    Prepared,
    TryLater,
)
from platforms.adapters.facebook import Facebook
from platforms.adapters.instagram import Instagram
from platforms.adapters.x import X
from sandbox.server import running

TEXT = "Posyandu buka Sabtu pukul 08.00 & gratis: https://dinkes.contoh.go.id/posyandu"
CONSUMER = {"consumer_key": "ck-rahasia", "consumer_secret": "cs-rahasia"}
X_SECRETS = {"access_token": "at-rahasia", "access_secret": "as-rahasia"}
META_SECRETS = {"token": "EAA-rahasia"}


@dataclass
class Answer:
    """One scripted answer; `how` can be "answer", "drop", "hang" or "truncate"."""

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
        if answer.how == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif answer.how == "hang":
            self.close_connection = True
            self.server.over.wait(5)
        else:
            kind = "text/html" if isinstance(answer.body, str) else "application/json"
            longer = 50 if answer.how == "truncate" else 0
            self._send(
                answer.status, {"Content-Type": kind} | answer.headers, answer.bytes(), longer
            )

    def _send(self, status: int, headers: dict[str, str], body: bytes, longer: int = 0):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + longer))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or bool(longer)


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
        self._script: list[Answer] = []

    def answers(self, *script: Answer) -> None:
        self._script = list(script)

    def next_answer(self) -> Answer:
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def handle_error(self, request, client_address):
        """A client that gave up is part of the play."""

    def posts(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method == "POST"]


@pytest.fixture
def stand_in():
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


class Drawer:
    """A shelf in memory, with a door for Meta."""

    def __init__(self, server: StandIn):
        self.server = server
        self.jpegs: dict[str, bytes] = {}

    def picture(self, alt="Ibu dan anak di posyandu", size=(1080, 1080), color="teal") -> Picture:
        target = io.BytesIO()
        Image.new("RGB", size, color).save(target, "JPEG")
        jpeg = target.getvalue()
        name = hashlib.sha256(jpeg).hexdigest()
        self.jpegs[name] = self.server.files[f"/ambil/{name}.jpg"] = jpeg
        return Picture(name, alt, size[0], size[1], len(jpeg))

    def read(self, picture: Picture) -> bytes:
        if hashlib.sha256(self.jpegs[picture.sha256]).hexdigest() != picture.sha256:
            raise BytesChanged(picture.sha256)
        return self.jpegs[picture.sha256]

    def url(self, picture: Picture) -> str:
        return f"{self.server.url}/ambil/{picture.sha256}.jpg"


@pytest.fixture
def drawer(stand_in) -> Drawer:
    return Drawer(stand_in)


@pytest.fixture
def pictures(drawer) -> tuple[Picture, Picture]:
    return drawer.picture(), drawer.picture("Jadwal posyandu", color="navy")


ACCOUNTS = {
    "x": Account("700", "contoh_dinkes", X_SECRETS),
    "facebook": Account("800", "contoh_dinkes", META_SECRETS),
    "instagram": Account("900", "contoh_dinkes", META_SECRETS),
}


@pytest.fixture
def make_job(drawer):
    """Makes Sari's approved post a job: `make_job("x", pictures=…, checkpoint=…)`."""

    def make(platform, text=TEXT, pictures=(), checkpoint=None, since=None, account=None) -> Job:
        account = account or ACCOUNTS[platform]
        return Job(account, Payload(text, tuple(pictures)), drawer, checkpoint or {}, since)

    return make


@pytest.fixture
def a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def make_adapter(platform: str, base_url: str, **options: Any):
    options = {"base_url": base_url, "timeout": (0.5, 0.3), **options}
    if platform == "x":
        return X(**{**CONSUMER, "reading": True, **options})
    return {"facebook": Facebook, "instagram": Instagram}[platform](**options)


# --- the team's sandbox ---


class Box:
    """The sandbox with Dinas Kesehatan's three accounts, and what a test asks of it."""

    def __init__(self, url: str):
        self.url = url

    def control(self, what: str, body: Any = None) -> Any:
        method = "GET" if body is None else "POST"
        with requests.request(method, f"{self.url}/__sandbox__/{what}", json=body, timeout=5) as r:
            assert r.status_code == 200, r.text
            return r.json()

    def fault(self, platform: str, step: str, kind: str, when: str = "before", **more) -> None:
        self.control(
            "faults", {"platform": platform, "step": step, "kind": kind} | more | {"when": when}
        )

    @property
    def ledger(self) -> list[dict[str, Any]]:
        posts: list[dict[str, Any]] = self.control("ledger")["posts"]
        return posts

    def opens(self, permalink: str) -> bool:
        with requests.get(permalink, timeout=5) as page:
            return page.status_code == 200


@pytest.fixture
def box(tmp_path):
    with running(tmp_path / "sandbox") as sandbox:
        box = Box(sandbox.url)
        secrets = {"x": CONSUMER | X_SECRETS, "facebook": META_SECRETS, "instagram": META_SECRETS}
        box.control(
            "accounts",
            [
                {
                    "platform": platform,
                    "id": account.remote_id,
                    "handle": account.handle,
                    "name": "Dinas Kesehatan",
                    "secrets": secrets[platform],
                }
                for platform, account in ACCOUNTS.items()
            ],
        )
        yield box


def prepared(adapter, job: Job, patience: int = 40) -> Job:
    """The job after as many `prepare` calls as it takes; waiting is counted, not slept."""
    for _ in range(patience):
        answer = adapter.prepare(job)
        assert isinstance(answer, (Prepared, TryLater)), answer
        if answer.checkpoint is not None:
            job = replace(job, checkpoint=answer.checkpoint)
        if isinstance(answer, Prepared) and answer.done:
            return job
    raise AssertionError(f"never ready: {job.checkpoint}")
