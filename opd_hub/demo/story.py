"""How the demo tells of one post: what it says, when, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from opd_hub.demo.dates import filled
from publishing.models import Kind, Post, Review

Status = Post.Status


@dataclass(frozen=True)
class SentBack:
    """An earlier submission: what stood there, what stands there now, and Humas' words."""

    once: str
    now: str
    note: str
    reason: Review.Reason


@dataclass(frozen=True)
class Verdict:
    """A decision against the present submission, in words for its author."""

    note: str
    reason: Review.Reason = Review.Reason.OTHER


@dataclass(frozen=True)
class Story:
    """A post of an agency. Without a fate of its own a past post went out everywhere, and a
    coming one waits."""

    agency: str
    day: int  # from today; `hour` is local. Ignored when `minutes` or `at_once` says otherwise
    hour: str
    text: str
    source: tuple[str, str] | None = None  # document and number; None: it makes no claims
    x: str = ""  # its own, shorter text for X
    poster: str = ""
    status: Status = Status.APPROVED
    fates: Mapping[str, str] = field(default_factory=dict)  # platform -> name in fates.FATES
    sent_back: SentBack | None = None
    verdict: Verdict | None = None
    withdrawn: bool = False  # handed in once and taken back
    reopened: bool = False  # approved once and opened again
    never_submitted: bool = False
    minutes: int | None = None  # from now
    at_once: bool = False  # as soon as approved
    note: str = ""  # for the reviewer
    key: str = ""  # by which a ralat names it
    kind: Kind = Kind.ANNOUNCEMENT
    details: Mapping[str, str] = field(default_factory=dict)  # dates as in the text
    pillar: str = ""  # "": the kind's own
    value: str = ""
    programme: str = ""  # its name
    place: str = ""  # a key of publishing.places
    facts: tuple[str, ...] = ()  # keys of bank.FACTS
    corrects: str = ""  # the key of an earlier story
    until: tuple[int, str] | None = None  # valid until: days after it goes out, and the hour
    owner: str = ""  # of the source's data, if it is not the agency
    supports: tuple[str, ...] = ()  # what of the text the source supports, word for word
    evidence: str = ""  # the name of the file that is attached to the source
    more: tuple[str, ...] = ()  # posters after the first
    once: tuple[str, ...] = ()  # what the draft said before, the oldest text first
    unfinished: bool = False  # it still lacks something, and so cannot be handed in

    def on(self, day: date) -> "Story":
        """The story as it reads on the day on which it goes out: every date written out."""

        def fill(words: str) -> str:
            return filled(words, day)

        return replace(
            self,
            text=fill(self.text),
            x=fill(self.x),
            source=(fill(self.source[0]), fill(self.source[1])) if self.source else None,
            details={key: fill(answer) for key, answer in self.details.items()},
            supports=tuple(fill(quote) for quote in self.supports),
            once=tuple(fill(text) for text in self.once),
        )
