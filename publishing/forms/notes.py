"""A new note on a submission: where it points, its words, its reason."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from publishing import anchors, picture_row
from publishing.anchors import Anchor, Misplaced
from publishing.forms.fields import WordsField
from publishing.models import Review, Revision
from publishing.payloads import Shown
from publishing.workflow.notes import MOST_WORDS

JUDGEMENT = {"form": "keputusan"}  # one form of the page carries everything, so nothing is lost
PREFIX = "note"


class NoteForm(forms.Form):
    """Made by `on` (the submission as it is read, with what was typed) or `receiving`."""

    place = forms.ChoiceField(
        label=_t("Tentang"),
        error_messages={"invalid_choice": _t("Tempat ini tidak ada di pengajuan ini. Pilih lagi.")},
    )
    quote = WordsField(
        label=_t("Kata-kata yang dimaksud"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "short", "data-quote": ""}),
    )
    words = WordsField(
        label=_t("Catatan"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )
    reason = forms.ChoiceField(
        label=_t("Alasan"),
        required=False,
        choices=[("", _t("Pilih alasan")), *Review.Reason.choices],
    )
    near = forms.CharField(required=False, widget=forms.HiddenInput)  # where the quote began
    point = forms.CharField(required=False, widget=forms.HiddenInput)  # "channel:x:y"

    def __init__(self, revision: Revision, shown: list[Shown], **options: Any) -> None:
        self.content = revision.content
        super().__init__(prefix=PREFIX, use_required_attribute=False, **options)
        places = [("whole", _("Seluruh unggahan")), *_texts(shown), *_pictures(revision)]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs |= JUDGEMENT | {f"data-note-{name}": ""}
        self.fields["words"].widget.attrs.pop("maxlength", None)  # what was pasted stays whole

    @classmethod
    def on(cls, revision: Revision, shown: list[Shown], sent: QueryDict | None = None) -> Self:
        """A blank one, or with what was typed before another button was pressed."""
        typed = {name: sent.get(f"{PREFIX}-{name}", "") for name in cls.base_fields if sent}
        return cls(revision, shown, initial=typed)

    @classmethod
    def receiving(cls, revision: Revision, shown: list[Shown], sent: QueryDict) -> Self:
        return cls(revision, shown, data=sent)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "words" in cleaned and not cleaned["words"] and not cleaned.get("reason"):
            self.add_error("words", _("Tulis catatannya, atau pilih alasannya."))
        try:
            self.anchor = self._anchor(cleaned)
        except Misplaced as wrong:
            self.add_error(wrong.field, str(wrong))
        return cleaned

    @property
    def is_begun(self) -> bool:
        """Whether somebody wrote in it what would be lost; a quote stands in the text anyway."""
        return self.is_bound or any(self.initial.get(name) for name in ("words", "reason"))

    def _anchor(self, said: dict[str, Any]) -> Anchor:
        kind, _colon, pk = said.get("place", "").partition(":")
        if kind == "text":
            near = _number(said.get("near", "")) or 0
            return anchors.on_text(self.content, int(pk), said.get("quote", ""), near)
        if kind == "picture":
            channel, point = _pointed(said.get("point", ""))
            return anchors.on_picture(self.content, int(pk), channel, point)
        if said.get("quote"):
            raise Misplaced("place", _("Pilih teks yang memuat kata-kata itu."))
        return anchors.WHOLE


def _texts(shown: list[Shown]) -> list[tuple[str, str]]:
    """Each different text once, under the first channel that says it."""
    said: dict[str, list[Shown]] = {}
    for one in shown:
        said.setdefault(one.text, []).append(one)
    return [
        (f"text:{sayers[0].channel.pk}", _text_label(sayers, len(shown)))
        for sayers in said.values()
    ]


def _text_label(sayers: list[Shown], all_of_them: int) -> str:
    if len(sayers) == all_of_them > 1:
        return _("Teks semua kanal")
    return _("Teks %(channels)s") % {"channels": ", ".join(one.label for one in sayers)}


def _pictures(revision: Revision) -> list[tuple[str, str]]:
    return [
        (
            f"picture:{picture['media']}",
            _("Gambar %(n)s: %(alt)s") % {"n": n, "alt": Truncator(picture["alt"]).chars(60)},
        )
        for n, picture in enumerate(picture_row.of(revision), 1)
    ]


def _pointed(said: str) -> tuple[int | None, tuple[int, int] | None]:
    """ "channel:x:y"; no point at all when nothing was sent. Raises Misplaced."""
    if not said:
        return None, None
    channel, x, y = (*map(_number, said.split(":")), None, None, None)[:3]
    if channel is None or x is None or y is None:
        raise Misplaced("place", _("Titiknya di luar gambar. Ketuk gambarnya sekali lagi."))
    return channel, (x, y)


def _number(said: str) -> int | None:
    """A whole number that a page may have sent, None for anything else."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None
