"""Owns how the Graph API reads parameters: `fields=`, booleans, times, attached media."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from sandbox import graph_errors
from sandbox.exchange import Refusal, Request
from sandbox.records import Post


def wanted(request: Request, default: str) -> list[str]:
    """Top-level names of `fields`, whatever stands in braces and calls left aside."""
    text = request.fields.get("fields") or default
    while (shorter := re.sub(r"\{[^{}]*\}|\.\w+\([^()]*\)", "", text)) != text:
        text = shorter
    return [name.strip() for name in text.split(",") if name.strip()]


def pick(
    known: Mapping[str, Callable[[], Any]], request: Request, *, default: str, node: str
) -> dict[str, Any]:
    """The wanted fields and the id. One unknown field fails the whole call, as on Meta."""
    names = wanted(request, default)
    for name in names:
        if name not in known:
            text = f"Tried accessing nonexisting field ({name}) on node type ({node})"
            raise Refusal(graph_errors.invalid(text))
    found = {name: known[name]() for name in dict.fromkeys([*names, "id"])}
    return {name: value for name, value in found.items() if value is not None}


def boolean(request: Request, name: str, *, default: bool) -> bool:
    """A boolean as Meta takes it; Python's "False" is refused, as it would mean nothing there."""
    text = request.fields.get(name)
    if text is None:
        return default
    if text not in ("true", "false", "1", "0"):
        raise Refusal(graph_errors.invalid(f"Param {name} must be a boolean"))
    return text in ("true", "1")


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


def asked_for(request: Request, posts: Iterable[Post]) -> Iterator[Post]:
    """The first posts of a list that `since`, `until` and `limit` let through."""
    since, until = _number(request, "since", 0), _number(request, "until", float("inf"))
    found = (post for post in posts if since <= post.created_at.timestamp() <= until)
    return islice(found, min(int(_number(request, "limit", 25)), 100))


def attached_media(request: Request) -> list[str]:
    """Photo ids in order, from either way of writing them: a JSON list, or numbered fields."""
    numbered = {
        int(match.group(1)): text
        for name, text in request.fields.items()
        if (match := re.fullmatch(r"attached_media\[(\d+)\]", name))
    }
    try:
        listed = json.loads(request.fields.get("attached_media", "[]"))
        items = listed + [json.loads(numbered[place]) for place in sorted(numbered)]
        return [str(item["media_fbid"]) for item in items]
    except (ValueError, TypeError, KeyError):
        text = "Param attached_media must be an array of objects with media_fbid"
        raise Refusal(graph_errors.invalid(text)) from None


def _number(request: Request, name: str, default: float) -> float:
    text = request.fields.get(name, "")
    try:
        return float(text) if text else default
    except ValueError:
        raise Refusal(graph_errors.invalid(f"Param {name} must be a number")) from None
