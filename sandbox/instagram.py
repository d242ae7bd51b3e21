"""Owns what Instagram shows: the profile, its media, and their end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.exchange import Request, Response, as_json
from sandbox.graph_fields import asked_for, pick, stamp
from sandbox.records import INSTAGRAM, Account, Post
from sandbox.world import World


def account_fields(world: World, account: Account, request: Request, id: str) -> Response:
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: account.id,
        "username": lambda: account.handle,
        "name": lambda: account.name,
        "media_count": lambda: sum(1 for _ in world.store.public.listed(INSTAGRAM, account.id)),
    }
    return as_json(pick(known, request, default="id", node="IGUser"))


def media_list(world: World, account: Account, request: Request, id: str) -> Response:
    shown = [
        pick(_fields(post, account), request, default="id", node="IGMedia")
        for post in asked_for(request, world.store.public.listed(INSTAGRAM, account.id))
    ]
    return as_json({"data": shown})


def show(world: World, account: Account, request: Request, id: str) -> Response:
    post = world.store.posts[id]
    return as_json(pick(_fields(post, account), request, default="id", node="IGMedia"))


def delete(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        world.store.put(replace(world.store.posts[id], deleted=True))
    return as_json({"success": True, "deleted_id": id})


def permalink(id: str) -> str:
    return f"https://www.instagram.com/p/{shortcode(id)}/"


def shortcode(id: str) -> str:
    """A media id in Instagram's base 64."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    rest, code = int(id), ""
    while rest:
        rest, place = divmod(rest, 64)
        code = alphabet[place] + code
    return code


def _fields(post: Post, account: Account) -> dict[str, Callable[[], Any]]:
    many = len(post.pictures) > 1
    children = {"data": [{"id": picture.id} for picture in post.pictures]}
    return {
        "id": lambda: post.id,
        "caption": lambda: post.text or None,
        "media_type": lambda: "CAROUSEL_ALBUM" if many else "IMAGE",
        "media_product_type": lambda: "FEED",
        "permalink": lambda: post.permalink,
        "shortcode": lambda: shortcode(post.id),
        "timestamp": lambda: stamp(post.created_at),
        "username": lambda: account.handle,
        "alt_text": lambda: None if many else post.pictures[0].alt or None,
        "children": lambda: children if many else None,
    }
