"""How allauth signs people in here: nobody signs up alone, and errors say what to do."""

import logging
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.journal import note
from accounts.models import User
from accounts.sessions import SEEN

log = logging.getLogger(__name__)

APP = Authenticator.Type.TOTP
PASSKEY = "mfa_reauthenticate:webauthn"
WAYS = {
    "reauthenticate": _("Pakai kata sandi"),
    "mfa_reauthenticate": _("Pakai kode"),
    PASSKEY: _("Pakai kunci sandi"),
}


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
        "rate_limited": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
        "incorrect_password": _(
            "Kata sandi tidak benar. Periksa lagi, atau keluar dan pilih “Lupa sandi?”."
        ),
        "account_inactive": _("Akses Anda tidak aktif. Hubungi admin."),
    }

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """On to where the person was going, past what `settings.FIRST_STOP` has them see first.

        A training ends here: nobody comes back to write in earnest where nothing goes out.
        """
        User.objects.filter(pk=user.pk, in_training=True).update(in_training=False)
        request.session[SEEN] = time.time()
        note("signed in", user, ip=self.get_client_ip(request))
        answer: HttpResponse = super().post_login(request, user, **options)
        stop = import_string(settings.FIRST_STOP)(user)
        if not stop or not isinstance(answer, HttpResponseRedirectBase):
            return answer
        return redirect(f"{stop}?{urlencode({'next': answer.url})}")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note("sign-in refused", None, ip=self.get_client_ip(request))

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        note("password changed", user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def send_notification_mail(self, template_prefix: str, user: User, **more: Any) -> None:
        """Tell the owner of a change; a mail server that is down does not undo it."""
        reset = settings.PUBLIC_URL + reverse("account_reset_password")
        try:
            super().send_notification_mail(template_prefix, user, {"reset": reset}, **more)
        except OSError:
            log.exception("a change of how somebody signs in could not be mailed")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor gives it; the password is for who has none."""
        ways = {way["id"]: way for way in super().get_reauthentication_methods(user)}
        factors = [way for id, way in ways.items() if id != "reauthenticate"]
        for id, way in ways.items():
            way["description"] = WAYS[id]
        if PASSKEY in ways and not Authenticator.objects.filter(user=user, type=APP).exists():
            factors.reverse()  # allauth asks for a code first: here, only of recovery
        return factors or list(ways.values())
