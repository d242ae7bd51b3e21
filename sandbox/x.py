"""Owns X: which endpoint a request means, who asks, and the headers of every answer."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from sandbox import x_errors, x_login, x_media, x_posts
from sandbox.exchange import Refusal, Request, Response
from sandbox.records import Account
from sandbox.world import Call, Endpoint, World
from sandbox.x_signature import caller

HOSTS = ("api.twitter.com", "api.x.com")

# method, path, step, calls allowed in a window, endpoint
ROUTES: tuple[tuple[str, str, str, int, Endpoint], ...] = (
    ("POST", r"/2/tweets", "publish", 100, x_posts.create),
    ("GET", r"/2/tweets/(\d+)", "read", 900, x_posts.show),
    ("DELETE", r"/2/tweets/(\d+)", "delete", 50, x_posts.delete),
    ("GET", r"/2/users/me", "read", 75, x_posts.me),
    ("GET", r"/2/users/(\d+)/tweets", "read", 900, x_posts.timeline),
    ("POST", r"/2/media/upload", "media", 500, x_media.upload),
    ("POST", r"/2/media/metadata", "media", 500, x_media.describe),
)


def understand(world: World, request: Request) -> Call:
    """The call a request means; raises Refusal for strangers and unknown endpoints."""
    if request.path in ("/oauth/request_token", "/oauth/access_token"):
        return x_login.understand(world, request)
    for method, pattern, step, _, endpoint in ROUTES:
        match = re.fullmatch(pattern, request.path)
        if match and method == request.method:
            account = caller(world.store, request)
            if not account:
                raise Refusal(x_errors.unauthorized())
            target = match.group(1) if match.groups() else ""
            return Call(
                account, step, request.path, partial(endpoint, world, account, request, target)
            )
    raise Refusal(x_errors.no_such_endpoint(request.path))


def finish(world: World, request: Request, response: Response, account: Account | None) -> Response:
    """The answer with the rate headers that every answer of X carries."""
    for method, pattern, _, limit, _ in ROUTES:
        if method == request.method and re.fullmatch(pattern, request.path):
            caller_id = account.id if account else ""
            rates = world.x_rates.headers(caller_id, pattern, limit)
            headers = rates | {"x-access-level": world.rules.x_access} | response.headers
            return replace(response, headers=headers)
    return response
