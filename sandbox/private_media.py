"""Owns the posts of Instagram's app interface: uploads, the two configures, lists, their end.

They stand on the same wall as those of the official interface. A second configure of the same
upload makes a second post: whoever repeats it without being asked is found out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sandbox import private_errors as errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.instagram import permalink, shortcode
from sandbox.instagram_publishing import LARGEST, LONGEST_CAPTION
from sandbox.pictures import NotAnImage, keep, look
from sandbox.records import INSTAGRAM, Account, Picture, Post, Upload, instant
from sandbox.store import Store
from sandbox.world import World

PAGE = 12
ALBUM = range(2, 11)


def upload_photo(world: World, account: Account, request: Request, id: str) -> Response:
    """Keep the bytes under the upload's number; the same number may come again."""
    try:
        number = str(json.loads(request.headers.get("X-Instagram-Rupload-Params", ""))["upload_id"])
        seen = look(request.body)
    except (ValueError, KeyError, TypeError, NotAnImage):
        raise Refusal(errors.fail("Invalid upload")) from None
    if seen.format != "JPEG" or len(seen.content) > LARGEST:
        raise Refusal(errors.fail("Invalid image"))
    picture = keep(world.store, seen, alt="", id=number)
    world.store.put(Upload(_key(account, number), account.id, instant(), picture))
    return as_json({"upload_id": number, "xsharing_nonces": {}, "status": "ok"})


def configure(world: World, account: Account, request: Request, id: str) -> Response:
    said = signed(request)
    number = str(said.get("upload_id", ""))
    alt = str(said.get("custom_accessibility_caption", ""))
    return _published(world, account, request, said, [(number, alt)])


def configure_sidecar(world: World, account: Account, request: Request, id: str) -> Response:
    said = signed(request)
    children = said.get("children_metadata") or []
    if len(children) not in ALBUM:
        raise Refusal(errors.fail("Invalid number of children"))
    pairs = [
        (str(child.get("upload_id", "")), str(child.get("custom_accessibility_caption", "")))
        for child in children
    ]
    return _published(world, account, request, said, pairs)


def feed(world: World, account: Account, request: Request, id: str) -> Response:
    """A page of the account's posts, newest first; `max_id` is the last one of the page before."""
    if id != account.id:
        raise Refusal(errors.fail("Not authorized to view user"))
    posts = list(world.store.public.listed(INSTAGRAM, account.id))
    cursor = request.query.get("max_id", "")
    start = next((n + 1 for n, post in enumerate(posts) if post.id == cursor), 0)
    count = min(int(request.query.get("count") or PAGE), 33)
    shown = posts[start : start + count]
    more = start + count < len(posts)
    body: dict[str, Any] = {
        "items": [media(post, account) for post in shown],
        "num_results": len(shown),
        "more_available": more,
        "user": person(account),
        "status": "ok",
    }
    return as_json(body | ({"next_max_id": shown[-1].id} if more else {}))


def show(world: World, account: Account, request: Request, id: str) -> Response:
    post = _own(world.store, account, id)
    return as_json({"items": [media(post, account)], "num_results": 1, "status": "ok"})


def delete(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        world.store.put(replace(_own(world.store, account, id), deleted=True))
    return as_json({"did_delete": True, "status": "ok"})


def signed(request: Request) -> dict[str, Any]:
    """The JSON in `signed_body=SIGNATURE.{…}`."""
    try:
        said = json.loads(request.fields["signed_body"].partition(".")[2])
    except (KeyError, ValueError):
        said = None
    if not isinstance(said, dict):
        raise Refusal(errors.fail("Invalid signed body"))
    return said


def person(account: Account) -> dict[str, Any]:
    return {
        "pk": int(account.id),
        "pk_id": account.id,
        "id": account.id,
        "fbid_v2": account.id,  # here one number serves both interfaces
        "username": account.handle,
        "full_name": account.name,
        "is_private": account.secrets.get("is_private") == "1",
        "is_verified": False,
        "profile_pic_url": "https://www.instagram.com/p.jpg",
    }


def media(post: Post, account: Account) -> dict[str, Any]:
    """A post as the app sees it."""
    taken = int(post.created_at.timestamp())
    many = len(post.pictures) > 1
    shown: dict[str, Any] = {
        "pk": int(post.id),
        "id": f"{post.id}_{account.id}",
        "code": shortcode(post.id),
        "taken_at": taken,
        "media_type": 8 if many else 1,
        "user": person(account),
        "like_count": 0,
        "comment_count": 0,
        "caption": {"pk": 1, "text": post.text, "created_at": taken} if post.text else None,
    }
    if many:
        children = [_child(post, account, n) for n in range(len(post.pictures))]
        return shown | {"carousel_media": children}
    return shown | {"image_versions2": _versions(post.pictures[:1])}


def spell(serial: int) -> str:
    """A serial as the app interface's nineteen digits; the official one has its own for a post."""
    return f"3{serial:018d}"


def _published(
    world: World,
    account: Account,
    request: Request,
    said: dict[str, Any],
    uploads: list[tuple[str, str]],
) -> Response:
    caption = str(said.get("caption", ""))
    if len(caption) > LONGEST_CAPTION:
        raise Refusal(errors.fail("Caption is too long"))
    with world.store.lock:
        pictures = tuple(_picture(world.store, account, *each) for each in uploads)
        id = world.store.fresh_id(spell)
        post = Post(id, INSTAGRAM, account.id, caption, instant(), permalink(id), pictures)
        public = world.store.publish(world.going_public(post, request))
    body = {"media": media(public, account), "upload_id": said.get("upload_id"), "status": "ok"}
    return as_json(body)


def _picture(store: Store, account: Account, number: str, alt: str) -> Picture:
    upload = store.uploads.get(_key(account, number))
    if not upload:
        raise Refusal(errors.needs_reupload(number))
    return replace(upload.picture, alt=alt)


def _own(store: Store, account: Account, id: str) -> Post:
    post = store.posts.get(id.partition("_")[0])
    if not post or not post.is_public or (post.platform, post.account) != (INSTAGRAM, account.id):
        raise Refusal(errors.no_media())
    return post


def _child(post: Post, account: Account, place: int) -> dict[str, Any]:
    number = int(post.id) + place + 1
    versions = _versions(post.pictures[place : place + 1])
    return {
        "pk": str(number),
        "id": f"{number}_{account.id}",
        "media_type": 1,
        "image_versions2": versions,
    }


def _versions(pictures: tuple[Picture, ...]) -> dict[str, Any]:
    return {
        "candidates": [
            {
                "width": each.width,
                "height": each.height,
                "url": f"https://www.instagram.com/{each.sha256}.jpg",
            }
            for each in pictures
        ]
    }


def _key(account: Account, number: str) -> str:
    return f"ig-{account.id}-{number}"
