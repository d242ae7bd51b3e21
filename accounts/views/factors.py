"""The pages where second factors are set up, renamed and removed: allauth's, with our manners."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import second_factor, step_up
from accounts.codes import spend
from accounts.journal import note

ONWARD = "second_factor_onward"  # in the session: where somebody was going who owed a factor


@login_required
def owed(request: HttpRequest) -> HttpResponse:
    """Whoever owes a second factor: gives it, or chooses one to set up."""
    onward = get_next_redirect_url(request) or "/"
    if second_factor.gave_factor(request.session):
        return redirect(onward)
    if second_factor.has_factor(request.user):  # type: ignore[arg-type]
        because = _("Peran Anda mewajibkan faktor kedua.")
        return step_up.ask(request, onward=onward, because=because)
    request.session[ONWARD] = onward
    return render(request, "account/second_factor.html")


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**more)
        secret = shown["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return shown | {"groups": groups}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        app = _newest(self.request, Authenticator.Type.TOTP)
        spend(app, form.cleaned_data["code"])
        second_factor.note_given(self.request, app)
        return answer


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_removed(self.request, self.authenticator)
        return answer


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_given(self.request, _newest(self.request, Authenticator.Type.WEBAUTHN))
        return answer


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        passkey = self.get_object()
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_removed(self.request, passkey)
        return answer


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        note("recovery codes made", self.request.user)
        return answer


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shown once; then only how many are left."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        onward = self.request.session.get(ONWARD) or reverse("profile")
        shown: dict[str, Any] = super().get_context_data(**more)
        return shown | {"onward": onward}


def _newest(request: HttpRequest, kind: str) -> Authenticator:
    mine = Authenticator.objects.filter(user=request.user, type=kind)
    return mine.latest("pk")
