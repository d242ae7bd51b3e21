"""What the journey's people bring along: the words, a phone's photo, a transparent drawing."""

import io

from PIL import Image

ADDED = "gratis"
TEXT = """Ayah, Bunda, jangan lewatkan Posyandu Balita bulan ini! 👶

Timbang berat, ukur tinggi, imunisasi, dan makanan tambahan untuk balita 0–59 bulan.

Petugas Puskesmas membuka meja pendaftaran pukul 08.00 di Balai Nagari Koto Baru sampai selesai.
Bawa buku KIA dan kartu keluarga. Jadwal nagari lain: https://dinkes.contoh.go.id/posyandu

#PosyanduSolokSelatan"""
APPROVED = TEXT.replace("Posyandu Balita bulan", f"Posyandu Balita {ADDED} bulan")
FOR_X = "Posyandu Balita: timbang, ukur, imunisasi gratis. Balai Nagari Koto Baru, pukul 08.00 WIB."
ALTS = (
    "Kader menimbang balita di Balai Nagari Koto Baru, dua ibu menunggu giliran",
    "Gambar hati hijau, lambang posyandu",
)
SOURCE = ("Jadwal Posyandu November", "400.7/118/DINKES/2026")
REMARK = "Sebut “gratis” di kalimat pertama."

# the second post: what is wrong with it, and what is said about that
SLIP = "Balai Nagari Lubuk Gadang"
WITH_A_SLIP = f"Penyuluhan gizi balita di {SLIP}, pukul 09.00. Bawa buku KIA."
MENDED = WITH_A_SLIP.replace(SLIP, "Balai Nagari Koto Baru")
ABOUT_SLIP = "Tempatnya menurut jadwal di Koto Baru."
ABOUT_WHOLE = "Sebutkan siapa penyuluhnya."
ASKED_AGAIN = "Nama penyuluh belum ada di teksnya."
EXPLAINED = "Penyuluhnya bergantian, jadi tidak disebut."

_GPS = 0x8825
_LATITUDE = 2


def phone_photo() -> bytes:
    """Twelve megapixels, with the place where it was taken in its EXIF."""
    exif = Image.Exif()
    exif.get_ifd(_GPS)[_LATITUDE] = (1.0, 33.0, 12.0)
    grain = Image.effect_noise((1000, 750), 40).convert("RGB")
    return _encoded(grain.resize((4000, 3000)), "JPEG", exif=exif)


def transparent_drawing() -> bytes:
    """A PNG whose ground is not there."""
    image = Image.new("RGBA", (1200, 1500), (0, 0, 0, 0))
    image.paste((20, 120, 60, 255), (300, 400, 900, 1100))
    return _encoded(image, "PNG")


def is_ours(text: str) -> bool:
    """Whether a post came from this journey, be it with words that nobody approved."""
    return text in {TEXT, APPROVED, FOR_X}


def tells_where(jpeg: bytes) -> bool:
    """Whether a picture carries any EXIF, the place among it."""
    with Image.open(io.BytesIO(jpeg)) as image:
        return bool(image.getexif())


def _encoded(image: Image.Image, kind: str, **options: Image.Exif) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
