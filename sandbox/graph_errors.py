"""Owns the Graph API's refusals and usage headers, as Meta words and shapes them."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.exchange import Response, as_json
from sandbox.records import INSTAGRAM, Account


def error(
    code: int,
    message: str,
    *,
    subcode: int = 0,
    status: int = 400,
    kind: str = "OAuthException",
    title: str = "",
    says: str = "",
    transient: bool = False,
) -> Response:
    """One error body; `title` and `says` are what Meta would show to a person."""
    body: dict[str, Any] = {"message": message, "type": kind, "code": code}
    if subcode:
        body["error_subcode"] = subcode
    if subcode or transient:
        body["is_transient"] = transient
    if title:
        body |= {"error_user_title": title, "error_user_msg": says or message}
    body["fbtrace_id"] = f"A{secrets.token_urlsafe(16)}"
    return as_json({"error": body}, status)


def no_token() -> Response:
    text = "An access token is required to request this resource."
    return error(104, text, status=400)


def bad_token() -> Response:
    text = "Invalid OAuth access token - Cannot parse access token"
    return error(190, text, status=400)


def revoked() -> Response:
    text = (
        "Error validating access token: The session has been invalidated because the user "
        "changed their password or Facebook has changed the session for security reasons."
    )
    return error(190, text, subcode=460)


def missing(id: str, method: str) -> Response:
    text = (
        f"Unsupported {method.lower()} request. Object with ID '{id}' does not exist, cannot be "
        "loaded due to missing permissions, or does not support this operation."
    )
    return error(100, text, subcode=33, kind="GraphMethodException")


def not_yours() -> Response:
    return error(200, "(#200) Permissions error", status=403)


def invalid(message: str, subcode: int = 0, title: str = "", says: str = "") -> Response:
    return error(100, f"(#100) {message}", subcode=subcode, title=title, says=says)


def proof_refused(given: str) -> Response:
    text = (
        "Invalid appsecret_proof provided in the API argument"
        if given
        else "API calls from the server require an appsecret_proof argument"
    )
    return error(100, text, kind="GraphMethodException")


def business_usage(account: Account, *, percent: int, regain_minutes: int) -> dict[str, Any]:
    """The content of X-Business-Use-Case-Usage: percentages, and minutes until it is over."""
    usage = {
        "type": "instagram" if account.platform == INSTAGRAM else "pages",
        "call_count": percent,
        "total_cputime": 1,
        "total_time": 1,
        "estimated_time_to_regain_access": regain_minutes,
    }
    return {account.id: [usage]}
