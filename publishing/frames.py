"""Pixels: reads a picture from its bytes, frames it for each use, writes it; no database here."""

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import TypeAlias

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000  # a 12-megapixel phone three times over; more is a bomb or a scan
LEAST_EDGE = 320  # Instagram's least width: with it any crop to its ratios is still wide enough
LONGEST_EDGE = 4096  # of the kept original; no platform shows more
FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}  # that are kept
_READABLE = (*FORMATS, "HEIF")  # HEIF is what phones call HEIC; it is kept as JPEG
_PHONES = {b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"}  # how HEIC begins
INSTAGRAM_RATIOS = (4 / 5, 1.91)
THUMB_BYTES = 4096  # of a photograph; noise may cost more
_THUMB_QUALITIES = range(70, 20, -7)
_SRGB = ImageCms.createProfile("sRGB")

Focal: TypeAlias = tuple[int, int]  # percent from the left and from the top

# It serves every opener of Pillow; `thumbnails` would only be read and thrown away.
pillow_heif.register_heif_opener(thumbnails=False)


class BadPicture(Exception):
    """This file cannot be used; the message says why and what to do, for its author."""


@dataclass(frozen=True)
class Made:
    """One rendition's bytes. `focal` is "x,y" where it was cut around that point, else ""."""

    use: str
    data: bytes
    suffix: str
    width: int
    height: int
    focal: str = ""


def opened(raw: bytes) -> tuple[Image.Image, str]:
    """An upright picture without metadata, and the format to keep it in. Raises BadPicture."""
    image = _decoded(raw)
    kind = str(image.format) if image.format in FORMATS else "JPEG"
    clean = _upright(image)
    clean.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    return clean, kind


def renditions(clean: Image.Image) -> Iterator[Made]:
    """One for each use; nothing that a platform shows is cut off."""
    flat = _flat(clean)
    yield _jpeg("instagram", _padded(flat), 88)
    yield _jpeg("facebook", _within(flat, 2048), 88)
    yield _jpeg("x", _within(flat, 2048), 86)
    yield _thumb(flat, (50, 50), "")


def cut(clean: Image.Image, focal: Focal) -> Iterator[Made]:
    """Those renditions that a frame narrower than the picture cuts, with `focal` in sight."""
    flat, where = _flat(clean), "{},{}".format(*focal)
    if not _fits_instagram(flat):
        yield _jpeg("instagram", _cropped(flat, focal), 88, where)
    yield _thumb(flat, focal, where)


def encoded(image: Image.Image, kind: str, quality: int) -> bytes:
    """The picture's bytes; a JPEG of a transparent picture gets a white ground."""
    target = io.BytesIO()
    options: dict[str, int | bool] = {} if kind == "PNG" else {"quality": quality}
    if kind == "JPEG":
        image = _flat(image)
        options |= {"optimize": True, "progressive": False}
    image.save(target, kind, **options)
    return target.getvalue()


# --- reading ---


def _decoded(raw: bytes) -> Image.Image:
    """A decoded picture; its kind is read from its bytes, never from its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            image = Image.open(io.BytesIO(raw), formats=_READABLE)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
            raise BadPicture(_unreadable(raw)) from error
    _check_size(image.width, image.height)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, RuntimeError) as error:
        raise BadPicture(_torn()) from error
    return image


def _unreadable(raw: bytes) -> str:
    """What lost its end may be unfit to be opened at all: it is torn, not of a wrong kind."""
    webp = raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    if webp or raw[4:12] in _PHONES:
        return _torn()
    return _("Berkas ini bukan gambar JPEG, PNG, WebP, atau HEIC. Simpan ulang sebagai JPEG.")


def _torn() -> str:
    return _("Gambar ini rusak atau terpotong. Unggah lagi dari aslinya.")


def _check_size(width: int, height: int) -> None:
    pixels = width * height
    if pixels > MOST_PIXELS:
        message = _(
            "Gambar ini %(n)s megapiksel; paling besar 40. Kecilkan dulu, lalu unggah lagi."
        )
        raise BadPicture(message % {"n": round(pixels / 1_000_000)})
    if min(width, height) < LEAST_EDGE:
        message = _(
            "Gambar terlalu kecil (%(w)s×%(h)s piksel). Paling kecil %(n)s×%(n)s piksel. "
            "Pilih gambar yang lebih besar."
        )
        raise BadPicture(message % {"w": width, "h": height, "n": LEAST_EDGE})


def _upright(image: Image.Image) -> Image.Image:
    """Pixels only, in sRGB, turned as the camera meant: no EXIF, no place, no comment."""
    turned = _in_srgb(_turned(image))
    bare = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    clean = Image.new(bare.mode, bare.size)
    clean.paste(bare)
    return clean


def _turned(image: Image.Image) -> Image.Image:
    """As the camera was held; an EXIF that nobody can read turns nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of Pillow, that the EXIF is torn
        try:
            return ImageOps.exif_transpose(image)
        except (SyntaxError, ValueError, OSError, struct.error):
            return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Phones photograph in wider colours; without its profile such a picture looks pale."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, _SRGB) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that nobody can read changes nothing


# --- framing ---


def _flat(image: Image.Image) -> Image.Image:
    """On white, where the picture was transparent: JPEG knows no transparency."""
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _within(image: Image.Image, edge: int) -> Image.Image:
    small = image.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return small


def _fits_instagram(image: Image.Image) -> bool:
    low, high = INSTAGRAM_RATIOS
    return low <= image.width / image.height <= high


def _padded(image: Image.Image) -> Image.Image:
    """For Instagram, at most 1440 wide; white is added where the ratio is out of bounds."""
    small = image.copy()
    small.thumbnail((1440, 1800), Image.Resampling.LANCZOS)
    low, high = INSTAGRAM_RATIOS
    if _fits_instagram(small):
        return small
    size = (
        (ceil(small.height * low), small.height)
        if small.width / small.height < low
        else (small.width, ceil(small.width / high))
    )
    return ImageOps.pad(small, size, color="white")


def _cropped(image: Image.Image, focal: Focal) -> Image.Image:
    """For Instagram, cut to the nearest ratio that it takes, with `focal` in sight."""
    low, high = INSTAGRAM_RATIOS
    if image.width / image.height < low:
        height = min(1800, floor(max(image.width, LEAST_EDGE) / low))
        return _fitted(image, (ceil(height * low), height), focal)
    width = min(1440, floor(image.height * high))
    return _fitted(image, (width, ceil(width / high)), focal)


def _fitted(image: Image.Image, size: tuple[int, int], focal: Focal) -> Image.Image:
    """Cut as CSS `object-position` would: what is x percent from the left stays so."""
    centering = (focal[0] / 100, focal[1] / 100)
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=centering)


# --- writing ---


def _jpeg(use: str, image: Image.Image, quality: int, focal: str = "") -> Made:
    data = encoded(image, "JPEG", quality)
    return Made(use, data, FORMATS["JPEG"], image.width, image.height, focal)


def _thumb(image: Image.Image, focal: Focal, where: str) -> Made:
    """The best WebP of 160 by 200 that a poor line loads at once."""
    small = _fitted(image, (160, 200), focal)
    for quality in _THUMB_QUALITIES:
        data = encoded(small, "WEBP", quality)
        if len(data) <= THUMB_BYTES:
            break
    return Made("thumb", data, FORMATS["WEBP"], small.width, small.height, where)
