"""The contract between OPD Hub and a social network: pure Python, no Django, no database.

A delivery walks four doors, and the engine alone decides when:

    prepare    repeatable, invisible work, one piece a call, each piece checkpointed
    publish    the one irreversible request
    find       read-only look-up after a doubt
    read_back  read-only look at what became public: its words now, its address, or that it is gone

Adapters return one of a closed set of outcomes for what is expected, and never raise for it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

if TYPE_CHECKING:
    from platforms.adapters.connecting import Login

Checkpoint: TypeAlias = Mapping[str, Any]  # JSON: remote ids of finished pieces, cursors


class Scope(StrEnum):
    """What a wait or a refusal is about: this delivery alone, or everything on its channel."""

    DELIVERY = "delivery"
    CHANNEL = "channel"


class Fault(StrEnum):
    """Who has to act on a refusal."""

    CONTENT = "content"  # the author: the same bytes earn the same no
    CHANNEL = "channel"  # whoever looks after the connection: token, permission, checkpoint
    ACCOUNT = "account"  # whoever pays or owns the account: credits, billing, suspension


@dataclass(frozen=True)
class Picture:
    """One image as it will be sent: the JPEG rendition made for this platform."""

    sha256: str  # hex digest of the rendition's bytes; the name to ask a Shelf for
    alt: str
    width: int  # pixels
    height: int  # pixels
    size: int  # bytes


@dataclass(frozen=True)
class Payload:
    """Everything that one channel will show, word for word."""

    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Account:
    """A channel as an adapter sees it: whose wall, and the opened secrets to write on it."""

    remote_id: str  # X user id, Facebook page id, Instagram user id
    handle: str  # without "@"; for links and messages
    secrets: Mapping[str, str] = field(repr=False, default_factory=dict)


class Shelf(Protocol):
    """Where the bytes of the pictures are."""

    def read(self, picture: Picture) -> bytes:
        """The JPEG's bytes; raises `BytesChanged` when they no longer match `picture.sha256`."""
        ...

    def url(self, picture: Picture) -> str:
        """A signed, expiring, cookie-less address from which the platform can fetch the JPEG."""
        ...


class BytesChanged(Exception):
    """The stored bytes are not the approved ones."""


@dataclass(frozen=True)
class Job:
    """One delivery in an adapter's hands."""

    account: Account
    payload: Payload
    shelf: Shelf
    checkpoint: Checkpoint = field(default_factory=dict)
    since: datetime | None = None  # aware; when the first irreversible call began; for `find`
    known: frozenset[str] = frozenset()  # posts that are other deliveries'; `find` passes them by


# --- outcomes: `reason` is a sentence for people in Indonesian, `detail` a line for the log ---


@dataclass(frozen=True)
class Prepared:
    """A piece is done. `done` says that nothing is left to prepare; otherwise ask again."""

    checkpoint: Checkpoint
    done: bool
    rest: timedelta | None = None  # the platform asks for quiet on this channel; this is done


@dataclass(frozen=True)
class Published:
    """It is public. `permalink` may be empty: it is fetched later, and changes nothing."""

    remote_id: str
    permalink: str = ""
    rest: timedelta | None = None  # the platform asks for quiet on this channel; it is public


@dataclass(frozen=True)
class Refused:
    """The platform said no, and nothing is public. The same bytes earn the same no."""

    reason: str
    fault: Fault = Fault.CONTENT
    detail: str = ""


@dataclass(frozen=True)
class TryLater:
    """Nothing is public yet; asking again may work. `after` None leaves the pace to the engine."""

    reason: str
    after: timedelta | None = None
    scope: Scope = Scope.DELIVERY
    checkpoint: Checkpoint | None = None  # None keeps the one we had
    detail: str = ""


@dataclass(frozen=True)
class Unknown:
    """It may be public. Only reading, or a person, may settle it."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Absent:
    """A clean read did not show it. `proved` when the platform itself says it was not published."""

    proved: bool = False
    checkpoint: Checkpoint | None = None


@dataclass(frozen=True)
class Seen:
    """The post as the platform shows it now; spaces, "@" and schemes may not be as we sent them."""

    text: str
    permalink: str = ""


@dataclass(frozen=True)
class Gone:
    """A clean answer that the post no longer exists; never said of a token or a right that died."""

    detail: str = ""


class Light(StrEnum):
    """What a connection allows, as lights on the channel's page."""

    SEND = "send"
    COMMENTS = "comments"
    INSIGHT = "insight"


@dataclass(frozen=True)
class Quota:
    """How much of what the platform allows is used, as the platform itself counts it."""

    used: int  # posts
    total: int  # posts
    per: timedelta


@dataclass(frozen=True)
class Healthy:
    """The credentials work. `handle` is the account's present name."""

    handle: str
    name: str = ""
    lights: Mapping[Light, bool] = field(default_factory=dict)  # missing: it cannot be told
    expires_at: datetime | None = None  # aware; None: it does not run out by itself
    quota: Quota | None = None
    warning: str = ""  # what an admin should know, in Indonesian


@dataclass(frozen=True)
class Sample:
    """A picture of ours for a test send: its bytes, and where a platform can fetch them."""

    jpeg: bytes
    url: str


@dataclass(frozen=True)
class Rehearsed:
    """Everything up to the irreversible request went well; nothing became public."""

    steps: tuple[str, ...]  # what was done, in Indonesian, in order


@dataclass(frozen=True)
class Listed:
    """One public post of an account, whoever made it."""

    remote_id: str
    text: str
    at: datetime  # aware
    permalink: str = ""


@dataclass(frozen=True)
class Recent:
    """The newest public posts, newest first; `whole` when none since the given time is missing."""

    posts: tuple[Listed, ...]
    whole: bool = True


Preparation: TypeAlias = Prepared | Refused | TryLater
Outcome: TypeAlias = Published | Refused | TryLater | Unknown
Finding: TypeAlias = Published | Absent | TryLater | Unknown
ReadBack: TypeAlias = Seen | Gone | TryLater | Unknown
Health: TypeAlias = Healthy | Refused | TryLater
Rehearsal: TypeAlias = Rehearsed | Refused | TryLater
RecentPosts: TypeAlias = Recent | TryLater | Unknown


@dataclass(frozen=True)
class Secret:
    """One credential that an account needs: its key, and its name on the form."""

    key: str
    label: str


class Adapter(ABC):
    """One platform. Stateless between calls; one instance serves all accounts."""

    key: ClassVar[str]  # "x"; the same key as in settings.PLATFORMS
    platform: ClassVar[str]  # "x": two adapters may speak for one platform
    label: ClassVar[str]  # "X"
    text_limit: ClassVar[int]  # in the units of `weigh`
    picture_limit: ClassVar[int]
    picture_needed: ClassVar[bool] = False  # no text-only posts
    fold: ClassVar[int]  # characters shown before "selengkapnya"; an approximation for previews
    secrets: ClassVar[tuple[Secret, ...]]

    @abstractmethod
    def weigh(self, text: str) -> int:
        """Length of `text` as this platform counts it."""

    @abstractmethod
    def problems(self, payload: Payload) -> list[str]:
        """Sentences in Indonesian that say why this payload cannot go out; empty when it can."""

    @abstractmethod
    def prepare(self, job: Job) -> Preparation:
        """Do the next missing piece of invisible work, or say that none is left."""

    @abstractmethod
    def publish(self, job: Job) -> Outcome:
        """Send the one irreversible request. Called only after `prepare` said done."""

    @abstractmethod
    def find(self, job: Job) -> Finding:
        """Look for the post after an `Unknown`; reads only, except where a repeat is harmless."""

    @abstractmethod
    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        """Read the public post `remote_id`; reads only."""

    @abstractmethod
    def verify(self, account: Account) -> Health:
        """Ask the platform whether the credentials work, and for what; publishes nothing."""

    @abstractmethod
    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        """Do everything up to the irreversible request; what was made is left to vanish."""

    @abstractmethod
    def recent(self, account: Account, since: datetime) -> RecentPosts:
        """The account's public posts since then, whoever made them; reads only."""

    @abstractmethod
    def login(self) -> "Login":
        """How accounts of this kind are connected."""
