"""Owns the vocabulary of faults: which kinds there are, on which platforms, and of what sort."""

from __future__ import annotations

from sandbox.records import FACEBOOK, INSTAGRAM, PLATFORMS, X

STEPS = ("publish", "media", "container", "poll", "read", "delete", "sign_in", "any")
MOMENTS = ("before", "after")  # of the side effect; "after" hides a success only
ANYWHERE = "any"  # platform
PRIVATE = "instagram_private"  # Instagram's app interface: its own faults, the same wall

_META = frozenset({FACEBOOK, INSTAGRAM})
_INSTAGRAM = frozenset({INSTAGRAM})
_X = frozenset({X})
_PRIVATE = frozenset({PRIVATE})
_WALLS = frozenset(PLATFORMS)
_ALL = _WALLS | _PRIVATE

# These stand in place of the platform's answer.
ANSWERS = {
    # the server or the line is at fault
    "500": _ALL,
    "502": _ALL,
    "503": _ALL,
    "504": _ALL,
    "drop": _ALL,
    "hang": _ALL,
    "truncated": _ALL,
    "drip": _ALL,
    "empty": _ALL,
    "garbled": _ALL,
    "invalid_json": _ALL,
    "untyped": _ALL,
    "strange": _ALL,
    "301": _ALL,
    "302": _ALL,
    # the platform refuses
    "429": _ALL,
    "402": _X,
    "401": _ALL,
    "token_revoked": _ALL,
    "duplicate": _ALL,
    "forbidden": _ALL,
    "unsupported_authentication": _X,
    "suspended": _X | _PRIVATE,
    "usage_capped": _X,
    "media_failed": _X,
    "error": _META,
    "unfetchable": _INSTAGRAM,
    "not_ready": _INSTAGRAM,
    "unknown_container": _INSTAGRAM,
    "quota": _INSTAGRAM,
    "login_required": _PRIVATE,
    "challenge_required": _PRIVATE,
    "feedback_required": _PRIVATE,
    "please_wait": _PRIVATE,
    "408": _PRIVATE,
    "transcode": _PRIVATE,
    "needs_reupload": _PRIVATE,
}
# These change what the platform does, whatever the step.
EFFECTS = {
    "container_slow": _INSTAGRAM,
    "container_error": _INSTAGRAM,
    "container_expired": _INSTAGRAM,
    "invisible": _WALLS,
    "skew": _WALLS,
}
# These change the headers of an answer that is otherwise the platform's own.
TRIMMINGS = {"usage": _WALLS, "version": _META}

KINDS = ANSWERS | EFFECTS | TRIMMINGS

# How a 429 tells until when: by its usual header, not at all, by no number, by Retry-After, or
# by the headers of X's limits of a day.
RESETS = ("header", "missing", "garbled", "retry_after", "daily")

DEFAULTS = {"drip": {"seconds": 1.0}, "skew": {"seconds": 300.0}}
