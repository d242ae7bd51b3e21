"""The agency's pictures on disk and in rows: taken in, framed anew, removed when nothing uses them.

The original keeps its pixels and loses its EXIF (place, device, owner). Renditions are made at
upload, so that what fails, fails before the author's eyes.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models import Agency, User
from publishing import frames
from publishing.delivery import shelf
from publishing.frames import BadPicture, Focal
from publishing.models import Attachment, Media, Post, Rendition, Revision
from publishing.models.post import PostQuerySet

__all__ = ["MOST_PICTURES", "BadPicture", "InUse", "accept", "refocus", "remove", "users_of"]

MOST_PICTURES = 10  # Instagram's carousel
MOST_BYTES = 25 * 1024 * 1024


class InUse(Exception):
    """A picture that drafts show, or that was handed in for review, is not removed."""

    def __init__(self) -> None:
        super().__init__(
            _("Gambar ini masih dipakai, jadi tidak dihapus. Lepaskan dulu dari unggahannya.")
        )


def accept(upload: UploadedFile[bytes], *, agency: Agency, by: User) -> Media:
    """Take an uploaded picture into the agency's library; the same picture is stored once.

    Raises BadPicture with a sentence for the author.
    """
    raw = _read(upload)
    digest = hashlib.sha256(raw).hexdigest()
    if known := Media.objects.filter(agency=agency, upload_sha256=digest).first():
        return known
    clean, kind = frames.opened(raw)
    with transaction.atomic():
        media, fresh = Media.objects.get_or_create(
            agency=agency,
            upload_sha256=digest,
            defaults={
                "uploaded_by": by,
                "name": Path(upload.name or "gambar").name[:200],
                "path": shelf.keep(frames.encoded(clean, kind, 92), frames.FORMATS[kind]),
                "width": clean.width,
                "height": clean.height,
            },
        )
        if fresh:
            _keep(media, frames.renditions(clean))
    return media


@transaction.atomic
def refocus(media: Media, focal: Focal | None) -> None:
    """Keep the point `focal` in sight where a frame is narrower; None: nothing is cut off.

    What was made before stays: an approved post sends those very bytes.
    """
    media.focal_x, media.focal_y = focal or (None, None)
    media.save(update_fields=["focal_x", "focal_y"])
    if focal and not media.renditions.filter(focal=media.focal).exists():
        with Image.open(shelf.stored(media.path)) as original:
            _keep(media, frames.cut(original, focal))
    media.refresh_from_db(fields=["renditions"])  # forgets what was prefetched


def users_of(media: Media, among: PostQuerySet) -> PostQuerySet:
    """The posts that show this picture, or showed it when they were handed in, newest first."""
    shown = Attachment.objects.filter(media=media).order_by().values("post")
    once_shown = Revision.objects.filter(pictures=media).order_by().values("post")
    return among.filter(pk__in=shown.union(once_shown)).order_by("-updated_at", "-pk")


@transaction.atomic
def remove(media: Media) -> None:
    """Take it out of the library, its files with it. Raises InUse."""
    # Locked first: an attachment made meanwhile waits for us, and then finds no picture.
    if not Media.objects.select_for_update().filter(pk=media.pk).exists():
        return  # somebody was quicker
    if users_of(media, Post.objects.all()).exists():
        raise InUse
    paths = [media.path, *media.renditions.values_list("path", flat=True)]
    media.delete()
    transaction.on_commit(lambda: _discard(paths))


def _read(upload: UploadedFile[bytes]) -> bytes:
    if not upload.size:
        raise BadPicture(_("Berkas ini kosong (0 bita). Pilih lagi gambarnya."))
    if upload.size > MOST_BYTES:
        raise BadPicture(_("Berkas ini lebih dari 25 MB. Kecilkan dulu, lalu unggah lagi."))
    return bytes(upload.read())


def _keep(media: Media, made: Iterable[frames.Made]) -> None:
    """Write each rendition down; one that a person beside us has just made is not made twice."""
    rows = [
        Rendition(
            media=media,
            use=one.use,
            focal=one.focal,
            sha256=hashlib.sha256(one.data).hexdigest(),
            path=shelf.keep(one.data, one.suffix),
            width=one.width,
            height=one.height,
            size=len(one.data),
        )
        for one in made
    ]
    Rendition.objects.bulk_create(rows, ignore_conflicts=True)


def _discard(paths: Iterable[str]) -> None:
    for path in paths:
        shelf.stored(path).unlink(missing_ok=True)
