"""Fields that several forms have: a day, and words as people paste them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from publishing import wording

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


def day_field(label: StrOrPromise, *, needed: StrOrPromise = "", **more: Any) -> forms.DateField:
    """A day as a browser's picker or a person writes it; `needed` says that it must be given."""
    messages = {"invalid": _("Tanggal ini tidak ada. Contoh: 28/11/2026.")}
    return forms.DateField(
        label=label,
        required=bool(needed),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=messages | ({"required": needed} if needed else {}),
        **more,
    )


class WordsField(forms.CharField):
    """Words, cleaned of what nobody sees before they are judged."""

    def to_python(self, value: Any) -> str:
        words = wording.clean(super().to_python(value) or "")
        return words.strip() if self.strip else words
