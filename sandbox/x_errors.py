"""Owns X's refusals in its own shape and words."""

from __future__ import annotations

from sandbox.exchange import Response, as_json
from sandbox.records import Account

PROBLEMS = "https://api.twitter.com/2/problems"


def problem(
    status: int, title: str, detail: str, kind: str = "about:blank", **headers: str
) -> Response:
    body = {"title": title, "detail": detail, "type": kind, "status": status}
    return as_json(body, status, **headers)


def unauthorized() -> Response:
    return problem(401, "Unauthorized", "Unauthorized")


def bad_token(code: int = 89, text: str = "Invalid or expired token.") -> Response:
    """As the sign-in says it, in the words of API 1.1."""
    return as_json({"errors": [{"code": code, "message": text}]}, 401)


def callback_refused() -> Response:
    text = "Callback URL not approved for this client application."
    return as_json({"errors": [{"code": 415, "message": text}]}, 403)


def duplicate() -> Response:
    text = "You are not allowed to create a Tweet with duplicate content."
    return problem(403, "Forbidden", text)


def not_permitted() -> Response:
    return problem(403, "Forbidden", "You are not permitted to perform this action.")


def unsupported_authentication() -> Response:
    text = "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint."
    kind = f"{PROBLEMS}/unsupported-authentication"
    body = {"title": "Unsupported Authentication", "detail": text, "type": kind, "status": 403}
    return as_json(body | {"errors": [{"message": text}]}, 403)


def suspended() -> Response:
    """X still words this one as its API 1.1 did."""
    text = "Your account is suspended and is not permitted to access this feature."
    return as_json({"errors": [{"code": 64, "message": text}]}, 403)


def usage_capped(account: Account) -> Response:
    body = {
        "account_id": account.id,
        "period": "Monthly",
        "scope": "Product",
        "title": "UsageCapExceeded",
        "detail": "Usage cap exceeded: Monthly product cap",
        "type": f"{PROBLEMS}/usage-capped",
    }
    return as_json(body, 429)


def credits_depleted(account: Account) -> Response:
    body = {
        "account_id": account.id,
        "title": "CreditsDepleted",
        "detail": "Your enrolled account does not have any credits to fulfill this request.",
        "type": f"{PROBLEMS}/credits",
    }
    return as_json(body, 402)


def invalid(parameter: str, value: str, message: str) -> Response:
    body = {
        "errors": [{"parameters": {parameter: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": message,
        "type": f"{PROBLEMS}/invalid-request",
    }
    return as_json(body, 400)


def not_found(resource: str, id: str, *, status: int) -> Response:
    """X answers a look-up of something missing with 200 and this list."""
    missing = {
        "value": id,
        "detail": f"Could not find {resource} with id: [{id}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": "id",
        "resource_id": id,
        "type": f"{PROBLEMS}/resource-not-found",
    }
    return as_json({"errors": [missing]}, status)


def no_such_endpoint(path: str) -> Response:
    return problem(404, "Not Found", f"No endpoint for {path} in the sandbox")
