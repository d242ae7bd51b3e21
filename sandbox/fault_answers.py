"""Owns the wrong answers: what each platform says, or fails to say, when a fault strikes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from sandbox import graph_errors, x_errors
from sandbox.exchange import Response, as_html
from sandbox.faults import Fault
from sandbox.records import Account, X

OOPS = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>{}</h1></body></html>"


def answer(fault: Fault, account: Account, step: str) -> Response:
    if fault.kind in ("drop", "hang"):
        return Response(502, cut=fault.seconds if fault.kind == "hang" else 0.0)
    if fault.kind == "empty":
        created = account.platform == X and step == "publish"
        return Response(201 if created else 200, headers={"Content-Type": "application/json"})
    if fault.kind == "garbled":
        return as_html(OOPS.format("Something went wrong"))
    if fault.html and fault.kind in ("500", "503"):
        return as_html(OOPS.format("Service Unavailable"), int(fault.kind))
    answers = X_ANSWERS if account.platform == X else GRAPH_ANSWERS
    return answers[fault.kind](fault, account)


def _x_rate_limit(fault: Fault, account: Account) -> Response:
    reset = str(int(time.time()) + fault.reset_in)
    limits = {"x_rate_limit_remaining": "0", "x_rate_limit_reset": reset}
    return x_errors.problem(429, "Too Many Requests", "Too Many Requests", **limits)


def _graph_rate_limit(fault: Fault, account: Account) -> Response:
    refused = graph_errors.error(32, "(#32) Page request limit reached", status=403)
    minutes = -(-fault.reset_in // 60)
    usage = graph_errors.business_usage(account, percent=100, regain_minutes=minutes)
    header = {"X-Business-Use-Case-Usage": json.dumps(usage)}
    return Response(refused.status, refused.body, refused.headers | header)


X_ANSWERS: dict[str, Callable[[Fault, Account], Response]] = {
    "500": lambda fault, account: x_errors.problem(
        500, "Internal Server Error", "Something is broken. This is usually a temporary error."
    ),
    "503": lambda fault, account: x_errors.problem(
        503, "Service Unavailable", "Service Unavailable"
    ),
    "429": _x_rate_limit,
    "402": lambda fault, account: x_errors.credits_depleted(account),
    "token_revoked": lambda fault, account: x_errors.unauthorized(),
    "duplicate": lambda fault, account: x_errors.duplicate(),
    "forbidden": lambda fault, account: x_errors.not_permitted(),
}

GRAPH_ANSWERS: dict[str, Callable[[Fault, Account], Response]] = {
    "500": lambda fault, account: graph_errors.error(
        1, "An unknown error has occurred.", status=500
    ),
    "503": lambda fault, account: graph_errors.error(
        2, "An unexpected error has occurred. Please retry later.", status=503, transient=True
    ),
    "429": _graph_rate_limit,
    "token_revoked": lambda fault, account: graph_errors.revoked(),
    "duplicate": lambda fault, account: graph_errors.error(
        506, "Duplicate status message", subcode=1455006, title="Duplicate Status Update"
    ),
    "forbidden": lambda fault, account: graph_errors.error(
        200, "(#200) Permissions error", status=403
    ),
    "error": lambda fault, account: graph_errors.error(
        fault.code,
        f"(#{fault.code}) Error asked for by a fault",
        subcode=fault.subcode,
        status=fault.status,
    ),
}
