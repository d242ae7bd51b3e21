"""Owns Facebook pages: posts as drafts and in public, their lists and their end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox import graph_errors, graph_tokens
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.graph_fields import asked_for, attached_media, boolean, pick, stamp
from sandbox.records import FACEBOOK, Account, Photo, Picture, Post, instant
from sandbox.store import Store
from sandbox.world import World

LONGEST = 63_206


def publishing_step(request: Request) -> str:
    return "publish" if boolean(request, "published", default=True) else "media"


def page(world: World, account: Account, request: Request, id: str) -> Response:
    return as_json(page_fields(world, account, request))


def page_fields(world: World, account: Account, request: Request) -> dict[str, Any]:
    """The fields of a page that were asked for."""
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: account.id,
        "name": lambda: account.name,
        "username": lambda: account.handle,
        "link": lambda: f"https://www.facebook.com/{account.id}",
        "access_token": lambda: account.secrets.get("token"),
        "tasks": lambda: ["CREATE_CONTENT", "MODERATE", "MANAGE"],
        "instagram_business_account": lambda: _linked_profile(world.store, account),
    }
    return pick(known, request, default="id,name", node="Page")


def create_post(world: World, account: Account, request: Request, id: str) -> Response:
    is_public = boolean(request, "published", default=True)
    message, link = request.fields.get("message", ""), request.fields.get("link", "")
    with world.store.lock:
        photos = _photos(world.store, account, attached_media(request))
        if not message.strip() and not link and not photos:
            text = "Your post is empty. Please write a message or attach something."
            raise Refusal(graph_errors.invalid("Missing message or attachment", 1349125, says=text))
        pictures = tuple(photo.picture for photo in photos)
        post = draft(world, account, message, pictures, link)
        _place(world, request, post, photos) if is_public else world.store.put(post)
    return as_json({"id": post.id})


def publish(world: World, account: Account, request: Request, id: str) -> Response:
    """Make a draft public. Asked again it says yes again, and nothing more happens."""
    if not boolean(request, "is_published", default=False):
        raise Refusal(graph_errors.invalid("Only is_published=true is played by the sandbox"))
    with world.store.lock:
        post = world.store.posts[id]
        if not post.is_public:
            photos = _photos(world.store, account, [picture.id for picture in post.pictures])
            _place(world, request, post, photos)
    return as_json({"success": True})


def show(world: World, account: Account, request: Request, id: str) -> Response:
    post = world.store.posts[id]
    return as_json(pick(_fields(post), request, default="created_time,message,id", node="PagePost"))


def published_posts(world: World, account: Account, request: Request, id: str) -> Response:
    default = "created_time,message,id"
    shown = [
        pick(_fields(post), request, default=default, node="PagePost")
        for post in asked_for(request, world.store.public.listed(FACEBOOK, account.id))
    ]
    return as_json({"data": shown})


def delete(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        world.store.put(replace(world.store.posts[id], deleted=True))
    return as_json({"success": True})


def draft(
    world: World, account: Account, text: str, pictures: tuple[Picture, ...], link: str = ""
) -> Post:
    """A post of the page that nobody sees yet."""
    if len(text) > LONGEST:
        raise Refusal(graph_errors.invalid("Param message is too long"))
    short = world.store.fresh_id(spell)
    return Post(
        id=f"{account.id}_{short}",
        platform=FACEBOOK,
        account=account.id,
        text=text,
        at=instant(),
        permalink=permalink(account, short),
        pictures=pictures,
        link=link,
    )


def spell(serial: int) -> str:
    """A serial as Meta's eighteen digits."""
    return f"12{serial:016d}"


def permalink(account: Account, id: str) -> str:
    return f"https://www.facebook.com/{account.id}/posts/{id.rpartition('_')[2]}"


def _place(world: World, request: Request, post: Post, photos: list[Photo]) -> None:
    used = [replace(photo, post=post.id) for photo in photos]
    world.store.publish(world.going_public(post, request), *used)


def _photos(store: Store, account: Account, ids: list[str]) -> list[Photo]:
    """The page's own photos that no public post shows yet, or a refusal."""
    found = []
    for place, id in enumerate(ids):
        photo = store.photos.get(id)
        if not photo or photo.account != account.id:
            text = f"Param attached_media[{place}][media_fbid] must be a valid photo ID"
            raise Refusal(graph_errors.invalid(text))
        if photo.post:
            text = "These photos were already posted."
            raise Refusal(graph_errors.invalid(text, 1366051, "Already Posted"))
        found.append(photo)
    return found


def _linked_profile(store: Store, page: Account) -> dict[str, str] | None:
    profile = graph_tokens.linked(store, page)
    if profile is None:
        return None
    return {"id": profile.id, "username": profile.handle}


def _fields(post: Post) -> dict[str, Callable[[], Any]]:
    return {
        "id": lambda: post.id,
        "message": lambda: post.text or None,
        "created_time": lambda: stamp(post.created_at),
        "permalink_url": lambda: post.permalink,
        "is_published": lambda: post.sequence > 0,
        "from": lambda: {"id": post.account},
        "attachments": lambda: _attachments(post),
    }


def _attachments(post: Post) -> dict[str, Any] | None:
    targets = [{"media_type": "photo", "target": {"id": each.id}} for each in post.pictures]
    if not targets:
        return None
    if len(targets) == 1:
        return {"data": targets}
    return {"data": [{"media_type": "album", "subattachments": {"data": targets}}]}
