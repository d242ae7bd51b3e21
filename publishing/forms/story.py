"""The composer's fields of what sort of thing a post is: kind, its questions, its labels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from publishing import kinds, places
from publishing.models import Kind, Pillar, Post, Value

ANSWER_LENGTH = 500
_NOTHING = [("", "—")]


class StoryFields(forms.Form):
    """`ask` adds the questions of one kind, as `about_<key>`."""

    kind = forms.ChoiceField(
        label=_("Jenis unggahan"), required=False, choices=Kind, initial=Kind.ANNOUNCEMENT
    )
    pillar = forms.ChoiceField(
        label=_("Pilar"), required=False, choices=[("", _("Mengikuti jenisnya")), *Pillar.choices]
    )
    value = forms.ChoiceField(
        label=_("Nilai yang dibawa"), required=False, choices=[*_NOTHING, *Value.choices]
    )
    programme = forms.TypedChoiceField(
        label=_("Program"), required=False, coerce=int, empty_value=None
    )
    place = forms.ChoiceField(label=_("Kecamatan atau nagari"), required=False)

    def ask(
        self,
        kind: str,
        programmes: Sequence[tuple[int, str]],
        answered: Mapping[str, str] | None = None,
    ) -> None:
        """Offer the questions of `kind`, the regency's programmes and its places.

        What was `answered` before shows again where the page that was sent did not ask it.
        """
        self.pattern = kinds.of(kind if kind in Kind.values else Kind.ANNOUNCEMENT)
        self.fields["programme"].choices = [*_NOTHING, *programmes]  # type: ignore[attr-defined]
        self.fields["place"].choices = [*_NOTHING, *places.choices()]  # type: ignore[attr-defined]
        for question in self.pattern.questions:
            self.fields[f"about_{question.key}"] = _field_for(question)
            # asked for at the submission, not at each save: no "(opsional)" beside it
            self.fields[f"about_{question.key}"].needed = question.required  # type: ignore[attr-defined]
        if self.is_bound:
            self.data = self._with(self.data, answered or {})

    def _with(self, data: Any, answered: Mapping[str, str]) -> Any:
        asked = (f"about_{question.key}" for question in self.pattern.questions)
        unasked = [name for name in asked if name not in data]
        data = data.copy()
        data.update({n: said for n in unasked if (said := answered.get(n.removeprefix("about_")))})
        return data

    def every_answer(self, said: Mapping[str, Any]) -> dict[str, str]:
        """The answers by key: of the kind's questions as cleaned, of another kind's as sent."""
        sent = {n[6:]: str(s)[:ANSWER_LENGTH] for n, s in self.data.items() if n[:6] == "about_"}
        own = {q.key: said[f"about_{q.key}"] or "" for q in self.pattern.questions}
        return kinds.known(sent) | own

    @property
    def questions(self) -> list[BoundField]:
        """The kind's questions, to draw."""
        return [self[f"about_{question.key}"] for question in self.pattern.questions]

    @property
    def labels(self) -> list[BoundField]:
        """What the reports count by, to draw."""
        return [self[name] for name in ("pillar", "programme", "value", "place")]

    def answers(self) -> dict[str, str]:
        """What was answered, by key, good or not."""
        keys = [question.key for question in self.pattern.questions]
        return {key: str(self[f"about_{key}"].value() or "") for key in keys}


def _field_for(question: kinds.Question) -> forms.Field:
    if question.choices:
        options = [*_NOTHING, *question.choices]
        return forms.ChoiceField(label=str(question.label), required=False, choices=options)
    example = _("Contoh: %(example)s") % {"example": question.example} if question.example else ""
    return forms.CharField(
        label=str(question.label),
        required=False,
        max_length=ANSWER_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": question.example}),
        help_text="" if question.required else example,
    )


def initial(post: Post) -> dict[str, Any]:
    """The fields' values of a kept draft."""
    details: Mapping[str, str] = post.details
    follows = post.pillar == kinds.of(post.kind).pillar
    return {
        "kind": post.kind,
        "pillar": "" if follows else post.pillar,
        "value": post.value,
        "programme": post.programme_id,
        "place": post.place,
        **{f"about_{key}": answer for key, answer in details.items()},
    }
