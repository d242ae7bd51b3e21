"""Plain words: office language, acronyms, long sentences, names that hurt, spelling."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from guidelines import lexicon
from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import POSTS, WRITTEN, Rule

_MOST = 10
_LONGEST = 25  # words of a sentence
_ACRONYM = re.compile(r"(?<![\w#@./-])[A-Z]{2,8}(?:\d[A-Z])?(?![\w/-])")
_LETTERS = re.compile(r"\w+")


@cache
def meanings() -> dict[str, str]:
    """What the acronyms of public offices stand for."""
    file = files("guidelines").joinpath("data", "meanings.toml")
    return dict(tomllib.loads(file.read_text(encoding="utf-8"))["meanings"])


def _paired(name: str, text: Text, context: Context) -> Iterator[tuple[re.Match[str], str]]:
    """Each entry of a list of pairs that stands in the text, with what to write instead."""
    instead = lexicon.pairs(name, context)
    seen: set[str] = set()
    for match in text.plain.find(lexicon.pattern(name, context)):
        said = " ".join(match[0].split()).lower()
        if said in instead and said not in seen and len(seen) < _MOST:
            seen.add(said)
            yield match, instead[said]


def spelling(text: Text, context: Context) -> Iterator[Hit]:
    """Words that the dictionary spells otherwise; each once."""
    for match, right in _paired("spelling", text, context):
        if match[0] == right:
            continue
        span = text.plain.span(match)
        yield Hit(Level.INFO, *span, f"Ejaan bakunya “{right}”.", f"{match[0]} → {right}")


def jargon(text: Text, context: Context) -> Iterator[Hit]:
    """Office language that has a shorter word."""
    for match, plainer in _paired("jargon", text, context):
        span = text.plain.span(match)
        yield Hit(
            Level.INFO, *span, "Bahasa kantor; ada yang lebih sederhana.", f"Coba: {plainer}."
        )


def respect(text: Text, context: Context) -> Iterator[Hit]:
    """Names for people that hurt them, and what they are called with respect."""
    for match, better in _paired("respect", text, context):
        span = text.plain.span(match)
        yield Hit(Level.INFO, *span, "Ada sebutan yang lebih menghormati.", f"Tulis “{better}”.")


def acronyms(text: Text, context: Context) -> Iterator[Hit]:
    """An acronym that few know, and that is nowhere spelled out: "Nama Panjang (ABC)"."""
    known = lexicon.words("acronyms", context)
    words = text.plain.words
    seen: set[str] = set()
    for match in text.plain.find(_ACRONYM):
        short = match[0]
        if short in known or short in seen or len(seen) == _MOST or _in_capitals(words, match):
            continue
        seen.add(short)
        if f"({short})" in words or re.search(rf"\b{short}\s?\(", words):
            continue
        meaning = context.acronyms.get(short) or meanings().get(short, "")
        advice = f"Tulis: {meaning} ({short})." if meaning else "Tulis kepanjangannya sekali."
        yield Hit(Level.INFO, *text.plain.span(match), f"{short} belum dipanjangkan.", advice)


def _in_capitals(words: str, match: re.Match[str]) -> bool:
    """Whether the whole line is in capitals, as a heading is."""
    start = words.rfind("\n", 0, match.start()) + 1
    end = words.find("\n", match.end())
    line = words[start : end if end >= 0 else len(words)]
    return line.isupper()


def long_sentences(text: Text, context: Context) -> Iterator[Hit]:
    """More than twenty-five words before the sentence ends."""
    hits = 0
    for start, end in text.sentences:
        n = len(_LETTERS.findall(text.plain.words[start:end]))
        if n > _LONGEST:
            span = text.plain.place(start, end)
            yield Hit(Level.INFO, *span, f"Kalimat ini {n} kata.", "Pecah menjadi dua kalimat.")
            hits += 1
        if hits == _MOST:
            return


RULES = (
    Rule("EJAAN", "Ejaan baku", spelling, WRITTEN, lists=("spelling",)),
    Rule("JARGON", "Bahasa kantor", jargon, POSTS, lists=("jargon",)),
    Rule("KATA-HORMAT", "Sebutan yang menghormati", respect, lists=("respect",)),
    Rule("AKRONIM", "Singkatan yang belum dipanjangkan", acronyms, POSTS, lists=("acronyms",)),
    Rule("KALIMAT-PANJANG", "Kalimat yang terlalu panjang", long_sentences, WRITTEN),
)
