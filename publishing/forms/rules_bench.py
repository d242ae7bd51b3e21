"""The form of the bench: a text, and the post that it is imagined to be."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guidelines import Genre
from platforms import registry
from publishing.forms.fields import WordsField
from publishing.forms.rules_rows import day
from publishing.models import Kind
from publishing.rule_bench import Trial
from publishing.wording import MOST_CHARACTERS

GENRES = [
    (Genre.POST.value, _("Teks unggahan")),
    (Genre.PICTURE.value, _("Teks alternatif gambar")),
    (Genre.REPLY.value, _("Balasan kepada warga")),
]


class BenchForm(forms.Form):
    """Nothing of it is kept."""

    use_required_attribute = False

    text = WordsField(
        label=_("Teks"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Tempel atau tulis teks yang ingin diuji."),
            "max_length": _("Paling panjang 70.000 huruf; teks ini lebih panjang."),
        },
    )
    genre = forms.ChoiceField(label=_("Yang diuji"), choices=GENRES)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices)
    platform = forms.ChoiceField(label=_("Platform"), required=False)
    day = day(_("Tayang pada"), _("Isi tanggal tayangnya."))
    sourced = forms.BooleanField(label=_("Punya sumber data"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"day": timezone.localdate(), "kind": Kind.ANNOUNCEMENT})
        super().__init__(*args, **options)
        choices = [("", _("Tidak ditentukan")), *registry.platforms()]
        self.fields["platform"].choices = choices  # type: ignore[attr-defined]

    def trial(self) -> Trial:
        """What is asked. Only of a valid form."""
        said = self.cleaned_data
        return Trial(
            said["text"],
            said["day"],
            said["kind"],
            said["platform"],
            Genre(said["genre"]),
            said["sourced"],
        )
