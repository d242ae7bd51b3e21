"""Owns the controls over what stands on the platforms: accounts, planted posts, the ledger."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox import facebook, instagram, instagram_publishing, x_media, x_posts
from sandbox.exchange import BadWish, Request
from sandbox.pictures import keep, look
from sandbox.records import FACEBOOK, PLATFORMS, Account, Post, X, moment
from sandbox.store import Store
from sandbox.world import World


def put_accounts(world: World, request: Request) -> dict[str, Any]:
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


def plant(world: World, request: Request) -> dict[str, Any]:
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


def delete(world: World, id: str) -> dict[str, Any]:
    """End a public post as the platform itself would: nobody of ours asked for it."""
    with world.store.lock:
        post = world.store.posts.get(id)
        if not post or not post.is_public:
            raise BadWish(f"there is no public post {id}")
        world.store.put(replace(post, deleted=True))
    return {"ok": True}


def ledger(world: World, request: Request) -> dict[str, Any]:
    after = request.query.get("after", "0")
    if not after.isdecimal():
        raise BadWish(f"after={after} is not a number of the ledger")
    planted = request.query.get("planted") == "1"
    posts = world.store.public.accepted(after=int(after), planted=planted)
    return {"posts": [_entry(world.store, n, post) for n, post in posts]}


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
        "asked_at": post.asked_at,
        "at": post.at,
        "permalink": post.permalink,
        "planted": post.planted,
        "deleted": post.deleted,
        "images": [picture.public() for picture in post.pictures],
    }


SPELLINGS: dict[str, Callable[[int], str]] = {
    "x": x_media.snowflake,
    "facebook": facebook.spell,
    "instagram": instagram_publishing.spell,
}
