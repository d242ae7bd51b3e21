"""Turns events into notices, each event exactly once, however many schedulers run.

One transaction claims events (a row of `Told` each) and writes their notices: what breaks is as if
it had never begun, and what was claimed by another is left alone.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from publishing.models import Alarm, Delivery, Event, Post
from publishing.notices import who
from publishing.notices.doubts import calm_when_settled
from publishing.notices.table import (
    ALSO,
    DECISION,
    DECISIONS,
    DELIVERY,
    ENDS_TURN,
    HOUR,
    REVIEW,
    SETTLES,
    TABLE,
    Line,
)
from publishing.notices.tell import deal_with, tell
from publishing.notices.words import word

logger = logging.getLogger(__name__)
Verb = Event.Verb
AT_ONCE = 200
COMMITS_LATE = timedelta(days=1)  # what committed so long after its moment is found too
LOOKS_BACK = timedelta(days=30)  # at most, however long nobody collected
MARK = "collected"  # until when everything was told: an alarm's row
MARK_EVERY = timedelta(hours=1)
_MARGIN = timedelta(seconds=1)
# what can be taken back for some seconds is told when it stands; a move in time is another move
_SETTLING = (*DECISIONS, Verb.RESCHEDULE)
# what makes an older line about the same thing no news any more
_OVERTAKES: Mapping[str, Collection[str]] = {
    REVIEW: ENDS_TURN,
    DECISION: {Verb.SUBMIT, *(verb for verb, line in TABLE.items() if line.thing == DECISION)},
    HOUR: {Verb.RESCHEDULE},
}
# The first condition is that of the index `events_to_tell`, word for word.
_CLAIM = """
INSERT INTO publishing_told (event_id)
SELECT event.id FROM publishing_event event
WHERE NOT (event.verb IN ('create', 'published'))
  AND event.at > %(since)s AND event.verb = ANY(%(verbs)s)
  AND NOT (event.verb = ANY(%(settling)s) AND event.at > %(settled)s)
  AND NOT EXISTS (SELECT FROM publishing_told told WHERE told.event_id = event.id)
ORDER BY event.at, event.id LIMIT %(most)s
ON CONFLICT DO NOTHING
RETURNING event_id
"""


def collect(*, outside: bool = True) -> int:
    """Tell of everything that nobody was told of yet; how many events. `outside`: also beyond the
    app, as always except where a demo is laid in."""
    done = 0
    while batch := _batch(outside=outside):
        done += batch
        if batch < AT_ONCE:
            break
    return done


@transaction.atomic
def _batch(*, outside: bool) -> int:
    with connection.cursor() as cursor:
        # two at once would each lock lines that the other wants
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('publishing.notices'))")
        if not cursor.fetchone()[0]:
            return 0
        bounds = _bounds()
        cursor.execute(_CLAIM, bounds)
        claimed = [pk for (pk,) in cursor.fetchall()]
    events = Event.objects.filter(pk__in=claimed).order_by("at", "pk")
    for event in events.select_related("post__agency", "actor", "delivery__channel"):
        _tell(event, outside=outside)
    if len(claimed) < AT_ONCE:
        _remember(bounds["now"])
    return len(claimed)


def _remember(now: datetime) -> None:
    """Everything until `now` was told: after a pause of days nobody has to guess since when."""
    fresh = Alarm.objects.filter(key=MARK, at__gt=now - MARK_EVERY, at__lte=now)
    if not fresh.exists():
        Alarm.objects.update_or_create(key=MARK, defaults={"at": now})


def _since(now: datetime) -> datetime:
    """From when on to look; a new installation tells of no more than its last day."""
    mark = Alarm.objects.filter(key=MARK).values_list("at", flat=True).first() or now
    return max(min(mark, now) - COMMITS_LATE, now - LOOKS_BACK)


def _bounds() -> dict[str, Any]:
    now = timezone.now()
    return {
        "now": now,
        "since": _since(now),
        "verbs": sorted({*map(str, TABLE), *map(str, SETTLES)}),
        "settling": [str(verb) for verb in _SETTLING],
        "settled": _settled(now),
        "most": AT_ONCE,
    }


def _settled(now: datetime) -> datetime:
    """What was decided until then can be taken back no more."""
    return now - settings.UNDO - _MARGIN


def _tell(event: Event, *, outside: bool) -> None:
    """One that breaks costs the others nothing, and is not tried for ever."""
    try:
        with transaction.atomic():
            tell_of(event, outside=outside)
    except (OperationalError, InterfaceError):
        raise  # the database is gone: the whole batch again
    except Exception:  # the one blanket: a line of the table that does not fit its event
        logger.exception("nobody was told of event %s", event.pk)


def tell_of(event: Event, *, outside: bool = True) -> int:
    """Tell whom the event concerns, never the person whose deed it is; how many were told."""
    post = event.post
    if post is None:
        return 0
    since = _done_since(event)
    if since[:1] == [Verb.UNDO]:
        return 0
    _end(event, post)
    lines = [line for line in (TABLE.get(event.verb), *ALSO.get(event.verb, ())) if line]
    news = [line for line in lines if not _is_old(event, line, since)]
    return sum(_say(event, line, post, outside=outside) for line in news)


def _end(event: Event, post: Post) -> None:
    """Lines that asked for what is done by now are dealt with."""
    if event.verb in ENDS_TURN:
        deal_with(f"{REVIEW}:{post.pk}", until=event.at)
    if event.verb == Verb.SUBMIT or who.is_back(event, post):
        deal_with(f"{DECISION}:{post.pk}", until=event.at)
    if event.verb in SETTLES:
        calm_when_settled(post)


def _say(event: Event, line: Line, post: Post, *, outside: bool) -> int:
    people = line.who(event, post) - {event.actor_id}
    said = word(line, post, at=event.at, by=event.actor, delivery=event.delivery)
    return tell(said, who.present(people, post), outside=outside)


def _is_old(event: Event, line: Line, since: Sequence[str]) -> bool:
    """Whether it is no news: a colleague dealt with it, it was moved back, or more was done."""
    if line.thing == DELIVERY:
        if event.delivery_id is None:
            return False
        return not Delivery.objects.needing_a_person().filter(pk=event.delivery_id).exists()
    if line.thing == HOUR and _came_back(event):
        return True
    return any(verb in _OVERTAKES[line.thing] for verb in since)


def _done_since(event: Event) -> list[str]:
    """The verbs of what was done to its post since and stands: a decision that was or still can be
    taken back does not.

    `undo` stands first when the event itself was: nothing else can be done in between.
    """
    later = Event.objects.filter(post=event.post_id, delivery=None, pk__gt=event.pk)
    done: list[tuple[str, datetime]] = []
    for verb, at in later.order_by("pk").values_list("verb", "at"):
        if verb == Verb.UNDO and done:
            done.pop()
        else:
            done.append((verb, at))
    settled = _settled(timezone.now())
    return [verb for verb, at in done if verb not in DECISIONS or at <= settled]


def _came_back(event: Event) -> bool:
    """Whether this move and those just before it, of the same hand, leave the hour as it was."""
    first = event
    before = Event.objects.filter(post=event.post_id, delivery=None, pk__lt=event.pk)
    for one in before.order_by("-pk")[:AT_ONCE]:
        is_slip = one.verb == Verb.RESCHEDULE and one.actor_id == event.actor_id
        if not is_slip or first.at - one.at > settings.UNDO:
            break
        first = one
    old, new = first.note.partition(" → ")[0], event.note.partition(" → ")[2]
    return first != event and bool(new) and old == new
