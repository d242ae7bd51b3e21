"""Whether words are fit to go out: the content of a post before the guidelines.

Reads the rulebook, and of the post only its content in the shape of a Revision; so a draft, a
submission and what is about to be sent are judged by the same few lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Self

from django.utils import timezone

from accounts.models import Agency
from guidelines import Context, Genre, Level
from guidelines import Finding as Found
from guidelines.context import Likeness, SourceNote
from guidelines.engine import run
from guidelines.rules import RULES
from guidelines.rules.rule import Rule
from platforms import registry
from publishing import feasts, rulebook
from publishing.models import Allowance, Fact, Finding, Kind, Post, Revision
from publishing.rulebook import Rules

MOST_FIGURES = 300  # of the facts bank, that a text is compared with
MOST_TAGS = 5
MOST_TAGS_ON = {"x": 2}  # house style: government.md 6.2
# whose answer may change while nobody touches the words: by the day, or by Humas' lists
CHANGING = tuple(rule for rule in RULES if rule.dated or rule.lists)
SHARED = ""  # the place of the words that most channels share


@dataclass(frozen=True)
class Occasion:
    """For whom, of what kind and when; and what only a draft's own desk can know."""

    agency: Agency
    kind: str
    at: datetime | None  # None: as soon as approved
    valid_until: datetime | None = None
    pillar: str = ""
    tags: tuple[str, ...] = ()  # that its programme asks for
    names: Mapping[int, str] = field(default_factory=dict)  # file names of pictures, by media id
    earlier: tuple[Likeness, ...] = ()
    crowded: tuple[str, ...] = ()

    @classmethod
    def of(cls, post: Post, revision: Revision, at: datetime | None) -> Self:
        """What a submission of a post alone can tell of it."""
        return cls(
            agency=post.agency,
            kind=revision.kind,
            at=at,
            valid_until=revision.valid_until,
            pillar=post.pillar,
        )

    @property
    def day(self) -> date:
        """The WIB day on which it goes out, as far as anybody knows."""
        now = timezone.now()
        return timezone.localdate(max(self.at, now) if self.at else now)


@dataclass(frozen=True)
class Passage:
    """One text of a post. `place` is that of a kept Finding."""

    place: str
    text: str
    platforms: tuple[str, ...] = ()
    media: int = 0  # the picture that it is about

    @property
    def platform(self) -> str:
        """The only one that it goes to; "" when it goes to several."""
        return self.platforms[0] if len(self.platforms) == 1 else ""

    @property
    def fewest_tags(self) -> tuple[str, int] | None:
        """The platform that asks for the fewest tags, among several, and how many those are."""
        asked = [(name, MOST_TAGS_ON[name]) for name in self.platforms if name in MOST_TAGS_ON]
        if self.platform or not asked:
            return None
        name, few = min(asked, key=itemgetter(1))
        return dict(registry.choices()).get(name, name), few


@dataclass(frozen=True)
class Placed:
    """A finding, in which text of the post it stands, and by which edition of the rulebook."""

    passage: Passage
    finding: Found
    edition: int


def passages(content: Mapping[str, Any]) -> list[Passage]:
    """Every text of a content once: the shared words, channels' own words, what is said about
    pictures."""
    entries: Sequence[Mapping[str, Any]] = content["channels"]
    texts = [entry["text"] for entry in entries]
    shared = max(dict.fromkeys(texts), key=texts.count, default=SHARED)
    of_all = dict.fromkeys(entry["platform"] for entry in entries if entry["text"] == shared)
    own = [entry for entry in entries if entry["text"] != shared]
    pictures = {p["media"]: p["alt"] for entry in entries for p in entry["pictures"]}
    return [
        Passage(SHARED, shared, tuple(of_all)),
        *(Passage(f"kanal:{e['channel']}", e["text"], (e["platform"],)) for e in own),
        *(Passage(f"gambar:{pk}", alt, media=pk) for pk, alt in pictures.items()),
    ]


def of_content(
    content: Mapping[str, Any], occasion: Occasion, rules: Sequence[Rule] = RULES
) -> list[Placed]:
    """What the guidelines, or some rules of them, find in everything that a content says."""
    book, read = rulebook.current(), passages(content)
    world = _world(content, occasion, book)
    found = []
    for passage in read:
        context = replace(world, **_around(passage, occasion, read[0].text))
        hits = run(rules, passage.text, context)
        found += [Placed(passage, finding, book.edition) for finding in hits]
    return found


def blocking(found: Iterable[Placed]) -> list[Placed]:
    return [placed for placed in found if placed.finding.level == Level.BLOCK]


def row(placed: Placed, stage: Finding.Stage, **fields: Any) -> Finding:
    """A finding as it is kept; `fields`: its post, revision, answer."""
    found = placed.finding
    return Finding(
        stage=stage,
        code=found.code,
        version=found.version,
        edition=placed.edition,
        level=found.level,
        place=placed.passage.place,
        start=found.start,
        end=found.end,
        key=found.key,
        words=found.words.replace("\0", ""),
        sentence=found.sentence.replace("\0", ""),
        advice=found.advice.replace("\0", ""),
        **fields,
    )


def _world(content: Mapping[str, Any], occasion: Occasion, rules: Rules) -> Context:
    """What every text of a post is read with."""
    agency = occasion.agency
    return Context(
        **of_rulebook(rules, occasion.day),
        day=occasion.day,
        written=timezone.localdate(),
        goes_at=occasion.at,
        kind=occasion.kind,
        pillar=occasion.pillar,
        sources=tuple(map(_note, content["sources"])),
        no_claims=content["no_claims"],
        figures=_figures(agency, rules),
        answers=content.get("details", {}),
        valid_until=occasion.valid_until,
        agency=agency.name,
        agency_short=agency.short_name,
        other_agencies=tuple(name for name in rules.agencies if name != agency.name),
    )


def of_rulebook(rules: Rules, day: date) -> dict[str, Any]:
    """What Humas keeps, as fields of the Context of something that goes out on that day."""
    allowed, kinds = rules.allowed, Allowance.Kind
    return {
        "phones": allowed[kinds.PHONE],
        "emails": allowed[kinds.EMAIL],
        "accounts": allowed[kinds.ACCOUNT],
        "domains": allowed[kinds.DOMAIN],
        "places": allowed[kinds.PLACE],
        "acronyms": rules.acronyms,
        "periods": rules.periods,
        "commemorations": rules.commemorations,
        "holidays": feasts.of_year(day.year),
        "officials": rules.officials,
        "edits": rules.edits,
        "retired": rules.retired,
    }


def _around(passage: Passage, occasion: Occasion, shared: str) -> dict[str, Any]:
    """What only one text is read with: fields of its Context."""
    if passage.media:
        name = occasion.names.get(passage.media, "")
        return {"genre": Genre.PICTURE, "filename": name, "caption": shared}
    return {
        "genre": Genre.REPLY if occasion.kind == Kind.REPLY else Genre.POST,
        "platform": passage.platform,
        "required_tags": occasion.tags,
        "most_tags": MOST_TAGS_ON.get(passage.platform, MOST_TAGS),
        "fewest_tags": passage.fewest_tags,
        "earlier": occasion.earlier,
        "crowded": occasion.crowded,
    }


def _note(source: Mapping[str, Any]) -> SourceNote:
    return SourceNote(source["document"], _day(source["date"]), _day(source.get("valid_until", "")))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _figures(agency: Agency, rules: Rules) -> frozenset[str]:
    """Figures that need no source in the post: they are in the facts bank, or common knowledge."""
    facts = Fact.objects.valid().filter(agency=agency)[:MOST_FIGURES]
    return rules.allowed[Allowance.Kind.FIGURE] | {fact.said for fact in facts}
