"""Owns one request and one answer: reading bodies of every shape, writing JSON and HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from enum import Enum, auto
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Manner(Enum):
    """How an answer travels."""

    WHOLE = auto()
    CUT = auto()  # not at all: the connection ends
    TORN = auto()  # chunked, and the connection ends in the middle
    DRIP = auto()  # byte by byte


@dataclass(frozen=True)
class Response:
    """An answer, given after `wait` seconds. A header without a value is left out."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    manner: Manner = Manner.WHOLE
    wait: float = 0.0
    gap: float = 0.0  # seconds between the bytes of a DRIP

    def pieces(self, *, closing: bool) -> list[bytes]:
        """What to write, in order; a `gap` belongs between two pieces."""
        match self.manner:
            case Manner.CUT:
                return []
            case Manner.TORN:
                half = self.body[: -(-len(self.body) // 2)]
                chunk = b"%x\r\n%b\r\n" % (len(half), half)
                return [self._head({"Transfer-Encoding": "chunked"}) + chunk]
        framing = {"Content-Length": str(len(self.body))}
        head = self._head(framing | ({"Connection": "close"} if closing else {}))
        if self.manner is Manner.DRIP:
            return [head, *(bytes([byte]) for byte in self.body)]
        return [head + self.body]

    def _head(self, framing: dict[str, str]) -> bytes:
        named = {name: value for name, value in (self.headers | framing).items() if value}
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in named.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Refusal(Exception):
    """The platform says no; carries the answer it says it with."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class BadWish(ValueError):
    """The body of a control request makes no sense; the message says why."""


def as_json(content: object, status: int = 200, **headers: str) -> Response:
    body = json.dumps(content, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, body, {"Content-Type": "application/json; charset=utf-8"} | named)


def as_html(content: str, status: int = 200) -> Response:
    return Response(status, content.encode(), {"Content-Type": "text/html; charset=utf-8"})


class Request:
    """A request as it arrived; what is put on `until_answered` ends just before its answer."""

    def __init__(
        self,
        method: str,
        target: str,
        headers: Message,
        body: bytes,
        *,
        arrived: datetime,
        is_given_up: Callable[[], bool],
    ) -> None:
        path, _, self.raw_query = target.partition("?")
        self.method = method
        self.path = unquote(path)
        self.headers = headers
        self.raw_host: str = headers.get("Host", "")
        self.content_type: str = headers.get("Content-Type", "")
        self.authorization: str = headers.get("Authorization", "")
        self.body = body
        self.arrived = arrived
        self.is_given_up = is_given_up
        self.until_answered = ExitStack()

    @property
    def host(self) -> str:
        """The host alone, without port and brackets."""
        return re.sub(r":\d+$", "", self.raw_host).strip("[]").lower()

    @property
    def uri(self) -> str:
        """The address as its sender signed it: these platforms are only spoken to by https."""
        query = f"?{self.raw_query}" if self.raw_query else ""
        return f"https://{self.raw_host}{quote(self.path, safe='/:@!$&()*+,;=~-._')}{query}"

    @property
    def is_form(self) -> bool:
        return self.content_type.startswith("application/x-www-form-urlencoded")

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    @cached_property
    def json(self) -> Any:
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            return None

    @cached_property
    def fields(self) -> dict[str, str]:
        """Query and body together, as the Graph API reads them; JSON values stay JSON text."""
        return self.query | self._body_fields()

    @cached_property
    def files(self) -> dict[str, bytes]:
        return {name: content for name, content, is_file in self._parts if is_file}

    def _body_fields(self) -> dict[str, str]:
        if self.is_form:
            text = self.body.decode("utf-8", "replace")
            return dict(parse_qsl(text, keep_blank_values=True))
        if self.content_type.startswith("application/json") and isinstance(self.json, dict):
            return {name: _as_text(value) for name, value in self.json.items()}
        return {
            name: part.decode("utf-8", "replace") for name, part, file in self._parts if not file
        }

    @cached_property
    def _parts(self) -> list[tuple[str, bytes, bool]]:
        """Name, content and "is a file" of each multipart field."""
        boundary = _parameter(self.content_type, "content-type", "boundary")
        if not self.content_type.startswith("multipart/form-data") or not boundary:
            return []
        pieces = (b"\r\n" + self.body).split(b"\r\n--" + boundary.encode())
        return [_part(piece) for piece in pieces[1:] if piece.startswith(b"\r\n")]


def _part(piece: bytes) -> tuple[str, bytes, bool]:
    head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").splitlines()
    headers = {
        name.lower(): value.strip() for name, _, value in (li.partition(":") for li in lines)
    }
    described = headers.get("content-disposition", "")
    name = _parameter(described, "content-disposition", "name")
    return name, content, bool(re.search(r"filename\*?=", described))


def _parameter(value: str, header: str, name: str) -> str:
    message = Message()
    message[header] = value
    return str(message.get_param(name, "", header=header))


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
