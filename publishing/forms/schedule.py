"""The form that asks for another hour: a day and a time in WIB, or as soon as possible."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import calendar


class Hour(forms.Form):
    """When to publish. Its button `asap` asks for no hour at all."""

    date = forms.DateField(
        label=_("Tanggal"),
        error_messages={"required": _("Isi tanggalnya.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    time = forms.TimeField(
        label=_("Pukul (WIB)"),
        error_messages={"required": _("Isi jamnya.")},
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    @classmethod
    def showing(cls, at: datetime | None) -> "Hour":
        """The form as it is opened: at the hour that holds now, if there is one."""
        local = timezone.localtime(at) if at else None
        return cls(initial={"date": local.date(), "time": local.time()} if local else None)

    @property
    def as_soon_as_possible(self) -> bool:
        return "asap" in self.data

    @property
    def at(self) -> datetime | None:
        """The hour that was asked; None for as soon as possible. Only of a valid form."""
        if self.as_soon_as_possible:
            return None
        day, clock = self.cleaned_data["date"], self.cleaned_data["time"]
        return timezone.make_aware(datetime.combine(day, clock))

    def wanted(self) -> datetime | None:
        """The hour, if it can be had; else None, and the form says why not."""
        if not super().is_valid():
            return None
        try:
            calendar.check(self.at)
        except calendar.BadTime as error:
            self.add_error(None, str(error))
            return None
        return self.at

    def is_valid(self) -> bool:
        return self.as_soon_as_possible or super().is_valid()
