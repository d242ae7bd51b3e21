"""A look at our own door before Meta is sent to it: can a stranger fetch the approved picture?"""

import hashlib

import requests

from platforms.adapters.base import Fault, Picture, Refused, TryLater
from platforms.adapters.trouble import Patience, Trouble
from platforms.adapters.wire import Door, Line

TIMEOUT = (3.05, 10.0)  # seconds to connect, and to wait for a next byte; it is our own server
TRIES = 5  # with jitter: four minutes on average, in which a web server starts again


class Probe:
    """Fetches as Meta does: a plain GET, no cookie, no redirect."""

    def __init__(self) -> None:
        self.door = Door("", TIMEOUT)

    def look(self, url: str, picture: Picture, number: int) -> None:
        """Raise the Trouble that `url` does not give exactly `picture`, the `number`th of the post.

        Nothing has been sent then: it is tried again a few times, and then a person is told.
        """
        try:
            answer = Line(self.door).get(url, headers={"Accept": "image/jpeg"})
        except requests.RequestException as error:
            raise _closed(number, "tidak ada jawaban", type(error).__name__) from error
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if answer.status_code != 200:
            raise _closed(number, f"status {answer.status_code}", f"HTTP {answer.status_code}")
        if kind != "image/jpeg":
            raise _closed(number, "jawabannya bukan JPEG", f"content type {kind[:60]}")
        if hashlib.sha256(answer.content).hexdigest() != picture.sha256:
            raise _closed(number, "isinya berubah di jalan", f"not {picture.sha256}")


def _closed(number: int, why: str, detail: str) -> Trouble:
    """The address itself stays out of the log: whoever has it may fetch the picture."""
    reason = (
        f"Gambar {number} tidak dapat diambil dari alamat publik ({why}). "
        "Admin sistem perlu memeriksa PUBLIC_URL."
    )
    then = Refused(reason, Fault.CONTENT, f"probe: {detail}")  # only this delivery waits for help
    return Trouble(
        TryLater(reason, detail=f"probe: {detail}"), patience=Patience("probe", TRIES, then)
    )
