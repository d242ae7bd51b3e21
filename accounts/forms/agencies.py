"""Forms about agencies: a new one, and what a Perda makes of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day, one_agency
from accounts.models import Agency, AgencyChange

Kind = AgencyChange.Kind


class AgencyForm(forms.ModelForm[Agency]):
    """A new agency. The code stays for ever; the names change by Perda."""

    use_required_attribute = False

    class Meta:
        model = Agency
        fields = ("code", "name", "short_name")
        help_texts = {"code": _("Huruf besar tanpa spasi, misalnya DINKES. Tidak berubah lagi.")}
        error_messages = {
            "code": {"required": _("Isi kodenya."), "unique": _("Kode ini sudah dipakai.")},
            "name": {"required": _("Isi nama lengkapnya."), "unique": _("Nama ini sudah dipakai.")},
            "short_name": {"required": _("Isi nama singkatnya, untuk layar kecil.")},
        }

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper().replace(" ", "")


class ChangeForm(forms.ModelForm[AgencyChange]):
    """One change of one agency: another name, into another agency, or its end."""

    use_required_attribute = False

    on = day(_("Berlaku sejak"), needed=_("Isi tanggal berlakunya."))
    kind = forms.ChoiceField(
        label=_("Perubahan"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih perubahannya.")},
    )
    into = one_agency(required=False)

    class Meta:
        model = AgencyChange
        fields = ("kind", "new_name", "new_short_name", "into", "on", "basis")
        help_texts = {"basis": _("Contoh: Perda Nomor 3 Tahun 2026")}
        error_messages = {"basis": {"required": _("Sebutkan Perda atau peraturan dasarnya.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.label = _("Digabung ke")
        into.queryset = Agency.objects.open().exclude(pk=self.instance.agency_id)
        self.fields["new_name"].help_text = _("Untuk ganti nama.")
        into.help_text = _("Untuk gabung: kanal, draf, dan orangnya ikut pindah.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, name = cleaned.get("kind"), (cleaned.get("new_name") or "").strip()
        if kind == Kind.MERGE and not cleaned.get("into"):
            self.add_error("into", _("Pilih OPD yang meneruskannya."))
        if kind == Kind.RENAME and not name:
            self.add_error("new_name", _("Isi nama barunya."))
        others = Agency.objects.exclude(pk=self.instance.agency_id)
        if kind == Kind.RENAME and others.filter(name__iexact=name).exists():
            self.add_error("new_name", _("Nama ini dipakai OPD lain. Mungkin maksudnya gabung?"))
        if kind != Kind.MERGE:
            cleaned["into"] = None
        if kind != Kind.RENAME:
            cleaned["new_name"] = cleaned["new_short_name"] = ""
        return cleaned
