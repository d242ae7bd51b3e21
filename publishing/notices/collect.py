"""Turns events into notices, each event exactly once, however many schedulers run.

One transaction claims events (a row of `Told` each) and writes their notices: what breaks is as if
it had never begun, and what was claimed by another is left alone.
"""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Event, Post
from publishing.notices import who
from publishing.notices.table import ALSO, DECISIONS, ENDS_TURN, REVIEW, TABLE, Line
from publishing.notices.tell import Word, deal_with, tell

logger = logging.getLogger(__name__)
AT_ONCE = 200
LOOKS_BACK = timedelta(days=1)  # also what committed long after its moment is found
_MARGIN = timedelta(seconds=1)
# The first condition is that of the index `events_to_tell`, word for word.
_CLAIM = """
INSERT INTO publishing_told (event_id)
SELECT event.id FROM publishing_event event
WHERE NOT (event.verb IN ('create', 'published'))
  AND event.at > %(since)s AND event.verb = ANY(%(verbs)s)
  AND NOT (event.verb = ANY(%(decisions)s) AND event.at > %(settled)s)
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
        cursor.execute(_CLAIM, _bounds())
        claimed = [pk for (pk,) in cursor.fetchall()]
    events = Event.objects.filter(pk__in=claimed).order_by("at", "pk")
    for event in events.select_related("post__agency", "actor", "delivery__channel"):
        _tell(event, outside=outside)
    return len(claimed)


def _bounds() -> dict[str, Any]:
    now = timezone.now()
    return {
        "since": now - LOOKS_BACK,
        "verbs": [str(verb) for verb in TABLE],
        "decisions": [str(verb) for verb in DECISIONS],
        "settled": now - settings.UNDO - _MARGIN,
        "most": AT_ONCE,
    }


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
    if post is None or (event.verb in DECISIONS and _was_undone(event)):
        return 0
    if event.verb in ENDS_TURN:
        deal_with(f"{REVIEW}:{post.pk}")
    lines = filter(None, (TABLE[event.verb], ALSO.get(event.verb)))
    return sum(_say(event, line, post, outside=outside) for line in lines)


def _say(event: Event, line: Line, post: Post, *, outside: bool) -> int:
    people = line.who(event, post) - {event.actor_id}
    return tell(_word(event, line, post), who.present(people, post), outside=outside)


def _word(event: Event, line: Line, post: Post) -> Word:
    delivery = event.delivery
    facts = {
        "post": name_of(post),
        "by": event.actor or _("sistem"),
        "agency": post.agency.short_name,
        "channel": delivery.channel if delivery else "",
    }
    place = "review" if line.queue and not post.with_head else "post"
    return Word(
        key=f"{line.thing}:{post.pk}",
        topic=line.topic,
        sentence=str(line.sentence) % facts,
        path=reverse(place, args=[post.pk]),
        post=post,
        urgent=post.urgent,
        at=event.at,
    )


def name_of(post: Post) -> str:
    """How a post is called where its words may not be said."""
    return _("Unggahan #%(number)s") % {"number": post.pk}


def _was_undone(event: Event) -> bool:
    until = event.at + settings.UNDO + _MARGIN
    undone = Event.objects.filter(post=event.post_id, verb=Event.Verb.UNDO, actor=event.actor_id)
    return undone.filter(at__gte=event.at, at__lte=until).exists()
