"""Owns Instagram's publishing: containers that fetch, wait and fail, and the one publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sandbox import instagram_errors as errors
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.graph_fields import boolean, pick
from sandbox.instagram import permalink
from sandbox.pictures import CannotFetch, Look, NotAnImage, fetch, keep, look
from sandbox.records import INSTAGRAM, Account, Container, Picture, Post, instant, moment, now
from sandbox.store import Store
from sandbox.world import World

LONGEST_CAPTION, MOST_HASHTAGS, LONGEST_ALT = 2200, 30, 1000
LARGEST = 8 * 1024 * 1024
NARROWEST, WIDEST = 4 / 5, 1.91
ROUNDING = 0.01  # whole pixels cannot meet a ratio exactly
CAROUSEL = range(2, 11)
LIFETIME = timedelta(hours=24)


def create_container(world: World, account: Account, request: Request, id: str) -> Response:
    caption = request.fields.get("caption", "")
    if len(caption) > LONGEST_CAPTION or caption.count("#") > MOST_HASHTAGS:
        raise Refusal(errors.caption_too_long())
    is_child = boolean(request, "is_carousel_item", default=False)
    kind = request.fields.get("media_type", "IMAGE")
    if kind not in ("IMAGE", "CAROUSEL"):
        raise Refusal(errors.unknown_media_type(kind))
    own_id = world.store.fresh_id(spell)
    if kind == "CAROUSEL":
        pictures = _children(world.store, account, request)
    else:
        pictures = (_fetched(world.store, request, own_id),)
    made = Container(own_id, account.id, instant(), caption, pictures, is_child)
    world.store.put(_under_faults(world, account, made))
    return as_json({"id": own_id})


def status(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        container = world.store.containers[id]
        code = state(container)
        if container.polls:
            world.store.put(replace(container, polls=container.polls - 1))
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: id,
        "status_code": lambda: code,
        "status": lambda: _sentence(container, code),
    }
    return as_json(pick(known, request, default="id", node="IGContainer"))


def publish(world: World, account: Account, request: Request, id: str) -> Response:
    with world.store.lock:
        container = _publishable(world.store, account, request.fields.get("creation_id", ""))
        if _used(world.store, account) >= world.rules.quota_total:
            raise Refusal(errors.quota_reached())
        post = world.going_public(_post(world.store, account, container), request)
        world.store.publish(post, replace(container, media=post.id))
    return as_json({"id": post.id})


def limit(world: World, account: Account, request: Request, id: str) -> Response:
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: None,
        "quota_usage": lambda: _used(world.store, account),
        "config": lambda: {"quota_total": world.rules.quota_total, "quota_duration": 86400},
    }
    return as_json({"data": [pick(known, request, default="quota_usage", node="IGLimit")]})


def state(container: Container) -> str:
    if container.media:
        return "PUBLISHED"
    if moment(container.at) < now() - LIFETIME:
        return "EXPIRED"
    if container.polls:
        return "IN_PROGRESS"
    return "ERROR" if container.failure else "FINISHED"


def spell(serial: int) -> str:
    """A serial as Instagram's eighteen digits."""
    return f"18{serial:016d}"


def _fetched(store: Store, request: Request, id: str) -> Picture:
    alt = request.fields.get("alt_text", "")
    if len(alt) > LONGEST_ALT:
        raise Refusal(errors.alt_text_too_long())
    if "image_url" not in request.fields:
        raise Refusal(errors.no_image_url())
    try:
        content = fetch(request.fields["image_url"])
    except CannotFetch:
        raise Refusal(errors.not_fetchable()) from None
    try:
        seen = look(content)
    except NotAnImage:
        raise Refusal(errors.not_fetchable()) from None
    _check(seen)
    return keep(store, seen, alt=alt, id=id)


def _check(seen: Look) -> None:
    if seen.format != "JPEG":
        raise Refusal(errors.wrong_format(seen.format))
    if len(seen.content) > LARGEST:
        raise Refusal(errors.too_large())
    if not NARROWEST - ROUNDING <= seen.ratio <= WIDEST + ROUNDING:
        raise Refusal(errors.wrong_ratio())


def _children(store: Store, account: Account, request: Request) -> tuple[Picture, ...]:
    listed = request.fields.get("children", "").strip("[]")
    ids = [id.strip(" \"'") for id in listed.split(",") if id.strip()]
    if len(ids) not in CAROUSEL:
        raise Refusal(errors.wrong_number_of_children())
    with store.lock:
        found = [store.containers.get(id) for id in ids]
    good = [each for each in found if each and each.is_child and each.account == account.id]
    if len(good) < len(ids) or any(state(each) != "FINISHED" for each in good):
        raise Refusal(errors.children_not_ready())
    return tuple(each.pictures[0] for each in good)


def _under_faults(world: World, account: Account, made: Container) -> Container:
    if slow := world.faults.effect("container_slow", INSTAGRAM, account.id):
        made = replace(made, polls=slow.polls)
    if broken := world.faults.effect("container_error", INSTAGRAM, account.id):
        made = replace(made, failure=str(broken.subcode or 2207053))
    if world.faults.effect("container_expired", INSTAGRAM, account.id):
        made = replace(made, at=(now() - LIFETIME).isoformat())
    return made


def _publishable(store: Store, account: Account, id: str) -> Container:
    container = store.containers.get(id)
    if not container or container.account != account.id or container.is_child:
        raise Refusal(errors.no_such_container())
    code = state(container)
    if code == "IN_PROGRESS":
        raise Refusal(errors.not_ready())
    if code == "EXPIRED":
        raise Refusal(errors.expired())
    if code != "FINISHED":
        raise Refusal(errors.no_such_container())
    return container


def _post(store: Store, account: Account, container: Container) -> Post:
    id = store.fresh_id(spell)
    text, pictures = container.caption, container.pictures
    return Post(id, INSTAGRAM, account.id, text, instant(), permalink(id), pictures)


def _used(store: Store, account: Account) -> int:
    return store.public.sent_since(INSTAGRAM, account.id, now() - LIFETIME)


def _sentence(container: Container, code: str) -> str:
    sentences = {
        "PUBLISHED": "Published: Media has been published.",
        "EXPIRED": "Expired: The container was not published within 24 hours.",
        "IN_PROGRESS": "In Progress: Media is still being processed.",
        "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
        "ERROR": f"Error: Media upload has failed with error code {container.failure}",
    }
    return sentences[code]
