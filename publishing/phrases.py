"""Sentences that reviewers need again and again, for each coded reason of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Review

Reason = Review.Reason

# Each says what is wrong and what to do about it, as government.md wants it: polite, short, exact.
PHRASES: Mapping[Reason, tuple[str | Promise, ...]] = {
    Reason.SOURCE: (
        _("Mohon sebutkan sumber angka ini: dokumen, nomor, dan tanggalnya."),
        _("Sumbernya tidak dapat dibuka. Mohon lampirkan berkasnya atau perbaiki tautannya."),
        _("Pernyataan ini belum jelas dari siapa. Mohon sebutkan nama dan jabatannya."),
    ),
    Reason.FACT: (
        _("Hari dan tanggalnya tidak cocok. Mohon periksa dengan kalender."),
        _("Mohon pastikan tempat, jam, dan nomor kontaknya ke penanggung jawab kegiatan."),
        _("Angka di teks berbeda dengan angka di sumbernya. Mohon samakan."),
    ),
    Reason.TONE: (
        _("Mohon pakai bahasa yang santun dan sapa pembaca sebagai warga."),
        _("Kalimat ini terbaca menyalahkan. Mohon sampaikan faktanya dan apa yang dikerjakan."),
        _("Mohon hindari pujian tanpa data. Tulis hasilnya, dengan angka dan tanggal."),
    ),
    Reason.PRIVACY: (
        _("Unggahan ini memuat data pribadi warga. Mohon hapus nama lengkap, NIK, atau alamatnya."),
        _("Wajah ini dapat dikenali. Mohon lampirkan persetujuannya atau ganti gambarnya."),
        _("Nomor telepon pribadi jangan ditayangkan. Mohon pakai nomor kantor."),
    ),
    Reason.PICTURE: (
        _("Gambarnya tidak menunjukkan isi unggahan. Mohon ganti dengan yang sesuai."),
        _("Tulisan pada gambar tidak terbaca di ponsel. Mohon perbesar atau pindahkan ke teks."),
        _("Teks alternatif belum menggambarkan isi gambar. Mohon lengkapi."),
    ),
    Reason.REPEATED: (
        _("Hal ini sudah pernah tayang. Mohon sampaikan apa yang baru, atau batalkan."),
        _("OPD lain sudah menayangkan hal yang sama. Mohon bagikan unggahan itu."),
    ),
    Reason.OTHER: (
        _("Mohon jelaskan singkatan ini saat pertama kali ditulis."),
        _("Mohon tambahkan cara warga mendapat layanan ini: syarat, biaya, dan tempatnya."),
    ),
}


@dataclass(frozen=True)
class Shelf:
    """The sentences of one reason, as a form offers them."""

    reason: str
    label: str
    sentences: tuple[str | Promise, ...]


def shelves() -> list[Shelf]:
    """Every reason with its sentences, in the order of the reasons."""
    return [Shelf(reason.value, str(reason.label), PHRASES[reason]) for reason in Reason]
