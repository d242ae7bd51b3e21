"""Connections that are fresh when they are lent, and whose whole exchange ends by the clock."""

import io
import time
from collections.abc import Callable
from functools import partial
from http.client import HTTPResponse
from socket import SocketIO
from ssl import SSLCertVerificationError
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

IDLE_LIMIT = 15.0  # seconds; a POST on a connection the other side has dropped ends in doubt


def pools(*, total: float) -> dict[str, Callable[..., urllib3.HTTPConnectionPool]]:
    """The pools by scheme; `total` seconds is all that an exchange on their connections gets."""
    return {"http": partial(_HTTP, total=total), "https": partial(_HTTPS, total=total)}


class HandshakeFailed(NewConnectionError):
    """The TLS handshake did not come about, so nothing has been said yet."""


# --- the clock ---


class _Timed:
    """A connection that ends its exchange at `ends`, on the monotonic clock.

    urllib3's read timeout starts anew with every byte: a platform that drips would hold a
    worker for ever. Here each wait on the socket gets what is left, for sending, for headers
    and for the body. Not covered: the resolver of names, which has its own patience; a try at
    each of several addresses; a TLS peer that takes the request itself in by drips.
    """

    ends: float
    sock: Any
    response_class: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self.sock.settimeout(_left(self.ends))

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock:
            self.sock.settimeout(_left(self.ends))
        super().request(*args, **kwargs)  # type: ignore[misc]

    def getresponse(self) -> Any:
        self.response_class = partial(_Answer, ends=self.ends)
        return super().getresponse()  # type: ignore[misc]


class _TimedHTTP(_Timed, HTTPConnection):
    pass


class _TimedHTTPS(_Timed, HTTPSConnection):
    pass


class _Answer(HTTPResponse):
    """An answer that is read against the clock."""

    def __init__(self, sock: Any, *args: Any, ends: float, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Clocked(sock, ends))


class _Clocked(io.RawIOBase):
    """What a socket receives, each wait cut to the time that is left."""

    def __init__(self, sock: Any, ends: float) -> None:
        self._sock, self._ends, self._pause = sock, ends, sock.gettimeout()
        self._raw: SocketIO = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = _left(self._ends)
        self._sock.settimeout(left if self._pause is None else min(left, self._pause))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(ends: float) -> float:
    """Seconds until `ends`; never none of them, for zero would mean "do not wait at all"."""
    return max(ends - time.monotonic(), 0.001)


# --- the pools ---


class _Fresh:
    """A pool that closes, instead of lending, a connection that lay idle for too long."""

    def __init__(self, *args: Any, total: float, **kwargs: Any) -> None:
        self.total = total
        super().__init__(*args, **kwargs)

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection = super()._get_conn(timeout)  # type: ignore[misc]
        now = time.monotonic()
        if now - getattr(connection, "idle_since", now) > IDLE_LIMIT:
            connection.close()  # it opens itself again at the next request
        connection.ends = now + self.total
        return connection

    def _put_conn(self, connection: Any) -> None:
        if connection is not None:
            connection.idle_since = time.monotonic()
        super()._put_conn(connection)  # type: ignore[misc]


class _HTTP(_Fresh, urllib3.HTTPConnectionPool):
    ConnectionCls = _TimedHTTP


class _HTTPS(_Fresh, urllib3.HTTPSConnectionPool):
    ConnectionCls = _TimedHTTPS

    def _validate_conn(self, conn: Any) -> None:
        """Shake hands. What fails here never left, but urllib3 tells it like any other failure."""
        try:
            super()._validate_conn(conn)
        except SSLCertVerificationError:
            raise
        except OSError as error:
            raise HandshakeFailed(conn, f"handshake: {type(error).__name__}") from error
