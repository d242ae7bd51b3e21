"""A content plan as a CSV file: read whatever a spreadsheet makes, written as Excel opens it."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_ROWS = 500
MOST_BYTES = 1_000_000  # sent back with the second step, it must stay below Django's 2 MB
DELIMITERS = ";,\t"
_BYTE_ORDER = "\ufeff"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# what a spreadsheet would take for a formula (also in full-width letters); written with a ' before
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_BRACKETS = re.compile(r"\(.*?\)")
_SEPARATOR_LINE = re.compile(r"\Asep=.\r?\n")  # Excel's own first line

# a plan as a spreadsheet writes it; shown as it is, and tested to be understood
SAMPLE = """tanggal;jam;kanal;jenis;pilar;teks;teks_x
28/11/2026;09.00;instagram, facebook;Kegiatan;Program;Posyandu balita di Balai Nagari Koto Baru.;
30/11/2026;segera;facebook, x;Layanan;Layanan;"Perekaman KTP dibuka lagi.
Bawa kartu keluarga.";Perekaman KTP dibuka lagi.
"""


class BadFile(Exception):
    """This file cannot be read as a plan; the message says why and what to do."""


@dataclass(frozen=True)
class Record:
    """One line of the table: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: Mapping[str, str]
    too_many: int = 0  # cells beyond the last column


@dataclass(frozen=True)
class Table:
    """What was in the file: the known columns, the others as they are named, the lines."""

    columns: Sequence[str]
    unknown: Sequence[str]
    records: Sequence[Record]


class PlanFile(forms.Form):
    """A CSV as a file or as text: `plan` is its text. One of both, and never kept by us."""

    file = forms.FileField(
        label=gettext_lazy("Berkas CSV"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Atau tempel isinya"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )
    plan = ""

    def clean_file(self) -> None:
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return
        try:
            self.plan = decoded(_bytes_of(upload))
        except BadFile as reason:
            raise forms.ValidationError(str(reason)) from reason

    def clean_pasted(self) -> None:
        self.plan = self.plan or self.cleaned_data["pasted"]

    def clean(self) -> None:
        if not self.errors and not self.plan.strip():
            self.add_error("file", _("Pilih berkas CSV, atau tempel isinya."))


def _bytes_of(upload: UploadedFile[bytes]) -> bytes:
    if not upload.size:
        raise BadFile(_("Berkas ini kosong (0 bita). Pilih lagi berkasnya."))
    if upload.size > MOST_BYTES:
        raise BadFile(_("Berkas ini lebih dari 1 MB. Bagi menjadi beberapa berkas."))
    return bytes(upload.read())


def decoded(raw: bytes) -> str:
    """The text of a CSV in UTF-8, UTF-16 (Excel) or Windows-1252. Raises BadFile."""
    if raw.startswith(b"PK\x03\x04"):
        raise BadFile(_("Ini berkas Excel. Di Excel pilih “Simpan sebagai”, lalu “CSV UTF-8”."))
    known = ("utf-16",) if raw.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in known:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(char.isprintable() or char.isspace() or ord(char) > 0x9F for char in text):
            return text
    raise BadFile(_("Ini bukan berkas CSV. Simpan rencana dari Excel sebagai “CSV UTF-8”."))


def read(text: str, known: Sequence[str], required: Sequence[str]) -> Table:
    """The table in `text`. Raises BadFile when it is none, or holds too much.

    `known` are the columns that are looked for, in any order; those `required` must be there.
    """
    if len(text.encode()) > MOST_BYTES:
        raise BadFile(_("Isinya lebih dari 1 MB. Bagi menjadi beberapa berkas."))
    text = _SEPARATOR_LINE.sub("", text.removeprefix(_BYTE_ORDER))
    delimiter = max(DELIMITERS, key=lambda one: _columns_known(text, one, known))
    lines = _lines(text, delimiter)
    names = [name.strip() for name in lines[0][1]] if lines else []
    header = [_column(name) for name in names]
    _check_header(header, required)
    records = [_record(number, header, cells) for number, cells in lines[1:]]
    _check_length(records)
    unknown = [name for name, key in zip(names, header, strict=True) if name and key not in known]
    return Table([key for key in header if key in known], unknown, records)


def write(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file that Excel opens with a double click: UTF-8 with its mark, semicolons, CRLF.

    What a spreadsheet would run as a formula begins with an apostrophe; `read` takes it off.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_guarded(row.get(column, "")) for column in columns])
    return (_BYTE_ORDER + target.getvalue()).encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """(number, cells) of every line of the table that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                lines.append((number, cells))
    except csv.Error as error:
        message = _(
            "Baris %(n)s tidak terbaca: tanda kutipnya tidak ditutup, atau satu isiannya terlalu "
            "panjang. Perbaiki baris itu, lalu unggah lagi."
        )
        raise BadFile(message % {"n": number + 1}) from error
    return lines


def _columns_known(text: str, delimiter: str, known: Sequence[str]) -> int:
    """How many columns would be understood if `delimiter` stood between them."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return len(
        {_column(name) for name in next(csv.reader([first], delimiter=delimiter), [])} & {*known}
    )


def _column(name: str) -> str:
    """ "Teks X (opsional)" as "teks_x"."""
    return "_".join(_BRACKETS.sub("", name).casefold().replace("_", " ").split())


def _check_header(header: Sequence[str], required: Sequence[str]) -> None:
    if not header:
        raise BadFile(_("Berkas ini tidak berisi baris apa pun."))
    for column in required:
        if column not in header:
            message = _("Kolom “%(column)s” tidak ada. Baris pertama harus berisi judul kolom.")
            raise BadFile(message % {"column": column})
    for column in header:
        if column and header.count(column) > 1:
            raise BadFile(_("Kolom “%(column)s” ada dua kali.") % {"column": column})


def _check_length(records: Sequence[Record]) -> None:
    if not records:
        raise BadFile(_("Berkas ini hanya berisi judul kolom, belum ada baris rencana."))
    if len(records) > MOST_ROWS:
        message = _("Berkas ini berisi %(n)s baris; paling banyak %(most)s. Bagi menjadi beberapa.")
        raise BadFile(message % {"n": len(records), "most": MOST_ROWS})


def _record(number: int, header: Sequence[str], cells: Sequence[str]) -> Record:
    said = {key: _unguarded(cell) for key, cell in zip(header, cells, strict=False) if key}
    beyond = [cell for cell in cells[len(header) :] if cell.strip()]
    return Record(number, said, len(beyond))
