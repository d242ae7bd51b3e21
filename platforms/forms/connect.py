"""Forms of connecting: for which agency, what was pasted, a sign-in, and what was chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import one_agency
from platforms import registry
from platforms.adapters.connecting import Login
from platforms.models import Channel


class BeginForm(forms.Form):
    """Which agency's account, and by which way."""

    agency = one_agency()
    login = forms.ChoiceField(
        label=_("Platform"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih platformnya.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(login.key, login.label) for login in registry.logins().values()]
        self.fields["login"].choices = choices  # type: ignore[attr-defined]


class PastedForm(forms.Form):
    """One write-only box for each secret that may be pasted; none of them is ever shown again."""

    def __init__(self, *args: Any, login: Login, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for secret in login.pasted:
            self.fields[secret.key] = forms.CharField(
                label=secret.label,
                max_length=2000,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                error_messages={"required": _("Tempelkan isinya.")},
            )


class SignInForm(forms.Form):
    """The name and password of an account, typed once and never kept; or the code it asks for."""

    name = forms.CharField(
        label=_("Nama pengguna Instagram"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Isi nama penggunanya.")},
    )
    password = forms.CharField(
        label=_("Kata sandi Instagram"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Dipakai satu kali untuk masuk, lalu dibuang. Tidak disimpan."),
        error_messages={"required": _("Isi kata sandinya.")},
    )
    code = forms.CharField(
        label=_("Kode dari aplikasi autentikator atau SMS"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=_("Hanya bila Instagram memintanya."),
    )
    risk = forms.BooleanField(
        label=_("Saya memahami risikonya dan menerimanya atas nama OPD ini"),
        error_messages={"required": _("Baca risikonya, lalu centang bila tetap akan dipakai.")},
    )

    def __init__(self, *args: Any, goes_on: bool = False, **kwargs: Any) -> None:
        """`goes_on`: a sign-in waits for its code, and needs the password no more."""
        super().__init__(*args, **kwargs)
        self.fields["password"].required = not goes_on
        self.fields["code"].required = goes_on
        self.fields["code"].error_messages["required"] = _("Ketik kodenya.")


class WayForm(forms.Form):
    """Through which adapter a channel is spoken for."""

    adapter_key = forms.ChoiceField(label=_("Jalur"))

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = registry.ways(channel.platform)
        choices = [(key, registry.adapter(key).label) for key in keys]
        self.fields["adapter_key"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("adapter_key", channel.adapter_key)
