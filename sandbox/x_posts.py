"""Owns X's posts: creating them under X's rules, showing, listing and deleting them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sandbox import x_errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.records import Account, Picture, Post, X, instant, moment, now
from sandbox.store import Store
from sandbox.world import World
from sandbox.x_media import snowflake, usable
from sandbox.x_text import LONGEST, as_returned, weighted_length

MOST_PICTURES = 4
# How long X remembers a text is not documented; a day is longer than any retry of ours.
DUPLICATE_WINDOW = timedelta(hours=24)


def create(world: World, account: Account, request: Request, _: str) -> Response:
    body = request.json if isinstance(request.json, dict) else {}
    text, media = str(body.get("text") or ""), body.get("media") or {}
    with world.store.lock:
        pictures = _pictures(world.store, account, [str(id) for id in media.get("media_ids", [])])
        _check_text(world, account, text, has_pictures=bool(pictures))
        post = world.going_public(_new(world.store, account, text, pictures), request)
        world.store.publish(post)
    return as_json({"data": _shown(post, ())}, 201)


def show(world: World, account: Account, request: Request, id: str) -> Response:
    post = world.store.posts.get(id)
    if not post or post.platform != X or not post.is_public:
        return x_errors.not_found("tweet", id, status=200)
    return as_json({"data": _shown(post, _wanted(request))})


def delete(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        post = world.store.posts.get(id)
        if not post or post.platform != X or not post.is_public:
            return x_errors.not_found("tweet", id, status=404)
        if post.account != account.id:
            raise Refusal(x_errors.not_permitted())
        world.store.put(replace(post, deleted=True))
    return as_json({"data": {"deleted": True}})


def me(world: World, account: Account, request: Request, _: str) -> Response:
    known = {"verified": False, "verified_type": "none", "protected": False}
    wanted = request.query.get("user.fields", "").split(",")
    extra = {name: value for name, value in known.items() if name in wanted}
    base = {"id": account.id, "name": account.name, "username": account.handle}
    return as_json({"data": base | extra})


def timeline(world: World, account: Account, request: Request, id: str) -> Response:
    if not world.store.account(X, id):
        return x_errors.not_found("user", id, status=200)
    count = _count(request)
    shown = (post for post in world.store.public.listed(X, id) if _is_asked_for(post, request))
    try:
        posts = list(islice(shown, count + 1))
    except ValueError:
        message = "since_id and start_time could not be read."
        raise Refusal(x_errors.invalid("since_id", request.raw_query, message)) from None
    page = posts[:count]
    meta: dict[str, Any] = {"result_count": len(page)}
    if not page:
        return as_json({"meta": meta})
    meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if len(posts) > count:
        meta["next_token"] = page[-1].id
    return as_json({"data": [_shown(post, _wanted(request)) for post in page], "meta": meta})


def permalink(account: Account, id: str) -> str:
    return f"https://x.com/{account.handle}/status/{id}"


def _pictures(store: Store, account: Account, ids: list[str]) -> tuple[Picture, ...]:
    if len(ids) > MOST_PICTURES:
        message = "You can attach at most 4 media."
        raise Refusal(x_errors.invalid("media.media_ids", ", ".join(ids), message))
    return tuple(upload.picture for upload in usable(store, account, ids))


def _check_text(world: World, account: Account, text: str, *, has_pictures: bool) -> None:
    if not text.strip() and not has_pictures:
        raise Refusal(x_errors.invalid("text", text, "You must supply text or media."))
    if weighted_length(text) > LONGEST:
        raise Refusal(x_errors.invalid("text", text, "Your Tweet text is too long."))
    if world.rules.x_duplicates and text.strip() and _is_remembered(world.store, account, text):
        raise Refusal(x_errors.duplicate())


def _is_remembered(store: Store, account: Account, text: str) -> bool:
    since = now() - DUPLICATE_WINDOW
    same = store.public.with_text(X, account.id, text)
    return any(post.is_public and post.accepted_at > since for post in same)


def _new(store: Store, account: Account, text: str, pictures: tuple[Picture, ...]) -> Post:
    id = store.fresh_id(snowflake)
    at, place = instant(), permalink(account, id)
    return Post(id, X, account.id, text, at, place, pictures)


def _wanted(request: Request) -> tuple[str, ...]:
    return tuple(request.query.get("tweet.fields", "").split(","))


def _is_asked_for(post: Post, request: Request) -> bool:
    query = request.query
    if "since_id" in query and int(post.id) <= int(query["since_id"]):
        return False
    if "pagination_token" in query and int(post.id) >= int(query["pagination_token"]):
        return False
    return "start_time" not in query or post.created_at >= moment(query["start_time"])


def _count(request: Request) -> int:
    given = request.query.get("max_results", "10")
    if not given.isdigit() or not 5 <= int(given) <= 100:
        message = f"The `max_results` query parameter value [{given}] is not between 5 and 100"
        raise Refusal(x_errors.invalid("max_results", given, message))
    return int(given)


def _shown(post: Post, wanted: tuple[str, ...]) -> dict[str, Any]:
    page = f"{post.permalink}/photo/1" if post.pictures else ""
    text, urls = as_returned(post.text, post.id, page)
    shown = {"id": post.id, "text": text, "edit_history_tweet_ids": [post.id]}
    extra: dict[str, Any] = {
        "author_id": post.account,
        "conversation_id": post.id,
        "created_at": post.created_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }
    if urls:
        extra["entities"] = {"urls": urls}
    if post.pictures:
        extra["attachments"] = {"media_keys": [picture.id for picture in post.pictures]}
    return shown | {name: value for name, value in extra.items() if name in wanted}
