"""The pictures on a draft's form: kept ones in order, new ones accepted, others refused by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from platforms.models import Channel
from publishing import documents, ids, wording
from publishing.forms.library import ALT_LENGTH, AboutPicture, attach_consent
from publishing.media import MOST_PICTURES, BadPicture, accept
from publishing.models import Media, Post
from publishing.models.media import MediaQuerySet
from publishing.workflow.drafts import Placed

HERE = ("alt", "faces", "consent")
MORE = ("credit", "licence", "focal")  # the page fetches these when they are opened


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken, and why."""

    name: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}: {self.sentence}"


@dataclass(frozen=True)
class Box:
    """Whether one channel shows the picture."""

    channel: Channel
    ticked: bool

    @property
    def key(self) -> str:
        return str(self.channel.pk)


class PictureForm(AboutPicture):
    """One picture of a draft; its fields are named `<field>_<media id>`.

    `asked_…` names the channels that the page asked about, `more_…` is there when it held MORE.
    What it did not ask, or (without `asked_…`) a form that did not hold this picture, stays as it
    is kept. `on_…` are the channels that were ticked.
    """

    carriers: ClassVar = {"was": HERE, "more": MORE}

    def __init__(
        self,
        picture: Media,
        channels: Sequence[Channel],
        placed: Placed | None = None,
        data: QueryDict | None = None,
    ) -> None:
        self.channels = channels
        self._left_out = placed.left_out if placed else ()
        self._sent = QueryDict() if data is None else data
        super().__init__(picture, initial={"alt": placed.alt} if placed else {}, auto_id="id_%s")
        if data is not None:
            self.data, self.is_bound = self._completed(data), True

    @property
    def key(self) -> str:
        return str(self.instance.pk)

    def add_prefix(self, field_name: str) -> str:
        return f"{field_name}_{self.key}"

    def _completed(self, data: QueryDict) -> QueryDict:
        """What was sent, and of what was not asked what is kept."""
        if self.add_prefix("asked") not in data:
            unasked = [n for n in (*HERE, *MORE) if n != "alt" or self.add_prefix(n) not in data]
        else:
            unasked = [] if self.has_more else [*MORE]
        completed = data.copy()
        for name in unasked:
            completed[self.add_prefix(name)] = self.initial.get(name) or ""
        return completed

    @property
    def has_more(self) -> bool:
        """Whether the fields that are fetched when they are opened were sent."""
        return self.add_prefix("more") in self._sent

    @property
    def more(self) -> str:
        """The marks that come with those fields."""
        return self.marks("more")

    @cached_property
    def boxes(self) -> list[Box]:
        """One for each channel; of one that the page did not ask about, what is kept."""
        asked = self._sent.get(self.add_prefix("asked"), "").split(",")
        ticked = self._sent.getlist(self.add_prefix("on"))
        return [
            Box(
                one, str(one.pk) in ticked if str(one.pk) in asked else one.pk not in self._left_out
            )
            for one in self.channels
        ]

    @property
    def asks_where(self) -> bool:
        """Whether there is a choice: of the only channel nobody is asked, unless it lacks it."""
        return len(self.boxes) > 1 or not all(box.ticked for box in self.boxes)

    @property
    def asked(self) -> str:
        return ",".join(box.key for box in self.boxes) if self.asks_where else ""

    @property
    def placed(self) -> Placed:
        """What the draft says of it, also while a field of it holds nonsense."""
        alt = wording.clean(str(self["alt"].value() or ""))[:ALT_LENGTH].strip()
        left_out = tuple(box.channel.pk for box in self.boxes if not box.ticked)
        return Placed(self.instance.pk, alt, left_out)

    def remember(self) -> None:
        """Let the library know what was said; what is cleared for one post stays on offer."""
        if self.is_valid():
            self.write({n for n in self.changes() if n == "focal" or self.cleaned_data[n]})

    @property
    def has_trouble(self) -> bool:
        """Whether a field inside "Izin dan kredit" has an error."""
        return self.is_bound and bool({*MORE} & set(self.errors))


@dataclass
class Tray:
    """An agency's pictures as they lie on one form; `most` None: there is room for any number."""

    agency: Agency
    pictures: list[Media] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    forms: list[PictureForm] = field(default_factory=list)  # after `bind`, one for each picture
    most: int | None = MOST_PICTURES

    def lay_out(self, written: Iterable[str]) -> None:
        """Put kept pictures down in the order of their ids; other agencies' are left out."""
        wanted = ids.numbers(written)[: self.most]
        kept = self._own.in_bulk(wanted)
        self.pictures += [kept[pk] for pk in wanted if pk in kept]

    def take(self, uploads: Iterable[UploadedFile[bytes]], *, by: User) -> None:
        """Add what is usable; remember the rest with the sentence for its author."""
        for upload in uploads:
            try:
                self._demand_room()
                self._add(accept(upload, agency=self.agency, by=by))
            except BadPicture as reason:
                self.refused.append(Refusal(upload.name or _("gambar"), str(reason)))

    def take_consents(self, files: MultiValueDict[str, UploadedFile[bytes]], *, by: User) -> None:
        """Keep the consents sent as `consent_file_<media id>`, or say why not."""
        for picture in self.pictures:
            upload = files.get(f"consent_file_{picture.pk}")
            if not upload:
                continue
            try:
                attach_consent(picture, upload, agency=self.agency, by=by)
            except documents.BadDocument as reason:
                self.refused.append(Refusal(upload.name or _("berkas"), str(reason)))

    def rearrange(self, do: str) -> None:
        """Obey `add:<id>`, `remove:<id>`, `left:<id>` or `right:<id>`; else change nothing."""
        verb, _colon, pk = do.partition(":")
        if verb == "add":
            return self._fetch(pk)
        place = next((n for n, media in enumerate(self.pictures) if str(media.pk) == pk), None)
        if place is None or verb not in {"remove", "left", "right"}:
            return
        media = self.pictures.pop(place)
        if verb != "remove":
            step = -1 if verb == "left" else 1
            self.pictures.insert(max(0, place + step), media)

    def bind(
        self, data: QueryDict | None, channels: Sequence[Channel], placed: Iterable[Placed]
    ) -> None:
        """Give each picture its form: what was sent, else what is kept and `placed`."""
        of = {one.media: one for one in placed}
        self.forms = [PictureForm(one, channels, of.get(one.pk), data) for one in self.pictures]

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.forms]  # of each: all errors show together
        return all(answers)

    def placed(self) -> list[Placed]:
        """The pictures as a Draft holds them."""
        return [form.placed for form in self.forms]

    def keep(self) -> None:
        """Let the library remember what was said of each picture, where it is valid."""
        for form in self.forms:
            form.remember()

    def marks(self) -> dict[str, str]:
        """What the page's hidden inputs hold from now on, by name; for a page that stays open."""
        return {
            form.add_prefix(carrier): form.marks(carrier)
            for form in self.forms
            for carrier in form.carriers
        }

    def _fetch(self, pk: str) -> None:
        for picture in self._own.filter(pk__in=ids.numbers([pk])):
            try:
                self._demand_room()
                self._add(picture)
            except BadPicture as reason:
                self.refused.append(Refusal(picture.name, str(reason)))

    @property
    def _own(self) -> MediaQuerySet:
        return self.agency.media.select_related("consent_file").prefetch_related("renditions")

    def _demand_room(self) -> None:
        if self.most is not None and len(self.pictures) >= self.most:
            message = _("Satu unggahan memuat paling banyak %(n)s gambar. Hapus satu dulu.")
            raise BadPicture(message % {"n": self.most})

    def _add(self, picture: Media) -> None:
        if picture not in self.pictures:
            self.pictures.append(picture)


def tray_of(post: Post) -> Tray:
    """The pictures of a kept draft."""
    prefetch_related_objects([post], "attachments__media__renditions")
    return Tray(post.agency, [attachment.media for attachment in post.attachments.all()])
