"""Owns looking at images: what they really are, and fetching them as a platform would."""

from __future__ import annotations

import http.client
import io
import warnings
from dataclasses import dataclass
from urllib.parse import urlsplit

from PIL import Image

from sandbox.exchange import LOOPBACK
from sandbox.records import Picture
from sandbox.store import Store

PATIENCE = 10  # seconds for one fetch
LARGEST_FETCH = 32 * 1024 * 1024


class NotAnImage(Exception):
    """These bytes are no image that Pillow can read to the end."""


class CannotFetch(Exception):
    """The address did not give its bytes: not loopback, no connection, or no 200."""


@dataclass(frozen=True)
class Look:
    """What an image is: its format in Pillow's word, its pixels, its bytes."""

    format: str
    width: int
    height: int
    content: bytes

    @property
    def ratio(self) -> float:
        return self.width / self.height


def look(content: bytes) -> Look:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(content)
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise NotAnImage(str(error)) from error


def _read(content: bytes) -> Look:
    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
        # A JPEG decoded at an eighth is read to its end all the same, and sixty times cheaper.
        image.draft(None, (width // 8, height // 8))
        image.load()
        return Look(str(image.format), width, height, content)


def keep(store: Store, seen: Look, *, alt: str, id: str = "") -> Picture:
    """Store the bytes and describe them; call it only once they are accepted."""
    sha256 = store.save_blob(seen.content)
    return Picture(sha256, alt, len(seen.content), seen.width, seen.height, id)


def fetch(address: str) -> bytes:
    """The bytes behind an address, over loopback only, without redirects or cookies."""
    try:
        parts = urlsplit(address)
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise CannotFetch(f"{address} is not on loopback")
        return _download(parts.hostname, parts.port, f"{parts.path or '/'}?{parts.query}")
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise CannotFetch(str(error)) from error


def _download(host: str, port: int | None, target: str) -> bytes:
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        agent = {"User-Agent": "facebookexternalhit/1.1", "Accept": "image/*"}
        connection.request("GET", target.removesuffix("?"), headers=agent)
        answer = connection.getresponse()
        content = answer.read(LARGEST_FETCH)
    finally:
        connection.close()
    if answer.status != 200:
        raise CannotFetch(f"status {answer.status}")
    return content
