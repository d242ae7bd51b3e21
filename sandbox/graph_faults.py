"""Owns what Meta says when it was asked to fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sandbox import graph_errors, instagram_errors
from sandbox.exchange import Response, as_json
from sandbox.faults import Fault
from sandbox.records import Account

WORDS = {
    1: "An unknown error has occurred.",
    2: "An unexpected error has occurred. Please retry your request later.",
    4: "(#4) Application request limit reached",
    9: "(#9) The user has exceeded the number of posts allowed by the API.",
    17: "(#17) User request limit reached",
    32: "(#32) Page request limit reached",
    368: "The action attempted has been deemed abusive or is otherwise disallowed",
    506: "Duplicate status message",
    613: "(#613) Calls to this api have exceeded the rate limit.",
    9004: "The media could not be fetched from this URI.",
    9007: "Media ID is not available",
    80001: "(#80001) There have been too many calls to this Page account.",
    80002: "(#80002) There have been too many calls to this Instagram account.",
}
TITLES = {
    1390008: "You can't use this feature right now",
    1404082: "Already posted",
    4854002: "Confirm your identity",
    1455006: "Duplicate status update",
}
APP_LIMITS = (4, 17)  # told by X-App-Usage; the others by X-Business-Use-Case-Usage
BUSINESS_LIMITS = (32, 613, 80001, 80002)


def usage(fault: Fault, account: Account) -> dict[str, str]:
    """The usage headers of a good answer; at 100 percent they say when access is regained."""
    minutes = _minutes(fault) if fault.level >= 100 else 0
    return {
        "X-App-Usage": graph_errors.app_usage(fault.level),
        "X-Business-Use-Case-Usage": graph_errors.business_usage(
            account, percent=fault.level, regain=minutes
        ),
    }


def _rate_limit(fault: Fault, account: Account) -> Response:
    regain: dict[str, int | str] = {"garbled": "soon", "daily": 24 * 60}
    minutes = regain.get(fault.reset, _minutes(fault))
    usage = graph_errors.business_usage(account, percent=100, regain=minutes)
    headers = {"X-Business-Use-Case-Usage": usage}
    if fault.reset in ("missing", "retry_after"):
        headers = {"X-App-Usage": "", "X-Business-Use-Case-Usage": ""}
    if fault.reset == "retry_after":
        headers["Retry-After"] = str(fault.reset_in)
    refused = graph_errors.error(32, WORDS[32], status=403)
    return replace(refused, headers=refused.headers | headers)


def _error(fault: Fault, account: Account) -> Response:
    """Any error by its numbers, in Meta's words where we know them."""
    if fault.code == 190:
        return graph_errors.token_trouble(fault.subcode)
    words = WORDS.get(fault.code, f"(#{fault.code}) Error asked for by a fault")
    title = TITLES.get(fault.subcode, "")
    refused = graph_errors.error(
        fault.code, words, subcode=fault.subcode, status=fault.status, title=title
    )
    headers = {}
    if fault.code in APP_LIMITS:
        headers["X-App-Usage"] = graph_errors.app_usage(100)
    if fault.code in BUSINESS_LIMITS:
        usage = graph_errors.business_usage(account, percent=100, regain=_minutes(fault))
        headers["X-Business-Use-Case-Usage"] = usage
    return replace(refused, headers=refused.headers | headers)


def _broken(fault: Fault, account: Account) -> Response:
    if fault.kind == "500":
        return graph_errors.error(1, WORDS[1], status=500)
    return graph_errors.error(2, WORDS[2], status=int(fault.kind), transient=True)


def _token_trouble(fault: Fault, account: Account) -> Response:
    return graph_errors.token_trouble(fault.subcode or graph_errors.PASSWORD_CHANGED)


def _duplicate(fault: Fault, account: Account) -> Response:
    return graph_errors.error(506, WORDS[506], subcode=1455006, title=TITLES[1455006])


def _minutes(fault: Fault) -> int:
    return -(-fault.reset_in // 60)


ANSWERS: dict[str, Callable[[Fault, Account], Response]] = {
    **dict.fromkeys(("500", "502", "503", "504"), _broken),
    "429": _rate_limit,
    "401": _token_trouble,
    "token_revoked": _token_trouble,
    "duplicate": _duplicate,
    "forbidden": lambda fault, account: graph_errors.not_yours(),
    "strange": lambda fault, account: as_json({"foo": 1}, 500),
    "error": _error,
    "unfetchable": lambda fault, account: instagram_errors.not_fetchable(),
    "not_ready": lambda fault, account: instagram_errors.not_ready(),
    "unknown_container": lambda fault, account: instagram_errors.no_such_container(),
    "quota": lambda fault, account: instagram_errors.quota_reached(),
}
