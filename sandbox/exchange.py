"""Owns one request and one answer: reading bodies of every shape, writing JSON and HTML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote
from wsgiref.types import WSGIEnvironment

LARGEST_BODY = 64 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Response:
    """An answer; with `cut` set, the connection ends after so many seconds without one."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: float | None = None


class Refusal(Exception):
    """The platform says no; carries the answer it says it with."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def as_json(content: object, status: int = 200, **headers: str) -> Response:
    body = json.dumps(content, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, body, {"Content-Type": "application/json; charset=utf-8"} | named)


def as_html(content: str, status: int = 200) -> Response:
    return Response(status, content.encode(), {"Content-Type": "text/html; charset=utf-8"})


class Request:
    def __init__(self, environ: WSGIEnvironment) -> None:
        self.method: str = environ["REQUEST_METHOD"]
        self.path: str = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        self.raw_query: str = environ.get("QUERY_STRING", "")
        self.raw_host: str = environ.get("HTTP_HOST", "")
        self.content_type: str = environ.get("CONTENT_TYPE", "")
        self.authorization: str = environ.get("HTTP_AUTHORIZATION", "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        self.too_large = length > LARGEST_BODY
        self.body: bytes = b"" if self.too_large else environ["wsgi.input"].read(length)

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
