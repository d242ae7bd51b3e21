"""The composer's fields of time: an hour in WIB, or as soon as approved; until when it holds."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date as date_type
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import calendar
from publishing.forms.fields import day_field

_TOO_EARLY = _("Tahun ini terlalu jauh ke belakang. Contoh: 28/11/2026.")


def not_too_early(day: date_type) -> None:
    """Refuse years that PostgreSQL keeps and Python cannot read back."""
    if day.year < calendar.EARLIEST_YEAR:
        raise ValidationError(_TOO_EARLY)


class MomentFields(forms.Form):
    """When it goes out, and until when."""

    when = forms.ChoiceField(
        label=_("Waktu tayang"),
        choices=[("at", _("Pada waktu tertentu")), ("asap", _("Segera setelah disetujui"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih waktu tayangnya.")},
    )
    date = day_field(_("Tanggal"), needed=_("Pilih tanggalnya."), validators=[not_too_early])
    time = forms.TimeField(
        label=_("Jam (WIB)"),
        input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": _("Pilih jamnya."),
            "invalid": _("Jam ini tidak ada. Contoh: 09.00."),
        },
    )
    until = forms.DateTimeField(
        label=_("Berlaku sampai"),
        validators=[not_too_early],
        required=False,
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H.%M"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Waktu ini tidak ada. Contoh: 28/11/2026 17.00.")},
        help_text=_("Sesudahnya tidak dikirim lagi, apa pun yang terjadi."),
    )

    def forgive_the_hour(self) -> None:
        """ "As soon as approved" needs no day and no hour, whatever stands in their fields."""
        if self.cleaned_data.get("when") == "asap":
            for name in ("date", "time"):
                self.errors.pop(name, None)

    @property
    def asked_at(self) -> datetime | None:
        """The hour that was asked; None for as soon as approved. Only while those fields hold."""
        return _hour(self.cleaned_data)

    def time_trouble(self) -> str:
        """Why the hour on the form cannot be had; empty when it can, or cannot be read."""
        if self.is_bound and self.errors:
            return ""
        said = self.cleaned_data if self.is_bound else self.initial
        return calendar.trouble(_hour(said), said.get("until"))


def _hour(said: Mapping[str, Any]) -> datetime | None:
    if said["when"] == "asap":
        return None
    return timezone.make_aware(datetime.combine(said["date"], said["time"]))


def initial(at: datetime | None, until: datetime | None = None) -> dict[str, Any]:
    """The fields' values; a time is offered beside "at once", should one be wanted."""
    local = timezone.localtime(at or calendar.first_offer())
    return {
        "when": "at" if at else "asap",
        "date": local.date(),
        "time": local.time(),
        "until": timezone.localtime(until) if until else None,
    }


def asked_hour(words: str) -> datetime:
    """An hour still to come that a link asked for in WIB ("2026-11-27T09:00"); else the usual."""
    with suppress(ValueError, OverflowError):
        at = timezone.make_aware(datetime.fromisoformat(words))
        if not calendar.trouble(at, None):
            return at
    return calendar.first_offer()
