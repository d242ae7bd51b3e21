"""Seals what must not be read: platform credentials, under keys that have names and can be rotated.

A sealed value is `<key id>:<Fernet token>`. `settings.VAULT_KEYS` lists `id:key`, newest first;
new values are sealed with the first, old ones opened with the one they name.
"""

import json
from collections.abc import Mapping
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class CannotOpen(Exception):
    """The sealed value names a key that we do not have, or was tampered with."""


def seal(secrets: Mapping[str, str]) -> str:
    """Seal `secrets` with the newest key."""
    key_id, fernet = next(iter(_ring().items()))
    return f"{key_id}:{fernet.encrypt(json.dumps(dict(secrets)).encode()).decode()}"


def unseal(sealed: str) -> dict[str, str]:
    """Open what `seal` closed; an empty string opens to nothing. Raises `CannotOpen`."""
    if not sealed:
        return {}
    key_id, _, token = sealed.partition(":")
    try:
        opened = json.loads(_ring()[key_id].decrypt(token.encode()))
    except (KeyError, InvalidToken) as error:
        raise CannotOpen(key_id) from error
    return dict(opened)


def _ring() -> dict[str, Fernet]:
    return _forged(tuple(settings.VAULT_KEYS))


@cache
def _forged(keys: tuple[str, ...]) -> dict[str, Fernet]:
    pairs = [entry.partition(":") for entry in keys]
    if not pairs:
        raise ImproperlyConfigured("OPD_HUB_KEYS needs at least one key: k1:<fernet key>")
    return {key_id.strip(): Fernet(key) for key_id, _, key in pairs}
