"""The form of a feed: whose calendar, and where it will be shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from publishing.agenda import feed
from publishing.forms.fields import WordsField


class FeedForm(forms.Form):
    """A new address."""

    name = WordsField(
        label=_("Dipasang di mana"),
        max_length=60,
        help_text=_("Misalnya: ponsel Sari. Supaya Anda tahu mana yang dicabut."),
        error_messages={"required": _("Beri nama, misalnya: ponsel Sari.")},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("OPD"),
        empty_label=None,
        error_messages={
            "required": _("Pilih OPD-nya."),
            "invalid_choice": _("Pilih OPD dari daftar."),
        },
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        agencies = Agency.objects.open().order_by("short_name")
        if not feed.may_have(user, 0):
            agencies = agencies.filter(pk=user.agency_id or 0)
        field = self.fields["agency"]
        field.queryset = agencies  # type: ignore[attr-defined]
        field.initial = user.agency_id
