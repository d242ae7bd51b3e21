"""The one door: every rule over one text."""

from collections.abc import Iterable, Iterator
from itertools import islice

from guidelines.context import Context
from guidelines.finding import Finding, Level
from guidelines.normal import Text
from guidelines.rules import RULES
from guidelines.rules.rule import Rule

MOST = 50  # findings of one rule in one text; nobody reads more
_ORDER = (Level.BLOCK, Level.WARN, Level.INFO)


def check(text: str, context: Context) -> list[Finding]:
    """Everything the rules find in `text`, the gravest first, then in reading order.

    Any Unicode text is answered, in time linear to its length; spans are places in `text`.
    """
    return run(RULES, text, context)


def run(rules: Iterable[Rule], text: str, context: Context) -> list[Finding]:
    """What these rules find, without the ones that do not concern this genre or are retired."""
    read = Text(text)
    asked = (r for r in rules if context.genre in r.genres and r.code not in context.retired)
    found = [finding for rule in asked for finding in _of(rule, read, context)]
    return sorted(found, key=lambda f: (_ORDER.index(f.level), f.start, f.end, f.code))


def _of(rule: Rule, text: Text, context: Context) -> Iterator[Finding]:
    """A rule's findings; the same one at the same place only once."""
    for hit in dict.fromkeys(islice(rule.find(text, context), MOST)):
        words = text.original[hit.start : hit.end]
        yield Finding(
            rule.code, rule.version, hit.level, hit.start, hit.end, words, hit.sentence, hit.advice
        )
