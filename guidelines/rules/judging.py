"""Judging and threatening citizens: the two tones an office must never take."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_I = re.IGNORECASE
# everyday words that judge only when somebody is meant
_AIMED = re.compile(
    r"\b(?:dalang (?:di balik|dari|kerusuhan|penolakan|keributan)|"
    r"(?:memang|sungguh|sangat|perbuatan|tindakan|kelakuan|perilaku|warga|mereka|"
    r"kalian)\s+(?:\w+\s+){0,2}memalukan|"
    r"(?:hanya|cuma|karena|orang(?: yang)?|pihak(?: yang)?|mereka)\s+(?:\w+\s+){0,2}sakit hati|"
    r"(?:dasar|kalian|kamu|mereka|dia|oknum|si)\s+(?:\w+\s+){0,2}penipu|"
    r"(?:orang|suku|kaum)\s+\w+(?: itu)? memang (?:pe)?(?:malas|mabuk|bodoh|licik|jorok|"
    r"(?:suka|hobi) (?:mencuri(?! perhatian| hati)|menipu|bohong)))\b",
    _I,
)
_TEACHES = re.compile(
    r"\b(?:waspada|waspadai|hati-hati|modus|jangan (?:mudah )?(?:percaya|menjadi|jadi|"
    r"ikut|terpancing)|ciri-ciri|"
    r"peran|lakon|wayang|randai|film|novel|buku|polres|polisi menangkap|pengadilan|"
    r"pengkhianatan)\b",
    _I,
)
_THREAT = re.compile(
    r"\b(?:akan (?:kami|segera kami|langsung kami)\s+(?:polisikan|laporkan ke (?:polisi|"
    r"polres|aparat)|pidanakan|"
    r"tuntut|proses hukum|jerat|cari|datangi|tindak tegas karena (?:komentar|mengkritik))|"
    r"kami (?:polisikan|penjarakan|pidanakan|laporkan (?:anda|kamu|kalian))|"
    r"(?:siap-siap|siapkan diri|hati-hati|awas|tunggu saja)[^.\n]{0,40}\b(?:uu ite|"
    r"dipenjara|masuk penjara|dipolisikan|"
    r"dijerat|berurusan dengan (?:hukum|polisi)|kena pasal|dilaporkan)|"
    r"(?:jangan|berhenti) (?:banyak|asal) (?:bicara|komentar|ngomong|omong|protes)|"
    r"(?:kalau|jika|bila) (?:tidak|tak|nggak|gak) (?:suka|setuju|"
    r"senang)[^.\n]{0,40}\b(?:pindah|pergi|keluar|minggat)|"
    r"(?:yang|siapa(?: saja)?(?: yang)?) (?:masih )?(?:protes|mengkritik|mengeluh|"
    r"komentar negatif|berkomentar miring)"
    r"[^.\n]{0,50}\b(?:(?:akan )?kami (?:cabut|coret|catat|laporkan|proses)|"
    r"tidak (?:akan )?(?:dilayani|dapat|diberi)|dicoret|dipersulit|dicabut|"
    r"dicatat namanya|diblokir|"
    r"dilaporkan|kami catat|diproses))\b",
    _I,
)
_EDUCATES = re.compile(
    r"\b(?:pelajari|kenali|sosialisasi|edukasi|literasi|pahami|memahami|bimtek)\b", _I
)
_CYBER = re.compile(r"\b(?:penipu\w*|modus|pinjol|peretas|hoaks|judi)\b", _I)


def judging(text: Text, context: Context) -> Iterator[Hit]:
    """Words that condemn people instead of telling facts."""
    listed = lexicon.pattern("judging", context)
    for pattern in (listed, _AIMED):
        for match in text.plain.find(pattern):
            if not _TEACHES.search(text.sentence_of(match.start())):
                sentence = "Kata ini menghakimi orang."
                yield Hit(Level.WARN, *text.plain.span(match), sentence, "Jelaskan faktanya saja.")


def threat(text: Text, context: Context) -> Iterator[Hit]:
    """A consequence that is announced to people for speaking up."""
    for match in text.plain.find(_THREAT):
        sentence_around = text.sentence_of(match.start())
        if _EDUCATES.search(sentence_around) or _CYBER.search(sentence_around):
            continue
        sentence = "Kalimat ini mengancam warga."
        advice = (
            "Jawab isi kritiknya: terima kasih, fakta, tindak lanjut. Urusan hukum tidak di sini."
        )
        yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


RULES = (
    Rule("MENGHAKIMI", "Kata yang menghakimi orang", judging, WRITTEN, lists=("judging",)),
    Rule("MENGANCAM-WARGA", "Ancaman kepada warga", threat),
)
