"""How sums and shares are written, and figures that cannot be right."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_MOST = 10
_RUPIAH = re.compile(
    r"\b(?P<mark>Rp|RP|rp|IDR)(?P<dot>\.?)(?P<gap>\s?)(?P<number>\d[\d.,]{0,25})"
    r"(?:\s?(?P<scale>ribu|juta|miliar|milyar|triliun)\b)?(?P<again>\s?rupiah\b)?"
)
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BARE = re.compile(r"\d{5,}")
_POINT = re.compile(r"\d{1,3}(?:\.\d{3})*\.\d{1,2}")
_DECIMAL = re.compile(r"(?<![\d.,])\d{1,2}\.\d{1,2}\s?(?:%|persen\b)", re.IGNORECASE)
_SHARE = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,6}(?:\.\d{3})*)(?:,\d+)?\s?(?:%|persen\b)", re.IGNORECASE
)
_MAY_EXCEED = re.compile(
    r"\b(?:naik|tumbuh|meningkat|peningkatan|kenaikan|melonjak|bertambah|melampaui|"
    r"melebihi|capaian|tercapai|realisasi|terealisasi|dari target|lipat)\b",
    re.IGNORECASE,
)
_TIED = re.compile(
    r"(?P<total>\d{1,3}(?:\.\d{3})+|\d{1,6})\s+[^.\n\d]{2,40}?\s(?:terdiri (?:atas|dari)|"
    r"yaitu|yakni)\s(?P<parts>[^.\n]{3,200})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:\.\d{3})+|\d{1,6})(?![\d.,/%]|\s?(?:%|persen|tahun|km|kg|"
    r"hektare|ha|meter|juta|ribu|miliar)\b)\s+[a-z]",
    re.IGNORECASE,
)


def rupiah(text: Text, context: Context) -> Iterator[Hit]:
    """Rp14,75 miliar, Rp1.500.000: no dot or space behind Rp, dots for thousands."""
    found = ((match, faults) for match in text.plain.find(_RUPIAH) if (faults := _faults(match)))
    for match, faults in list(found)[:_MOST]:
        sentence = f"Penulisan rupiah: {', '.join(faults)}."
        advice = "Contoh yang benar: Rp1.500.000 atau Rp14,75 miliar."
        yield Hit(Level.INFO, *text.plain.span(match), sentence, advice)


def _faults(match: re.Match[str]) -> list[str]:
    number = match["number"].rstrip(".,")
    grouped = _COMMAS.fullmatch(number) and not match["scale"]
    return [
        sentence
        for sentence, wrong in (
            ("tanpa titik setelah Rp", match["dot"]),
            ("tanpa spasi setelah Rp", match["gap"]),
            ("ribuan dipisah titik, bukan koma", grouped),
            ("ribuan dipisah titik", _BARE.fullmatch(number)),
            ("desimal memakai koma", _POINT.fullmatch(number)),
            ("“Rp” sudah berarti rupiah", match["again"]),
            ("tulis “miliar”", match["scale"] == "milyar"),
            ("tulis “Rp”", match["mark"] != "Rp"),
        )
        if wrong
    ]


def decimal(text: Text, context: Context) -> Iterator[Hit]:
    """6.56 persen: in Indonesian it is a comma."""
    for match in list(text.plain.find(_DECIMAL))[:_MOST]:
        right = match[0].replace(".", ",")
        yield Hit(
            Level.INFO, *text.plain.span(match), "Desimal ditulis dengan koma.", f"Tulis “{right}”."
        )


def strange(text: Text, context: Context) -> Iterator[Hit]:
    """A share above a hundred, parts that do not sum up, an endless sum of money."""
    for match in text.plain.find(_SHARE):
        if int(match["n"].replace(".", "")) > 100 and not _MAY_EXCEED.search(
            text.sentence_of(match.start())
        ):
            yield _odd(text, match, "Bagian ini lebih dari 100 persen.")
    for match in text.plain.find(_TIED):
        parts = [int(n.replace(".", "")) for n in _PART.findall(match["parts"])]
        total = int(match["total"].replace(".", ""))
        if len(parts) > 1 and sum(parts) != total:
            yield _odd(text, match, f"Rinciannya berjumlah {sum(parts)}, bukan {total}.")
    for match in text.plain.find(_RUPIAH):
        if len(re.sub(r"\D", "", match["number"])) > 15:
            yield _odd(text, match, "Jumlah rupiah ini terlalu panjang.")


def _odd(text: Text, match: re.Match[str], sentence: str) -> Hit:
    return Hit(Level.WARN, *text.plain.span(match), sentence, "Periksa angkanya.")


RULES = (
    Rule("ANGKA-RUPIAH", "Penulisan rupiah", rupiah, WRITTEN),
    Rule("ANGKA-DESIMAL", "Penulisan desimal", decimal, WRITTEN),
    Rule("ANGKA-JANGGAL", "Angka yang janggal", strange, WRITTEN),
)
