"""The choices of one person: by which ways they are told of what, and where they are reached."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models import Choice, Reach, Topic, Way
from publishing.notices import gates, preferences

_PHONE = RegexValidator(r"^\+[1-9][0-9]{7,14}$", _("Tulis nomornya dengan angka saja."))
_CHAT = RegexValidator(
    r"^-?[0-9]{3,19}$", _("ID obrolan Telegram berupa angka; bot memberitahukannya kepada Anda.")
)


class NoticesForm(forms.Form):
    """One row for each topic that can reach this person, and their addresses."""

    use_required_attribute = False

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data)
        self.person, self.here = person, preferences.ways()
        self.choices = preferences.all_of(person)
        self.refused_letters = preferences.refused_letters(person)
        reach = Reach.objects.filter(pk=person.pk).first() or Reach(person=person)
        if Way.GATEWAY in self.here:
            self.fields["phone"] = _phone(reach.phone)
        if Way.TELEGRAM in self.here:
            self.fields["chat"] = _chat(reach.chat)
        for topic, choice in self.choices.items():
            self._add_row(topic, choice)

    def _add_row(self, topic: str, choice: Choice) -> None:
        label = Topic(topic).label
        self.fields[f"{topic}-email"] = forms.ChoiceField(
            label=_("%(topic)s lewat surel") % {"topic": label},
            choices=Choice.Pace.choices,
            initial=choice.email,
            error_messages={"invalid_choice": _("Pilih salah satu dari daftar.")},
        )
        for way in self.here[1:]:
            self.fields[f"{topic}-{way}"] = forms.BooleanField(
                label=_("%(topic)s lewat %(way)s") % {"topic": label, "way": gates.name_of(way)},
                required=False,
                initial=getattr(choice, str(way)),
            )

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each topic by its name, with its fields."""
        for topic in self.choices:
            names = [name for name in self.fields if name.startswith(f"{topic}-")]
            yield str(Topic(topic).label), [self[name] for name in names]

    def addresses(self) -> list[forms.BoundField]:
        return [self[name] for name in ("phone", "chat") if name in self.fields]

    def clean_phone(self) -> str:
        """As gateways want it: +62 and the rest, however it was written."""
        phone = "".join(sign for sign in self.cleaned_data["phone"] if sign not in " -.()")
        if not phone:
            return ""
        phone = f"+62{phone[1:]}" if phone.startswith("0") else phone
        phone = phone if phone.startswith("+") else f"+{phone}"
        _PHONE(phone)
        return phone

    def clean(self) -> dict[str, Any]:
        """A way without an address is a promise that nobody can keep."""
        cleaned = super().clean() or self.cleaned_data
        for way, name in ((Way.GATEWAY, "phone"), (Way.TELEGRAM, "chat")):
            asked = any(cleaned.get(f"{topic}-{way}") for topic in self.choices)
            if name in self.fields and asked and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Isi ini dulu, atau kosongkan pilihan lewat cara ini."))
        return cleaned

    def save(self) -> None:
        """Keep it all. What this installation does not offer stays as it was."""
        kept = self.cleaned_data
        reach: dict[str, str] = {n: kept[n] for n in ("phone", "chat") if n in kept}
        if reach:
            Reach.objects.update_or_create(person=self.person, defaults=reach)
        for topic in self.choices:
            ways = {str(way): kept[f"{topic}-{way}"] for way in self.here}
            Choice.objects.update_or_create(person=self.person, topic=topic, defaults=ways)


def _phone(number: str) -> forms.CharField:
    return forms.CharField(
        label=_("Nomor %(way)s") % {"way": gates.name_of(Way.GATEWAY)},
        required=False,
        initial=number,
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Contoh: 0812 3456 7890."),
        error_messages={"max_length": _("Nomor ini terlalu panjang.")},
    )


def _chat(chat: str) -> forms.CharField:
    return forms.CharField(
        label=_("ID obrolan Telegram"),
        required=False,
        initial=chat,
        max_length=20,
        validators=[_CHAT],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Kirim pesan apa saja ke bot OPD Hub lebih dulu, lalu isi nomor obrolannya."),
        error_messages={"max_length": _("ID ini terlalu panjang.")},
    )
