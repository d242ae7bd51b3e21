"""Owns the public pages: accounts, timelines and single posts, at the platforms' addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sandbox import graph_login, markup, x_login
from sandbox.exchange import Request, Response, as_html
from sandbox.records import FACEBOOK, INSTAGRAM, PLATFORMS, Account, X
from sandbox.store import Store
from sandbox.world import World

LONGEST_TIMELINE = 200
STYLE = Path(__file__).with_name("pages.css")
POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'"
FORMLESS = f"{POLICY}; form-action 'none'"
CONSENT: tuple[tuple[str, Callable[[World, Request], Response]], ...] = (
    (r"/www\.facebook\.com/v\d+\.\d+/dialog/oauth", graph_login.dialog),
    (r"/api\.twitter\.com/oauth/authorize", x_login.authorize),
)


def answer(world: World, request: Request) -> Response:
    if request.path == markup.STYLE_ADDRESS:
        return Response(200, STYLE.read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
    for pattern, consent in CONSENT:
        if re.fullmatch(pattern, request.path):
            return _guarded(consent(world, request), POLICY)
    content = _content(world.store, request.path) if request.method == "GET" else None
    return _guarded(as_html(content or markup.missing(), 200 if content else 404), FORMLESS)


def _guarded(page: Response, policy: str) -> Response:
    return Response(page.status, page.body, page.headers | {"Content-Security-Policy": policy})


def _content(store: Store, path: str) -> str | None:
    if path == "/":
        return _directory(store)
    for pattern, show in ADDRESSES:
        if match := re.fullmatch(pattern, path):
            return show(store, *match.groups())
    return None


def _directory(store: Store) -> str:
    accounts = sorted(store.accounts.values(), key=lambda account: account.name.lower())
    by_platform = {name: [a for a in accounts if a.platform == name] for name in PLATFORMS}
    counts = {a.key: sum(1 for _ in store.public.listed(a.platform, a.id)) for a in accounts}
    return markup.directory(by_platform, counts)


def _x_timeline(store: Store, handle: str) -> str | None:
    return _timeline(store, _by_handle(store, X, handle))


def _facebook_timeline(store: Store, page: str) -> str | None:
    return _timeline(store, store.account(FACEBOOK, page) or _by_handle(store, FACEBOOK, page))


def _instagram_timeline(store: Store, handle: str) -> str | None:
    return _timeline(store, _by_handle(store, INSTAGRAM, handle))


def _timeline(store: Store, account: Account | None) -> str | None:
    if not account:
        return None
    posts = list(store.public.listed(account.platform, account.id))
    return markup.timeline(account, posts[:LONGEST_TIMELINE], len(posts))


def _by_handle(store: Store, platform: str, handle: str) -> Account | None:
    wanted = handle.lower()
    accounts = [each for each in store.accounts.values() if each.platform == platform]
    return next((each for each in accounts if each.handle.lower() == wanted), None)


def _single(store: Store, address: str) -> str | None:
    post = store.public.at_address(address)
    account = store.account(post.platform, post.account) if post else None
    return markup.single(account, post) if post and account else None


ADDRESSES: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (r"/(x\.com/\w+/status/\d+)", _single),
    (r"/(www\.facebook\.com/\w+/posts/\d+)/?", _single),
    (r"/(www\.instagram\.com/p/[\w-]+)/?", _single),
    (r"/x\.com/(\w+)/?", _x_timeline),
    (r"/www\.facebook\.com/([\w.]+)/?", _facebook_timeline),
    (r"/www\.instagram\.com/([\w.]+)/?", _instagram_timeline),
)
