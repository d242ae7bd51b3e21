"""The form of "Pemberitahuan": for each topic its ways, and where a person is reached."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from publishing.models.notice import Mail, Topic
from publishing.notices.choices import Ways

_PHONE = re.compile(r"\+?\d{8,16}")
_CHAT = re.compile(r"-?\d{3,20}")


class NoticesForm(forms.Form):
    """Made with the ways that hold now; `ways` reads what was chosen."""

    phone = forms.CharField(
        label=_("Nomor telepon"),
        required=False,
        help_text=_("Untuk gateway pesan. Contoh: 081234567890."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    chat = forms.CharField(
        label=_("Id obrolan Telegram"),
        required=False,
        help_text=_("Angka yang disebut bot Telegram kepada Anda."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, now: Mapping[Topic, Ways], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in Topic:
            self._ask(topic, now[topic])
        if not settings.GATEWAY_URL:
            del self.fields["phone"]
        if not settings.TELEGRAM_TOKEN:
            del self.fields["chat"]

    def _ask(self, topic: Topic, ways: Ways) -> None:
        self.fields[f"mail_{topic}"] = forms.ChoiceField(
            label=_("Surel"), choices=Mail.choices, initial=ways.mail
        )
        for name, label, is_there in (
            ("gateway", _("Gateway pesan"), settings.GATEWAY_URL),
            ("telegram", "Telegram", settings.TELEGRAM_TOKEN),
        ):
            if is_there:
                self.fields[f"{name}_{topic}"] = forms.BooleanField(
                    label=label, required=False, initial=getattr(ways, name)
                )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(topic, its fields), for the page."""
        return [
            (
                str(topic.label),
                [self[name] for name in self.fields if name.endswith(f"_{topic}")],
            )
            for topic in Topic
        ]

    def places(self) -> list[forms.BoundField]:
        """Where a person is reached, as far as this installation has the way."""
        return [self[name] for name in ("phone", "chat") if name in self.fields]

    def clean_phone(self) -> str:
        phone = re.sub(r"[\s().-]", "", self.cleaned_data["phone"])
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Nomor ini tidak lengkap. Contoh: 081234567890."))
        return phone

    def clean_chat(self) -> str:
        chat = str(self.cleaned_data["chat"]).strip()
        if chat and not _CHAT.fullmatch(chat):
            raise forms.ValidationError(_("Id obrolan hanya angka. Salin dari bot Telegram."))
        return chat

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, place in (("gateway", "phone"), ("telegram", "chat")):
            wanted = any(cleaned.get(f"{name}_{topic}") for topic in Topic)
            if wanted and place in self.fields and not cleaned.get(place):
                self.add_error(place, _("Isi ini agar pemberitahuan dapat sampai."))
        return cleaned

    def ways(self) -> dict[Topic, Ways]:
        """What was chosen, of a valid form."""
        said = self.cleaned_data
        return {
            topic: Ways(
                said[f"mail_{topic}"],
                said.get(f"gateway_{topic}", False),
                said.get(f"telegram_{topic}", False),
            )
            for topic in Topic
        }
