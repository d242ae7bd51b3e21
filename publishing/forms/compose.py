"""The composer as a form: the words, channels, pictures, sources and time of one draft."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Self

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from platforms.models import Channel
from publishing import calendar
from publishing.forms.pictures import Tray, tray_of
from publishing.forms.rows import ChannelRow, PictureRow
from publishing.forms.sources import DATE_FORMATS, SourceForm, rows_in, rows_of
from publishing.http import SignedInRequest
from publishing.models import Attachment, Post, Review
from publishing.payloads import of_words
from publishing.workflow import BadTime, Draft

FIRST_OFFER = time(9)  # tomorrow at nine, until the author says otherwise
ALT_LENGTH = 1000


class Composer(forms.Form):
    """Made by `showing` (a page to fill in) or `receiving` (what somebody sent)."""

    text = forms.CharField(
        label=_("Teks unggahan untuk semua kanal"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    channels = forms.TypedMultipleChoiceField(
        label=_("Kanal"),
        required=False,
        coerce=int,
        error_messages={"invalid_choice": _("Kanal ini bukan kanal OPD Anda.")},
    )
    no_claims = forms.BooleanField(
        label=_("Unggahan ini tidak memuat klaim atau angka"), required=False
    )
    when = forms.ChoiceField(
        label=_("Waktu tayang"),
        choices=[("at", _("Pada waktu tertentu")), ("asap", _("Segera setelah disetujui"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih waktu tayangnya.")},
    )
    date = forms.DateField(
        label=_("Tanggal"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Pilih tanggalnya."),
            "invalid": _("Tanggal ini tidak ada. Contoh: 28/11/2026."),
        },
    )
    time = forms.TimeField(
        label=_("Jam (WIB)"),
        input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": _("Pilih jamnya."),
            "invalid": _("Jam ini tidak ada. Contoh: 09.00."),
        },
    )
    until = forms.DateTimeField(
        label=_("Berlaku sampai"),
        required=False,
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H.%M"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Waktu ini tidak ada. Contoh: 28/11/2026 17.00.")},
        help_text=_("Sesudahnya tidak dikirim lagi, apa pun yang terjadi."),
    )
    urgent = forms.BooleanField(
        label=_("Darurat: jangan kirim bila terlambat lebih dari 15 menit"), required=False
    )
    note = forms.CharField(
        label=_("Catatan untuk peninjau"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )

    def __init__(
        self,
        tray: Tray,
        sources: Sequence[SourceForm],
        post: Post | None = None,
        do: str = "",
        **options: Any,
    ) -> None:
        self.tray, self.sources, self.post, self.do = tray, sources, post, do
        super().__init__(use_required_attribute=False, **options)
        self.offered = _offered(tray.agency, post)
        self._add_own_texts()
        self._add_alt_texts()

    @classmethod
    def showing(cls, agency: Agency, post: Post | None = None) -> Self:
        """A page to fill in: a blank one, or the draft as it is kept."""
        if post is None:
            return cls(Tray(agency), rows_of([]), initial=_schedule(_tomorrow()))
        return cls(tray_of(post), rows_of(post.sources.all()), post, initial=_kept(post))

    @classmethod
    def receiving(cls, request: SignedInRequest, agency: Agency, post: Post | None = None) -> Self:
        """What was sent. Usable files become the agency's pictures at once, so none is lost."""
        data, do = request.POST, request.POST.get("do", "save")
        tray = Tray(agency)
        tray.lay_out(data.getlist("media"))
        tray.take(request.FILES.getlist("pictures"), by=request.user)
        tray.rearrange(do)
        return cls(tray, rows_in(data, do), post, do, data=data)

    def _add_own_texts(self) -> None:
        self.fields["channels"].choices = [(c.pk, str(c)) for c in self.offered]  # type: ignore[attr-defined]
        for channel in self.offered:
            label = _("Teks khusus %(channel)s") % {"channel": channel}
            widget = forms.Textarea(attrs={"rows": 6})
            self.fields[f"text_{channel.pk}"] = forms.CharField(
                label=label, required=False, strip=False, widget=widget
            )

    def _add_alt_texts(self) -> None:
        for number, media in enumerate(self.tray.pictures, start=1):
            self.fields[f"alt_{media.pk}"] = forms.CharField(
                label=_("Teks alternatif gambar %(n)s") % {"n": number},
                required=False,
                max_length=ALT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
            )

    @property
    def reshapes(self) -> bool:
        """Whether the button only adds or removes a row, and keeps nothing yet."""
        return self.do.startswith(("add_source", "remove_source:"))

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.sources if row.is_bound]
        return super().is_valid() and all(rows) and not self.tray.refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "asap":
            for name in ("date", "time"):
                self.errors.pop(name, None)
        if self.post is None and self.do in {"save", "submit"} and not self._says_anything():
            self.add_error("text", _("Teks masih kosong. Tulis apa yang ingin disampaikan."))
        return cleaned

    def _says_anything(self) -> bool:
        names = ["text", *(f"text_{channel.pk}" for channel in self.offered)]
        return bool(self.tray.pictures) or any(self.data.get(n, "").strip() for n in names)

    def draft(self) -> Draft:
        """What to keep. Only for a valid form."""
        said = self.cleaned_data
        lines = [row.line() for row in self.sources if row.is_bound]
        return Draft(
            text=said["text"],
            channels={pk: said[f"text_{pk}"] for pk in said["channels"]},
            pictures=[(media.pk, said[f"alt_{media.pk}"]) for media in self.tray.pictures],
            sources=[line for line in lines if line],
            no_claims=said["no_claims"],
            publish_at=self._publish_at(),
            valid_until=said["until"],
            urgent=said["urgent"],
            note=said["note"],
        )

    def _publish_at(self) -> datetime | None:
        said = self.cleaned_data
        if said["when"] == "asap":
            return None
        return timezone.make_aware(datetime.combine(said["date"], said["time"]))

    # --- what the page draws ---

    @property
    def time_trouble(self) -> str:
        """Why the hour on the form cannot be had; empty when it can, or cannot be read."""
        try:
            calendar.check(self._asked_time())
            calendar.check_validity(self._asked_time(), self._asked_validity())
        except BadTime as error:
            return str(error)
        return ""

    def _asked_time(self) -> datetime | None:
        if not self.is_bound:
            return self.post.publish_at if self.post else None
        return None if self.errors else self._publish_at()

    def _asked_validity(self) -> datetime | None:
        if not self.is_bound:
            return self.post.valid_until if self.post else None
        until: datetime | None = self.cleaned_data.get("until")
        return None if self.errors else until

    @property
    def picture_rows(self) -> list[PictureRow]:
        return [
            PictureRow(media, n, len(self.tray.pictures), self[f"alt_{media.pk}"])
            for n, media in enumerate(self.tray.pictures, start=1)
        ]

    @cached_property
    def channel_rows(self) -> list[ChannelRow]:
        """Every channel on offer, with what it would show; `chosen` says whether it would."""
        chosen = {str(pk) for pk in self["channels"].value() or ()}
        attached = [
            Attachment(media=row.media, position=row.number, alt=row.alt.value() or "")
            for row in self.picture_rows
        ]
        shared = self["text"].value() or ""
        rows = []
        for channel in self.offered:
            own = self[f"text_{channel.pk}"]
            words = (own.value() or "").strip() or shared
            shown = of_words(channel, words, attached)
            rows.append(ChannelRow(channel, own, shown, str(channel.pk) in chosen))
        return rows

    @property
    def in_front(self) -> int | None:
        """The channel whose preview shows first."""
        return next((row.channel.pk for row in self.channel_rows if row.chosen), None)

    @cached_property
    def returned(self) -> Review | None:
        """Who asked for what, while the post waits to be mended."""
        if self.post is None or self.post.status != Post.Status.RETURNED:
            return None
        sent_back = Review.objects.filter(revision__post=self.post, decision="returned")
        return sent_back.select_related("decided_by").order_by("decided_at").last()


def _offered(agency: Agency, post: Post | None) -> list[Channel]:
    """The agency's channels in use, and those that the draft chose when they still were."""
    chosen = post.variants.values("channel") if post else []
    return list(agency.channels.filter(Q(is_active=True) | Q(pk__in=chosen)))


def _tomorrow() -> datetime:
    day = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, FIRST_OFFER))


def _kept(post: Post) -> dict[str, Any]:
    """The draft's own values, by field name."""
    variants = list(post.variants.all())
    return {
        "text": post.text,
        "channels": [variant.channel_id for variant in variants],
        "no_claims": post.no_claims,
        "note": post.note,
        "until": timezone.localtime(post.valid_until) if post.valid_until else None,
        "urgent": post.urgent,
        **{f"text_{variant.channel_id}": variant.text for variant in variants},
        **{f"alt_{a.media_id}": a.alt for a in post.attachments.all()},
        **_schedule(post.publish_at),
    }


def _schedule(at: datetime | None) -> dict[str, Any]:
    """The fields of the schedule; a time is offered beside "at once", should one be wanted."""
    local = timezone.localtime(at or _tomorrow())
    return {"when": "at" if at else "asap", "date": local.date(), "time": local.time()}
