"""Owns i.instagram.com and its neighbours: whose session it is, which address, and who does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from sandbox import private_errors as errors
from sandbox import private_login as login
from sandbox import private_media as media
from sandbox.exchange import Refusal, Request, Response, as_json
from sandbox.fault_kinds import PRIVATE
from sandbox.records import INSTAGRAM, Account
from sandbox.store import Store
from sandbox.world import Call, Endpoint, World

HOSTS = ("i.instagram.com", "b.i.instagram.com", "www.instagram.com")
NOBODY = Account(INSTAGRAM, "", "", "")  # before anybody signed in
BLOKS = "/api/v1/bloks"
ASYNC = f"{BLOKS}/async_action"

# Addresses that an app asks before it says who it is.
OPEN: dict[tuple[str, str], Callable[[World, Request], Response]] = {
    ("POST", "/graphql_www"): login.register_device,
    (
        "POST",
        f"{ASYNC}/com.bloks.www.bloks.caa.login.process_client_data_and_redirect/",
    ): login.open_home,
    ("POST", "/api/v1/attestation/create_android_keystore/"): login.keystore,
    ("POST", f"{ASYNC}/com.bloks.www.caa.login.oauth.token.fetch.async/"): login.fine,
    ("GET", "/api/v1/qe/sync/"): login.password_key,
    ("POST", f"{BLOKS}/apps/com.bloks.www.two_step_verification.entrypoint/"): login.fine,
    ("POST", f"{BLOKS}/apps/com.bloks.www.two_step_verification.method_picker/"): login.fine,
    (
        "POST",
        f"{ASYNC}/com.bloks.www.two_step_verification.method_picker.navigation.async/",
    ): login.fine,
}
# Addresses at which it says so: who that is, and what comes of it.
ENTRANCES: dict[
    str,
    tuple[Callable[[Store, Request], Account], Callable[[World, Account, Request], Response]],
] = {
    f"{ASYNC}/com.bloks.www.bloks.caa.login.async.send_login_request/": (
        login.named,
        login.sign_in,
    ),
    f"{ASYNC}/com.bloks.www.two_step_verification.verify_code.async/": (
        login.waiting,
        login.enter_code,
    ),
}


def _profile(world: World, account: Account, request: Request, id: str) -> Response:
    own = {"email": "", "phone_number": "", "biography": "", "is_business": True, "birthday": None}
    return as_json({"user": media.person(account) | own, "status": "ok"})


def _nothing_new(world: World, account: Account, request: Request, id: str) -> Response:
    return as_json({"tray": [], "feed_items": [], "num_results": 0, "status": "ok"})


# Addresses that want a session: (method, pattern) -> the step it takes, and who does it
EDGES: tuple[tuple[str, str, str, Endpoint], ...] = (
    ("POST", r"/rupload_igphoto/([\w-]+)", "media", media.upload_photo),
    ("POST", r"/api/v1/media/(configure)/", "publish", media.configure),
    ("POST", r"/api/v1/media/(configure_sidecar)/", "publish", media.configure_sidecar),
    ("GET", r"/api/v1/feed/user/(\d+)/", "read", media.feed),
    ("GET", r"/api/v1/media/([\d_]+)/info/", "read", media.show),
    ("POST", r"/api/v1/media/([\d_]+)/delete/", "delete", media.delete),
    ("GET", r"/api/v1/accounts/(current_user)/", "read", _profile),
    ("POST", r"/api/v1/feed/(reels_tray)/", "read", _nothing_new),
    ("POST", r"/api/v1/feed/(timeline)/", "read", _nothing_new),
)


def understand(world: World, request: Request) -> Call:
    """The call a request means; raises Refusal without a session, and for unknown addresses."""
    if answer := OPEN.get((request.method, request.path)):
        act = partial(answer, world, request)
        return Call(NOBODY, "sign_in", request.path, act, played_as=PRIVATE)
    if request.method == "POST" and request.path in ENTRANCES:
        whose, enter = ENTRANCES[request.path]
        account = whose(world.store, request)
        act = partial(enter, world, account, request)
        return Call(account, "sign_in", request.path, act, played_as=PRIVATE)
    for method, pattern, step, endpoint in EDGES:
        if method == request.method and (match := re.fullmatch(pattern, request.path)):
            account = login.holder(world.store, request)
            act = partial(endpoint, world, account, request, match.group(1))
            return Call(account, step, request.path, act, played_as=PRIVATE)
    raise Refusal(errors.no_endpoint())


def finish(world: World, request: Request, response: Response, account: Account | None) -> Response:
    return response
