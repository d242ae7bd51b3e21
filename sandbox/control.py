"""Owns the controls under /__sandbox__/: accounts, planted posts, ledger, faults, requests."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from sandbox import facebook, instagram, instagram_publishing, x_media, x_posts
from sandbox.exchange import Request, Response, as_json
from sandbox.faults import UnknownFault
from sandbox.pictures import NotAnImage, keep, look
from sandbox.records import FACEBOOK, PLATFORMS, Account, Post, X, moment
from sandbox.store import Store
from sandbox.world import World

PREFIX = "/__sandbox__/"


class BadWish(ValueError):
    """The body of a control request makes no sense; the message says why."""


def answer(world: World, request: Request) -> Response:
    path = request.path.removeprefix(PREFIX)
    if request.method == "GET" and path.startswith("blobs/"):
        return _blob(world, path.removeprefix("blobs/").removesuffix(".jpg"))
    endpoint = CONTROLS.get((request.method, path))
    if not endpoint:
        return as_json({"error": f"no control {request.method} {request.path}"}, 404)
    try:
        return as_json(endpoint(world, request))
    except (BadWish, UnknownFault, NotAnImage) as error:
        return as_json({"error": str(error)}, 400)


def _accounts(world: World, request: Request) -> dict[str, Any]:
    if not isinstance(request.json, list):
        raise BadWish("a list of accounts is wanted")
    world.store.put(*[_account(wish) for wish in request.json])
    return {"ok": True}


def _account(wish: dict[str, Any]) -> Account:
    try:
        secrets = {str(name): str(text) for name, text in wish.get("secrets", {}).items()}
        names = {field: str(wish[field]) for field in ("platform", "id", "handle", "name")}
    except (KeyError, TypeError, AttributeError) as error:
        raise BadWish(f"an account needs platform, id, handle, name: {error}") from error
    if names["platform"] not in PLATFORMS:
        raise BadWish(f"unknown platform {names['platform']}")
    return Account(**names, secrets=secrets)


def _plant(world: World, request: Request) -> dict[str, Any]:
    wish = request.json if isinstance(request.json, dict) else {}
    account = world.store.account(str(wish.get("platform")), str(wish.get("account")))
    if not account:
        raise BadWish("a planted post needs the platform and id of a known account")
    try:
        post = world.store.publish(_planted(world.store, account, wish))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise BadWish(f"this post cannot be planted: {error}") from error
    return {"id": post.id, "permalink": post.permalink}


def _planted(store: Store, account: Account, wish: dict[str, Any]) -> Post:
    at = moment(wish["created_at"])
    spell = SPELLINGS[account.platform]
    id = store.fresh_id(spell, at)
    pictures = []
    for image in wish.get("images", []):
        seen = look(base64.b64decode(image["jpeg"], validate=True))
        own_id = store.fresh_id(spell, at)
        pictures.append(keep(store, seen, alt=image.get("alt", ""), id=own_id))
    return Post(
        id=f"{account.id}_{id}" if account.platform == FACEBOOK else id,
        platform=account.platform,
        account=account.id,
        text=str(wish["text"]),
        at=at.isoformat(),
        permalink=_permalink(account, id),
        pictures=tuple(pictures),
        planted=True,
    )


def _permalink(account: Account, id: str) -> str:
    if account.platform == X:
        return x_posts.permalink(account, id)
    if account.platform == FACEBOOK:
        return facebook.permalink(account, id)
    return instagram.permalink(id)


def _ledger(world: World, request: Request) -> dict[str, Any]:
    with_planted = request.query.get("planted") == "1"
    posts = [post for post in world.store.accepted() if with_planted or not post.planted]
    return {"posts": [_entry(world.store, n, post) for n, post in enumerate(posts, start=1)]}


def _entry(store: Store, n: int, post: Post) -> dict[str, Any]:
    account = store.account(post.platform, post.account)
    return {
        "n": n,
        "platform": post.platform,
        "account": post.account,
        "handle": account.handle if account else "",
        "id": post.id,
        "text": post.text,
        "link": post.link,
        "at": post.at,
        "permalink": post.permalink,
        "planted": post.planted,
        "deleted": post.deleted,
        "images": [picture.public() for picture in post.pictures],
    }


def _faults(world: World, request: Request) -> dict[str, Any]:
    return {"faults": world.faults.pending()}


def _add_fault(world: World, request: Request) -> dict[str, Any]:
    if not isinstance(request.json, dict):
        raise BadWish("a fault is wanted as one JSON object")
    return {"id": world.faults.add(request.json).id}


def _clear_faults(world: World, request: Request) -> dict[str, Any]:
    world.faults.clear()
    return {"ok": True}


def _requests(world: World, request: Request) -> dict[str, Any]:
    return {"requests": list(world.log)}


def _reset(world: World, request: Request) -> dict[str, Any]:
    world.store.reset()
    world.faults.clear()
    world.log.clear()
    return {"ok": True}


def _blob(world: World, name: str) -> Response:
    content = world.store.blob(name)
    if content is None:
        return as_json({"error": "no such blob"}, 404)
    kind = f"image/{look(content).format.lower()}"
    headers = {"Content-Type": kind, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(200, content, headers)


CONTROLS: dict[tuple[str, str], Callable[[World, Request], dict[str, Any]]] = {
    ("POST", "accounts"): _accounts,
    ("POST", "posts"): _plant,
    ("GET", "ledger"): _ledger,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("GET", "requests"): _requests,
    ("POST", "reset"): _reset,
}

SPELLINGS: dict[str, Callable[[int], str]] = {
    "x": x_media.snowflake,
    "facebook": facebook.spell,
    "instagram": instagram_publishing.spell,
}
