"""Owns X's media: uploads that wait a day for a post, and their alt texts."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from datetime import timedelta

from sandbox import x_errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.pictures import Look, NotAnImage, keep, look
from sandbox.records import Account, Picture, Upload, instant, moment, now
from sandbox.store import Store
from sandbox.world import World

LARGEST = 5 * 1024 * 1024
LONGEST_ALT = 1000
LIFETIME = timedelta(hours=24)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
CATEGORIES = ("tweet_image", "tweet_gif")


def upload(world: World, account: Account, request: Request, _: str) -> Response:
    if request.fields.get("media_category") not in CATEGORIES:
        category = request.fields.get("media_category", "")
        raise Refusal(x_errors.invalid("media_category", category, "Invalid media_category."))
    seen = _seen(_content(request))
    id = world.store.fresh_id(snowflake)
    picture = keep(world.store, seen, alt="", id=f"3_{id}")
    world.store.put(Upload(id, account.id, instant(), picture))
    return as_json({"data": _described(id, picture, seen.format)})


def describe(world: World, account: Account, request: Request, _: str) -> Response:
    body = request.json if isinstance(request.json, dict) else {}
    id = str(body.get("id", ""))
    try:
        text = str(body["metadata"]["alt_text"]["text"])
    except (KeyError, TypeError):
        raise Refusal(
            x_errors.invalid("metadata", "", "metadata.alt_text.text is required.")
        ) from None
    if len(text) > LONGEST_ALT:
        raise Refusal(x_errors.invalid("metadata.alt_text.text", text, "Alt text is too long."))
    with world.store.lock:
        found = usable(world.store, account, [id])[0]
        world.store.put(replace(found, picture=replace(found.picture, alt=text)))
    associated = {"alt_text": {"text": text}}
    return as_json({"data": {"id": id, "associated_metadata": associated}})


def usable(store: Store, account: Account, ids: list[str]) -> list[Upload]:
    """The account's own uploads by these ids, none older than a day, or a refusal."""
    found = [store.uploads.get(id) for id in ids]
    good = [each for each in found if each and _is_usable(each, account)]
    if len(good) < len(ids):
        value = ", ".join(ids)
        raise Refusal(x_errors.invalid("media.media_ids", value, "Your media IDs are invalid."))
    return good


def snowflake(serial: int) -> str:
    """Milliseconds since X's epoch and a few low bits: longer ago is smaller, as on X."""
    return str(((serial // 1000 - 1_288_834_974_657) << 22) | (serial % 1000) << 2)


def _is_usable(upload: Upload, account: Account) -> bool:
    return upload.account == account.id and moment(upload.at) > now() - LIFETIME


def _content(request: Request) -> bytes:
    if "media" in request.files:
        return request.files["media"]
    try:
        return base64.b64decode(request.fields.get("media", ""), validate=True)
    except binascii.Error:
        return b""


def _seen(content: bytes) -> Look:
    try:
        seen = look(content)
    except NotAnImage:
        raise Refusal(x_errors.invalid("media", "", "Media could not be read.")) from None
    if seen.format not in FORMATS:
        raise Refusal(x_errors.invalid("media", seen.format, "Unsupported media type."))
    if len(content) > LARGEST:
        raise Refusal(x_errors.problem(413, "Payload Too Large", "File size exceeds 5 MB."))
    return seen


def _described(id: str, picture: Picture, format: str) -> dict[str, object]:
    image = {"image_type": f"image/{format.lower()}", "w": picture.width, "h": picture.height}
    return {
        "id": id,
        "media_key": picture.id,
        "size": picture.size,
        "expires_after_secs": int(LIFETIME.total_seconds()),
        "image": image,
    }
