"""Links: citizens should see where they lead."""

import re
from collections.abc import Iterator

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import WRITTEN, Rule

_MOST = 10
_SHORT = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.)?(?:bit\.ly|s\.id|tinyurl\.com|cutt\.ly|"
    r"shorturl\.at|t\.ly|rb\.gy|linktr\.ee|"
    r"lynk\.id|gg\.gg|goo\.gl|is\.gd|v\.gd|ow\.ly|rebrand\.ly|adf\.ly|shorte\.st|tiny\.cc|"
    r"heylink\.me|bio\.link|wa\.link)"
    r"/[\w\-./]{1,100}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[\w.\-]{1,253})[^\s<>\"”)]{0,500}", re.IGNORECASE
)
_OFFICIAL = (".go.id", ".desa.id", ".mil.id", ".ac.id", ".sch.id")


def shortened(text: Text, context: Context) -> Iterator[Hit]:
    """An address that hides where it leads."""
    for match in text.plain.find(_SHORT):
        sentence = "Tautan pendek menyembunyikan tujuannya."
        advice = "Gunakan alamat lengkap di *.solselkab.go.id agar warga percaya."
        yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def unsafe(text: Text, context: Context) -> Iterator[Hit]:
    """http:// where https:// would be."""
    plain = [m for m in text.plain.find(_ADDRESS) if m["scheme"].lower() == "http"]
    for match in plain[:_MOST]:
        sentence = "Tautan ini tidak terenkripsi."
        yield Hit(Level.INFO, *text.plain.span(match), sentence, "Coba awali dengan https://")


def foreign(text: Text, context: Context) -> Iterator[Hit]:
    """An address that is neither an office's, a platform's nor a partner's."""
    sites = lexicon.words("known_sites", context)
    for match in list(text.plain.find(_ADDRESS))[: 3 * _MOST]:
        host = match["host"].lower().removeprefix("www.").rstrip(".")
        known = host.endswith(_OFFICIAL) or host in sites or _is_partner(host, context)
        if not known and not _SHORT.match(match[0]):
            sentence = f"{host} bukan situs pemerintah atau mitra yang dikenal."
            advice = "Pastikan tautannya benar, atau minta Humas menambahkannya ke daftar mitra."
            yield Hit(Level.INFO, *text.plain.span(match), sentence, advice)


def _is_partner(host: str, context: Context) -> bool:
    parts = host.split(".")
    return any(".".join(parts[n:]) in context.domains for n in range(len(parts)))


RULES = (
    Rule("TAUTAN-PENDEK", "Tautan pendek", shortened, WRITTEN),
    Rule("TAUTAN-HTTP", "Tautan yang tidak terenkripsi", unsafe, WRITTEN),
    Rule(
        "TAUTAN-ASING", "Tautan ke situs lain", foreign, WRITTEN, lists=("known_sites",), dated=True
    ),
)
