"""Owns what X says when it was asked to fail."""

from __future__ import annotations

import time
from collections.abc import Callable

from sandbox import x_errors
from sandbox.exchange import Response, as_json
from sandbox.faults import Fault
from sandbox.records import Account

SERVER_ERRORS = {
    500: ("Internal Server Error", "Something is broken. This is usually a temporary error."),
    502: ("Bad Gateway", "Bad Gateway"),
    503: ("Service Unavailable", "Service Unavailable"),
    504: ("Gateway Timeout", "Gateway Timeout"),
}
STRANGE = {
    "errors": [{"message": "Something is strange", "title": "Strange", "type": "about:blank"}]
}
WINDOW_HEADERS = ("x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset")
USUAL_LIMIT = 100


def usage(fault: Fault) -> dict[str, str]:
    """The headers of a good answer when so many percent of the window are used."""
    left = USUAL_LIMIT * (100 - fault.level) // 100
    return {"x-rate-limit-limit": str(USUAL_LIMIT), "x-rate-limit-remaining": str(left)}


def _rate_limit(fault: Fault, account: Account) -> Response:
    reset = str(int(time.time()) + fault.reset_in)
    headers = {
        "header": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset},
        "missing": {
            "x-rate-limit-limit": "",
            "x-rate-limit-remaining": "",
            "x-rate-limit-reset": "",
        },
        "garbled": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"},
        "retry_after": {"x-rate-limit-reset": "", "Retry-After": str(fault.reset_in)},
        # The window of 15 minutes is fine: who reads that one only comes back too early.
        "daily": {
            "x-user-limit-24hour-limit": "50",
            "x-user-limit-24hour-remaining": "0",
            "x-user-limit-24hour-reset": reset,
            "x-app-limit-24hour-limit": "10000",
            "x-app-limit-24hour-remaining": "9000",
            "x-app-limit-24hour-reset": str(int(time.time()) + 86_400),
        },
    }
    refused = x_errors.problem(429, "Too Many Requests", "Too Many Requests")
    return Response(429, refused.body, refused.headers | headers[fault.reset])


def _broken(fault: Fault, account: Account) -> Response:
    return x_errors.problem(int(fault.kind), *SERVER_ERRORS[int(fault.kind)])


ANSWERS: dict[str, Callable[[Fault, Account], Response]] = {
    **dict.fromkeys(("500", "502", "503", "504"), _broken),
    "429": _rate_limit,
    "402": lambda fault, account: x_errors.credits_depleted(account),
    "401": lambda fault, account: x_errors.unauthorized(),
    "token_revoked": lambda fault, account: x_errors.unauthorized(),
    "duplicate": lambda fault, account: x_errors.duplicate(),
    "forbidden": lambda fault, account: x_errors.not_permitted(),
    "unsupported_authentication": lambda fault, account: x_errors.unsupported_authentication(),
    "suspended": lambda fault, account: x_errors.suspended(),
    "usage_capped": lambda fault, account: x_errors.usage_capped(account),
    "strange": lambda fault, account: as_json(STRANGE),
}
