"""Owns the refusals of Instagram's app interface, in the words that its clients look for."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.exchange import Response, as_json
from sandbox.faults import Fault
from sandbox.records import Account


def fail(message: str, status: int = 400, **more: object) -> Response:
    return as_json({"message": message, "status": "fail", **more}, status)


def login_required() -> Response:
    title, body = "You've Been Logged Out", "Please log back in."
    return fail("login_required", 403, error_title=title, error_body=body, logout_reason=8)


def challenge_required() -> Response:
    challenge = {
        "url": "https://i.instagram.com/challenge/17/abc/",
        "api_path": "/challenge/17/abc/",
        "hide_webview_header": True,
        "lock": True,
        "logout": False,
        "native_flow": True,
    }
    return fail(
        "challenge_required", challenge=challenge, error_type="checkpoint_challenge_required"
    )


def feedback_required() -> Response:
    text = "We restrict certain activity to protect our community."
    return fail(
        "feedback_required",
        spam=True,
        feedback_title="Try Again Later",
        feedback_message=text,
        feedback_action="report_problem",
    )


def please_wait() -> Response:
    return fail("Please wait a few minutes before you try again.", 401, require_login=True)


def bad_password() -> Response:
    text = "The password you entered is incorrect. Please try again."
    return fail(text, error_type="bad_password", invalid_credentials=True)


def unknown_user() -> Response:
    text = "The username you entered doesn't appear to belong to an account."
    return fail(text, error_type="invalid_user", invalid_credentials=True)


def wrong_code() -> Response:
    text = "Please check the security code and try again."
    return fail(text, error_type="sms_code_validation_code_invalid")


def too_fast() -> Response:
    return fail("Too many requests.", 429)


def timed_out() -> Response:
    return fail("Request timed out.", 408)


def transcoding() -> Response:
    return fail("Transcode not finished yet.", 202)


def needs_reupload(upload: str) -> Response:
    """Instagram says this one with a 200 and "ok"."""
    body = {
        "error_title": "bad image input extra:{}",
        "media": {"upload_id": upload},
        "message": "media_needs_reupload",
        "status": "ok",
    }
    return as_json(body)


def no_media() -> Response:
    return fail("Media not found or unavailable")


def no_endpoint() -> Response:
    return fail("Endpoint does not exist", 404)


def suspended() -> Response:
    challenge = {"url": "https://www.instagram.com/accounts/suspended/?next=/", "lock": True}
    return fail("challenge_required", challenge=challenge)


def _broken(fault: Fault, account: Account) -> Response:
    return fail("Oops, an error occurred.", int(fault.kind))


ANSWERS: dict[str, Callable[[Fault, Account], Response]] = {
    **dict.fromkeys(("500", "502", "503", "504"), _broken),
    "429": lambda fault, account: too_fast(),
    "401": lambda fault, account: login_required(),
    "token_revoked": lambda fault, account: login_required(),
    "duplicate": lambda fault, account: feedback_required(),
    "forbidden": lambda fault, account: fail("Forbidden", 403),
    "strange": lambda fault, account: as_json({"foo": 1}, 500),
    "suspended": lambda fault, account: suspended(),
    "login_required": lambda fault, account: login_required(),
    "challenge_required": lambda fault, account: challenge_required(),
    "feedback_required": lambda fault, account: feedback_required(),
    "please_wait": lambda fault, account: please_wait(),
    "408": lambda fault, account: timed_out(),
    "transcode": lambda fault, account: transcoding(),
    "needs_reupload": lambda fault, account: needs_reupload("1"),
}
