"""Owns X's three-legged OAuth 1.0a: the request token, the consent page, the access token."""

from __future__ import annotations

import secrets
from dataclasses import replace
from html import escape
from urllib.parse import urlencode, urlsplit

from oauthlib.oauth1.rfc5849.signature import collect_parameters

from sandbox import markup, x_errors
from sandbox.exchange import LOOPBACK, Refusal, Request, Response, as_html
from sandbox.logins import RequestToken
from sandbox.records import Account, X
from sandbox.world import Call, World
from sandbox.x_signature import is_signed

NOBODY = Account(X, "0", "tamu", "Tamu")


def understand(world: World, request: Request) -> Call:
    """The two legs that are signed calls; raises Refusal for what is not signed by a known app."""
    leg = _request_token if request.path == "/oauth/request_token" else _access_token
    return Call(NOBODY, "read", request.path, lambda: leg(world, request))


def _given(request: Request) -> dict[str, str]:
    """The parameters of the header, and of a form body."""
    headers = {"Authorization": request.authorization}
    return dict(
        collect_parameters(
            headers=headers,
            body=request.body.decode() if request.is_form else "",
            exclude_oauth_signature=False,
        )
    )


def _request_token(world: World, request: Request) -> Response:
    given = _given(request)
    consumer = given.get("oauth_consumer_key", "")
    secret = _consumer_secret(world, consumer)
    if secret is None or not is_signed(request, given, (secret, "")):
        raise Refusal(x_errors.bad_token(32, "Could not authenticate you."))
    callback = given.get("oauth_callback", "")
    if urlsplit(callback).hostname not in LOOPBACK:
        raise Refusal(x_errors.callback_refused())
    token, hidden = secrets.token_urlsafe(20), secrets.token_urlsafe(24)
    world.logins.requests[token] = RequestToken(hidden, callback, consumer)
    pair = {"oauth_token": token, "oauth_token_secret": hidden}
    return _form(pair | {"oauth_callback_confirmed": "true"})


def _consumer_secret(world: World, consumer: str) -> str | None:
    for account in list(world.store.accounts.values()):
        if account.platform == X and consumer and account.secrets.get("consumer_key") == consumer:
            return account.secrets.get("consumer_secret", "")
    return None


# --- the consent page ---


def authorize(world: World, request: Request) -> Response:
    """Which account lets the app in; GET shows, POST decides."""
    token = request.fields.get("oauth_token", "")
    known = world.logins.requests.get(token)
    if known is None or known.is_past:
        return as_html(markup.missing(), 404)
    if request.method != "POST":
        return as_html(_page(world, token))
    if request.fields.get("do") != "yes":
        world.logins.requests.pop(token, None)
        return _away(known.callback, {"denied": token})
    verifier = secrets.token_urlsafe(16)
    chosen = replace(known, account=request.fields.get("account", ""), verifier=verifier)
    world.logins.requests[token] = chosen
    return _away(known.callback, {"oauth_token": token, "oauth_verifier": verifier})


def _away(callback: str, answer: dict[str, str]) -> Response:
    joint = "&" if urlsplit(callback).query else "?"
    return Response(302, b"", {"Location": f"{callback}{joint}{urlencode(answer)}"})


def _page(world: World, token: str) -> str:
    accounts = sorted(
        (each for each in world.store.accounts.values() if each.platform == X),
        key=lambda account: account.handle,
    )
    choices = "".join(
        f'<option value="{escape(each.id)}">@{escape(each.handle)}</option>' for each in accounts
    )
    content = (
        "<h1>Izinkan OPD Hub memakai akun X?</h1>"
        '<form class="consent" method="post">'
        f'<input type="hidden" name="oauth_token" value="{escape(token)}">'
        f'<p><label>Masuk sebagai <select name="account">{choices}</select></label></p>'
        '<p><button name="do" value="yes">Izinkan aplikasi</button> '
        '<button name="do" value="no">Batal</button></p></form>'
    )
    return markup.page("Izin X", content, X)


# --- the last leg ---


def _access_token(world: World, request: Request) -> Response:
    given = _given(request)
    token = given.get("oauth_token", "")
    known = world.logins.requests.get(token)
    secret = _consumer_secret(world, given.get("oauth_consumer_key", ""))
    good = known and not known.is_past and known.verifier and secret is not None
    if not good or known is None or given.get("oauth_verifier") != known.verifier:
        raise Refusal(x_errors.bad_token())
    if not is_signed(request, given, (secret or "", known.secret)):
        raise Refusal(x_errors.bad_token(32, "Could not authenticate you."))
    account = world.store.account(X, known.account)
    if account is None:
        raise Refusal(x_errors.bad_token())
    world.logins.requests.pop(token, None)
    fresh = {
        "access_token": f"{account.id}-{secrets.token_urlsafe(20)}",
        "access_secret": secrets.token_urlsafe(24),
    }
    world.store.put(replace(account, secrets=dict(account.secrets) | fresh))
    return _form(
        {
            "oauth_token": fresh["access_token"],
            "oauth_token_secret": fresh["access_secret"],
            "user_id": account.id,
            "screen_name": account.handle,
        }
    )


def _form(fields: dict[str, str]) -> Response:
    kind = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
    return Response(200, urlencode(fields).encode(), kind)
