"""How allauth signs people in here: nobody signs up alone, and errors say what to do."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an admin."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Surel atau kata sandi tidak benar. Periksa lagi, atau pilih “Lupa sandi?”."
        ),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan masuk. Tunggu beberapa menit, lalu coba lagi."
        ),
        "account_inactive": _("Akses Anda tidak aktif. Hubungi admin."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
