"""Owns how the sandbox's tests call it: the real libraries, pointed at loopback by an adapter."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import facebook
import requests
import tweepy
from PIL import Image
from requests.adapters import HTTPAdapter

X_SECRETS = {
    "consumer_key": "kunci-aplikasi",
    "consumer_secret": "rahasia-aplikasi",
    "access_token": "token-dinkes",
    "access_secret": "rahasia-dinkes",
}
ACCOUNTS = [
    {"platform": "x", "id": "101", "handle": "contoh_dinkes", "name": "Dinas Kesehatan"},
    {"platform": "x", "id": "102", "handle": "contoh_pupr", "name": "Dinas PUPR"},
    {"platform": "facebook", "id": "201", "handle": "contoh.dinkes", "name": "Dinas Kesehatan"},
    {"platform": "facebook", "id": "202", "handle": "contoh.pupr", "name": "Dinas PUPR"},
    {"platform": "instagram", "id": "301", "handle": "contoh_dinkes", "name": "Dinas Kesehatan"},
]
SECRETS = {
    "101": X_SECRETS,
    "102": X_SECRETS | {"access_token": "token-pupr", "access_secret": "rahasia-pupr"},
    "201": {"token": "token-halaman"},
    "202": {"token": "token-lain", "app_secret": "rahasia-meta"},
    "301": {"token": "token-halaman"},
}


class ToSandbox(HTTPAdapter):
    """Sends every request to the sandbox and keeps the Host it was meant for."""

    def __init__(self, base: str, timeout: float = 10) -> None:
        self.base, self.patience = urlsplit(base), timeout
        super().__init__(max_retries=0)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        meant = urlsplit(request.url)
        request.url = urlunsplit((self.base.scheme, self.base.netloc, meant.path, meant.query, ""))
        request.headers["Host"] = meant.netloc
        patience = timeout or self.patience
        return super().send(request, stream, patience, verify, cert, proxies)


def session_to(base: str, timeout: float = 10) -> requests.Session:
    session = requests.Session()
    session.mount("https://", ToSandbox(base, timeout))
    return session


def x_client(session: requests.Session, **changed: str) -> tweepy.Client:
    secrets = X_SECRETS | changed
    client = tweepy.Client(
        consumer_key=secrets["consumer_key"],
        consumer_secret=secrets["consumer_secret"],
        access_token=secrets["access_token"],
        access_token_secret=secrets["access_secret"],
    )
    client.session.close()
    client.session = session
    return client


def tweet(
    session: requests.Session, text: str = "Halo", token: str = "token-dinkes"
) -> requests.Response:
    """A post to X as bytes on the wire, for answers that no library could read."""
    return session.post(
        "https://api.x.com/2/tweets",
        json={"text": text},
        headers={"Authorization": f"Bearer {token}"},
    )


def tweet_alone(
    url: str, text: str = "Halo", token: str = "token-dinkes", timeout: float = 10
) -> requests.Response:
    """The same on a connection of its own, for callers side by side."""
    with closing(session_to(url, timeout)) as session:
        return tweet(session, text, token)


def feed(session: requests.Session, text: str = "Halo") -> requests.Response:
    """The same for a page."""
    return session.post(
        "https://graph.facebook.com/v25.0/201/feed",
        data={"message": text, "access_token": "token-halaman"},
    )


def graph_client(session: requests.Session, token: str = "token-halaman") -> facebook.GraphAPI:
    graph = facebook.GraphAPI(access_token=token, session=session)
    graph.version = "v25.0"
    return graph


@dataclass
class Controls:
    """The control API of a running sandbox."""

    url: str

    def post(self, name: str, body: object = None, **query: str) -> requests.Response:
        return requests.post(f"{self.url}/__sandbox__/{name}", json=body, params=query, timeout=5)

    def get(self, name: str, **query: str):
        return requests.get(f"{self.url}/__sandbox__/{name}", params=query, timeout=5).json()

    def seed(self) -> None:
        accounts = [each | {"secrets": SECRETS[each["id"]]} for each in ACCOUNTS]
        assert self.post("accounts", accounts).json() == {"ok": True}

    def fault(self, platform: str, step: str, kind: str, **more: object) -> None:
        wish = {"platform": platform, "step": step, "kind": kind} | more
        answer = self.post("faults", wish)
        assert answer.status_code == 200, answer.text

    def faults(self):
        return self.get("faults")["faults"]

    def heal(self) -> None:
        requests.delete(f"{self.url}/__sandbox__/faults", timeout=5)

    def ledger(self, **query: str):
        return self.get("ledger", **query)["posts"]

    def delete(self, post: str) -> requests.Response:
        return requests.delete(f"{self.url}/__sandbox__/posts/{post}", timeout=5)

    def texts(self):
        return [post["text"] for post in self.ledger()]


def picture(width: int = 1080, height: int = 1080, format: str = "JPEG", shade: int = 90) -> bytes:
    page = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 140)).save(page, format)
    return page.getvalue()
