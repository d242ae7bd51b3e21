"""Owns graph.facebook.com: whose token it is, which node and edge, and every answer's headers."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sandbox import (
    facebook,
    facebook_photos,
    graph_errors,
    graph_login,
    graph_tokens,
    instagram,
)
from sandbox import instagram_publishing as publishing
from sandbox.exchange import Refusal, Request, Response
from sandbox.records import FACEBOOK, INSTAGRAM, Account
from sandbox.store import Store
from sandbox.world import Call, Endpoint, World

HOSTS = ("graph.facebook.com",)
DEFAULT_VERSION = "v25.0"

Step = str | Callable[[Request], str]

# (kind of node, method, edge) -> the step it takes, and who does it
EDGES: dict[tuple[str, str, str], tuple[Step, Endpoint]] = {
    ("page", "GET", ""): ("read", facebook.page),
    ("page", "POST", "feed"): (facebook.publishing_step, facebook.create_post),
    ("page", "POST", "photos"): (facebook.publishing_step, facebook_photos.create),
    ("page", "GET", "published_posts"): ("read", facebook.published_posts),
    ("post", "GET", ""): ("read", facebook.show),
    ("post", "POST", ""): ("publish", facebook.publish),
    ("post", "DELETE", ""): ("delete", facebook.delete),
    ("photo", "GET", ""): ("read", facebook_photos.show),
    ("ig", "GET", ""): ("read", instagram.account_fields),
    ("ig", "POST", "media"): ("container", publishing.create_container),
    ("ig", "GET", "media"): ("read", instagram.media_list),
    ("ig", "POST", "media_publish"): ("publish", publishing.publish),
    ("ig", "GET", "content_publishing_limit"): ("read", publishing.limit),
    ("container", "GET", ""): ("poll", publishing.status),
    ("media", "GET", ""): ("read", instagram.show),
    ("media", "DELETE", ""): ("delete", instagram.delete),
}


def understand(world: World, request: Request) -> Call:
    """The call a request means; raises Refusal for bad tokens and missing objects."""
    path = re.sub(r"^/v\d+\.\d+(?=/|$)", "", request.path).strip("/")
    id, _, edge = path.partition("/")
    if id == "debug_token":
        return graph_tokens.debug_call(world, request)
    if (id, edge) == ("oauth", "access_token"):
        return graph_login.exchange_call(world, request)
    token = _token(request)
    if person := world.logins.people.get(token):
        return graph_login.person_call(world, request, person, id, edge)
    known = [a for a in graph_tokens.holders(world.store, token) if _is_proven(a, token, request)]
    if id == "me":
        id = known[0].id
    kind, owner = _node(world.store, id)
    account = next((each for each in known if each == owner), None)
    if not account or (kind, request.method, edge) not in EDGES:
        raise Refusal(_refusal(kind, edge, id, request))
    step, endpoint = EDGES[kind, request.method, edge]
    taken = step if isinstance(step, str) else step(request)
    return Call(account, taken, request.path, partial(endpoint, world, account, request, id))


def finish(world: World, request: Request, response: Response, account: Account | None) -> Response:
    version = re.match(r"/(v\d+\.\d+)(?:/|$)", request.path)
    headers = {
        "facebook-api-version": version.group(1) if version else DEFAULT_VERSION,
        "x-fb-request-id": hashlib.sha256(request.path.encode()).hexdigest()[:22],
        "X-App-Usage": graph_errors.app_usage(1),
    }
    if account:
        headers["X-Business-Use-Case-Usage"] = graph_errors.business_usage(account, percent=1)
    return replace(response, headers=headers | response.headers)


def _token(request: Request) -> str:
    scheme, _, bearer = request.authorization.partition(" ")
    given = bearer.strip() if scheme.lower() in ("bearer", "oauth") else ""
    token = given or request.fields.get("access_token", "")
    if not token:
        raise Refusal(graph_errors.no_token())
    return token


def _is_proven(account: Account, token: str, request: Request) -> bool:
    """Whether the proof of the app secret, where one is demanded, is right; raises if not."""
    secret = account.secrets.get("app_secret", "")
    if not secret:
        return True
    given = request.fields.get("appsecret_proof", "")
    wanted = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Refusal(graph_errors.proof_refused(given))
    return True


def _node(store: Store, id: str) -> tuple[str, Account | None]:
    """What kind of object an id names, and whose it is."""
    if page := store.account(FACEBOOK, id):
        return "page", page
    if profile := store.account(INSTAGRAM, id):
        return "ig", profile
    if photo := store.photos.get(id):
        return "photo", store.account(FACEBOOK, photo.account)
    if container := store.containers.get(id):
        return "container", store.account(INSTAGRAM, container.account)
    post = store.posts.get(id)
    if post and not post.deleted:
        kind = "post" if post.platform == FACEBOOK else "media"
        return kind, store.account(post.platform, post.account)
    return "", None


def _refusal(kind: str, edge: str, id: str, request: Request) -> Response:
    known_edge = (kind, request.method, edge) in EDGES
    if kind in ("page", "ig") and known_edge:
        return graph_errors.not_yours()
    if kind and not known_edge:
        text = f"Unknown path components: /{edge}" if edge else "Unsupported operation"
        return graph_errors.error(2500, text)
    return graph_errors.missing(id, request.method)
