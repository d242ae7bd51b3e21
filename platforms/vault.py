"""Seals platform credentials (accounts.seals keeps the keys)."""

import json
from collections.abc import Mapping

from accounts.seals import CannotOpen, is_newest
from accounts.seals import seal as seal_text
from accounts.seals import unseal as unseal_text

__all__ = ["CannotOpen", "is_newest", "seal", "unseal"]


def seal(secrets: Mapping[str, str]) -> str:
    """Seal `secrets` with the newest key."""
    return seal_text(json.dumps(dict(secrets)))


def unseal(sealed: str) -> dict[str, str]:
    """Open what `seal` closed; an empty string opens to nothing. Raises `CannotOpen`."""
    return dict(json.loads(unseal_text(sealed))) if sealed else {}
