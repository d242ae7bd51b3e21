"""The parts of the rulebook that are rows: what each is called, its form, how it is searched."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from publishing.forms.rules_rows import (
    AcronymForm,
    AllowanceForm,
    CommemorationForm,
    OfficialForm,
    PeriodForm,
    RowForm,
)
from publishing.models import Allowance, Commemoration, Official, Period

Words = str | Promise


class RowSearch(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field()
    kind = forms.ChoiceField(
        required=False,
        choices=[("", _("Semua")), *Allowance.Kind.choices],
        widget=forms.HiddenInput,
    )

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def kind_asked(self) -> str:
        return str(self.cleaned_data.get("kind", ""))


@dataclass(frozen=True)
class Section:
    """One page of rows. `starts` and `ends` are the fields of its
    first and last day; `shown` makes of the
    rows what the page draws."""

    slug: str
    title: Words
    about: Words
    icon: str
    form: type[RowForm]
    searched: tuple[str, ...]
    starts: str = ""
    ends: str = ""
    shown: Callable[[Iterable[Any]], list[Any]] = list
    has_kinds: bool = False

    @property
    def model(self) -> type[Model]:
        return self.form._meta.model

    @property
    def row(self) -> str:
        """The template of a row."""
        return f"publishing/rules/_row_{self.slug}.html"

    def rows(self, search: RowSearch) -> Sequence[Any]:
        """The rows that were asked for, in their order."""
        search.full_clean()
        found: QuerySet[Any] = self.model._default_manager.select_related("by")
        if search.words:
            about = (Q(**{f"{field}__icontains": search.words}) for field in self.searched)
            found = found.filter(_any(about))
        if self.has_kinds and search.kind_asked:
            found = found.filter(kind=search.kind_asked)
        return self.shown(found)


@dataclass(frozen=True)
class Dated:
    """A row with how it stands today: "past", "now" or "ahead"."""

    row: Any
    state: str


@dataclass(frozen=True)
class Coming:
    """A day that is greeted, when it comes next, and the how manieth that is."""

    row: Commemoration
    on: date
    number: int | None

    @property
    def names(self) -> list[str]:
        return self.row.names.splitlines()


def periods(rows: Iterable[Period]) -> list[Dated]:
    """What holds today first, then what is ahead, then what is over, the newest first."""
    dated = [Dated(row, _state(row.starts_on, row.ends_on)) for row in rows]
    return sorted(dated, key=lambda one: ("now", "ahead", "past").index(one.state))


def officials(rows: Iterable[Official]) -> list[Dated]:
    return [Dated(row, _state(row.since, row.until)) for row in rows]


def coming(rows: Iterable[Commemoration]) -> list[Coming]:
    """The days as they come, from today on."""
    return sorted((_coming(row) for row in rows), key=lambda one: (one.on, one.row.pk))


def _coming(row: Commemoration) -> Coming:
    today = timezone.localdate()
    year = today.year + ((row.month, row.day) < (today.month, today.day))
    number = year - row.base_year if row.base_year is not None else None
    return Coming(row, date(year, row.month, row.day), number if number and number > 0 else None)


def _state(start: date, end: date | None) -> str:
    today = timezone.localdate()
    if start > today:
        return "ahead"
    return "past" if end is not None and end < today else "now"


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


SECTIONS: Mapping[str, Section] = {
    section.slug: section
    for section in (
        Section(
            "allowed",
            _("Pengecualian"),
            _("Nomor layanan, surel resmi, rekening lembaga, situs mitra: yang boleh disebut."),
            "outline/shield-check",
            AllowanceForm,
            ("value", "owner"),
            has_kinds=True,
        ),
        Section(
            "acronyms",
            _("Singkatan"),
            _("Singkatan dan kepanjangannya; yang sudah umum tidak perlu dipanjangkan."),
            "outline/abc",
            AcronymForm,
            ("short", "meaning"),
        ),
        Section(
            "periods",
            _("Masa khusus"),
            _("Tahapan pemilihan, masa tenang, masa berkabung: aturan lain berlaku selama itu."),
            "outline/calendar-exclamation",
            PeriodForm,
            ("name", "names"),
            starts="starts_on",
            ends="ends_on",
            shown=periods,
        ),
        Section(
            "commemorations",
            _("Peringatan"),
            _("Hari yang diberi ucapan, dengan tanggal dan “ke-N” yang benar."),
            "outline/confetti",
            CommemorationForm,
            ("names",),
            shown=coming,
        ),
        Section(
            "officials",
            _("Pejabat"),
            _("Nama, gelar, dan jabatan, beserta masa jabatannya."),
            "outline/user-star",
            OfficialForm,
            ("name", "title"),
            starts="since",
            ends="until",
            shown=officials,
        ),
    )
}
KINDS = [("", _("Semua")), *Allowance.Kind.choices]
