"""What a rule may know beside the text itself. Everything has a harmless default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Genre(StrEnum):
    """What the text is: a post, what is said about a picture, an answer to a citizen."""

    POST = "post"
    PICTURE = "picture"
    REPLY = "reply"


class PeriodKind(StrEnum):
    """A dated time in which other rules hold."""

    STAGES = "stages"  # tahapan of an election, a nagari's too
    QUIET = "quiet"  # masa tenang
    MOURNING = "mourning"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. `names`: the people whose names are watched during an election."""

    kind: PeriodKind
    name: str
    starts: date
    ends: date
    names: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        return self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Commemoration:
    """`names` as people write it ("Hari Guru", "HUT PGRI"); "ke-N" is year - `base`."""

    names: tuple[str, ...]
    month: int
    day: int
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """A person with a dated title; `until` None: still in office."""

    name: str
    title: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A row of the sources; `dated` is the date of its data, `fact` whether the bank holds it."""

    document: str
    dated: date | None = None
    valid_until: date | None = None
    fact: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier post of the same channel: its words, and when and where, in words."""

    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What Humas added to a list of the lexicon, and what it took out."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)  # of a list of pairs, in small letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The world around one text.

    `day` is the WIB day on which it goes out (today, as long as nobody chose one) and `written`
    the day on which it is checked. Numbers and addresses that are allowed are kept bare: digits
    of a telephone ("0755..."), small letters of an e-mail or a domain.
    """

    day: date
    written: date
    goes_at: datetime | None = None  # None: as soon as approved
    genre: Genre = Genre.POST
    kind: str = "announcement"  # publishing's Kind
    pillar: str = ""
    platform: str = ""
    # what the post rests on
    sources: tuple[SourceNote, ...] = ()
    no_claims: bool = False
    figures: frozenset[str] = frozenset()  # "47 nagari", of the facts bank: need no source
    answers: Mapping[str, str] = field(default_factory=dict)  # the kind's own questions
    valid_until: datetime | None = None
    # a picture's own
    filename: str = ""
    caption: str = ""  # of the post it stands in
    # what is allowed
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()  # bank accounts of institutions, digits
    domains: frozenset[str] = frozenset()  # of partners; *.go.id is always allowed
    places: frozenset[str] = frozenset()  # names of nagari, buildings; office addresses
    acronyms: Mapping[str, str] = field(default_factory=dict)  # added: short -> meaning
    # the calendar
    periods: tuple[Period, ...] = ()
    commemorations: tuple[Commemoration, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    # who
    agency: str = ""
    agency_short: str = ""
    other_agencies: tuple[str, ...] = ()  # full names
    officials: tuple[Official, ...] = ()
    # what else goes out
    earlier: tuple[Likeness, ...] = ()
    crowded: tuple[str, ...] = ()  # sentences: who else speaks on the topic in that hour
    # how it is to be written
    required_tags: tuple[str, ...] = ()
    most_tags: int = 5
    # ("X", 2): of the platforms that share the text, the one that asks for the fewest
    fewest_tags: tuple[str, int] | None = None
    # what Humas changed
    edits: Mapping[str, Edit] = field(default_factory=dict)  # by name of a list
    retired: frozenset[str] = frozenset()  # codes that are switched off

    def period(self, kind: PeriodKind) -> Period | None:
        """The period of this kind that holds on the day it goes out."""
        return next((p for p in self.periods if p.kind == kind and p.holds(self.day)), None)
