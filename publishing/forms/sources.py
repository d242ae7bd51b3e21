"""The sources of a draft as rows of a form: `source-<n>-document`, `-number`, `-url`, `-file`, …"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from publishing import bank, documents, statements, wording
from publishing.forms.fields import day_field
from publishing.models import Document, Source
from publishing.workflow import SourceLine
from publishing.workflow.gaps import MOST_SOURCES, too_many_sources

FILE_TYPES = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
_FIELDS = ("document", "number", "date", "url", "owner", "valid_until", "supports")
_ROW = re.compile(r"source-(\d{1,4})-document")


class SourceForm(forms.Form):
    """One row; left blank it is no source. `kept` is its file, `texts` what its quotes are of."""

    document = forms.CharField(label=_("Dokumen"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Tautan"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"invalid": _("Tautan ini tidak lengkap. Contoh: https://…")},
    )
    number = forms.CharField(label=_("Nomor"), max_length=100, required=False)
    date = day_field(_("Tanggal"))
    owner = forms.CharField(label=_("Pemilik data"), max_length=120, required=False)
    valid_until = day_field(_("Berlaku sampai"))
    supports = forms.CharField(
        label=_("Pernyataan yang didukung"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        help_text=_("Kutip dari teks, satu pernyataan per baris."),
    )
    upload = forms.FileField(
        label=_("Berkas"),
        required=False,
        widget=forms.FileInput(attrs={"accept": FILE_TYPES}),
        help_text=_("PDF, Word, Excel, atau foto; paling besar 15 MB."),
    )

    def __init__(
        self,
        number: int,
        *,
        kept: Document | None = None,
        texts: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.row, self.kept, self.texts, self.refused = number, kept, texts, ""
        self.before: SourceLine | None = None  # what the draft holds for this row
        self.is_beyond = False  # one more than a post may have
        super().__init__(prefix=f"source-{number}", use_required_attribute=False, **options)

    def take(self, upload: UploadedFile[bytes], *, agency: Agency, by: User) -> None:
        """Keep the file at once, so that no error elsewhere loses it; or remember why not."""
        try:
            self.kept = documents.accept(upload, agency=agency, by=by)
        except documents.BadDocument as reason:
            self.refused = f"{upload.name}: {reason}"

    def clean_supports(self) -> str:
        return wording.clean(self.cleaned_data["supports"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            self.add_error("upload", self.refused)
        if self.is_beyond and self.is_filled:
            self.add_error("document", too_many_sources())
        return cleaned

    @property
    def is_filled(self) -> bool:
        """Whether anything was sent in this row; a blank one is no source."""
        sent = (self.data.get(self.add_prefix(name)) or "" for name in _FIELDS)
        return bool(self.kept or any(said.strip() for said in sent))

    def line(self) -> SourceLine | None:
        """The source, also while its document is not named yet; None for a blank row.

        A field that holds nonsense stays what the draft holds for this row.
        """
        if not self.is_filled:
            return None
        said = self.cleaned_data if self.errors is not None else {}
        known = {"document": ""} | (vars(self.before) if self.before else {})
        known |= {name: said[name] for name in _FIELDS if name in said}
        return SourceLine(**known | {"file": self.kept.pk if self.kept else None})

    @property
    def wrong(self) -> list[str]:
        """The fields that were left out of a save, by name: "Tanggal (sumber 2)"."""
        labels = [self.fields[name].label for name in self.errors if name in self.fields]
        return [_named(label, self.row + 1) for label in labels]

    # --- what the page draws ---

    @property
    def front(self) -> list[forms.BoundField]:
        """The fields that every row shows."""
        return [self["document"], self["url"]]

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields that a calm row keeps folded."""
        return [self[name] for name in ("number", "date", "owner", "valid_until")]

    @property
    def is_open(self) -> bool:
        """Whether anything below the fold is filled in or wrong."""
        folded = ("number", "date", "owner", "valid_until", "supports")
        wrong = any(name in self.errors for name in (*folded, "upload"))
        return bool(wrong or self.kept or any(self[name].value() for name in folded))

    @property
    def gone_by(self) -> dt.date | None:
        """The last good day of this source, when it is over."""
        day = self._said("valid_until")
        return day if isinstance(day, dt.date) and bank.gone_by(day) else None

    @property
    def missing_quotes(self) -> list[str]:
        """Quotes that no text says any more. Where no text is known, nobody can tell."""
        return statements.missing(self._said("supports") or "", self.texts) if self.texts else []

    def _said(self, name: str) -> Any:
        """What stands in a field, as far as it can be understood."""
        if not self.is_bound:
            return self.initial.get(name)
        return self.cleaned_data.get(name) if self.errors is not None else None


def rows_of(sources: Iterable[Source], texts: Sequence[str] = ()) -> list[SourceForm]:
    """The kept sources, or one blank row. Asks for their files, unless these are prefetched."""
    kept = list(sources)
    prefetch_related_objects(kept, "file")
    rows = [
        SourceForm(n, kept=source.file, texts=texts, initial=forms.model_to_dict(source, _FIELDS))
        for n, source in enumerate(kept)
    ]
    return rows or [SourceForm(0, texts=texts)]


def rows_in(
    data: QueryDict,
    files: MultiValueDict[str, UploadedFile[bytes]],
    do: str,
    agency: Agency,
    by: User,
) -> list[SourceForm]:
    """The rows that were sent, less the one that `do` removes, and a blank one if it adds one.

    A file that came with a row is kept at once; `source-<n>-drop` lets go of the one it had. Rows
    beyond the most are told, and none is dropped.
    """
    numbers = [n for n in _numbers(data) if do != f"remove_source:{n}"]
    had = _files(data, numbers, agency)
    texts = [data.get(name, "") for name in data if name == "text" or name.startswith("text_")]
    rows = [SourceForm(n, kept=had.get(n), texts=texts, data=data) for n in numbers]
    for row in rows:
        if upload := files.get(f"source-{row.row}-upload"):
            row.take(upload, agency=agency, by=by)
    for row in rows[MOST_SOURCES:]:
        row.is_beyond = True
    if not rows or do == "add_source":
        rows.append(SourceForm(_next(numbers), texts=texts))
    return rows


def lines_of(rows: Iterable[SourceForm], before: Sequence[SourceLine] = ()) -> list[SourceLine]:
    """The sources of what was sent; `before` are those that the draft holds, for what is nonsense.

    A row stands for the kept one in its place while there are as many, else for the one that names
    the same document.
    """
    filled = [row for row in rows if row.is_bound and row.is_filled]
    if len(filled) == len(before):
        for row, kept in zip(filled, before, strict=True):
            row.before = kept
    else:
        named = {line.document: line for line in before if line.document}
        for row in filled:
            row.before = named.get((row["document"].value() or "").strip())
    return [line for row in filled if (line := row.line())]


def blank_row(data: QueryDict) -> int:
    """The number of the first row that was sent without a word in it, or of a new one."""
    numbers = _numbers(data)
    blank = (n for n in numbers if not any(data.get(f"source-{n}-{name}") for name in _FIELDS))
    return next(blank, _next(numbers))


def _numbers(data: QueryDict) -> list[int]:
    return sorted({int(found[1]) for name in data if (found := _ROW.fullmatch(name))})


def _named(label: Any, number: int) -> str:
    return gettext("%(label)s (sumber %(n)s)") % {"label": label, "n": number}


def _next(numbers: Sequence[int]) -> int:
    return max(numbers, default=-1) + 1


def _files(data: QueryDict, numbers: Sequence[int], agency: Agency) -> dict[int, Document]:
    """The kept file of each row, by the row's number; what is not the agency's is no file."""
    named = {
        n: int(pk)
        for n in numbers
        if (pk := data.get(f"source-{n}-file", "")).isascii() and pk.isdigit() and len(pk) < 19
        if not data.get(f"source-{n}-drop")
    }
    if not named:
        return {}
    own = Document.objects.filter(agency=agency).in_bulk(named.values())
    return {n: own[pk] for n, pk in named.items() if pk in own}
