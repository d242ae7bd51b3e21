"""The pictures on a draft's form: kept ones in order, new ones accepted, others refused by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from publishing.media import MOST_PICTURES, BadPicture, accept
from publishing.models import Media, Post


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken, and why."""

    name: str
    sentence: str


@dataclass
class Tray:
    """An agency's pictures as they lie on one form."""

    agency: Agency
    pictures: list[Media] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def lay_out(self, ids: Iterable[str]) -> None:
        """Put kept pictures down in the order of `ids`; what is not the agency's is left out."""
        wanted = [int(pk) for pk in dict.fromkeys(ids) if pk.isascii() and pk.isdigit()]
        kept = self.agency.media.prefetch_related("renditions").in_bulk(wanted[:MOST_PICTURES])
        self.pictures += [kept[pk] for pk in wanted if pk in kept]

    def take(self, uploads: Iterable[UploadedFile[bytes]], *, by: User) -> None:
        """Add what is usable; remember the rest with the sentence for its author."""
        for upload in uploads:
            name = upload.name or _("gambar")
            try:
                self._add(upload, by)
            except BadPicture as reason:
                self.refused.append(Refusal(name, str(reason)))

    def _add(self, upload: UploadedFile[bytes], by: User) -> None:
        if len(self.pictures) >= MOST_PICTURES:
            message = _("Satu unggahan memuat paling banyak %(n)s gambar. Hapus satu dulu.")
            raise BadPicture(message % {"n": MOST_PICTURES})
        media = accept(upload, agency=self.agency, by=by)
        if media not in self.pictures:
            self.pictures.append(media)

    def rearrange(self, do: str) -> None:
        """Obey `remove:<id>`, `left:<id>` or `right:<id>`; anything else changes nothing."""
        verb, _colon, pk = do.partition(":")
        place = next((n for n, media in enumerate(self.pictures) if str(media.pk) == pk), None)
        if place is None or verb not in {"remove", "left", "right"}:
            return
        media = self.pictures.pop(place)
        if verb != "remove":
            step = -1 if verb == "left" else 1
            self.pictures.insert(max(0, place + step), media)


def tray_of(post: Post) -> Tray:
    """The pictures of a kept draft."""
    attached = post.attachments.select_related("media").prefetch_related("media__renditions")
    return Tray(post.agency, [attachment.media for attachment in attached])
