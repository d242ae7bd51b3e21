"""Writes one line for each person about one thing, and what goes outside because of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from publishing.models import Message, Notice, Post, Topic
from publishing.notices import outbox

LONGEST = 300


@dataclass(frozen=True)
class Word:
    """What is to be said about one thing. The sentence holds no word of the post's text."""

    key: str
    topic: Topic
    sentence: str
    path: str
    post: Post | None = None
    urgent: bool = False
    at: datetime | None = None  # when it happened; None: now

    @property
    def is_training(self) -> bool:
        return self.post is not None and self.post.is_training


@transaction.atomic
def tell(word: Word, people: Collection[int], *, outside: bool = True) -> int:
    """Say it to these people: a new line each, or the line that they have, changed and unread.

    What belongs to a training stays inside. How many were told.
    """
    if not people:
        return 0
    fields = {
        "topic": word.topic,
        "post": word.post,
        "sentence": word.sentence[:LONGEST],
        "path": word.path,
        "urgent": word.urgent,
        "is_training": word.is_training,
        "at": word.at or timezone.now(),
    }
    Notice.objects.bulk_create(
        [Notice(person_id=pk, key=word.key, **fields) for pk in sorted(people)],
        ignore_conflicts=True,
    )
    lines = Notice.objects.filter(key=word.key, person__in=people)
    again = Case(When(read_at=None, then=F("count") + 1), default=Value(1))
    lines.update(count=again, read_at=None, **fields)
    if outside and not word.is_training:
        outbox.add(lines)
    return len(people)


def deal_with(key: str, *, until: datetime) -> None:
    """It is nobody's to do any more: the line is read, and what did not go out stays in.

    What was said after `until` is about something newer, and stays.
    """
    lines = Notice.objects.filter(key=key, read_at=None, at__lte=until)
    lines.update(read_at=timezone.now())


def calm(key: str, sentence: str) -> None:
    """The thing is over: whoever was told reads that, and what did not go out stays in."""
    now = timezone.now()
    lines = Notice.objects.filter(key=key).exclude(sentence=sentence)
    pks = list(lines.values_list("pk", flat=True))
    Notice.objects.filter(pk__in=pks).update(sentence=sentence, at=now, read_at=now, urgent=False)
    waiting = Q(notice__in=pks, state=Message.State.WAITING)
    Message.objects.filter(waiting).update(state=Message.State.DROPPED, ended_at=now)
