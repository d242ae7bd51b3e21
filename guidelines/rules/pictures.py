"""What is said about a picture to people who cannot see it."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import PICTURES, Rule

FEWEST = 15  # letters; publishing demands that there is any
_EMPTY = re.compile(
    r"\s{0,9}(?:gambar|foto|image|img|picture|poster|flyer|dokumentasi|"
    r"screenshot)(?:\s+(?:kegiatan|acara|ini|dokumentasi|\d{1,4})){0,2}\s{0,9}\.?\s{0,9}",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[\w.()\- ]{1,80}\.(?:jpe?g|png|webp|heic|gif)|(?:IMG|DSC|WA|Screenshot)[\w\-]{1,40}",
    re.IGNORECASE,
)
_ADVICE = "Tulis siapa, apa, dan di mana, serta tulisan yang ada pada gambar."


def weak(text: Text, context: Context) -> Iterator[Hit]:
    """Too short, only "foto kegiatan", the file's name, or the post's own words again."""
    said = " ".join(text.plain.words.split())
    if not said:
        return
    name = context.filename.rpartition(".")[0] or context.filename
    if _EMPTY.fullmatch(said):
        sentence = "Teks alternatif ini tidak menceritakan gambarnya."
    elif _FILE.fullmatch(said) or (
        context.filename and said.casefold() in (name.casefold(), context.filename.casefold())
    ):
        sentence = "Teks alternatif ini hanya nama berkas."
    elif context.caption and said.casefold() == " ".join(context.caption.split()).casefold():
        sentence = "Teks alternatif ini sama dengan teks unggahan."
    elif len(said) < FEWEST:
        sentence = "Teks alternatif ini terlalu pendek."
    else:
        return
    yield Hit(Level.WARN, 0, len(text.original), sentence, _ADVICE)


RULES = (Rule("TANPA-ALT", "Teks alternatif yang tidak menolong", weak, PICTURES),)
