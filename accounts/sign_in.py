"""How allauth signs people in here: nobody signs up alone, and errors say what to do."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User


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

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """On to where the person was going, past what `settings.FIRST_STOP` has them see first.

        A training ends here: nobody comes back to write in earnest where nothing goes out.
        """
        User.objects.filter(pk=user.pk, in_training=True).update(in_training=False)
        answer: HttpResponse = super().post_login(request, user, **options)
        stop = import_string(settings.FIRST_STOP)(user)
        if not stop or not isinstance(answer, HttpResponseRedirectBase):
            return answer
        return redirect(f"{stop}?{urlencode({'next': answer.url})}")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
