"""A stand-in for each platform, and the pictures, accounts and jobs that tests send to it."""

import hashlib
import io
import json
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

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
    Sample,
    TryLater,
)
from platforms.adapters.facebook import Facebook
from platforms.adapters.instagram import Instagram
from platforms.adapters.instagram_private import InstagramPrivate
from platforms.adapters.x import X
from sandbox.server import running
from tests.platforms.stand_in import StandIn, standing

TEXT = "Posyandu buka Sabtu pukul 08.00 & gratis: https://dinkes.contoh.go.id/posyandu"
CONSUMER = {"consumer_key": "ck-rahasia", "consumer_secret": "cs-rahasia"}
X_SECRETS = {"access_token": "at-rahasia", "access_secret": "as-rahasia"}
META_SECRETS = {"token": "EAA-rahasia"}
SESSION_ID = "900%3Asesi-rahasia-dinkes%3A1"
SESSION = {
    "uuids": {
        name: f"00000000-0000-4000-8000-00000000000{place}"
        for place, name in enumerate(
            ("phone_id", "uuid", "client_session_id", "advertising_id", "request_id")
        )
    }
    | {"android_device_id": "android-0123456789abcdef", "tray_session_id": "tray"},
    "authorization_data": {
        "ds_user_id": "900",
        "sessionid": SESSION_ID,
        "should_use_header_over_cookies": True,
    },
    "request_timeout": 60,  # of old sessions: no wait and no transport of theirs is taken over
    "private_transport": "curl",
}
PRIVATE_SECRETS = {"session": json.dumps(SESSION)}


@pytest.fixture
def stand_in():
    with standing() as server:
        yield server


@pytest.fixture
def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@cache
def _jpeg(size: tuple[int, int], color: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, "JPEG")
    return target.getvalue()


class Drawer:
    """A shelf in memory, with a door for Meta."""

    def __init__(self, server: StandIn):
        self.server = server
        self.jpegs: dict[str, bytes] = {}

    def picture(self, alt="Ibu dan anak di posyandu", size=(1080, 1080), color="teal") -> Picture:
        jpeg = _jpeg(size, color)
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


@pytest.fixture
def sample(drawer) -> Sample:
    """The picture of a test send."""
    picture = drawer.picture("Gambar uji")
    return Sample(drawer.read(picture), drawer.url(picture))


ACCOUNTS = {
    "x": Account("700", "contoh_dinkes", X_SECRETS),
    "facebook": Account("800", "contoh_dinkes", META_SECRETS),
    "instagram": Account("900", "contoh_dinkes", META_SECRETS),
    "instagram_private": Account("900", "contoh_dinkes", PRIVATE_SECRETS),
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
    makers: dict[str, Any] = {
        "facebook": Facebook,
        "instagram": Instagram,
        "instagram_private": InstagramPrivate,
    }
    return makers[platform](**options)


# --- the team's sandbox ---


class Box:
    """The sandbox with Dinas Kesehatan's accounts (two ways to one), and what a test asks of it."""

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
        secrets = {
            "x": CONSUMER | X_SECRETS,
            "facebook": META_SECRETS,
            "instagram": META_SECRETS | PRIVATE_SECRETS | {"password": "sandi-rahasia"},
        }
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
                if platform in secrets
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
