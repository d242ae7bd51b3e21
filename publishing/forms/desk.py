"""An agency's writing desk as a form: tags, closing line, snippets, weekly hours, weekly plan."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from platforms.models import Channel
from publishing import wording
from publishing.models import Desk, Pillar
from publishing.models.desk import desk_of

MOST_TAGS = 10
MOST_SNIPPETS = 20
MOST_HOURS = 10  # of one channel on one weekday
MOST_A_WEEK = 21  # of one pillar: three a day
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?")
_BETWEEN = re.compile(r"[,;\s]+")
_ROW = re.compile(r"snippet-(\d{1,4})-text")


class HoursField(forms.CharField):
    """Times of day, "09.00, 16.30", kept as ["09:00", "16:30"]."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or ()).replace(":", ".")

    def clean(self, value: Any) -> list[str]:
        pieces = [piece for piece in _BETWEEN.split(super().clean(value)) if piece]
        hours = sorted({self._hour(piece) for piece in pieces})
        if len(hours) > MOST_HOURS:
            most = _("Paling banyak %(n)s jam sehari untuk satu kanal. Hapus sebagian.")
            raise forms.ValidationError(most, params={"n": MOST_HOURS})
        return hours

    def _hour(self, piece: str) -> str:
        found = _HOUR.fullmatch(piece)
        if not found:
            said = _("“%(piece)s” bukan jam. Tulis seperti ini: 09.00, 16.30.")
            raise forms.ValidationError(said, params={"piece": piece[:20]})
        return f"{int(found[1]):02}:{found[2] or '00'}"


class SnippetForm(forms.Form):
    """One phrase to insert while writing; a row left blank is none."""

    title = forms.CharField(label=_("Judul"), max_length=60, required=False)
    text = forms.CharField(
        label=_("Teks"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )

    def __init__(self, number: int, **options: Any) -> None:
        self.row = number
        super().__init__(prefix=f"snippet-{number}", use_required_attribute=False, **options)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("text") and not said.get("title") and "title" not in self.errors:
            self.add_error("title", _("Beri judul, agar frasa ini mudah dicari."))
        if said.get("title") and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Tulis teksnya, atau hapus baris ini."))
        return said

    def kept(self) -> dict[str, str] | None:
        """The phrase, or None for a blank row. Only for a valid row."""
        text = wording.clean(self.cleaned_data["text"])
        return {"title": self.cleaned_data["title"], "text": text} if text else None


@dataclass(frozen=True)
class WeekRow:
    """One channel's week: (name of the weekday, its field)."""

    channel: Channel
    days: list[tuple[str, forms.BoundField]]


class DeskForm(forms.Form):
    """Made by `showing` (the desk as it is kept) or `receiving` (what somebody sent)."""

    tags = forms.CharField(
        label=_("Tagar tetap"),
        max_length=300,
        required=False,
        help_text=_("Paling banyak 10, misalnya #SolokSelatan #SehatBersama."),
    )
    closing = forms.CharField(
        label=_("Kalimat penutup"),
        max_length=300,
        required=False,
        help_text=_("Misalnya: Informasi lebih lanjut di loket kami, Senin–Jumat 08.00–15.00."),
    )

    def __init__(
        self, agency: Agency, snippets: list[SnippetForm], do: str = "", **options: Any
    ) -> None:
        self.agency, self.snippets, self.do = agency, snippets, do
        super().__init__(use_required_attribute=False, **options)
        self.channels = list(agency.channels.active())
        for pillar in Pillar:
            self.fields[f"plan_{pillar.value}"] = _number(str(pillar.label))
        for channel in self.channels:
            for weekday, name in WEEKDAYS.items():
                label = _("%(day)s, %(channel)s") % {"day": name, "channel": channel}
                self.fields[_slot(channel, weekday)] = HoursField(
                    label=label, required=False, max_length=120
                )

    @classmethod
    def showing(cls, agency: Agency) -> Self:
        desk = desk_of(agency)
        return cls(agency, _rows_of(desk.snippets), initial=_kept(desk))

    @classmethod
    def receiving(cls, data: QueryDict, agency: Agency) -> Self:
        do = data.get("do", "save")
        return cls(agency, _rows_in(data, do), do, data=data)

    @property
    def reshapes(self) -> bool:
        """Whether the button only adds or removes a row, and keeps nothing yet."""
        return self.do.startswith(("add_snippet", "remove_snippet:"))

    @property
    def may_add_row(self) -> bool:
        return len(self.snippets) < MOST_SNIPPETS

    @property
    def is_troubled(self) -> bool:
        """Whether a field or a row of what was sent needs mending."""
        return not self.reshapes and self.is_bound and not self.is_valid()

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.snippets if row.is_bound]
        return super().is_valid() and all(rows)

    def clean_tags(self) -> str:
        """Each word becomes a #Tag of letters, digits and underscores, and stands once."""
        words = [re.sub(r"\W", "", word) for word in _BETWEEN.split(self.cleaned_data["tags"])]
        tags = {word.casefold(): f"#{word}" for word in reversed(words) if word}
        if len(tags) > MOST_TAGS:
            most = _("Paling banyak %(most)s tagar; di sini ada %(n)s. Hapus sebagian.")
            raise forms.ValidationError(most, params={"most": MOST_TAGS, "n": len(tags)})
        return " ".join(reversed(tags.values()))

    def clean_closing(self) -> str:
        return wording.clean(self.cleaned_data["closing"])

    def fill(self, desk: Desk) -> None:
        """Put everything on `desk`, which the caller keeps. Only for a valid form.

        The hours of channels that are not in use stay as they were.
        """
        said = self.cleaned_data
        desk.tags, desk.closing = said["tags"], said["closing"]
        phrases = [row.kept() for row in self.snippets if row.is_bound]
        desk.snippets = [phrase for phrase in phrases if phrase]
        desk.plan = {p.value: n for p in Pillar if (n := said[f"plan_{p.value}"])}
        week = {str(channel.pk): _week(channel, said) for channel in self.channels}
        desk.slots = {pk: hours for pk, hours in (desk.slots | week).items() if hours}

    @property
    def plan_fields(self) -> list[forms.BoundField]:
        return [self[f"plan_{pillar.value}"] for pillar in Pillar]

    @property
    def week_rows(self) -> list[WeekRow]:
        return [
            WeekRow(c, [(str(name), self[_slot(c, n)]) for n, name in WEEKDAYS.items()])
            for c in self.channels
        ]


def _number(label: str) -> forms.IntegerField:
    said = _("Isi angka 0 sampai %(n)s.") % {"n": MOST_A_WEEK}
    errors = dict.fromkeys(("invalid", "min_value", "max_value"), said)
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_A_WEEK,
        error_messages=errors,
        widget=widget,
    )


def _slot(channel: Channel, weekday: int) -> str:
    return f"slot_{channel.pk}_{weekday}"


def _week(channel: Channel, said: Mapping[str, Any]) -> list[list[Any]]:
    """A channel's hours as a desk keeps them: [[weekday, "HH:MM"]]."""
    return [[weekday, hour] for weekday in WEEKDAYS for hour in said[_slot(channel, weekday)]]


def _kept(desk: Desk) -> dict[str, Any]:
    """The desk's own values, by field name."""
    values: dict[str, Any] = {"tags": desk.tags, "closing": desk.closing}
    values |= {f"plan_{pillar}": n for pillar, n in desk.plan.items()}
    for pk, week in desk.slots.items():
        for weekday, hour in week:
            values.setdefault(f"slot_{pk}_{weekday}", []).append(hour)
    return values


def _rows_of(snippets: Iterable[Mapping[str, str]]) -> list[SnippetForm]:
    """The kept phrases, or one blank row."""
    return [SnippetForm(n, initial=kept) for n, kept in enumerate(snippets)] or [SnippetForm(0)]


def _rows_in(data: QueryDict, do: str) -> list[SnippetForm]:
    """The rows that were sent, less the one that `do` removes, and a blank one if it adds one."""
    numbers = sorted({int(found[1]) for name in data if (found := _ROW.fullmatch(name))})
    numbers = [n for n in numbers if do != f"remove_snippet:{n}"][:MOST_SNIPPETS]
    rows = [SnippetForm(n, data=data) for n in numbers]
    if not rows or (do == "add_snippet" and len(rows) < MOST_SNIPPETS):
        rows.append(SnippetForm(numbers[-1] + 1 if numbers else 0))
    return rows
