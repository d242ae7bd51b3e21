"""The way out to a platform: connections, timeouts, and the road to the sandbox."""

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ReadTimeoutError

from platforms.adapters.connections import pools

# These libraries log headers and addresses that carry tokens, some of it above DEBUG.
for _name in ("tweepy", "requests_oauthlib", "oauthlib", "urllib3"):
    logging.getLogger(_name).setLevel(logging.ERROR)


class NotLoopback(ValueError):
    """A stand-in's address must be on this machine, unless ALLOW_REMOTE_BASE_URL=1."""


@dataclass(frozen=True)
class Way:
    """Where an adapter's traffic goes: to the platform, or to a stand-in at `base_url`."""

    base_url: str
    door: "Door"

    @classmethod
    def to(cls, base_url: str, *, allow_remote: bool, timeout: tuple[float, float]) -> "Way":
        base_url = base_url.rstrip("/")
        if base_url and not allow_remote and not _is_loopback(base_url):
            raise NotLoopback(base_url)
        return cls(base_url, Door(base_url, timeout))

    def public(self, permalink: str) -> str:
        """The address a person can open: in sandbox mode, the sandbox's page of that post."""
        if not self.base_url or not permalink:
            return permalink
        parts = urlsplit(permalink)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.base_url}/{parts.netloc}{parts.path}{query}"


def _is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# --- connections ---


class Door(HTTPAdapter):
    """Timeouts on every call, no retries, and the turn to a stand-in. Shared by all threads.

    `timeout` are the seconds to connect and to wait for a next byte; half as much again as
    the latter is all that a whole exchange may take.
    """

    def __init__(self, base_url: str, timeout: tuple[float, float]) -> None:
        self.base, self.timeout = urlsplit(base_url), timeout
        super().__init__(max_retries=0, pool_maxsize=32)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools(total=1.5 * self.timeout[1])

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self.poolmanager.pool_classes_by_scheme
        return manager

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self.timeout
        if self.base.netloc:
            request = self._turned(request)
            kwargs["proxies"] = {}  # a proxy does not lead to this machine's loopback
        answer = super().send(request, *args, **kwargs)
        return _whole(answer)

    def _turned(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The same request, signed and all, to the stand-in; it knows the platform by Host."""
        request = request.copy()
        asked = urlsplit(str(request.url))
        request.url = urlunsplit((self.base.scheme, self.base.netloc, asked.path, asked.query, ""))
        request.headers["Host"] = asked.netloc
        return request


def _whole(answer: requests.Response) -> requests.Response:
    """The answer with its body read; one that comes too slowly is no answer in time."""
    try:
        answer.content  # noqa: B018
    except requests.ConnectionError as error:
        if error.args and isinstance(error.args[0], ReadTimeoutError):
            raise requests.ReadTimeout(*error.args, request=answer.request) from error
        raise
    return answer


class Line(requests.Session):
    """One call's session: follows no redirect, and remembers the last answer it got whole."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.last: requests.Response | None = None
        self.mount("https://", door)
        self.mount("http://", door)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        self.last = None
        self.last = super().send(request, **kwargs)
        return self.last

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None  # a POST that a library repeats as a GET, or elsewhere, is nobody's intention
