"""The facts bank as forms: what is searched, one fact, and the facts that a form names."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from accounts.models import Agency
from publishing.forms.fields import day_field
from publishing.models import Fact
from publishing.models.fact import FactQuerySet

Narrowing: TypeAlias = Callable[[FactQuerySet], FactQuerySet]
# What the tabs say, in their order.
STATES: dict[str, tuple[Promise, Narrowing]] = {
    "": (_("Berlaku"), FactQuerySet.valid),
    "past": (_("Lewat masa berlaku"), FactQuerySet.past),
    "retired": (_("Dihapus"), FactQuerySet.retired),
}
MOST_FACTS = 50  # of one post; nobody reads a post of fifty figures


class FactSearch(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field(_("Cari fakta"))
    state = forms.ChoiceField(
        required=False,
        choices=[(key, label) for key, (label, _narrowing) in STATES.items()],
        widget=forms.HiddenInput,
    )

    def narrow(self, facts: FactQuerySet) -> FactQuerySet:
        self.full_clean()
        facts = STATES[self.cleaned_data.get("state", "")][1](facts)
        return facts.about(self.words) if self.words else facts

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))


class FactForm(forms.ModelForm[Fact]):
    """One fact of an agency."""

    use_required_attribute = False

    as_of = day_field(_("Per tanggal"), needed=_("Isi tanggal data ini."))
    expires = day_field(
        _("Berlaku sampai"),
        help_text=_("Sesudah hari ini, setiap draf yang memakainya diberi tanda."),
    )
    url = forms.URLField(
        label=_("Tautan"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Tautan ini tidak lengkap. Contoh: https://…")},
    )

    class Meta:
        model = Fact
        fields = (
            *("name", "figure", "unit", "as_of", "expires"),
            *("document", "number", "url", "owner"),
        )
        help_texts = {
            "name": _("Contoh: UMKM naik kelas"),
            "figure": _("Seperti ditulis dalam teks. Contoh: 1.323"),
            "unit": _("Contoh: UMKM, orang, %"),
            "owner": _("Bidang atau orang yang dapat ditanya tentang angka ini."),
        }
        error_messages = {
            "name": {"required": _("Sebutkan apa yang diukur.")},
            "figure": {"required": _("Isi angkanya.")},
            "document": {"required": _("Sebutkan dokumen sumbernya.")},
            "owner": {"required": _("Sebutkan siapa yang bertanggung jawab atas angka ini.")},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        as_of, expires = cleaned.get("as_of"), cleaned.get("expires")
        if as_of and expires and expires < as_of:
            self.add_error("expires", _("Lebih awal daripada tanggal datanya. Periksa keduanya."))
        return cleaned


def facts_in(ids: Iterable[str], agency: Agency) -> list[Fact]:
    """The agency's facts that a form names, in its order; what is not the agency's is left out."""
    wanted = [
        int(pk) for pk in dict.fromkeys(ids) if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]
    known = Fact.objects.filter(agency=agency).in_bulk(wanted[:MOST_FACTS])
    return [known[pk] for pk in wanted if pk in known]
