"""How allauth keeps second factors here: sealed in the database, named in Indonesian.

A sealed secret is `<key id>:<Fernet token>` under `settings.VAULT_KEYS`, as platform credentials
are; this package knows nothing of platforms, so it seals for itself.
"""

from functools import cache
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of apps and recovery codes are sealed; sentences say what to do."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi Anda"
            " (paling lama 30 detik), lalu ketik yang baru."
        ),
    }

    def encrypt(self, text: str) -> str:
        key_id, fernet = next(iter(_ring().items()))
        return f"{key_id}:{fernet.encrypt(text.encode()).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        key_id, _sep, token = encrypted_text.partition(":")
        try:
            return _ring()[key_id].decrypt(token.encode()).decode()
        except (KeyError, InvalidToken) as error:
            raise ImproperlyConfigured(f"OPD_HUB_KEYS does not open key {key_id}") from error

    def get_totp_issuer(self) -> str:
        return f"OPD Hub {settings.REGENCY}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Kunci sandi") if number == 1 else gettext("Kunci sandi %d") % number


def _ring() -> dict[str, Fernet]:
    return _forged(tuple(settings.VAULT_KEYS))


@cache
def _forged(keys: tuple[str, ...]) -> dict[str, Fernet]:
    if not keys:
        raise ImproperlyConfigured("OPD_HUB_KEYS needs at least one key: k1:<fernet key>")
    pairs = [entry.partition(":") for entry in keys]
    return {key_id.strip(): Fernet(key) for key_id, _sep, key in pairs}
