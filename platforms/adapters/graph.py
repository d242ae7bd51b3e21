"""The Graph API through facebook-sdk, repaired: version, status, proof, the token's health."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import facebook
import requests

from platforms.adapters.base import Account, Secret
from platforms.adapters.meta import judged
from platforms.adapters.trouble import are_named, as_json, detail, lost, opened, unclear
from platforms.adapters.usage import rest
from platforms.adapters.wire import Line, Way

Files: TypeAlias = Mapping[str, tuple[str, bytes, str]]

TOKEN = (Secret("token", "Token akses"),)
SKEW = timedelta(minutes=2, seconds=1)  # our clock and Meta's may differ; Meta cuts to seconds


@dataclass(frozen=True)
class App:
    """Our app at Meta; it opens an account's graph."""

    way: Way
    label: str
    app_id: str
    app_secret: str
    version: str

    def graph(self, account: Account) -> "Graph":
        return Graph(self, opened(account, TOKEN, self.label)["token"])


class Graph:
    """One account's conversation with the Graph API, for the length of one call."""

    def __init__(self, app: App, token: str) -> None:
        self.label, self.hidden = app.label, (token, app.app_secret)
        self.line = Line(app.way.door)
        if app.app_secret:
            proof = hmac.new(app.app_secret.encode(), token.encode(), hashlib.sha256)
            self.line.params = {"appsecret_proof": proof.hexdigest()}
        self.api = facebook.GraphAPI(access_token=token, session=self.line)
        self.api.version = app.version  # its constructor knows no version after 3.1

    @property
    def rest(self) -> timedelta | None:
        """The quiet that the last answer asks for."""
        return None if self.line.last is None else rest(self.line.last.headers)

    def header(self, name: str) -> str:
        """A header of the last answer."""
        return "" if self.line.last is None else self.line.last.headers.get(name, "")

    def erase(self, path: str) -> None:
        """DELETE an object that was never public."""
        self._ask(self.api.delete_object, path)

    def read(self, path: str, **fields: str) -> dict[str, Any]:
        return self._ask(self.api.get_object, path, **fields)

    def named(self, path: str, fields: str) -> dict[str, Any]:
        """An object with its id, which Meta always gives along."""
        return self._with_id(self.read(path, fields=fields))

    def listed(self, path: str, **fields: str) -> list[dict[str, Any]]:
        """The objects on one page of a list."""
        found = self.read(path, **fields).get("data")
        if are_named(found):
            return list(found or ())
        raise unclear(self.label, "a list of another shape")

    def write(self, path: str, files: Files | None = None, /, **fields: str) -> dict[str, Any]:
        """POST `fields`; never none of them, or the library puts the token into the address."""
        address = f"{self.api.version}/{path}"
        return self._ask(self.api.request, address, post_args=fields, files=files, method="POST")

    def make(self, path: str, files: Files | None = None, /, **fields: str) -> dict[str, Any]:
        """As `write`, for what must answer with an id."""
        return self._with_id(self.write(path, files, **fields))

    def _with_id(self, answer: dict[str, Any]) -> dict[str, Any]:
        if not answer.get("id"):
            raise unclear(self.label, "an answer without an id")
        return answer

    def _ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Call the library, then judge the answer itself.

        facebook-sdk ignores the status, wants a Content-Type and trips over an empty body,
        so its exceptions count only when no answer came at all.
        """
        failure: Exception = ValueError("no answer")
        self.line.last = None
        try:
            call(*args, **kwargs)
        except (
            requests.RequestException,
            facebook.GraphAPIError,
            KeyError,
            TypeError,
            ValueError,
        ) as error:
            failure = error
        if self.line.last is None:
            raise lost(failure, self.label) from failure
        return self._contents(self.line.last)

    def _contents(self, answer: requests.Response) -> dict[str, Any]:
        body = as_json(answer)
        if not isinstance(body, dict) or "error" in body or not 200 <= answer.status_code < 300:
            raise judged(answer, self.label, self.hidden)
        if not body:
            raise unclear(self.label, detail(answer, self.hidden))
        return body


# --- finding ---


def earliest(since: datetime) -> datetime:
    """The least hour that Meta can have written on what we sent at `since`."""
    return since - SKEW


def is_ours(text: Any, stamp: Any, *, sent: str, since: datetime) -> bool:
    """Whether a post with this text and time can be the one that was sent.

    Spaces and the way that letters are composed may differ, and Meta may hand out a caption
    without its "@".
    """
    if _bare(str(text or "")) != _bare(sent):
        return False
    try:
        return datetime.fromisoformat(str(stamp)) >= earliest(since)
    except (ValueError, TypeError):
        return False


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("@", "").split())
