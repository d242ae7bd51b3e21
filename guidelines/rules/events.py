"""An event is told whole: when, where, who."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.dates import dates_in
from guidelines.rules.rule import POSTS, Rule

_WHEN = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|hari ini|besok|kemarin|"
    r"tadi|malam ini|pukul|jam \d|pagi|siang|sore)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:di|bertempat di|lokasi:?|tempat:?)\s+(?:[A-Z]|balai|kantor|lapangan|halaman|"
    r"aula|gedung|jorong|nagari|masjid|sekolah|puskesmas|pasar|ruang|taman)|📍|\b(?:daring|"
    r"Zoom|kecamatan|nagari)\b"
)
_WHO = re.compile(
    r"\b(?:dinas|badan|bupati|wakil bupati|sekda|camat|wali nagari|kepala|puskesmas|rsud|"
    r"pkk|bpbd|kami|kita|warga|siswa|petani|"
    r"peserta|masyarakat|kader|tim|anak|ibu|pemuda|guru|asn|[A-Z]{4,})\b",
    re.IGNORECASE,
)


def incomplete(text: Text, context: Context) -> Iterator[Hit]:
    """Of kind kegiatan: a day, a place, somebody. Without both day and place it is asked about."""
    if context.kind != "event" or not text.plain.words.strip():
        return
    when = text.plain.search(_WHEN) or any(True for _ in dates_in(text, context))
    there = {
        "kapan": bool(when),
        "di mana": text.plain.search(_WHERE) is not None,
        "siapa": text.plain.search(_WHO) is not None,
    }
    missing = [name for name, said in there.items() if not said]
    if missing:
        told = any(context.answers.get(key, "").strip() for key in ("when", "where"))
        grave = "kapan" in missing and "di mana" in missing and not told
        sentence = f"Teksnya belum menyebut: {', '.join(missing)}."
        advice = "Tambahkan, kecuali sudah jelas dari posternya."
        yield Hit(Level.WARN if grave else Level.INFO, 0, 0, sentence, advice)


RULES = (Rule("5W1H", "Kegiatan yang belum lengkap ceritanya", incomplete, POSTS),)
