"""From events to notices, each event once, without the verbs and the workers knowing of it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from publishing.models import Event, Post
from publishing.models.notice import Told
from publishing.notices import verbs
from publishing.notices.telling import tell

logger = logging.getLogger(__name__)
MEMORY = timedelta(days=1)  # nothing older becomes news
STALE = timedelta(hours=1)  # of a first start: what is older is known to everybody
SETTLED = settings.UNDO + timedelta(seconds=2)  # a decision is news when it cannot be undone
AT_ONCE = 200


def collect() -> int:
    """Tell of the events that nobody was told of yet; how many lines that made.

    Any number of schedulers may call it: an event is taken by whoever writes its `Told` first.
    """
    _begin()
    return sum(_tell(event) for event in list(_news()[:AT_ONCE]))


def _news() -> QuerySet[Event]:
    now = timezone.now()
    fresh = Event.objects.filter(at__gt=now - MEMORY, verb__in=list(verbs.RULES))
    young = Q(verb__in=verbs.UNDOABLE, at__gt=now - SETTLED)
    untold = fresh.exclude(young).exclude(Exists(Told.objects.filter(event=OuterRef("pk"))))
    return untold.exclude(post=None).select_related("actor").order_by("at", "pk")


def _begin() -> None:
    """At the very first start what is old is not told: it would be hundreds of letters."""
    if Told.objects.exists():
        return
    old = _news().filter(at__lt=timezone.now() - STALE)
    Told.objects.bulk_create((Told(event=event) for event in old), ignore_conflicts=True)


@transaction.atomic
def _tell(event: Event) -> int:
    mine = Event.objects.filter(pk__in=[event.pk or 0]).select_for_update(
        skip_locked=True, of=("self",)
    )
    if not mine:
        return 0  # somebody else tells of it now
    if not Told.objects.get_or_create(event=event)[1]:
        return 0
    post = Post.objects.select_related("agency", "author", "assigned_to").get(pk=event.post_id or 0)
    news = verbs.news(event, post)
    if news is None or _is_over(event, post):
        return 0
    return tell(verbs.people(event, post), news)


def _is_over(event: Event, post: Post) -> bool:
    """A decision that was taken back meanwhile is no news."""
    last = post.events.filter(verb__in=(*verbs.UNDOABLE, Event.Verb.UNDO)).order_by("-at", "-pk")
    newest = last.first() if event.verb in verbs.UNDOABLE else None
    return newest is not None and newest.verb == Event.Verb.UNDO
