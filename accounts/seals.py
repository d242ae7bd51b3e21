"""Seals what must not be read, under keys that have names and can be rotated.

A sealed text is `<key id>:<Fernet token>`. `settings.VAULT_KEYS` lists `id:key`, newest first;
new texts are sealed with the first, old ones opened with the one they name.
"""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class CannotOpen(Exception):
    """The sealed text names a key that we do not have, or was tampered with."""


def seal(text: str) -> str:
    """Seal `text` with the newest key."""
    key_id, fernet = next(iter(_ring().items()))
    return f"{key_id}:{fernet.encrypt(text.encode()).decode()}"


def unseal(sealed: str) -> str:
    """Open what `seal` closed. Raises `CannotOpen`, which names the key."""
    key_id, _, token = sealed.partition(":")
    try:
        return _ring()[key_id].decrypt(token.encode()).decode()
    except (KeyError, InvalidToken) as error:
        raise CannotOpen(key_id) from error


def is_newest(sealed: str) -> bool:
    """Whether the newest key sealed it."""
    return sealed.partition(":")[0] == next(iter(_ring()))


def _ring() -> dict[str, Fernet]:
    return _forged(tuple(settings.VAULT_KEYS))


@cache
def _forged(keys: tuple[str, ...]) -> dict[str, Fernet]:
    pairs = [entry.partition(":") for entry in keys]
    if not pairs:
        raise ImproperlyConfigured("OPD_HUB_KEYS needs at least one key: k1:<fernet key>")
    return {key_id.strip(): Fernet(key) for key_id, _, key in pairs}
