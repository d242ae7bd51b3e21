"""Owns Graph tokens: who holds one, and what debug_token says about it."""

from __future__ import annotations

import hmac
import time
from typing import Any

from sandbox import graph_errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.logins import Person
from sandbox.records import FACEBOOK, INSTAGRAM, Account
from sandbox.store import Store
from sandbox.world import Call, World

APP_ID = "1000000000000001"
SOMEBODY = Account(FACEBOOK, "1000", "petugas", "Petugas Contoh")  # sits at the consent page
SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "pages_read_user_content",
    "read_insights",
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_comments",
    "instagram_manage_insights",
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
    if person := world.logins.people.get(token):
        return Call(SOMEBODY, "read", request.path, lambda: _of_person(person))
    about = next(iter(_holders(world.store, token)), None)
    if not about:
        raise Refusal(as_json({"data": _invalid("Invalid OAuth access token.")}))
    if fault := world.faults.revoked(about.platform, about.id):
        subcode = fault.subcode or graph_errors.PASSWORD_CHANGED
        text = graph_errors.TOKEN_TROUBLE.get(subcode, "The access token is not valid.")
        raise Refusal(as_json({"data": _invalid(text, subcode)}))
    return Call(about, "read", request.path, lambda: _valid(world, about))


def linked(store: Store, page: Account) -> Account | None:
    """The Instagram account of a page: the one that shares its token, or else its handle."""
    profiles = [each for each in list(store.accounts.values()) if each.platform == INSTAGRAM]
    token = page.secrets.get("token")
    by_token = (each for each in profiles if each.secrets.get("token") == token)
    by_handle = (each for each in profiles if _bare(each) == _bare(page))
    return next(by_token, None) or next(by_handle, None)


def _bare(account: Account) -> str:
    return account.handle.lower().replace(".", "").replace("_", "")


def _holders(store: Store, token: str) -> list[Account]:
    accounts = [a for a in list(store.accounts.values()) if a.platform in (FACEBOOK, INSTAGRAM)]
    found = [each for each in accounts if token and _holds(each, token)]
    pages = [each for each in found if each.platform == FACEBOOK]  # a page's opens its Instagram
    found += [one for page in pages if (one := linked(store, page)) and one not in found]
    return sorted(found, key=lambda account: (account.platform != FACEBOOK, account.id))


def _holds(account: Account, token: str) -> bool:
    return hmac.compare_digest(account.secrets.get("token", "").encode(), token.encode())


def _valid(world: World, about: Account) -> Response:
    scopes = [scope for scope in SCOPES if scope not in world.rules.withheld.split(",")]
    facts: dict[str, Any] = {
        "app_id": APP_ID,
        "type": "PAGE",
        "application": "OPD Hub",
        "data_access_expires_at": int(time.time()) + 90 * 86400,
        "expires_at": world.rules.expires_at,
        "is_valid": True,
        "profile_id": about.id,
        "scopes": scopes,
        "granular_scopes": [{"scope": scope, "target_ids": [about.id]} for scope in scopes],
    }
    return as_json({"data": facts})


def _of_person(person: Person) -> Response:
    limited = [scope for scope in person.scopes if scope.startswith(("pages_", "instagram_"))]
    facts: dict[str, Any] = {
        "app_id": APP_ID,
        "type": person.kind,
        "application": "OPD Hub",
        "data_access_expires_at": 0,
        "expires_at": person.expires_at,
        "is_valid": True,
        "user_id": SOMEBODY.id,
        "scopes": list(person.scopes),
        "granular_scopes": [{"scope": each, "target_ids": list(person.pages)} for each in limited],
    }
    return as_json({"data": facts})


def _invalid(message: str, subcode: int = 0) -> dict[str, Any]:
    error: dict[str, Any] = {"code": 190, "message": message}
    if subcode:
        error["subcode"] = subcode
    return {"error": error, "is_valid": False, "scopes": []}
