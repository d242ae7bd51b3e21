"""Documents and secrets that are not for the public (government.md 6.6: never the adjective)."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_I = re.IGNORECASE
_DOCUMENT = re.compile(
    r"\b(?:nota dinas(?:\s+(?:nomor|no\.?)\s*\S{1,30})?|(?:konsep|draf|draft|rancangan awal) "
    r"(?:sk|surat keputusan|perbup|peraturan bupati|nota dinas|lhp)\b|"
    r"(?:dokumen|surat|data|laporan|nota|arsip) (?:ini )?(?:bersifat )?(?:sangat )?rahasia|"
    r"(?:sifat|klasifikasi)\s?:\s?(?:sangat rahasia|rahasia|terbatas)|rahasia negara|"
    r"hanya untuk kalangan (?:sendiri|internal)|lhp inspektorat)",
    _I,
)
_KEY = re.compile(
    r"\b(?:password|kata sandi|sandi|pin|kode otp|otp|token)(?: (?:wifi|akun|aplikasi|"
    r"admin|masuk|login)){0,2}"
    r"(?:\s?[:=]\s?|\s+(?:adalah|yaitu|nya)\s+)(?P<value>(?=\S*\d|\S*[A-Z]\S*[a-z])[^\s,;]{4,40})",
    _I,
)
_TEACHES = re.compile(
    r"\b(?:jaga|menjaga|jangan|hindari|lindungi|melindungi|wajib|arti|pengertian|pelatihan|bimtek|"
    r"cara (?:membuat|menyusun|menulis)|contoh|tata naskah|pengelolaan|layanan)\b",
    _I,
)


def document(text: Text, context: Context) -> Iterator[Hit]:
    """An internal document by its name, or an actual password or code."""
    for match in text.plain.find(_DOCUMENT):
        if not _TEACHES.search(text.sentence_of(match.start())):
            sentence = "Dokumen ini belum untuk umum."
            advice = "Hapus, atau tunggu sampai dokumennya resmi diumumkan."
            yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)
    for match in text.plain.find(_KEY):
        sentence = "Ini tampak seperti kata sandi atau kode masuk."
        advice = "Hapus sekarang, lalu ganti kata sandi itu: draf ini dibaca orang lain."
        yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)


RULES = (Rule("RAHASIA", "Dokumen internal dan kata sandi", document),)
