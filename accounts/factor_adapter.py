"""How allauth keeps second factors here: sealed in the database, named in Indonesian."""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import seals
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
        return seals.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return seals.unseal(encrypted_text)
        except seals.CannotOpen as error:
            raise ImproperlyConfigured(f"OPD_HUB_KEYS does not open key {error}") from error

    def get_totp_issuer(self) -> str:
        return f"OPD Hub {settings.REGENCY}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Kunci sandi") if number == 1 else gettext("Kunci sandi %d") % number
