"""Forms of custody: who holds an account, a handover, and what a post from elsewhere is."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day
from platforms.models import Custody, Handover, Stranger


class CustodyForm(forms.ModelForm[Custody]):
    """Who holds the account. Offices, not private telephones."""

    use_required_attribute = False

    class Meta:
        model = Custody
        fields = (
            *("holder", "page_admins", "recovery_email", "recovery_phone", "factor_holder"),
            *("decree", "decree_from", "decree_until"),
        )
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("decree_from", "decree_until")
        }
        help_texts = {
            "holder": _("Nama operator menurut SK."),
            "page_admins": _("Semua yang dapat mengubah peran di halaman atau profil ini."),
            "recovery_email": _("Surel kantor, bukan surel pribadi."),
            "recovery_phone": _("Nomor kantor, bukan nomor pribadi."),
            "factor_holder": _("Siapa yang memegang ponsel atau kunci untuk kode masuk."),
        }
        error_messages = {
            "recovery_email": {"invalid": _("Surel ini tidak lengkap.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].required = True
        self.fields["holder"].error_messages["required"] = _("Isi siapa pengelolanya.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("decree_from"), cleaned.get("decree_until")
        if begins and ends and ends < begins:
            self.add_error("decree_until", _("Lebih awal daripada mulainya. Periksa keduanya."))
        return cleaned


class HandoverForm(forms.ModelForm[Handover]):
    """From whom to whom, and when."""

    use_required_attribute = False

    on = day(_("Tanggal"), needed=_("Isi tanggalnya."), initial=timezone.localdate)

    class Meta:
        model = Handover
        fields = ("giver", "taker", "on", "decree")
        error_messages = {
            "giver": {"required": _("Isi siapa yang menyerahkan.")},
            "taker": {"required": _("Isi siapa yang menerima.")},
        }


class StrangerForm(forms.Form):
    """What a post that did not go out from here is."""

    verdict = forms.ChoiceField(
        choices=Stranger.Verdict.choices, error_messages={"required": _("Pilih salah satu.")}
    )
    note = forms.CharField(required=False, max_length=300)
