"""Owns Graph tokens: who holds one, and what debug_token says about it."""

from __future__ import annotations

import hmac
import time
from typing import Any

from sandbox import graph_errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.records import FACEBOOK, INSTAGRAM, Account
from sandbox.store import Store
from sandbox.world import Call, World

APP_ID = "1000000000000001"
SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "instagram_basic",
    "instagram_content_publish",
)


def holders(store: Store, token: str) -> list[Account]:
    """The accounts a token speaks for, pages first; raises Refusal when there are none."""
    found = _holders(store, token)
    if not found:
        raise Refusal(graph_errors.bad_token())
    return found


def debug_call(world: World, request: Request) -> Call:
    """debug_token, asked with an app token (ID|SECRET) or with any token that works."""
    asker = request.fields.get("access_token", "")
    if not asker:
        raise Refusal(graph_errors.no_token())
    if "|" not in asker:
        holders(world.store, asker)
    token = request.fields.get("input_token", "")
    about = next(iter(_holders(world.store, token)), None)
    if not about:
        raise Refusal(as_json({"data": _invalid("Invalid OAuth access token.")}))
    if fault := world.faults.revoked(about.platform, about.id):
        subcode = fault.subcode or graph_errors.PASSWORD_CHANGED
        text = graph_errors.TOKEN_TROUBLE.get(subcode, "The access token is not valid.")
        raise Refusal(as_json({"data": _invalid(text, subcode)}))
    return Call(about, "read", request.path, lambda: _valid(about))


def _holders(store: Store, token: str) -> list[Account]:
    accounts = [a for a in list(store.accounts.values()) if a.platform in (FACEBOOK, INSTAGRAM)]
    found = [each for each in accounts if token and _holds(each, token)]
    return sorted(found, key=lambda account: (account.platform != FACEBOOK, account.id))


def _holds(account: Account, token: str) -> bool:
    return hmac.compare_digest(account.secrets.get("token", "").encode(), token.encode())


def _valid(account: Account) -> Response:
    facts: dict[str, Any] = {
        "app_id": APP_ID,
        "type": "PAGE",
        "application": "OPD Hub",
        "data_access_expires_at": int(time.time()) + 90 * 86400,
        "expires_at": 0,
        "is_valid": True,
        "profile_id": account.id,
        "scopes": list(SCOPES),
        "granular_scopes": [{"scope": scope, "target_ids": [account.id]} for scope in SCOPES],
    }
    return as_json({"data": facts})


def _invalid(message: str, subcode: int = 0) -> dict[str, Any]:
    error: dict[str, Any] = {"code": 190, "message": message}
    if subcode:
        error["subcode"] = subcode
    return {"error": error, "is_valid": False, "scopes": []}
