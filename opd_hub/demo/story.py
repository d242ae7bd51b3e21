"""How the demo tells of one post: what it says, when, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from publishing.models import Post, Review

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
