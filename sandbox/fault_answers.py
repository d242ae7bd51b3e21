"""Owns what becomes of an answer when a fault strikes: replaced, maimed, or never given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from sandbox import graph_faults, private_errors, x_faults
from sandbox.exchange import Manner, Response, as_html, as_json
from sandbox.fault_kinds import PRIVATE
from sandbox.faults import Fault
from sandbox.records import FACEBOOK, INSTAGRAM, Account, X
from sandbox.world import Call

OOPS = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>{}</h1></body></html>"
SERVER_ERRORS = ("500", "502", "503", "504")


def answer(fault: Fault, call: Call, said: Response | None = None) -> Response:
    """The answer a fault leaves; `said` is the platform's own, when the call was really done."""
    if fault.kind in MAIMED:
        return MAIMED[fault.kind](fault, said or _hollow(call))
    if fault.html and fault.kind in SERVER_ERRORS:
        return as_html(OOPS.format(HTTPStatus(int(fault.kind)).phrase), int(fault.kind))
    return REFUSALS[call.place.platform][fault.kind](fault, call.account)


def trimmed(response: Response, fault: Fault, account: Account) -> Response:
    """The same answer with other headers; a refusal's own word about limits stands."""
    if fault.kind == "version":
        headers = {"facebook-api-version": fault.version}
    elif account.platform == X:
        headers = x_faults.usage(fault)
    else:
        headers = graph_faults.usage(fault, account)
    return replace(response, headers=headers | response.headers)


def _hollow(call: Call) -> Response:
    """A success that says nothing, for a call that was never done: it must not invent an id."""
    created = call.account.platform == X and call.step == "publish"
    return as_json({}, 201 if created else 200)


def _half(fault: Fault, said: Response) -> Response:
    return replace(said, body=said.body[: -(-len(said.body) // 2)])


def _moved(fault: Fault, said: Response) -> Response:
    moved = as_html(OOPS.format("Moved"), int(fault.kind))
    return replace(moved, headers=moved.headers | {"Location": "/moved"})


def _failed_media(fault: Fault, said: Response) -> Response:
    """X took the bytes, gave them an id, and found out later that it cannot use them."""
    media = json.loads(said.body).get("data", {"id": "1", "media_key": "3_1"})
    why = {"code": 1, "name": "InvalidMedia", "message": "Unsupported media"}
    failed = {"state": "failed", "progress_percent": 0, "error": why}
    return as_json({"data": media | {"processing_info": failed}}, said.status)


REFUSALS: dict[str, dict[str, Callable[[Fault, Account], Response]]] = {
    X: x_faults.ANSWERS,
    FACEBOOK: graph_faults.ANSWERS,
    INSTAGRAM: graph_faults.ANSWERS,
    PRIVATE: private_errors.ANSWERS,
}
MAIMED: dict[str, Callable[[Fault, Response], Response]] = {
    "drop": lambda fault, said: replace(said, manner=Manner.CUT),
    "hang": lambda fault, said: replace(said, manner=Manner.CUT, wait=fault.seconds),
    "truncated": lambda fault, said: replace(said, manner=Manner.TORN),
    "drip": lambda fault, said: replace(said, manner=Manner.DRIP, gap=fault.seconds),
    "empty": lambda fault, said: replace(said, body=b""),
    "garbled": lambda fault, said: as_html(OOPS.format("Something went wrong")),
    "invalid_json": _half,
    "untyped": lambda fault, said: replace(said, headers=said.headers | {"Content-Type": ""}),
    "301": _moved,
    "302": _moved,
    "media_failed": _failed_media,
}
