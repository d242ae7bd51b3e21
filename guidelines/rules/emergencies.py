"""News of danger: an official reference, the hour, and until when it holds."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import POSTS, Rule

_I = re.IGNORECASE
EMERGENCY = "emergency"
_TOLL = (
    r"\b(?:breaking(?: news)?|baru saja terjadi|\d+ (?:orang|warga|jiwa) (?:hilang|"
    r"tertimbun|hanyut|tewas|meninggal|terseret|terjebak)|"
    r"(?<!tidak ada )(?<!tanpa )(?<!nihil )korban jiwa)\b"
)
_GRAVE = re.compile(_TOLL, _I)
_DANGER = re.compile(
    rf"{_TOLL}|\b(?:"
    r"(?:jembatan|jalan) (?:putus|ambruk|amblas|terputus)|gempa(?: bumi)?|tsunami|"
    r"banjir bandang|galodo|longsor|"
    r"letusan|erupsi|awan panas|(?:warga|pasien|"
    r"penduduk) (?:diminta )?(?:segera )?(?:mengungsi|dievakuasi))\b",
    _I,
)
_REFERENCE = re.compile(
    r"\b(?:bmkg|bnpb|bpbd|pvmbg|pusdalops|basarnas|badan geologi|polres|polsek|posko|"
    r"peringatan dini|satpol|damkar|"
    r"dinas (?:pekerjaan umum|putrp|perhubungan|kesehatan)|kodim|koramil)\b",
    _I,
)
_TEACHES = re.compile(
    r"\b(?:simulasi|gladi|pelatihan|sosialisasi|edukasi|mitigasi|tips|kenali|"
    r"kesiapsiagaan|rencana kontin?[jg]ensi|latihan|"
    r"bimtek|workshop|siaga bencana|destana|tanggap bencana|tangguh bencana|rawan|potensi|"
    r"antisipasi|mengantisipasi|"
    r"mencegah|pencegahan|cegah|waspada|tanda-tanda|ciri-ciri|jalur evakuasi|titik kumpul|"
    r"sejarah|mengenang|peringatan \d+ tahun|"
    r"pada tahun \d{4}|tahun \d{4} (?:silam|lalu)|\d+ tahun (?:silam|lalu)|arsip|"
    r"dokumentasi|rehabilitasi|rekonstruksi|"
    r"bantuan|donasi|penyaluran|doa|pascabencana|pasca bencana|asuransi|apa yang harus|"
    r"yang harus dilakukan|jika terjadi|"
    r"bila terjadi|saat terjadi|apabila terjadi|sekolah aman|materi|belajar|tas siaga|"
    r"selesai)\b",
    _I,
)
_OVER = re.compile(
    r"\b(?:sudah (?:(?:dapat|bisa) (?:dilalui|dilewati)|padam|surut|normal)|dibuka kembali|"
    r"kembali normal|berhasil dipadamkan)\b",
    _I,
)
_FIGURE_OF_SPEECH = re.compile(
    r"\b(?:longsor|gempa|banjir|tsunami|letusan|erupsi)\s+(?:diskon|promo|hadiah|"
    r"informasi|pengunjung|pesanan|digital|semangat|pembeli)\b",
    _I,
)
# agencies that close roads and count damage themselves: their own name is the reference
_IN_CHARGE = re.compile(r"penanggulangan bencana|pekerjaan umum|perhubungan|pemadam", _I)
_BECAUSE = re.compile(
    r"\b(?:karena|akibat|sebab|dampak|pasca|terkena|setelah)\s+(?:\w+\s+){0,2}$", _I
)
_HOUR = re.compile(
    r"\b(?:pukul|jam|pkl\.?)\s?\d{1,2}[.:]\d{2}|\b\d{1,2}[.:]\d{2}\s?(?:wib|WIB)\b", _I
)

_UNTIL = re.compile(r"\bberlaku (?:sampai|hingga|s\.?d\.?)\b", _I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def unsupported(text: Text, context: Context) -> Iterator[Hit]:
    """Danger without anybody who is entitled to say so."""
    if _is_referred(context) or text.plain.search(_REFERENCE) or _IN_CHARGE.search(context.agency):
        return
    match = text.plain.search(_DANGER)
    if match is None or text.plain.search(_FIGURE_OF_SPEECH):
        return
    if context.kind != EMERGENCY and _is_no_news(text, context):
        return
    sentence = "Kabar bahaya perlu rujukan resmi."
    advice = "Sebutkan sumbernya (BPBD, BMKG, Polres) dan jam keterangannya."
    level = Level.WARN if _is_a_cause(text, match) and context.kind != EMERGENCY else Level.BLOCK
    yield Hit(level, *text.plain.span(match), sentence, advice)


def _is_no_news(text: Text, context: Context) -> bool:
    """Whether it teaches, tells of another year, or says that all is well again. A road that is
    open again does not make those who died under it no news."""
    over = text.plain.search(_OVER) and not text.plain.search(_GRAVE)
    return bool(over or text.plain.search(_TEACHES)) or _is_history(text, context)


def _is_a_cause(text: Text, match: re.Match[str]) -> bool:
    """Whether the danger only explains another piece of news: "ditutup karena longsor"."""
    before = text.plain.words[max(0, match.start() - 30) : match.start()]
    return _BECAUSE.search(before) is not None


def _is_history(text: Text, context: Context) -> bool:
    """Whether it tells of another year."""
    years = (int(match[0]) for match in text.plain.find(_YEAR))
    return any(year < context.day.year for year in years)


def _is_referred(context: Context) -> bool:
    return bool(context.answers.get("reference", "").strip())


def without_hour(text: Text, context: Context) -> Iterator[Hit]:
    """Of kind darurat: the hour of the news, and its last valid hour."""
    if context.kind != EMERGENCY:
        return
    told = context.answers.get("time", "").strip() or text.plain.search(_HOUR)
    ends = context.valid_until or text.plain.search(_UNTIL)
    missing = [
        *([] if told else ["jam keterangan"]),
        *([] if ends else ["batas berlakunya"]),
    ]
    if missing:
        sentence = f"Kabar darurat ini belum memuat {' dan '.join(missing)}."
        yield Hit(Level.BLOCK, 0, 0, sentence, "Isi waktu keterangan dan “Berlaku sampai”.")


RULES = (
    Rule("DARURAT-TANPA-RUJUKAN", "Kabar bahaya tanpa rujukan resmi", unsupported, POSTS),
    Rule("DARURAT-JAM", "Kabar darurat tanpa jam", without_hour, POSTS),
)
