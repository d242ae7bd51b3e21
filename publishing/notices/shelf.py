"""What a person reads of their notices: a page by key, the newest; and what marks them as read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from publishing import keys
from publishing.models import Notice, Post

SIZE = 25
NEWEST = 10


@dataclass
class Group:
    """The lines about one post, the newest first; a line about no post stands alone."""

    post: Post | None
    lines: list[Notice] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Some lines, grouped by post, and the key of the last one when more follow."""

    groups: Sequence[Group]
    next_key: str = ""


def newest(person: User) -> Page:
    """What the bell shows."""
    return _page(person, "", NEWEST)


def page(person: User, after: str = "") -> Page:
    """The lines after the one with that key; a key that nobody gave out begins at the start."""
    return _page(person, after, SIZE)


def read(person: User, pk: int) -> Notice | None:
    """Mark one line as read; None when it is nobody's or somebody else's."""
    line = Notice.objects.filter(pk=pk, person=person).first()
    if line is not None:
        Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return line


def read_all(person: User) -> int:
    """Mark everything as read; how many lines."""
    return Notice.objects.of(person).unread().update(read_at=timezone.now())


def _page(person: User, after: str, size: int) -> Page:
    found = keys.beyond(Notice.objects.of(person), after, "at", down=True)
    lines = list(found.select_related("post")[: size + 1])
    last = lines[size - 1] if len(lines) > size else None
    return Page(_grouped(lines[:size]), keys.key(last.at, last.pk) if last else "")


def _grouped(lines: Sequence[Notice]) -> Sequence[Group]:
    groups: dict[str, Group] = {}
    for line in lines:
        key = f"post {line.post_id}" if line.post_id else line.key
        groups.setdefault(key, Group(line.post)).lines.append(line)
    return list(groups.values())
