"""Fields that several forms have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency

SEARCH = _("Cari")


def search_field(label: Any = SEARCH, *, longest: int = 100) -> forms.CharField:
    """Words to look for in a list."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def day(label: Any, *, needed: Any, **more: Any) -> forms.DateField:
    """A day that must be given, as a browser's picker or a person writes it."""
    return forms.DateField(
        label=label,
        input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": needed,
            "invalid": _("Tanggal ini tidak ada. Contoh: 28/11/2026."),
        },
        **more,
    )


def one_agency(*, required: bool = True, **more: Any) -> forms.ModelChoiceField[Agency]:
    """One of the agencies that exist today."""
    said = {"required": _("Pilih OPD."), "invalid_choice": _("OPD ini tidak ada lagi. Pilih lagi.")}
    return forms.ModelChoiceField(
        Agency.objects.open(),
        label=_("OPD"),
        required=required,
        empty_label=_("Pilih OPD …"),
        error_messages=said,
        **more,
    )
