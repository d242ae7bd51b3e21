"""The rows of the rulebook as forms: what is allowed, acronyms, periods, days, officials."""

import calendar
import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from publishing import rulebook
from publishing.forms.fields import WordsField, day_field
from publishing.forms.rules_bare import BARE
from publishing.models import Acronym, Allowance, Commemoration, Official, Period

LONGEST_PERIOD = timedelta(days=3 * 366)  # a longer one is a mistyped year
SHORTEST_NAME = 3  # letters: a shorter one stands in every second word
LONGEST_NAME = 120
MOST_NAMES = 100
SINCE = 1000  # no day is counted from further back
LEAP_YEAR = 2024
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_ODD = _("Periksa tahunnya.")
# With whom a number is at home: without it nobody can tell later why it is here.
_OWNED = (Allowance.Kind.PHONE, Allowance.Kind.EMAIL, Allowance.Kind.ACCOUNT)


class RowForm(forms.ModelForm[models.Model]):
    """One row of the rulebook; words come without what nobody sees."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields.get("kind")
        if kind is not None:
            kind.choices = [("", _("Pilih…")), *kind.choices[1:]]  # type: ignore[attr-defined]
            kind.error_messages["required"] = _("Pilih jenisnya.")


def line(label: Any, longest: int, needed: Any = "", **more: Any) -> WordsField:
    """One line of words; `needed` says that it must be given."""
    errors = {"required": needed} if needed else {}
    return WordsField(
        label=label, max_length=longest, required=bool(needed), error_messages=errors, **more
    )


def day(label: Any, needed: Any = "", **more: Any) -> forms.DateField:
    """A day of a year that people mean."""
    bounds = [MinValueValidator(EARLIEST, _ODD), MaxValueValidator(LATEST, _ODD)]
    return day_field(label, needed=needed, validators=bounds, **more)


def names_field(label: Any, needed: Any = "", **more: Any) -> WordsField:
    """Names, one a line."""
    widget = forms.Textarea(attrs={"rows": 3, "class": "short"})
    return line(label, LONGEST_NAME * MOST_NAMES, needed, widget=widget, **more)


def tidy_names(said: str) -> str:
    """The names, each once, one a line. Raises ValidationError."""
    found = (" ".join(name.split()) for name in rulebook.lines(said))
    names = list({name.casefold(): name for name in found}.values())
    for name in names:
        if sum(letter.isalpha() for letter in name) < SHORTEST_NAME or len(name) > LONGEST_NAME:
            raise forms.ValidationError(
                _("“%(name)s” terlalu pendek atau terlalu panjang. Tulis satu nama per baris."),
                params={"name": name[:40]},
            )
    if len(names) > MOST_NAMES:
        raise forms.ValidationError(_("Paling banyak 100 nama."))
    return "\n".join(names)


class AllowanceForm(RowForm):
    value = line(_("Isi"), 200, _("Isi yang boleh disebut."))
    owner = line(
        _("Milik"),
        120,
        help_text=_("Wajib untuk nomor, surel, dan rekening. Contoh: Panggilan darurat BPBD"),
    )

    class Meta:
        model = Allowance
        fields = ("kind", "value", "owner")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            try:
                cleaned["value"] = BARE[kind](" ".join(value.split()))
            except forms.ValidationError as error:
                self.add_error("value", error)
        if kind in _OWNED and not cleaned.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Sebutkan milik siapa, agar dapat diperiksa kelak."))
        return cleaned


class AcronymForm(RowForm):
    short = line(_("Singkatan"), 20, _("Tulis singkatannya."), help_text=_("Contoh: Posbindu"))
    meaning = line(_("Kepanjangan"), 200, _("Tulis kepanjangannya."))

    class Meta:
        model = Acronym
        fields = ("short", "meaning", "is_known")

    def clean_short(self) -> str:
        short = str(self.cleaned_data["short"])
        if not re.fullmatch(r"[^\W_](?:[\w.\-/&]*[^\W_])?", short) or len(short) == 1:
            raise forms.ValidationError(
                _("Tulis satu singkatan tanpa spasi, paling sedikit dua huruf.")
            )
        same = Acronym.objects.filter(short__iexact=short).exclude(pk=self.instance.pk).first()
        if same:
            raise forms.ValidationError(
                _("“%(short)s” sudah ada: %(meaning)s."),
                params={"short": same.short, "meaning": same.meaning},
            )
        return short


class PeriodForm(RowForm):
    name = line(
        _("Nama"), 120, _("Beri nama."), help_text=_("Contoh: Pemilihan wali nagari serentak 2027")
    )
    starts_on = day(_("Mulai"), _("Isi tanggal mulainya."))
    ends_on = day(_("Sampai"), _("Isi tanggal terakhirnya."))
    names = names_field(
        _("Nama calon yang diperhatikan"),
        help_text=_("Satu nama per baris, seperti biasa ditulis. Hanya untuk tahapan pemilihan."),
    )

    class Meta:
        model = Period
        fields = ("kind", "name", "starts_on", "ends_on", "names")

    def clean_names(self) -> str:
        return tidy_names(self.cleaned_data["names"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end - start > LONGEST_PERIOD:
            self.add_error("ends_on", _("Lebih dari tiga tahun. Periksa tahunnya."))
        return cleaned


class CommemorationForm(RowForm):
    names = names_field(
        _("Sebutan"),
        _("Tulis sebutan hari ini."),
        help_text=_("Satu sebutan per baris, misalnya “Hari Guru Nasional” lalu “HGN”."),
    )
    day = forms.IntegerField(
        label=_("Tanggal"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Isi angka 1 sampai 31.")},
    )
    month = forms.TypedChoiceField(label=_("Bulan"), coerce=int, choices=list(MONTHS.items()))
    base_year = forms.IntegerField(
        label=_("Dihitung sejak tahun"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Untuk “ke-N”: tahun perayaan dikurangi tahun ini."),
        error_messages={"invalid": _("Isi tahun dengan angka. Contoh: 1945.")},
    )

    class Meta:
        model = Commemoration
        fields = ("names", "day", "month", "base_year")

    def clean_names(self) -> str:
        return tidy_names(self.cleaned_data["names"])

    def clean_base_year(self) -> int | None:
        year: int | None = self.cleaned_data["base_year"]
        if year is not None and not SINCE <= year <= timezone.localdate().year + 1:
            raise forms.ValidationError(_("Tahun ini tidak masuk akal. Contoh: 1945."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, month = cleaned.get("day"), cleaned.get("month")
        if day is None or month is None:
            return cleaned
        if (day, month) == (29, 2):
            said = _("29 Februari tidak ada setiap tahun. Pilih 28 Februari atau 1 Maret.")
            self.add_error("day", said)
        elif not 1 <= day <= calendar.monthrange(LEAP_YEAR, month)[1]:
            self.add_error("day", _("Tanggal ini tidak ada pada bulan itu."))
        return cleaned


class OfficialForm(RowForm):
    name = line(_("Nama dan gelar"), 120, _("Tulis namanya, lengkap dengan gelar."))
    title = line(_("Jabatan"), 160, _("Tulis jabatannya. Contoh: Kepala Dinas Kesehatan"))
    since = day(_("Sejak"), _("Isi tanggal mulai menjabat."))
    until = day(_("Sampai"), help_text=_("Kosongkan selama masih menjabat."))

    class Meta:
        model = Official
        fields = ("name", "title", "since", "until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Lebih awal daripada tanggal mulainya. Periksa keduanya."))
        return cleaned
