"""Figures need a source, and a source has its day (the article; government.md 6.6)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.dates import spoken
from guidelines.rules.rule import POSTS, Rule

_I = re.IGNORECASE
_UNIT = (
    r"(?:%|persen\b|orang\b|jiwa\b|KK\b|keluarga\b|kepala keluarga\b|warga\b|siswa\b|"
    r"murid\b|guru\b|pasien\b|kasus\b|"
    r"unit\b|rumah\b|hektare?\b|ha\b|ton\b|kuintal\b|kilogram\b|kilometer\b|km\b|stel\b|"
    r"paket\b|nagari\b|jorong\b|"
    r"titik\b|pohon\b|ekor\b|pelaku usaha\b|umkm\b|penerima\b|kelompok\b|perkawinan\b|"
    r"dosis\b|balita\b|desa\b|sekolah\b|"
    r"puskesmas\b|lansia\b|petani\b|dokumen\b|laporan\b|aduan\b|kunjungan\b|wisatawan\b|peserta\b)"
)
_CLAIM = re.compile(
    rf"(?<![\w.,/:-])(?:Rp\.?\s?\d(?:[\d.,]{{0,20}}\d)?(?:\s?(?:ribu|juta|miliar|milyar|triliun))?|"
    rf"\d(?:[\d.,]{{0,15}}\d)?(?:\s?(?:ribu|juta|miliar))?\s?{_UNIT})",
    _I,
)
_SAYS = re.compile(
    r"\b(?:sumber|berdasarkan|menurut|data (?:dari|bps|dinas|badan|per)|dikutip|merujuk|"
    r"sesuai (?:sk|surat|perda|perbup|keputusan)|"
    r"kata|ujar|ucap|jelas|ungkap|sebut|catatan|laporan|bps|bmkg|bnpb)(?:nya|kan)?\b",
    _I,
)
# what an invitation or a rule says of itself: a fee, a quota, a portion, an age, a distance
_OWN = re.compile(
    r"\b(?:kuota|terbatas|biaya|tarif|harga|denda|retribusi|tiket|gratis|hadiah|maksimal|"
    r"minimal|paling (?:banyak|sedikit|lama|lambat)|"
    r"syarat|usia|berusia|umur|berumur|diskon|setiap|tiap|per (?:orang|hari|keluarga|"
    r"bulan|kg|lembar|unit|meter)|hanya|jarak|"
    r"sejauh|takaran|dosis|batas|kapasitas|daya tampung|dibuka untuk|undang|bawa|siapkan|"
    r"butuh|membutuhkan|cukup|sebanyak-banyaknya|"
    r"lomba|juara|regu|tim|beranggotakan|jam|menit|jika|bila|apabila|kurang dari|"
    r"lebih dari|antara|radius|melebihi|setidaknya|"
    r"ukuran|berukuran|halaman|volume|suhu|cuci tangan|minum|isi|kali)\b",
    _I,
)
_FEW = re.compile(
    r"^(?:[1-9]|10)\s?(?:orang|unit|paket|titik|km|kilometer|sekolah|puskesmas|dokumen|"
    r"kali|peserta|kelompok|siswa|guru|ekor|pohon)$",
    _I,
)
_LARGE = re.compile(r"rp.*(?:juta|miliar|milyar|triliun)$", _I)  # no fee is that high
OLD = timedelta(days=366)  # a figure of more than a year is asked about


def unsourced(text: Text, context: Context) -> Iterator[Hit]:
    """A claim in figures while the post names no source; at most the first five."""
    if context.sources:
        return
    known = {" ".join(figure.split()).casefold() for figure in context.figures}
    hits = 0
    for match in text.plain.find(_CLAIM):
        words = " ".join(match[0].split()).rstrip(".,").casefold()
        sentence_around = text.sentence_of(match.start())
        own = _OWN.search(sentence_around) and not _LARGE.search(words)
        if words in known or _FEW.match(words) or own:
            continue
        named = _SAYS.search(sentence_around) is not None
        level = Level.WARN if named or context.no_claims else Level.BLOCK
        sentence = (
            "Ada angka, padahal dicentang “tidak memuat klaim”."
            if context.no_claims
            else "Angka ini belum bersumber."
        )
        advice = "Isi kolom Sumber: dokumen, nomor, tanggal; atau pakai angka dari Bank fakta."
        yield Hit(level, *text.plain.span(match), sentence, advice)
        hits += 1
        if hits == _MOST:
            return


_MOST = 5


def outdated(text: Text, context: Context) -> Iterator[Hit]:
    """Sources whose day is over, or whose data are older than a year."""
    for source in context.sources:
        name = source.document
        if source.valid_until and source.valid_until < context.day:
            sentence = f"Sumber “{name}” berlaku sampai {spoken(source.valid_until)}."
        elif source.dated and not source.valid_until and context.day - source.dated > OLD:
            sentence = f"Data “{name}” per {spoken(source.dated)}, lebih dari setahun."
        else:
            continue
        yield Hit(Level.WARN, 0, 0, sentence, "Periksa apakah masih berlaku, atau perbarui.")


RULES = (
    Rule("SUMBER-KOSONG", "Angka tanpa sumber", unsourced, POSTS),
    Rule("SUMBER-KEDALUWARSA", "Sumber yang sudah lewat masanya", outdated, POSTS, dated=True),
)
