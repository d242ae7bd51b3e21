"""Owns the rows of the sandbox: what a platform would remember about accounts, posts and media."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

X, FACEBOOK, INSTAGRAM = PLATFORMS = ("x", "facebook", "instagram")


def now() -> datetime:
    return datetime.now(UTC)


def instant() -> str:
    """Now, as ISO 8601 that always has its microseconds."""
    return now().isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The aware datetime of an ISO 8601 text; a text without a zone is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Account:
    platform: str
    id: str
    handle: str
    name: str
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True)
class Picture:
    """An image as the platform holds it; the bytes lie in the blob named by their hash."""

    sha256: str
    alt: str
    size: int
    width: int
    height: int
    id: str = ""

    def public(self) -> dict[str, Any]:
        facts = asdict(self)
        del facts["id"]
        return facts


@dataclass(frozen=True)
class Post:
    """A post; `sequence` is its place among all accepted posts, 0 while nobody can see it.

    `asked_at` is when the request arrived that made it public, `at` when it was accepted, and
    `skew` by how many seconds the platform's clock was wrong about that.
    """

    id: str
    platform: str
    account: str
    text: str
    at: str
    permalink: str
    pictures: tuple[Picture, ...] = ()
    link: str = ""
    sequence: int = 0
    planted: bool = False
    deleted: bool = False
    hidden_until: str = ""
    asked_at: str = ""
    skew: float = 0.0

    @property
    def key(self) -> str:
        return self.id

    @cached_property
    def accepted_at(self) -> datetime:
        return moment(self.at).astimezone(UTC)

    @cached_property
    def created_at(self) -> datetime:
        """The time the platform tells."""
        return self.accepted_at + timedelta(seconds=self.skew)

    @property
    def is_public(self) -> bool:
        return self.sequence > 0 and not self.deleted

    @property
    def is_listed(self) -> bool:
        """Lists may lag behind the post itself."""
        return self.is_public and (not self.hidden_until or moment(self.hidden_until) <= now())


@dataclass(frozen=True)
class Upload:
    """An image uploaded to X, waiting for a post."""

    id: str
    account: str
    at: str
    picture: Picture

    @property
    def key(self) -> str:
        return self.id


@dataclass(frozen=True)
class Photo:
    """A photo of a Facebook page; `post` is the public post that shows it, if any."""

    id: str
    account: str
    at: str
    picture: Picture
    caption: str = ""
    post: str = ""

    @property
    def key(self) -> str:
        return self.id


@dataclass(frozen=True)
class Container:
    """An Instagram container; `polls` is how often it still answers IN_PROGRESS."""

    id: str
    account: str
    at: str
    caption: str
    pictures: tuple[Picture, ...]
    is_child: bool = False
    polls: int = 0
    failure: str = ""
    media: str = ""

    @property
    def key(self) -> str:
        return self.id


Row = Account | Post | Upload | Photo | Container

TABLES: dict[str, type[Row]] = {
    "accounts": Account,
    "posts": Post,
    "uploads": Upload,
    "photos": Photo,
    "containers": Container,
}


def table_of(row: Row) -> str:
    return next(name for name, kind in TABLES.items() if isinstance(row, kind))


def revive(table: str, values: dict[str, Any]) -> Row:
    """The row that `asdict` and JSON flattened into `values`."""
    if "picture" in values:
        values = values | {"picture": Picture(**values["picture"])}
    if "pictures" in values:
        values = values | {"pictures": tuple(Picture(**each) for each in values["pictures"])}
    return TABLES[table](**values)
