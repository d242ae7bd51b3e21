"""What a person reads of their notices: a page by key, the newest; and what marks them as read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from publishing import keys
from publishing.models import Notice, Post
from publishing.notices.words import name_of

SIZE = 25
NEWEST = 10


@dataclass
class Group:
    """The lines about one post, the newest first; a line about no post stands alone, without title.

    The title is the post's first line for who may see it now, for others only its number.
    """

    title: str
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
    line = Notice.objects.filter(pk=pk, person=person).select_related("person").first()
    if line is not None:
        Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return line


def leads_on(line: Notice) -> bool:
    """Whether its reader still sees the post it is about: an author may have taken it back."""
    if line.post_id is None:
        return True
    return Post.objects.visible_to(line.person).filter(pk=line.post_id).exists()


def read_all(person: User) -> int:
    """Mark everything as read; how many lines."""
    return Notice.objects.of(person).unread().update(read_at=timezone.now())


def _page(person: User, after: str, size: int) -> Page:
    found = keys.beyond(Notice.objects.of(person), after, "at", down=True)
    lines = list(found[: size + 1])
    last = lines[size - 1] if len(lines) > size else None
    groups = _grouped(lines[:size], _titles(person, lines))
    return Page(groups, keys.key(last.at, last.pk) if last else "")


def _titles(person: User, lines: Sequence[Notice]) -> Mapping[int, str]:
    """The first lines of those posts that this person may see now: a draft may be somebody's own
    again since they were told of it."""
    asked = {line.post_id for line in lines if line.post_id}
    seen = Post.objects.visible_to(person).filter(pk__in=asked).only("text")
    return {post.pk: post.title for post in seen}


def _grouped(lines: Sequence[Notice], titles: Mapping[int, str]) -> Sequence[Group]:
    groups: dict[str, Group] = {}
    for line in lines:
        post = line.post_id
        key = f"post {post}" if post else line.key
        title = (titles.get(post) or name_of(post)) if post else ""
        groups.setdefault(key, Group(title)).lines.append(line)
    return list(groups.values())
