"""The sandbox as the demo fills it: accounts are opened there, and old posts planted."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from django.conf import settings

from opd_hub.demo.agencies import secrets
from platforms.adapters.base import Payload
from platforms.models import Channel
from publishing.delivery.shelf import RenditionShelf

PATIENCE = 10  # seconds for one answer
MISSING = {
    "x": "x.com/{handle}/status/{id}",
    "facebook": "www.facebook.com/{account}/posts/{id}",
    "instagram": "www.instagram.com/p/{id}/",
}


class NoSandbox(Exception):
    """The played platforms are not there; the message says what to do."""


@dataclass(frozen=True)
class Planted:
    """Where a post stands: its id on the platform, and its page in the sandbox."""

    remote_id: str
    permalink: str


class Playground:
    """One conversation with the sandbox's controls. Raises NoSandbox."""

    def __init__(self) -> None:
        self.url = settings.PLATFORMS["x"]["BASE_URL"].rstrip("/")
        if not self.url:
            raise NoSandbox("Data demo memerlukan platform uji: isi X_API_BASE_URL.")
        self._session = requests.Session()
        self._shelf = RenditionShelf()

    def __enter__(self) -> "Playground":
        return self

    def __exit__(self, *error: object) -> None:
        self._session.close()

    def open_accounts(self, channels: Iterable[Channel]) -> None:
        app = {
            "consumer_key": settings.PLATFORMS["x"]["CONSUMER_KEY"],
            "consumer_secret": settings.PLATFORMS["x"]["CONSUMER_SECRET"],
        }
        self._post(
            "accounts",
            [
                {
                    "platform": channel.platform,
                    "id": channel.remote_id,
                    "handle": channel.handle,
                    "name": channel.name,
                    "secrets": secrets(channel) | (app if channel.platform == "x" else {}),
                }
                for channel in channels
            ],
        )

    def plant(self, channel: Channel, payload: Payload, at: datetime) -> Planted:
        """Put an old post on the channel's timeline."""
        images = [
            {"alt": p.alt, "jpeg": base64.b64encode(self._shelf.read(p)).decode()}
            for p in payload.pictures
        ]
        answer = self._post(
            "posts",
            {
                "platform": channel.platform,
                "account": channel.remote_id,
                "text": payload.text,
                "created_at": at.isoformat(),
                "images": images,
            },
        )
        return Planted(answer["id"], self._page(answer["permalink"].removeprefix("https://")))

    def vanished(self, channel: Channel, at: datetime) -> Planted:
        """Where a post stood that is no longer there."""
        id = str(round(at.timestamp() * 1000))
        where = MISSING[channel.platform]
        page = where.format(handle=channel.handle, account=channel.remote_id, id=id)
        return Planted(id, self._page(page))

    def _page(self, path: str) -> str:
        return f"{self.url}/{path}"

    def _post(self, control: str, body: Any) -> dict[str, Any]:
        try:
            answer = self._session.post(
                f"{self.url}/__sandbox__/{control}", json=body, timeout=PATIENCE
            )
            answer.raise_for_status()
        except requests.RequestException as error:
            raise NoSandbox(f"Platform uji di {self.url} tidak menjawab: {error}") from error
        return dict(answer.json())
