"""Names and titles of officials, against the directory with its dates."""

import re
from collections.abc import Iterator

from guidelines.context import Context, Official
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.rule import Rule

_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{1,}){1,3}\b")
_DEGREE = re.compile(r",.*$|\b(?:Dr|Drs|Dra|Ir|H|Hj|Prof|dr)\.\s*")
_NEAR = 2  # letters by which a misspelled name differs
_TITLE_NEAR = 60  # letters before the name, where a title stands


def bare(name: str) -> str:
    """A name without its degrees: "Dr. Rahmat Contoh, M.Si" -> "Rahmat Contoh"."""
    return " ".join(_DEGREE.sub("", name).split())


def directory(text: Text, context: Context) -> Iterator[Hit]:
    """A name that is nearly an official's, or an official with the title of another time."""
    known = {bare(one.name): one for one in context.officials}
    if not known:
        return
    for match in text.plain.find(_NAME):
        said = match[0]
        if said in known:
            yield from _outdated(text, context, match, said)
            continue
        close = next((name for name in known if 0 < distance(said, name) <= _NEAR), None)
        if close:
            one = known[close]
            sentence = f"Maksud Anda {one.name}, {one.title}?"
            span = text.plain.span(match)
            yield Hit(Level.INFO, *span, sentence, "Periksa ejaan nama dan gelarnya.")


def _outdated(text: Text, context: Context, match: re.Match[str], name: str) -> Iterator[Hit]:
    """The title before the name is one that this person does not hold on the day."""
    before = text.plain.words[max(0, match.start() - _TITLE_NEAR) : match.start()].casefold()
    terms = [one for one in context.officials if bare(one.name) == name]
    held = {one.title for one in terms if _holds(one, context)}
    for one in terms:
        if one.title not in held and one.title.casefold() in before:
            now = f" Sekarang: {', '.join(sorted(held))}." if held else ""
            sentence = f"{name} tidak menjabat {one.title} pada hari tayang.{now}"
            yield Hit(Level.INFO, *text.plain.span(match), sentence, "Periksa jabatannya.")


def _holds(one: Official, context: Context) -> bool:
    return one.since <= context.day and (one.until is None or context.day <= one.until)


def distance(left: str, right: str) -> int:
    """Letters to change, add or drop (Levenshtein); more than two is told as three."""
    if abs(len(left) - len(right)) > _NEAR:
        return _NEAR + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
        if min(row) > _NEAR:
            return _NEAR + 1
    return min(row[-1], _NEAR + 1)


RULES = (Rule("PEJABAT-DIREKTORI", "Nama dan jabatan pejabat", directory, dated=True),)
