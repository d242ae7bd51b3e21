"""Owns Facebook Login: the consent page, codes for tokens, and what a person's token may read."""

from __future__ import annotations

from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit

from sandbox import facebook, graph_errors, graph_tokens, instagram, markup
from sandbox.exchange import LOOPBACK, Refusal, Request, Response, as_html, as_json
from sandbox.graph_tokens import SOMEBODY
from sandbox.logins import LONG, SHORT, Person
from sandbox.records import FACEBOOK, Account
from sandbox.world import Call, World

_GONE = "This authorization code has been used or has expired."


# --- the consent page, at www.facebook.com ---


def dialog(world: World, request: Request) -> Response:
    """The page where a person says which pages the app may manage; GET shows, POST decides."""
    asked = request.fields
    target = asked.get("redirect_uri", "")
    if urlsplit(target).hostname not in LOOPBACK:
        return as_html(markup.missing(), 400)
    if request.method == "POST":
        return _decided(world, request, target)
    return as_html(_page(world, asked))


def _decided(world: World, request: Request, target: str) -> Response:
    asked = request.fields
    if asked.get("do") != "yes":
        refused = {
            "error": "access_denied",
            "error_reason": "user_denied",
            "error_description": "Permissions error",
        }
        return _away(target, refused | {"state": asked.get("state", "")})
    pages = tuple(each.id for each in pages_of(world) if asked.get(f"page-{each.id}"))
    scopes = tuple(scope for scope in asked.get("scope", "").split(",") if scope)
    granted = tuple(scope for scope in scopes if scope not in world.rules.withheld.split(","))
    code = world.logins.new_code(Person(pages, granted), target)
    return _away(target, {"code": code, "state": asked.get("state", "")})


def _away(target: str, answer: dict[str, str]) -> Response:
    joint = "&" if urlsplit(target).query else "?"
    return Response(302, b"", {"Location": f"{target}{joint}{urlencode(answer)}"})


def pages_of(world: World) -> list[Account]:
    """Every page that the person at the consent page manages."""
    accounts = [each for each in world.store.accounts.values() if each.platform == FACEBOOK]
    return sorted(accounts, key=lambda account: account.name)


def _page(world: World, asked: dict[str, str]) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(asked.get(name, ""))}">'
        for name in ("client_id", "redirect_uri", "state", "scope", "response_type")
    )
    pages = "".join(
        f'<li><label><input type="checkbox" name="page-{escape(each.id)}" value="1" checked> '
        f"{escape(each.name)}</label></li>"
        for each in pages_of(world)
    )
    scopes = ", ".join(escape(scope) for scope in asked.get("scope", "").split(",") if scope)
    content = (
        "<h1>Izin untuk OPD Hub</h1>"
        f'<p class="lead">{escape(SOMEBODY.name)}, aplikasi {escape(asked.get("client_id", ""))} '
        f"meminta: {scopes}.</p>"
        f'<form class="consent" method="post">{hidden}<p>Halaman yang boleh dikelolanya:</p>'
        f"<ul>{pages}</ul>"
        '<p><button name="do" value="yes">Lanjutkan</button> '
        '<button name="do" value="no">Batal</button></p></form>'
    )
    return markup.page("Izin Facebook", content, FACEBOOK)


# --- codes and tokens, at graph.facebook.com ---


def exchange_call(world: World, request: Request) -> Call:
    """oauth/access_token: a short token for a code, or a long one for a short one."""
    return Call(SOMEBODY, "read", request.path, lambda: _exchange(world, request))


def _exchange(world: World, request: Request) -> Response:
    asked = request.fields
    if asked.get("grant_type") == "fb_exchange_token":
        token, life = world.logins.lengthen(asked.get("fb_exchange_token", "")), LONG
    else:
        code = asked.get("code", "")
        token, life = world.logins.exchange(code, asked.get("redirect_uri", "")), SHORT
    if token is None:
        raise Refusal(graph_errors.error(100, _GONE, subcode=36009))
    return as_json({"access_token": token, "token_type": "bearer", "expires_in": life})


def person_call(world: World, request: Request, person: Person, id: str, edge: str) -> Call:
    """What a person's or a system user's token may read."""
    known = {each.id: each for each in pages_of(world) if each.id in person.pages}
    profiles = [graph_tokens.linked(world.store, page) for page in known.values()]
    linked = {profile.id: profile for profile in profiles if profile}
    if (id, edge) == ("me", ""):
        return _reads(request, SOMEBODY, as_json({"id": SOMEBODY.id, "name": SOMEBODY.name}))
    if (id, edge) == ("me", "accounts"):
        return Call(SOMEBODY, "read", request.path, lambda: _accounts(world, request, known))
    if (id, edge) == ("me", "permissions"):
        rows = [{"permission": scope, "status": "granted"} for scope in person.scopes]
        return _reads(request, SOMEBODY, as_json({"data": rows}))
    if id in known and not edge:
        act = partial(facebook.page, world, known[id], request, id)
        return Call(known[id], "read", request.path, act)
    if id in linked and not edge:
        act = partial(instagram.account_fields, world, linked[id], request, id)
        return Call(linked[id], "read", request.path, act)
    raise Refusal(graph_errors.missing(id, request.method))


def _reads(request: Request, account: Account, response: Response) -> Call:
    return Call(account, "read", request.path, lambda: response)


def _accounts(world: World, request: Request, known: dict[str, Account]) -> Response:
    """Empty for pages of a business portfolio, however much was granted (platforms.md 2.1)."""
    if not world.rules.lists_pages:
        return as_json({"data": []})
    shown = [facebook.page_fields(world, page, request) for page in known.values()]
    return as_json({"data": shown})
