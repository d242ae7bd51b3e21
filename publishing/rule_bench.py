"""Bangku uji: one text before the rules, with why each of them spoke; nothing is kept."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from guidelines import Context, Finding, Genre, check, lexicon
from guidelines.context import SourceNote
from guidelines.normal import Text
from guidelines.rules import BY_CODE
from guidelines.rules.rule import Rule
from publishing import fitness, rulebook
from publishing.marking import Segment, segments
from publishing.models import Allowance
from publishing.models import Finding as Kept

MOST_SHOWN = 200  # nobody reads further


@dataclass(frozen=True)
class Trial:
    """What is asked: a text, and the post that it is imagined to be."""

    text: str
    day: date
    kind: str
    platform: str = ""
    genre: Genre = Genre.POST
    sourced: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of a list that the words contain."""

    list: str
    title: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """A finding, the rule that made it, and the entries of its lists that stand in its words."""

    found: Finding
    rule: Rule
    entries: list[Entry]
    lists: list[tuple[str, str]]  # (name, title), of a rule whose entries stand elsewhere

    @property
    def level_label(self) -> str:
        return str(Kept.Level(self.found.level).label)


@dataclass(frozen=True)
class Outcome:
    verdicts: list[Verdict]
    parts: list[Segment]
    took: timedelta
    edition: int
    all: int  # how many there are; the page shows `MOST_SHOWN`

    @property
    def unshown(self) -> int:
        return self.all - len(self.verdicts)

    @property
    def milliseconds(self) -> float:
        return self.took / timedelta(milliseconds=1)


def run(trial: Trial) -> Outcome:
    """What the rules, as they stand now, say of this text."""
    rules = rulebook.current()
    context = _context(trial, rules)
    begun = time.perf_counter()
    found = check(trial.text, context)
    took = timedelta(seconds=time.perf_counter() - begun)
    shown = found[:MOST_SHOWN]
    verdicts = [_verdict(finding, context) for finding in shown]
    return Outcome(verdicts, segments(trial.text, shown), took, rules.edition, len(found))


def _verdict(found: Finding, context: Context) -> Verdict:
    rule = BY_CODE[found.code]
    entries = list(_entries(rule, found.words, context))
    lists = [] if entries else [(name, lexicon.title(name)) for name in rule.lists]
    return Verdict(found, rule, entries, lists)


def _entries(rule: Rule, words: str, context: Context) -> Iterator[Entry]:
    read = Text(words)
    for name in rule.lists:
        match = read.plain.search(lexicon.pattern(name, context)) or read.bare.search(
            lexicon.pattern(name, context, stretched=True)
        )
        if match:
            yield Entry(name, lexicon.title(name), match.group())


def _context(trial: Trial, rules: rulebook.Rules) -> Context:
    source = SourceNote("Sumber", dated=trial.day)
    return Context(
        **fitness.of_rulebook(rules, trial.day),
        day=trial.day,
        written=timezone.localdate(),
        genre=trial.genre,
        kind=trial.kind,
        platform=trial.platform,
        sources=(source,) if trial.sourced else (),
        figures=rules.allowed[Allowance.Kind.FIGURE],
        other_agencies=rules.agencies,
        most_tags=fitness.MOST_TAGS_ON.get(trial.platform, fitness.MOST_TAGS),
    )
