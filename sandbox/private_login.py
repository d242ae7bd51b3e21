"""Owns signing in on Instagram's app interface: password, code, confirmation, sessions.

An account's secrets may hold `password` (any is right without one), `code` (asked for after the
password) and `challenge` ("1": to be confirmed in the app). Sessions are written among them,
and one that the hub keeps as its `session` is good too.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import replace
from typing import Any

from sandbox import private_errors as errors
from sandbox import private_password
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.private_media import person
from sandbox.records import INSTAGRAM, Account
from sandbox.store import Store
from sandbox.world import World

OK = {"status": "ok"}
SHORT = 10  # characters; what is no longer than that is no session
ACCESS = {"key": "CAA_ACCOUNT_ACCESS_CONTEXT:aac", "initial": "aac-sandbox"}


def register_device(world: World, request: Request) -> Response:
    return as_json({"data": {"1$usdid_registration(...)": {"success": True}}, **OK})


def open_home(world: World, request: Request) -> Response:
    return as_json({"layout": {"bloks_payload": {"data": [{"data": ACCESS}]}}, **OK})


def keystore(world: World, request: Request) -> Response:
    return as_json({"challenge_nonce": "nonce", "key_nonce": "kn", **OK})


def fine(world: World, request: Request) -> Response:
    return as_json(OK)


def password_key(world: World, request: Request) -> Response:
    answer = as_json(OK)
    return replace(answer, headers=answer.headers | private_password.headers())


def sign_in(world: World, account: Account, request: Request) -> Response:
    """The password; then a session, or what is wanted besides."""
    given = private_password.unwrapped(str(_inputs(request).get("password", "")))
    wanted = account.secrets.get("password", "")
    if given is not None and wanted and not secrets.compare_digest(given, wanted):
        raise Refusal(errors.bad_password())
    if account.secrets.get("challenge") == "1":
        raise Refusal(errors.challenge_required())
    if account.secrets.get("code"):
        asks = {"two_step_verification_context": _context(account), "totp_two_factor_on": True}
        return as_json({"layout": {"bloks_payload": asks}, **OK})
    return _session(world, account)


def enter_code(world: World, account: Account, request: Request) -> Response:
    given = str(_inputs(request).get("code", ""))
    if not secrets.compare_digest(given.encode(), account.secrets.get("code", "").encode()):
        raise Refusal(errors.wrong_code())
    return _session(world, account)


def named(store: Store, request: Request) -> Account:
    """The account that a sign-in is for; raises Refusal."""
    wanted = str(_inputs(request).get("contact_point", "")).lower()
    return _known(store, lambda account: account.handle.lower() == wanted)


def waiting(store: Store, request: Request) -> Account:
    """The account whose sign-in waits for a code; raises Refusal."""
    context = str(_params(request).get("server_params", {}).get("two_step_verification_context"))
    return _known(store, lambda account: _context(account) == context)


def holder(store: Store, request: Request) -> Account:
    """The account whose session came along; raises Refusal."""
    session = _session_of(request)
    for account in _accounts(store):
        known = account.secrets.get("sessions", "") + account.secrets.get("session", "")
        if len(session) > SHORT and session in known:
            return account
    raise Refusal(errors.login_required())


def _session(world: World, account: Account) -> Response:
    session = f"{account.id}%3A{secrets.token_hex(16)}%3A1"
    with world.store.lock:
        now = world.store.accounts[account.key]
        sessions = f"{now.secrets.get('sessions', '')} {session}".strip()
        world.store.put(replace(now, secrets={**now.secrets, "sessions": sessions}))
    grant = {
        "ds_user_id": account.id,
        "sessionid": session,
        "should_use_header_over_cookies": True,
    }
    wrapped = base64.b64encode(json.dumps(grant).encode()).decode()
    headers = {
        "IG-Set-Authorization": f"Bearer IGT:2:{wrapped}",
        "ig-set-ig-u-rur": "RVA",
        "x-ig-set-www-claim": "hmac.sandbox",
    }
    inner = {
        "login_response": json.dumps({"logged_in_user": person(account), **OK}),
        "headers": json.dumps(headers),
        "cookies": "",
    }
    action = f"(bk.action.caa.HandleLoginResponse, {json.dumps(json.dumps(inner))})"
    return as_json({"layout": {"bloks_payload": {"action": action}}, **OK})


def _session_of(request: Request) -> str:
    """The session in the Authorization header: `Bearer IGT:2:<JSON in base 64>`."""
    try:
        grant = json.loads(base64.b64decode(request.authorization.rpartition(":")[2]))
        return str(grant["sessionid"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        return ""


def _params(request: Request) -> dict[str, Any]:
    try:
        params = json.loads(request.fields.get("params", "{}"))
    except ValueError:
        params = {}
    return params if isinstance(params, dict) else {}


def _inputs(request: Request) -> dict[str, Any]:
    return dict(_params(request).get("client_input_params", {}))


def _context(account: Account) -> str:
    return f"two-step-{account.id}"


def _accounts(store: Store) -> list[Account]:
    return [each for each in list(store.accounts.values()) if each.platform == INSTAGRAM]


def _known(store: Store, fits: Any) -> Account:
    found = next((account for account in _accounts(store) if fits(account)), None)
    if not found:
        raise Refusal(errors.unknown_user())
    return found
