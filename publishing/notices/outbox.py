"""What goes outside is written down before anything is sent, by each person's choices."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Least
from django.utils import timezone

from publishing.models import Choice, Message, Notice, Reach, Topic, Way
from publishing.notices import preferences, quiet

Pace = Choice.Pace
State = Message.State


def add(lines: QuerySet[Notice]) -> None:
    """A message for each way that each person wants for this; of what already waits, the sooner.

    All lines are about one thing, so of one topic. Call in the transaction that wrote them.
    """
    found = list(lines.select_related("person"))
    if not found:
        return
    choices = preferences.of([line.person for line in found], found[0].topic)
    reaches = Reach.objects.in_bulk([line.person_id for line in found])
    for line in found:
        for way, due_at in _wanted(line, choices[line.person_id], reaches.get(line.person_id)):
            _write(line, way, due_at)


def _wanted(line: Notice, choice: Choice, reach: Reach | None) -> Iterator[tuple[Way, datetime]]:
    """Ways that this person chose, that this installation has and where they can be reached."""
    here, now = preferences.ways(), timezone.now()
    at_once = now if line.urgent else quiet.awake(now)
    at_last = line.urgent or line.topic == Topic.DIGEST  # a digest itself waits for no other
    if choice.email == Pace.NOW or (at_last and choice.email == Pace.DIGEST):
        yield Way.EMAIL, at_once
    elif choice.email == Pace.DIGEST:
        yield Way.EMAIL, quiet.next_digest(now)
    if choice.gateway and Way.GATEWAY in here and reach and reach.phone:
        yield Way.GATEWAY, at_once
    if choice.telegram and Way.TELEGRAM in here and reach and reach.chat:
        yield Way.TELEGRAM, at_once


def _write(line: Notice, way: Way, due_at: datetime) -> None:
    fresh = Message(notice=line, person_id=line.person_id, way=way, due_at=due_at)
    Message.objects.bulk_create([fresh], ignore_conflicts=True)
    waiting = Message.objects.filter(notice=line, way=way, state=State.WAITING)
    waiting.filter(tries=0).update(due_at=Least("due_at", due_at))  # a retry keeps its own pace
