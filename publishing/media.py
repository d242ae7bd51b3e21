"""Accepts pictures: checks what they really are, cleans them, makes a rendition for each use.

The original keeps its pixels and loses its EXIF (place, device, owner). Renditions are made at
upload, so that what fails, fails before the author's eyes.
"""

import hashlib
import io
import math
import secrets
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import Agency, User
from publishing.models import Media, Rendition

MOST_PICTURES = 10  # Instagram's carousel
MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a 12-megapixel phone three times over; more is a bomb or a scan
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
INSTAGRAM_RATIOS = (4 / 5, 1.91)


class BadPicture(Exception):
    """This file cannot be used; the message says why and what to do, for its author."""


@dataclass(frozen=True)
class _Use:
    """How a rendition is made: a frame for the picture, and the format to write."""

    fit: Callable[[Image.Image], Image.Image]
    format: str
    quality: int


def _within(edge: int) -> Callable[[Image.Image], Image.Image]:
    def fit(image: Image.Image) -> Image.Image:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        return image

    return fit


def _for_instagram(image: Image.Image) -> Image.Image:
    """At most 1440 wide; white is added where the ratio is out of bounds, nothing is cut off."""
    image.thumbnail((1440, 1800), Image.Resampling.LANCZOS)
    low, high = INSTAGRAM_RATIOS
    ratio = image.width / image.height
    if low <= ratio <= high:
        return image
    size = (
        (math.ceil(image.height * low), image.height)
        if ratio < low
        else (image.width, math.ceil(image.width / high))
    )
    return ImageOps.pad(image, size, color="white")


USES = {
    "instagram": _Use(_for_instagram, "JPEG", 88),
    "facebook": _Use(_within(2048), "JPEG", 88),
    "x": _Use(_within(2048), "JPEG", 86),
    "thumb": _Use(lambda image: ImageOps.fit(image, (160, 200)), "WEBP", 70),
}


def accept(upload: UploadedFile[bytes], *, agency: Agency, by: User) -> Media:
    """Take an uploaded picture into the agency's library; the same picture is stored once.

    Raises BadPicture with a sentence for the author.
    """
    raw = _read(upload)
    digest = hashlib.sha256(raw).hexdigest()
    if known := Media.objects.filter(agency=agency, upload_sha256=digest).first():
        return known
    image = _open(raw)
    kind = "JPEG" if image.format == "MPO" else str(image.format)  # a phone's JPEG with a depth map
    clean = _upright(image)
    with transaction.atomic():
        media, fresh = Media.objects.get_or_create(
            agency=agency,
            upload_sha256=digest,
            defaults={
                "uploaded_by": by,
                "name": Path(upload.name or "gambar").name[:200],
                "path": _keep(_encode(clean, kind, 92), FORMATS[kind]),
                "width": clean.width,
                "height": clean.height,
            },
        )
        if fresh:
            _render(media, clean)
    return media


def _read(upload: UploadedFile[bytes]) -> bytes:
    if not upload.size:
        raise BadPicture(_("Berkas ini kosong (0 bita). Pilih lagi gambarnya."))
    if upload.size > MOST_BYTES:
        raise BadPicture(_("Berkas ini lebih dari 25 MB. Kecilkan dulu, lalu unggah lagi."))
    return bytes(upload.read())


def _open(raw: bytes) -> Image.Image:
    """A decoded picture; its kind is read from its bytes, never from its name."""
    unfit = BadPicture(
        _("Berkas ini bukan gambar JPEG, PNG, atau WebP. Simpan ulang sebagai JPEG.")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            image = Image.open(io.BytesIO(raw), formats=tuple(FORMATS))
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
            raise unfit from error
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        message = _(
            "Gambar ini %(n)s megapiksel; paling besar 40. Kecilkan dulu, lalu unggah lagi."
        )
        raise BadPicture(message % {"n": round(pixels / 1_000_000)})
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise BadPicture(_("Gambar ini rusak atau terpotong. Unggah lagi dari aslinya.")) from error
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Pixels only, turned as the camera meant: no EXIF, no place, no comment."""
    turned = ImageOps.exif_transpose(image)
    bare = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    clean = Image.new(bare.mode, bare.size)
    clean.paste(bare)
    return clean


def _flat(image: Image.Image) -> Image.Image:
    """On white, where the picture was transparent: JPEG knows no transparency."""
    if image.mode == "RGB":
        return image.copy()
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encode(image: Image.Image, kind: str, quality: int) -> bytes:
    target = io.BytesIO()
    options = {} if kind == "PNG" else {"quality": quality}
    if kind == "JPEG":
        image = _flat(image)
        options |= {"optimize": True, "progressive": False}
    image.save(target, kind, **options)
    return target.getvalue()


def _render(media: Media, clean: Image.Image) -> None:
    flat = _flat(clean)
    for use, how in USES.items():
        image = how.fit(flat.copy())
        data = _encode(image, how.format, how.quality)
        Rendition.objects.create(
            media=media,
            use=use,
            sha256=hashlib.sha256(data).hexdigest(),
            path=_keep(data, FORMATS[how.format]),
            width=image.width,
            height=image.height,
            size=len(data),
        )


def _keep(data: bytes, suffix: str) -> str:
    """Write `data` under an unguessable name below MEDIA_ROOT and return that name."""
    name = secrets.token_hex(16)
    path = Path(name[:2]) / f"{name}{suffix}"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return str(path)
