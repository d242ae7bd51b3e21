"""The composer as a form: the words, channels, pictures, sources and time of one draft."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from platforms.models import Channel
from publishing import bank, calendar, ids, loading, plan, wording
from publishing.forms import insertions, moment, story
from publishing.forms.facts import facts_in
from publishing.forms.fields import WordsField
from publishing.forms.moment import MomentFields
from publishing.forms.pictures import Tray, tray_of
from publishing.forms.rows import ChannelRow, PictureRow
from publishing.forms.sources import SourceForm, lines_of, rows_in, rows_of
from publishing.forms.story import StoryFields
from publishing.http import SignedInRequest
from publishing.models import Attachment, Desk, Fact, Kind, Pillar, Post
from publishing.payloads import of_words
from publishing.workflow import Draft
from publishing.workflow.drafts import kept

ROWS_ONLY = ("add_source", "remove_source", *insertions.VERBS)  # buttons that keep nothing yet
_TOO_LONG = _("Teks ini %(show_value)s karakter; paling banyak %(limit_value)s. Pendekkan dahulu.")


def _words(label: Any, rows: int) -> forms.CharField:
    words = WordsField(
        label=label,
        required=False,
        strip=False,
        max_length=wording.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _TOO_LONG},
    )
    del words.widget.attrs["maxlength"]  # a browser would cut what is pasted and say nothing
    return words


class Composer(StoryFields, MomentFields):
    """Made by `showing` (a page to fill in) or `receiving` (what somebody sent)."""

    text = _words(_("Teks unggahan untuk semua kanal"), 9)
    channels = forms.TypedMultipleChoiceField(
        label=_("Kanal"),
        required=False,
        coerce=int,
        error_messages={"invalid_choice": _("Kanal ini bukan kanal OPD Anda.")},
    )
    no_claims = forms.BooleanField(
        label=_("Unggahan ini tidak memuat klaim atau angka"), required=False
    )
    note = WordsField(
        label=_("Catatan untuk peninjau"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )

    def __init__(
        self,
        tray: Tray,
        sources: Sequence[SourceForm],
        post: Post | None = None,
        do: str = "",
        sent: QueryDict | None = None,
        training: bool = False,
        **options: Any,
    ) -> None:
        self.tray, self.sources, self.post, self.do = tray, sources, post, do
        self.sent = sent
        super().__init__(sent, use_required_attribute=False, **options)
        self.offered = _offered(tray.agency, post, training)
        self.fields["channels"].choices = [(c.pk, str(c)) for c in self.offered]  # type: ignore[attr-defined]
        for channel in self.offered:
            label = _("Teks khusus %(channel)s") % {"channel": channel}
            self.fields[f"text_{channel.pk}"] = _words(label, 6)
        answered = post.details if post else {}
        self.ask(str(self["kind"].value()), loading.programmes(post), answered)
        tray.bind(sent, self.offered, kept(post).pictures if post else ())

    @classmethod
    def showing(
        cls,
        agency: Agency,
        post: Post | None = None,
        asked: Mapping[str, str] | None = None,
        *,
        training: bool = False,
    ) -> Self:
        """A page to fill in: a blank one (of an `asked` kind and pillar), or the kept draft."""
        if post is None:
            offered = _asked(asked or {}) | moment.initial(
                moment.asked_hour((asked or {}).get("at", ""))
            )
            return cls(Tray(agency), rows_of([]), initial=offered, training=training)
        sources = rows_of(post.sources.all(), bank.texts_of(post))
        return cls(tray_of(post), sources, post, initial=_kept(post))

    @classmethod
    def receiving(cls, request: SignedInRequest, agency: Agency, post: Post | None = None) -> Self:
        """What was sent. Usable files become the agency's own at once, so none is lost."""
        do = request.POST.get("do", "save")
        data = insertions.obey(request.POST, do, agency)
        tray = Tray(agency)
        tray.lay_out(data.getlist("media"))
        tray.take(request.FILES.getlist("pictures"), by=request.user)
        tray.take_consents(request.FILES, by=request.user)
        tray.rearrange(do)
        sources = rows_in(data, request.FILES, do, agency, request.user)
        return cls(tray, sources, post, do, data, request.user.in_training)

    @property
    def reshapes(self) -> bool:
        """Whether the button only changes the form, and keeps nothing yet."""
        return self.do.partition(":")[0] in ROWS_ONLY

    @property
    def is_autosave(self) -> bool:
        return self.do == "autosave"

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.sources if row.is_bound]
        rows += [not getattr(row, "refused", "") for row in self.sources]
        return all([super().is_valid(), *rows, self.tray.is_valid(), not self.tray.refused])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.forgive_the_hour()
        if self.post is None and self.do in {"save", "submit"} and not self._says_anything():
            self.add_error("text", _("Teks masih kosong. Tulis apa yang ingin disampaikan."))
        if self.do in {"save", "submit"}:
            self._demand_channels_of_own_texts()
        return cleaned

    def _demand_channels_of_own_texts(self) -> None:
        """Words for a channel that is not ticked would be kept nowhere."""
        ticked = {*self.cleaned_data.get("channels", ()), *self.kept_channels}
        for channel in self.offered:
            if channel.pk not in ticked and self.cleaned_data.get(f"text_{channel.pk}"):
                told = _("Centang kanal %(channel)s, atau kosongkan teks khususnya.")
                self.add_error(f"text_{channel.pk}", told % {"channel": channel})

    @property
    def kept_channels(self) -> list[int]:
        """Channels of the kept draft; ids. What is unticked of them stays in its history."""
        return [variant.channel_id for variant in self.post.variants.all()] if self.post else []

    @property
    def has_trouble(self) -> bool:
        """Whether something that was sent cannot be kept as it is."""
        return self.is_bound and not self.reshapes and not self.is_valid()

    def _says_anything(self) -> bool:
        names = ["text", *(f"text_{channel.pk}" for channel in self.offered)]
        return bool(self.tray.pictures) or any(self.data.get(n, "").strip() for n in names)

    def draft(self) -> Draft:
        """What to keep: what was sent, and of a field that holds nonsense what was kept before."""
        said = self.cleaned_data = {**self._fallback(), **self.cleaned_data}
        before = kept(self.post).sources if self.post else ()
        return Draft(
            text=said["text"] or "",
            channels={pk: said[f"text_{pk}"] or "" for pk in said["channels"] or ()},
            pictures=self.tray.placed(),
            sources=lines_of(self.sources, before),
            no_claims=bool(said["no_claims"]),
            publish_at=self.asked_at,
            valid_until=said["until"],
            note=said["note"] or "",
            kind=said["kind"] or Kind.ANNOUNCEMENT,
            details=self.every_answer(said),
            pillar=said["pillar"] or "",
            value=said["value"] or "",
            programme=said["programme"] or None,
            place=said["place"] or "",
            facts=self.facts,
        )

    def _fallback(self) -> dict[str, Any]:
        nothing: dict[str, Any] = dict.fromkeys(self.fields)
        if not self.errors:
            return nothing
        return nothing | (_kept(self.post) if self.post else moment.initial(calendar.first_offer()))

    # --- what the page draws ---

    @property
    def facts(self) -> list[int]:
        """Facts of the bank that were put in and still stand in the text; ids."""
        sent = self.sent.getlist("facts") if self.sent else self.initial.get("facts") or ()
        return ids.numbers(map(str, sent))

    @property
    def used_facts(self) -> list[Fact]:
        """The same as rows, as far as they are the own agency's."""
        if self.post and not self.is_bound:
            return list(self.post.facts.all())
        return facts_in(map(str, self.facts), self.tray.agency)

    @property
    def desk(self) -> Desk:
        return plan.desk_of(self.tray.agency)

    @property
    def troubles(self) -> list[str]:
        """Facts and sources that are past their day."""
        return bank.facts_troubles(self.post) if self.post else []

    @property
    def picture_rows(self) -> list[PictureRow]:
        of = len(self.tray.forms)
        return [PictureRow(form, n, of) for n, form in enumerate(self.tray.forms, start=1)]

    @cached_property
    def channel_rows(self) -> list[ChannelRow]:
        """Every channel on offer, with what it would show; `chosen` says whether it would."""
        chosen = {str(pk) for pk in self["channels"].value() or ()}
        placed = self.tray.placed()
        media = {one.pk: one for one in self.tray.pictures}
        shared = str(self["text"].value() or "")[: wording.MOST_CHARACTERS]
        rows = []
        for channel in self.offered:
            own = self[f"text_{channel.pk}"]
            words = str(own.value() or "").strip()[: wording.MOST_CHARACTERS] or shared
            attached = [
                Attachment(media=media[one.media], position=n, alt=one.alt)
                for n, one in enumerate(placed)
                if channel.pk not in one.left_out
            ]
            shown = of_words(channel, words, attached)
            rows.append(ChannelRow(channel, own, shown, str(channel.pk) in chosen))
        return rows

    @property
    def in_front(self) -> int | None:
        """The channel whose preview shows first."""
        return next((row.channel.pk for row in self.channel_rows if row.chosen), None)

    @property
    def returned(self) -> loading.Request | None:
        """Who asked for what, while the post waits to be mended."""
        return loading.request(self.post)


def _offered(agency: Agency, post: Post | None, training: bool) -> list[Channel]:
    """The agency's channels in use, and those that the draft chose when they still were."""
    chosen = [variant.channel_id for variant in post.variants.all()] if post else []
    ours = agency.channels.for_work(training=post.is_training if post else training)
    return list(ours.filter(Q(is_active=True) | Q(pk__in=chosen)))


def _asked(asked: Mapping[str, str]) -> dict[str, str]:
    """A kind and a pillar that a link asked for, when there are such."""
    known = {"kind": Kind.values, "pillar": Pillar.values}
    return {name: value for name, value in asked.items() if value in known.get(name, ())}


def _kept(post: Post) -> dict[str, Any]:
    """The draft's own values, by field name."""
    variants = list(post.variants.all())
    return {
        "text": post.text,
        "channels": [variant.channel_id for variant in variants],
        "no_claims": post.no_claims,
        "note": post.note,
        "facts": [fact.pk for fact in post.facts.all()],
        **{f"text_{variant.channel_id}": variant.text for variant in variants},
        **story.initial(post),
        **moment.initial(post.publish_at, post.valid_until),
    }
