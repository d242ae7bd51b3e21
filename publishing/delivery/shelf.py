"""Kept files on disk; and where platforms get the bytes of a picture, by a signed address."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse

from platforms.adapters.base import BytesChanged, Picture
from publishing.models import Rendition

_TOKEN = signing.TimestampSigner(salt="publishing.delivery.shelf")


def keep(data: bytes, suffix: str) -> str:
    """Write `data` under an unguessable name below MEDIA_ROOT and return that name."""
    name = secrets.token_hex(16)
    path = Path(name[:2]) / f"{name}{suffix}"
    target = stored(str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return str(path)


def stored(path: str) -> Path:
    """Where a kept file is."""
    return Path(settings.MEDIA_ROOT) / path


def fetch_url(sha256: str) -> str:
    """A signed, expiring, cookie-less address from which a platform can fetch a rendition."""
    return settings.PUBLIC_URL + reverse("fetch", args=[_TOKEN.sign(sha256)])


def rendition_of_token(token: str) -> Rendition | None:
    """The rendition that a fetch address names, while it is valid."""
    try:
        sha256 = _TOKEN.unsign(token, max_age=settings.FETCH_LINK_LIFE)
    except signing.BadSignature:
        return None
    return Rendition.objects.filter(sha256=sha256).first()


class RenditionShelf:
    """The adapters' way to the bytes (platforms.adapters.base.Shelf)."""

    def read(self, picture: Picture) -> bytes:
        """The bytes named by `picture.sha256`. Raises BytesChanged when they changed."""
        rendition = Rendition.objects.filter(sha256=picture.sha256).first()
        if rendition is None:
            raise BytesChanged(picture.sha256)
        data = stored(rendition.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != picture.sha256:
            raise BytesChanged(picture.sha256)
        return data

    def url(self, picture: Picture) -> str:
        return fetch_url(picture.sha256)
