"""Tags: not too many, readable aloud, and those that a campaign asks for."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import POSTS, Rule

_TAG = re.compile(r"(?<![\w&/#])#(?P<tag>\w{1,100})")
_LONG = 10  # letters, from which a tag has more than one word
_MOST = 10


def many(text: Text, context: Context) -> Iterator[Hit]:
    """More tags than the house style has; a hint where they are too many for one platform only."""
    found = list(text.plain.find(_TAG))
    on, few = context.fewest_tags or ("", context.most_tags)
    if len(found) > context.most_tags:
        sentence = f"Ada {len(found)} tagar; paling banyak {context.most_tags}."
        span = _from(text, found[context.most_tags :])
        yield Hit(Level.WARN, *span, sentence, "Pilih yang paling membantu warga menemukan.")
    elif len(found) > few:
        sentence = f"Ada {len(found)} tagar; di {on} cukup {few}."
        advice = f"Tulis teks khusus untuk {on}, dengan tagar yang lebih sedikit."
        yield Hit(Level.INFO, *_from(text, found[few:]), sentence, advice)


def _from(text: Text, found: list[re.Match[str]]) -> tuple[int, int]:
    return text.plain.span(found[0])[0], text.plain.span(found[-1])[1]


def lower_case(text: Text, context: Context) -> Iterator[Hit]:
    """#solokselatan: a screen reader reads #SolokSelatan as two words."""
    tags = [m for m in text.plain.find(_TAG) if len(m["tag"]) >= _LONG and m["tag"].islower()]
    for match in tags[:_MOST]:
        sentence = "Tagar ini sulit dibaca, juga oleh pembaca layar."
        advice = "Awali tiap kata dengan huruf kapital, seperti #SolokSelatan."
        yield Hit(Level.INFO, *text.plain.span(match), sentence, advice)


def required(text: Text, context: Context) -> Iterator[Hit]:
    """A campaign's tag that is not there."""
    there = {match["tag"].casefold() for match in text.plain.find(_TAG)}
    for tag in context.required_tags:
        if tag.lstrip("#").casefold() not in there:
            sentence = f"Tagar {tag} belum ada."
            yield Hit(Level.INFO, 0, 0, sentence, f"Tambahkan {tag}.")


RULES = (
    Rule("TAGAR-BANYAK", "Terlalu banyak tagar", many, POSTS),
    Rule("TAGAR-CAMEL", "Tagar yang sulit dibaca", lower_case, POSTS),
    Rule("TAGAR-WAJIB", "Tagar kampanye yang belum ada", required, POSTS),
)
