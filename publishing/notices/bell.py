"""The lines of one person: how many are unread, the newest, pages of them by key."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from accounts.models import User
from publishing import vitals
from publishing.models.notice import Notice

FEW = 10
SIZE = 25
MOST = 99  # as far as the bell shows a number


@dataclass(frozen=True)
class Page:
    """Some lines, and the key of the last one when more follow."""

    notices: Sequence[Notice]
    next_key: str = ""


def of(person: User) -> QuerySet[Notice]:
    """This person's lines, newest first; those of exercises in Mode latihan only."""
    return Notice.objects.filter(person=person, is_training=person.in_training)


def counted(person: User) -> Combinable:
    """How many lines are unread, as a part of the shell's one question."""
    return vitals.counted(of(person).filter(read_at=None))


def page(person: User, after: str = "") -> Page:
    """The lines older than the one with that id; an id of nobody's begins at the start."""
    found = of(person)
    last = found.filter(pk=int(after)).first() if after.isdecimal() and len(after) < 18 else None
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    rows = list(found[: SIZE + 1])
    more = len(rows) > SIZE
    return Page(rows[:SIZE], str(rows[SIZE - 1].pk) if more else "")


def read(person: User, pk: int | None = None) -> None:
    """Mark one line, or all of them, as read."""
    lines = of(person).filter(read_at=None)
    (lines if pk is None else lines.filter(pk=pk)).update(read_at=timezone.now())
