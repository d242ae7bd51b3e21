"""The style of chain messages, bait titles, hearsay, statements whose source nobody knows."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_I = re.IGNORECASE
_PLAIN = "Gunakan judul yang lugas: apa, di mana, kapan."
_FAME = re.compile(
    r"\bviral\b\s?[!¡]{1,9}|\b(?:heboh|geger|gempar)\b\s?!{1,9}|"
    r"\b(?:lagi|sedang|bikin|mendadak) (?:viral|heboh|geger)\b\s?!{0,9}(?=\s|$)|"
    r"\A\s{0,9}viral\s?[:,]",
    _I,
)
_PASS_ON = re.compile(
    r"\b(?:sebar(?:kan|luaskan)?|share|bagikan|teruskan|forward)\b[^.\n]{0,40}\b"
    r"(?:sebelum dihapus|sebanyak[- ]banyaknya|ke semua (?:grup|kontak|orang)|"
    r"ke seluruh (?:grup|kontak)|"
    r"ke (?:\d+|sepuluh|lima|tujuh) (?:orang|grup|kontak|teman)|viralkan)\b|"
    r"(?<!jangan )(?<!ikut )\bviralkan\b|\b(?:sebarkan|bagikan|share)\s?!{1,9}|"
    r"\bsebelum (?:dihapus|di-?hapus|kena hapus)\b",
    _I,
)
_BAIT = re.compile(
    r"\bnomor \d{1,2} (?:bikin|membuat)\b|\bterbongkar\s?!|\bwajib (?:baca|tonton|tahu)\s?!|"
    r"\b(?:simak|lihat) (?:apa )?yang terjadi (?:selanjutnya|kemudian)\b|\bini dia rahasianya\b",
    _I,
)
_SAID = re.compile(r"(?:\A|[.!…]\s{1,3}|\n\s{0,3})(?P<word>katanya)\b(?![^.!\n]{0,80}\?)", _I)
_DENIES = re.compile(
    r"\b(?:jangan|hoaks|tidak benar|klarifikasi|bijak|cek|periksa|saring|waspada|hindari|"
    r"belum tentu|stop|"
    r"fakta(?:nya)?|meluruskan)\b",
    _I,
)
_LEGEND = re.compile(
    r"\b(?:legenda|cerita rakyat|hikayat|asal[- ]usul|tambo|kaba|dongeng|mitos|"
    r"nenek moyang|adat|budaya|"
    r"zaman dahulu|sejarah|masyarakat setempat|tradisi|kisah|leluhur)\b",
    _I,
)
_SOURCED = re.compile(
    r"\b(?:menurut|kata|ujar|jelas|tutur|ungkap|keterangan|rilis|polres|polisi|bpbd|bmkg|"
    r"dinas|kepala|hasil "
    r"(?:lab|pemeriksaan|penyelidikan|investigasi)|tim|petugas|dokter|penyidik)\w{0,3}\b",
    _I,
)


def fame(text: Text, context: Context) -> Iterator[Hit]:
    """VIRAL!!! HEBOH!: fame as an argument."""
    for match in text.plain.find(_FAME):
        if not _DENIES.search(text.sentence_of(match.start())):
            sentence = "Ini gaya pesan berantai."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, _PLAIN)


def passing_on(text: Text, context: Context) -> Iterator[Hit]:
    """A call to pass it on to everybody before it is too late."""
    for match in text.plain.find(_PASS_ON):
        before = text.plain.words[max(0, match.start() - 30) : match.start()]
        if not re.search(r"\b(?:jangan|tidak|bijak|tanpa)\b", before, _I):
            sentence = "Ajakan meneruskan seperti ini adalah gaya pesan berantai."
            advice = "Cukup: “Bagikan agar warga lain tahu”, atau hapus."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def bait(text: Text, context: Context) -> Iterator[Hit]:
    """A title that hides what it is about."""
    for pattern in (lexicon.pattern("bait", context), _BAIT):
        for match in text.plain.find(pattern):
            yield Hit(
                Level.WARN, *text.plain.span(match), "Judul ini memancing rasa ingin tahu.", _PLAIN
            )


def hearsay(text: Text, context: Context) -> Iterator[Hit]:
    """ "Katanya" at the beginning of a sentence, news from a chat group."""
    sentence, advice = "Kabar ini tanpa sumber.", "Sebutkan siapa yang menyatakan, atau hapus."
    if not text.plain.search(_DENIES):
        for match in text.plain.find(_SAID):
            yield Hit(Level.WARN, *text.plain.span(match, "word"), sentence, advice)
    for match in text.plain.find(lexicon.pattern("hearsay", context)):
        if not _DENIES.search(text.sentence_of(match.start())):
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def unclear(text: Text, context: Context) -> Iterator[Hit]:
    """ "Diduga", "beberapa pihak": in news, without anybody who says so."""
    if context.kind == "clarification" or text.plain.search(_LEGEND):
        return
    for match in text.plain.find(lexicon.pattern("unclear_source", context)):
        around = text.sentence_of(match.start())
        if not _SOURCED.search(around) and not _DENIES.search(around):
            sentence = "Belum jelas siapa yang menyatakan ini."
            advice = "Sebutkan nama dan jabatannya, atau hapus."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


RULES = (
    Rule("HOAKS-VIRAL", "Gaya pesan berantai: viral, heboh", fame, WRITTEN),
    Rule("HOAKS-SEBARKAN", "Ajakan menyebarkan ke semua orang", passing_on, WRITTEN),
    Rule("HOAKS-PANCING", "Judul pancingan", bait, WRITTEN, lists=("bait",)),
    Rule("HOAKS-KATANYA", "Kabar dari grup dan “katanya”", hearsay, WRITTEN, lists=("hearsay",)),
    Rule(
        "OPINI-TANPA-SUMBER",
        "Pernyataan yang sumbernya tidak jelas",
        unclear,
        WRITTEN,
        lists=("unclear_source",),
    ),
)
