"""Owns who is calling X: OAuth 1.0a signatures checked for real, and Bearer tokens."""

from __future__ import annotations

import hmac

from oauthlib.common import Request as SignedRequest
from oauthlib.oauth1.rfc5849.signature import collect_parameters, verify_hmac_sha1

from sandbox.exchange import Request
from sandbox.records import Account, X
from sandbox.store import Store


def caller(store: Store, request: Request) -> Account | None:
    """The account that this request proves to speak for; neither age nor nonce is judged."""
    scheme, _, rest = request.authorization.partition(" ")
    if scheme.lower() == "bearer":
        return _with_secret(store, "access_token", rest.strip())
    if scheme.lower() == "oauth":
        return _signer(store, request)
    return None


def _signer(store: Store, request: Request) -> Account | None:
    try:
        headers = {"Authorization": request.authorization}
        given = dict(collect_parameters(headers=headers, exclude_oauth_signature=False))
        account = _with_secret(store, "access_token", given.get("oauth_token", ""))
        if account and _is_signed_by(account, given, request):
            return account
    except ValueError:
        return None
    return None


def _is_signed_by(account: Account, given: dict[str, str], request: Request) -> bool:
    secrets = account.secrets
    if given.get("oauth_consumer_key") != secrets.get("consumer_key"):
        return False
    keys = secrets.get("consumer_secret", ""), secrets.get("access_secret", "")
    return is_signed(request, given, keys)


def is_signed(request: Request, given: dict[str, str], keys: tuple[str, str]) -> bool:
    """Whether the request carries a signature made with these secrets, of the app and the token."""
    if given.get("oauth_signature_method") != "HMAC-SHA1":
        return False
    signed = SignedRequest(request.uri, http_method=request.method)
    signed.signature = given.get("oauth_signature", "")
    # Only form bodies are part of a signature; JSON and multipart are not.
    signed.params = collect_parameters(
        uri_query=request.raw_query,
        body=request.body.decode() if request.is_form else "",
        headers={"Authorization": request.authorization},
    )
    return bool(verify_hmac_sha1(signed, *keys))


def _with_secret(store: Store, name: str, value: str) -> Account | None:
    for account in list(store.accounts.values()):
        known = account.secrets.get(name, "") if account.platform == X else ""
        if known and hmac.compare_digest(known.encode(), value.encode()):
            return account
    return None
