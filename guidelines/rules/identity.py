"""Who must not be named: patients, victims, children before the law, the accused, homes."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_I = re.IGNORECASE
_PATIENT = (
    r"\b(?i:pasien|penderita|pengidap|penyintas kekerasan|odha|odgj|"
    r"korban (?:pelecehan|pencabulan|perkosaan|pemerkosaan|kekerasan(?: seksual)?|kdrt|tppo|"
    r"perundungan|bullying|asusila|persetubuhan)|anak (?:korban|pelaku|saksi|yang berhadapan))\b"
)
_NAMED = (
    r"(?i:\b(?:bernama|atas nama|a\.n\.?|an\.|inisial|berinisial|yakni|yaitu|adalah)|,|\()\s*"
    r"(?i:(?:saudar[ai]|bapak|ibu|(?:sdri?|bpk|tn|ny|nn|by|an)\.?)\s+)?"
)
_PERSON = r"[A-Z](?:[a-z]{2,}|\.)(?:[ .]{0,2}[A-Z](?:[a-z]+|\.)?){0,3}"
_SHOWN = re.compile(rf"{_PATIENT}[^.\n]{{0,40}}?{_NAMED}(?P<name>{_PERSON})")
_AGED = re.compile(
    rf"{_PATIENT}[^.\n]{{0,20}}?\s(?P<name>[A-Z][a-z]{{2,}}(?: [A-Z][a-z]+)?) \(\d{{1,3}}(?: (?:th|"
    rf"tahun))?\)"
)
_NOT_A_NAME = re.compile(
    r"^(?:RSUD|RS|Puskesmas|Dinas|Program|Rumah|Poli|Nagari|Kecamatan|Kabupaten|Solok|BPJS|JKN|"
    r"Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Januari|Februari|Maret|April|Mei|Juni|Juli|"
    r"Agustus|September|Oktober|November|Desember|TBC|HIV|DBD|Covid|Anda|Kami|Mari|Segera|"
    r"Hubungi|Silakan|Bawa|Semua|Warga|Pemeriksaan|Layanan|Ibu|Bapak|Hamil|Menyusui|Lansia|Anak|"
    r"Bayi|Balita|Remaja|Disabilitas|Keluarga|Pendamping|Pengantar|Kader|Dokter|Perawat|Bidan)\b"
)
_HOME = re.compile(
    r"\b(?:jl\.?|jalan|jorong|gang|gg\.?|perumahan|kompleks|komp\.)\s[^\n]{0,60}?"
    r"(?:\bno(?:mor)?\.?\s?\d{1,4}\b[^\n]{0,30}?)?\brt\.?\s?/?\s?(?:rw\.?)?\s?\d{1,3}\b",
    _I,
)
_OFFICE = re.compile(
    r"\b(?:kantor|puskesmas|pustu|sekolah|sd|sdn|smp|smpn|sma|smk|paud|tk|masjid|musala|balai|aula|"
    r"posko|rsud|klinik|gedung|dinas|badan|pasar|lapangan|taman|sekretariat|alamat kami)\b",
    _I,
)
_TITLED = re.compile(
    r"\b(?:bapak|ibu|pak|bu|saudara|saudari|sdr\.?|sdri\.?|keluarga|rumah|atas nama|bernama|warga)"
    r"\s+(?-i:[A-Z][a-z]+)",
    _I,
)
_CRIME = (
    r"(?i:\b(?:korupsi|koruptor|mencuri|pencuri|menipu|penipu|pembunuh|menggelapkan|penggelapan|"
    r"pencabul|mencabuli|memperkosa|pemerkosa|maling|menyuap|pungli|"
    r"pelaku(?! (?:usaha|umkm|wisata|ekonomi|seni|budaya|industri|pariwisata|utama|"
    r"perjalanan|pasar|"
    r"tani|olahraga|sejarah|kreatif|koperasi|ekraf|peternakan|perikanan)))\b)"
)
_NAME = (
    r"(?:(?i:\b(?:bapak|ibu|pak|bu|saudara|saudari|sdr\.?|"
    r"si)\s+)[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}|\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){1,2})"
)
_ACCUSED = re.compile(
    rf"(?P<name>{_NAME})(?:\s+\S{{1,20}}){{0,4}}?,?\s+{_CRIME}|"
    rf"{_CRIME}(?:\s+\S{{1,20}}){{0,5}}?\s+(?P<other>{_NAME})"
)
_FIGHTS = re.compile(
    r"\b(?:anti\s?-?korupsi|cegah|mencegah|pencegahan|berantas|pemberantasan|lawan|"
    r"melawan|stop|tolak|"
    r"bahaya|waspada|hindari|hari|bebas|lapor(?:kan)?|sosialisasi|edukasi|materi|narasumber|tanpa|"
    r"membahas|tindak pidana|bukan|tidak)\b",
    _I,
)
_RULED = re.compile(
    r"\b(?:putusan|vonis|divonis|terpidana|terdakwa|tersangka|penyidik|kejaksaan|polres|polda|"
    r"pengadilan|rilis resmi|siaran pers)\b",
    _I,
)
_PLACES = re.compile(
    r"\b(?:Solok Selatan|Sumatera Barat|Padang Aro|Muara Labuh|Sungai Pagu|Dinas|Badan|Komisi|"
    r"Indonesia|Kabupaten|Kecamatan|Nagari|Kejaksaan|Polres|Hari|Inspektorat|Satgas|Tim|"
    r"Zona|Desa)\b"
)


def patient(text: Text, context: Context) -> Iterator[Hit]:
    """A patient, a victim or a child before the law, with a name or an initial in one sentence."""
    seen: set[int] = set()
    for pattern in (_SHOWN, _AGED):
        for match in text.plain.find(pattern):
            if match.start() in seen or _NOT_A_NAME.match(match["name"]):
                continue
            seen.add(match.start())
            sentence = "Identitas pasien, korban, atau anak tidak boleh dibuka (UU PDP, UU SPPA)."
            advice = "Hapus nama, inisial, sekolah, dan alamatnya."
            yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


def home(text: Text, context: Context) -> Iterator[Hit]:
    """Where a person lives: a street or jorong with RT/RW, and a person's name beside it."""
    for match in text.plain.find(_HOME):
        sentence = text.sentence_of(match.start())
        near = text.plain.words[max(0, match.start() - 80) : match.end() + 80]
        public = _OFFICE.search(sentence) or any(place in near for place in context.places)
        if not public and _TITLED.search(near):
            said = "Ini tampak seperti alamat rumah seseorang."
            advice = "Cukup sebut nagari atau kecamatannya."
            yield Hit(Level.WARN, *text.plain.span(match), said, advice)


def accusation(text: Text, context: Context) -> Iterator[Hit]:
    """A person's name beside a crime; with a judgment or an official release it is a warning."""
    for match in text.plain.find(_ACCUSED):
        name = match["name"] or match["other"] or ""
        sentence = text.sentence_of(match.start())
        if _PLACES.search(name) or _FIGHTS.search(sentence):
            continue
        ruled = _RULED.search(text.plain.words)
        said = "Menyebut seseorang bersalah berisiko fitnah."
        advice = (
            "Pastikan sesuai putusan atau rilis resmi, dan sebutkan nomornya."
            if ruled
            else "Hapus namanya, atau sebutkan putusan atau rilis resmi yang menjadi dasarnya."
        )
        yield Hit(Level.WARN if ruled else Level.BLOCK, *text.plain.span(match), said, advice)


RULES = (
    Rule("PII-PASIEN-KORBAN", "Identitas pasien, korban, atau anak", patient),
    Rule("PII-ALAMAT", "Alamat rumah warga", home, dated=True),
    Rule("TUDUHAN-NAMA", "Tuduhan kepada orang yang disebut namanya", accusation),
)
