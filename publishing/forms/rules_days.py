"""A day off as a form."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from publishing import feasts, rulebook
from publishing.forms.rules_rows import day, line


class DayForm(forms.Form):
    """A day of the regency's own, or one that the national list has at another date."""

    use_required_attribute = False

    on = day(_("Tanggal"), _("Isi tanggalnya."))
    name = line(
        _("Nama"), 120, _("Beri nama."), help_text=_("Contoh: Pemilihan wali nagari serentak")
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        kept = rulebook.current().days.get(on)
        if kept is not None and not kept.is_off:
            raise forms.ValidationError(
                _("Tanggal ini dicoret: %(name)s. Pulihkan dari daftar."),
                params={"name": kept.name},
            )
        if name := feasts.name_of(on):
            raise forms.ValidationError(
                _("Tanggal ini sudah libur: %(name)s."), params={"name": name}
            )
        return on


def day_said(sent: Mapping[str, str]) -> date:
    """The day that a button of the list names. Raises BadRequest."""
    try:
        return date.fromisoformat(sent.get("on", ""))
    except ValueError as error:
        raise BadRequest("on") from error
