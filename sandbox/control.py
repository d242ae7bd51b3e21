"""Owns the controls under /__sandbox__/: all their addresses, and those over bad luck and load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from sandbox import control_posts, graph_tokens
from sandbox.exchange import BadWish, Request, Response, as_json
from sandbox.faults import UnknownFault
from sandbox.logins import Person
from sandbox.pictures import NotAnImage, look
from sandbox.world import World

PREFIX = "/__sandbox__/"
LONGEST_LATENCY = 60


def answer(world: World, request: Request) -> Response:
    path = request.path.removeprefix(PREFIX)
    folder, _, name = path.partition("/")
    if (request.method, folder) == ("GET", "blobs"):
        return _blob(world, name.removesuffix(".jpg"))
    endpoint = CONTROLS.get((request.method, path))
    try:
        if (request.method, folder) == ("DELETE", "posts"):
            return as_json(control_posts.delete(world, name))
        if endpoint:
            return as_json(endpoint(world, request))
    except (BadWish, UnknownFault, NotAnImage) as error:
        return as_json({"error": str(error)}, 400)
    return as_json({"error": f"no control {request.method} {request.path}"}, 404)


def _faults(world: World, request: Request) -> dict[str, Any]:
    return {"faults": world.faults.pending()}


def _add_fault(world: World, request: Request) -> dict[str, Any]:
    return {"id": world.faults.add(_object(request)).id}


def _clear_faults(world: World, request: Request) -> dict[str, Any]:
    world.faults.clear()
    return {"ok": True}


def _struck(world: World, request: Request) -> dict[str, Any]:
    return {"struck": world.faults.struck()}


def _overlaps(world: World, request: Request) -> dict[str, Any]:
    return {"overlaps": world.in_flight.overlaps()}


def _peaks(world: World, request: Request) -> dict[str, Any]:
    return {"peaks": world.in_flight.peaks()}


def _forget_peaks(world: World, request: Request) -> dict[str, Any]:
    world.in_flight.forget_peaks()
    return _peaks(world, request)


def _latency(world: World, request: Request) -> dict[str, Any]:
    return {"seconds": world.latency}


def _set_latency(world: World, request: Request) -> dict[str, Any]:
    seconds = _object(request).get("seconds")
    if not isinstance(seconds, int | float) or not 0 <= seconds <= LONGEST_LATENCY:
        raise BadWish(f"seconds from 0 to {LONGEST_LATENCY} are wanted")
    world.latency = seconds
    return _latency(world, request)


def _rules(world: World, request: Request) -> dict[str, Any]:
    return asdict(world.rules)


def _set_rules(world: World, request: Request) -> dict[str, Any]:
    wish, rules = _object(request), _rules(world, request)
    if strange := [
        name for name, value in wish.items() if type(rules.get(name)) is not type(value)
    ]:
        raise BadWish(f"unknown rules, or of a wrong type: {', '.join(strange)}")
    world.rules = replace(world.rules, **wish)
    return _rules(world, request)


def _put_person(world: World, request: Request) -> dict[str, Any]:
    """A system user's token: {"token", "pages": [ids], "scopes": [names]}."""
    wish = _object(request)
    pages, scopes = tuple(wish.get("pages", ())), tuple(wish.get("scopes", graph_tokens.SCOPES))
    world.logins.people[str(wish.get("token", ""))] = Person(pages, scopes, "SYSTEM_USER")
    return {"ok": True}


def _requests(world: World, request: Request) -> dict[str, Any]:
    return {"requests": list(world.log)}


def _reset(world: World, request: Request) -> dict[str, Any]:
    world.reset()
    return {"ok": True}


def _object(request: Request) -> dict[str, Any]:
    if not isinstance(request.json, dict):
        raise BadWish("one JSON object is wanted")
    return request.json


def _blob(world: World, name: str) -> Response:
    content = world.store.blob(name)
    if content is None:
        return as_json({"error": "no such blob"}, 404)
    kind = f"image/{look(content).format.lower()}"
    headers = {"Content-Type": kind, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(200, content, headers)


CONTROLS: dict[tuple[str, str], Callable[[World, Request], dict[str, Any]]] = {
    ("POST", "accounts"): control_posts.put_accounts,
    ("POST", "posts"): control_posts.plant,
    ("GET", "ledger"): control_posts.ledger,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("GET", "struck"): _struck,
    ("GET", "overlaps"): _overlaps,
    ("GET", "peaks"): _peaks,
    ("POST", "peaks"): _forget_peaks,
    ("GET", "latency"): _latency,
    ("POST", "latency"): _set_latency,
    ("GET", "rules"): _rules,
    ("POST", "rules"): _set_rules,
    ("GET", "requests"): _requests,
    ("POST", "people"): _put_person,
    ("POST", "reset"): _reset,
}
