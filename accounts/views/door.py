"""The pages of signing in and of being asked once more: allauth's, with what ours show besides."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.codes import present_code
from accounts.models import User
from accounts.step_up import BECAUSE


class SignInFactor(AuthenticateView):  # type: ignore[misc]
    """The second step at the door."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)
        return shown | _ways(self.stage.login.user)


class SignInPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """The whole way in, by passkey alone."""

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Kunci sandi tidak dikenali. Masuk dengan kata sandi Anda."))
        return redirect("account_login")


class _Reasoned:
    """Says why it asks."""

    request: Any

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        because = self.request.session.get(BECAUSE, "")
        return shown | _ways(self.request.user) | {"because": because}


class StepUpPassword(_Reasoned, ReauthenticateView):  # type: ignore[misc]
    pass


class StepUpCode(_Reasoned, ByCode):  # type: ignore[misc]
    pass


class StepUpPasskey(_Reasoned, ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Kunci sandi tidak dikenali. Coba lagi, atau pakai kode."))
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


def _ways(person: User) -> dict[str, Any]:
    """Whether they have a passkey; and in the demo, the code that their app would show."""
    mine = Authenticator.objects.filter(user=person)
    app = mine.filter(type=Authenticator.Type.TOTP).first() if settings.DEMO else None
    return {
        "has_passkey": mine.filter(type=Authenticator.Type.WEBAUTHN).exists(),
        "demo_app": app is not None,
        "demo_code": present_code(app) if app else "",
    }
