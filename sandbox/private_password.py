"""Owns the key that Instagram's app wraps passwords with, and what is in the wrapping."""

from __future__ import annotations

import base64
import binascii
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_ID = 41
HEAD = 16  # version, key id, 12 bytes of nonce, 2 of length


def headers() -> dict[str, str]:
    """What tells an app how to wrap a password."""
    pem = _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "ig-set-password-encryption-key-id": str(KEY_ID),
        "ig-set-password-encryption-pub-key": base64.b64encode(pem).decode(),
    }


def unwrapped(given: str) -> str | None:
    """The password in `#PWD_INSTAGRAM:4:<time>:<wrapped>`; None when it is not ours to open."""
    try:
        _mark, _version, stamp, wrapped = given.split(":", 3)
        return _opened(stamp, base64.b64decode(wrapped, validate=True))
    except (ValueError, binascii.Error, InvalidTag):
        return None


@cache
def _key() -> rsa.RSAPrivateKey:
    """A new one for each process: nothing that was wrapped is ever kept."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _opened(stamp: str, wrapped: bytes) -> str:
    nonce = wrapped[2:14]
    length = int.from_bytes(wrapped[14:HEAD], "little")
    session, rest = wrapped[HEAD : HEAD + length], wrapped[HEAD + length :]
    tag, secret = rest[:16], rest[16:]
    key = _key().decrypt(session, padding.PKCS1v15())
    return AESGCM(key).decrypt(nonce, secret + tag, stamp.encode()).decode()
