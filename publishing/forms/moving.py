"""The form of a move in the calendar: the day and the hour to which a post goes."""

from datetime import date as date_type
from datetime import datetime
from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import calendar
from publishing.forms.fields import day_field
from publishing.forms.moment import not_too_early


class Target(forms.Form):
    """To where. Both are asked for: the calendar holds no "at once"."""

    date = day_field(_("Tanggal"), needed=_("Isi tanggalnya."), validators=[not_too_early])
    time = forms.TimeField(
        label=_("Pukul (WIB)"),
        input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        error_messages={
            "required": _("Isi jamnya."),
            "invalid": _("Jam ini tidak ada. Contoh: 09.00."),
        },
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    @classmethod
    def showing(cls, at: datetime | None, day: date_type | None) -> Self:
        """The form as it is opened: at the hour that holds now, on the day that was chosen."""
        local = timezone.localtime(at or calendar.first_offer())
        return cls(initial={"date": day or local.date(), "time": local.time()})

    @property
    def at(self) -> datetime:
        """The hour that was asked. Only of a valid form."""
        moment: datetime = self.cleaned_data["at"]
        return moment

    def clean(self) -> None:
        said = self.cleaned_data
        if "date" not in said or "time" not in said:
            return
        try:
            said["at"] = timezone.make_aware(datetime.combine(said["date"], said["time"]))
        except (OverflowError, ValueError) as error:
            raise ValidationError(_("Waktu ini tidak ada.")) from error
