"""The forms of the second factor: codes that count once, and the names of passkeys."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

FEW = 3  # recovery codes; then it is said that they run out
SPENT = "spent"  # in the data of an app: the last thirty seconds whose code was used


class _Code(forms.Form):
    """A field for six digits that phones fill in from the app or the keyboard."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["code"]
        field.label = _("Kode")
        field.widget.attrs = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "maxlength": 12,
            "autofocus": True,
        }


class _Once(_Code):
    """allauth remembers a used code for thirty seconds, and with its tolerance a code is good for
    ninety. Here none passes twice, nor one older than the last."""

    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(
            self.authenticator, code
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInCode(_Once, AuthenticateForm):  # type: ignore[misc]
    """At the door."""

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()  # allauth struck the code out in a copy
            left = len(self.authenticator.wrap().get_unused_codes())
            messages.warning(context.request, few_left(left))


class StepUpCode(_Once, ReauthenticateForm):  # type: ignore[misc]
    """Once more, before what reaches far."""


class FirstCode(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """Proof that the app was set up. Meanwhile the session, and so the database, holds its secret:
    sealed, where allauth would leave it open."""

    secret: str

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if ":" in self.secret:
            self.secret = decrypt(self.secret)
        context.request.session[totp.SECRET_SESSION_KEY] = encrypt(self.secret)


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and what its owner calls it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["name"].label = _("Nama, agar Anda mengenalinya")
        self.fields["passwordless"].label = _("Bisa dipakai masuk tanpa kata sandi")
        self.fields["passwordless"].initial = True


class PasskeyName(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["name"].label = _("Nama")
        self.fields["name"].max_length = 60


def few_left(left: int) -> str:
    """What to tell somebody who has `left` recovery codes."""
    if not left:
        return str(_("Kode pemulihan Anda habis. Buat yang baru di Profil."))
    words = ngettext("Tersisa %d kode pemulihan.", "Tersisa %d kode pemulihan.", left) % left
    return f"{words} {_('Buat yang baru di Profil sebelum habis.')}" if left <= FEW else words


def spend(app: Authenticator, code: str) -> bool:
    """Use up `code` of this app; False when it, or a later one, was used before."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=app.pk)
        counter = _counter(row, code)
        if counter <= row.data.get(SPENT, -1):
            return False
        row.data[SPENT] = counter
        row.save(update_fields=["data"])
    return True


def present_code(app: Authenticator) -> str:
    """The code that this app shows, or the next one when it was used; "" when both were.

    For the demo and for tests.
    """
    _last, now, after = totp.yield_hotp_counters_from_time()
    unused = [count for count in (now, after) if count > app.data.get(SPENT, -1)]
    return _code_at(app, unused[0]) if unused else ""


def _counter(app: Authenticator, code: str) -> int:
    """The thirty seconds that the code is of, counted since 1970; -1 for none near."""
    near = totp.yield_hotp_counters_from_time()
    bare = "".join(filter(str.isdigit, code))
    return next((count for count in near if _code_at(app, count) == bare), -1)


def _code_at(app: Authenticator, counter: int) -> str:
    secret = decrypt(app.data["secret"])
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
