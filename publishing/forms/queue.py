"""What may be asked of the queue: words, an agency, a kind, a platform."""

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from accounts.models import Agency
from platforms import registry
from publishing.models import Kind, Variant
from publishing.models.post import PostQuerySet


class QueueSearch(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field(_("Cari dalam teks"))
    agency = forms.TypedChoiceField(label=_("OPD"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("Jenis"), required=False)
    platform = forms.ChoiceField(label=_("Platform"), required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        agencies = Agency.objects.open().values_list("pk", "short_name")
        self._offer("agency", _("Semua OPD"), list(agencies.order_by("short_name")))
        self._offer("kind", _("Semua jenis"), list(Kind.choices))
        self._offer("platform", _("Semua platform"), list(registry.platforms()))

    def _offer(self, name: str, none: object, choices: list[tuple[object, object]]) -> None:
        self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        """`posts` that fit what was asked."""
        self.full_clean()
        said = self.cleaned_data
        if said.get("agency"):
            posts = posts.filter(agency=said["agency"])
        if said.get("kind"):
            posts = posts.filter(kind=said["kind"])
        if said.get("platform"):
            there = Variant.objects.filter(post=OuterRef("pk"), channel__platform=said["platform"])
            posts = posts.filter(Exists(there))
        if q := said.get("q"):
            posts = posts.saying(q)
        return posts

    @property
    def narrows(self) -> bool:
        """Whether anything was asked."""
        return any(self.cleaned_data.values())

    @property
    def asked(self) -> str:
        """What was asked, for the address of another page of it."""
        kept = QueryDict(mutable=True)
        kept.update({name: str(value) for name, value in self.cleaned_data.items() if value})
        return kept.urlencode()
