"""Owns the Graph API's refusals and usage headers, as Meta words and shapes them."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sandbox.exchange import Response, as_json
from sandbox.records import INSTAGRAM, Account

PASSWORD_CHANGED = 460
TOKEN_TROUBLE = {
    458: "The user has not authorized application 1000000000000001.",
    459: "You cannot access the app till you log in to www.facebook.com and follow the "
    "instructions given.",
    460: "The session has been invalidated because the user changed their password or Facebook "
    "has changed the session for security reasons.",
    463: "Session has expired on Monday, 02-Nov-26 08:00:00 PST.",
    464: "Sessions for the user are not allowed because the user is not a confirmed user.",
    467: "The session is invalid because the user logged out.",
    492: "The session is invalid because the user is not an admin of the page.",
}


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


def token_trouble(subcode: int = PASSWORD_CHANGED) -> Response:
    text = TOKEN_TROUBLE.get(subcode, "The access token is not valid.")
    return error(190, f"Error validating access token: {text}", subcode=subcode)


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


def app_usage(percent: int) -> str:
    """X-App-Usage, in percent."""
    return json.dumps({"call_count": percent, "total_cputime": 1, "total_time": 1})


def business_usage(account: Account, *, percent: int, regain: int | str = 0) -> str:
    """X-Business-Use-Case-Usage: percentages, and minutes until access is regained."""
    usage = {
        "type": "instagram" if account.platform == INSTAGRAM else "pages",
        "call_count": percent,
        "total_cputime": 1,
        "total_time": 1,
        "estimated_time_to_regain_access": regain,
    }
    return json.dumps({account.id: [usage]})
