"""Owns photos of Facebook pages: alone in public, or waiting unseen for a post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox import graph_errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.facebook import draft, spell
from sandbox.graph_fields import boolean, pick, stamp
from sandbox.pictures import CannotFetch, Look, NotAnImage, fetch, keep, look
from sandbox.records import Account, Photo, instant, moment
from sandbox.world import World

LARGEST = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF")


def create(world: World, account: Account, request: Request, id: str) -> Response:
    is_public = boolean(request, "published", default=True)
    photo = _received(world, account, request)
    if not is_public:
        world.store.put(photo)
        return as_json({"id": photo.id})
    with world.store.lock:
        post = draft(world, account, photo.caption, (photo.picture,))
        world.store.publish(world.going_public(post, request), replace(photo, post=post.id))
    return as_json({"id": photo.id, "post_id": post.id})


def show(world: World, account: Account, request: Request, id: str) -> Response:
    photo = world.store.photos[id]
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: photo.id,
        "name": lambda: photo.caption or None,
        "created_time": lambda: stamp(moment(photo.at)),
        "width": lambda: photo.picture.width,
        "height": lambda: photo.picture.height,
        "alt_text_custom": lambda: photo.picture.alt or None,
        "page_story_id": lambda: photo.post or None,
        "link": lambda: f"https://www.facebook.com/photo/?fbid={photo.id}",
    }
    return as_json(pick(known, request, default="created_time,name,id", node="Photo"))


def _received(world: World, account: Account, request: Request) -> Photo:
    seen = _seen(request)
    id = world.store.fresh_id(spell)
    picture = keep(world.store, seen, alt=request.fields.get("alt_text_custom", ""), id=id)
    caption = request.fields.get("message") or request.fields.get("caption", "")
    return Photo(id, account.id, instant(), picture, caption)


def _seen(request: Request) -> Look:
    content = request.files.get("source")
    if content is None and "url" not in request.fields:
        raise Refusal(graph_errors.error(324, "(#324) Requires upload file", status=400))
    try:
        seen = look(fetch(request.fields["url"]) if content is None else content)
    except (CannotFetch, NotAnImage):
        text = "(#324) Missing or invalid image file"
        raise Refusal(
            graph_errors.error(324, text, subcode=2069019, title="Invalid file")
        ) from None
    if seen.format not in FORMATS:
        text = "(#324) Missing or invalid image file"
        raise Refusal(graph_errors.error(324, text, subcode=2069019, title="Invalid file"))
    if len(seen.content) > LARGEST:
        text = "Your photos couldn't be uploaded. Photos should be less than 10 MB."
        raise Refusal(graph_errors.invalid(text, 1366046, "Can't Read Files"))
    return seen
