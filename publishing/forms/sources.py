"""The sources of a draft as rows of a form: `source-<n>-document`, `-number`, `-date`, `-url`."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from publishing.models import Source
from publishing.workflow import SourceLine

MOST_SOURCES = 20
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_ROW = re.compile(r"source-(\d{1,4})-document")


class SourceForm(forms.Form):
    """One row; a row left blank is no source."""

    document = forms.CharField(label=_("Dokumen"), max_length=200, required=False)
    number = forms.CharField(label=_("Nomor"), max_length=100, required=False)
    date = forms.DateField(
        label=_("Tanggal"),
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tanggal ini tidak ada. Contoh: 28/11/2026.")},
    )
    url = forms.URLField(
        label=_("Tautan"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Tautan ini tidak lengkap. Contoh: https://…")},
    )

    def __init__(self, number: int, **options: Any) -> None:
        self.row = number
        super().__init__(prefix=f"source-{number}", use_required_attribute=False, **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.values()) and not cleaned.get("document") and not self.errors:
            self.add_error("document", _("Sebutkan dokumen sumbernya."))
        return cleaned

    def line(self) -> SourceLine | None:
        """The source, or None for a blank row. Only for a valid row."""
        return SourceLine(**self.cleaned_data) if self.cleaned_data.get("document") else None


def rows_of(sources: Iterable[Source]) -> list[SourceForm]:
    """The kept sources, or one blank row."""
    rows = [
        SourceForm(n, initial=forms.model_to_dict(source, ["document", "number", "date", "url"]))
        for n, source in enumerate(sources)
    ]
    return rows or [SourceForm(0)]


def rows_in(data: QueryDict, do: str) -> list[SourceForm]:
    """The rows that were sent, less the one that `do` removes, and a blank one if it adds one."""
    numbers = sorted({int(found[1]) for name in data if (found := _ROW.fullmatch(name))})
    numbers = [n for n in numbers if do != f"remove_source:{n}"][:MOST_SOURCES]
    rows = [SourceForm(n, data=data) for n in numbers]
    if not rows or (do == "add_source" and len(rows) < MOST_SOURCES):
        rows.append(SourceForm(max(numbers, default=-1) + 1))
    return rows
