"""Tells people: one line per thing in the bell, and what has to leave the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from publishing.models.notice import Mail, Notice, Outgoing, Topic, Way
from publishing.models.post import Post
from publishing.notices import choices
from publishing.notices.choices import Ways

NIGHT_FALLS, DAY_BREAKS = time(21), time(6)  # WIB: nothing but emergencies goes out between them
DIGEST_AT = time(7, 30)


@dataclass(frozen=True)
class News:
    """What happened, in words for our pages and in words that may leave the house."""

    key: str
    topic: Topic
    words: str
    outside: str
    url: str
    post: Post | None = None
    urgent: bool = False


@transaction.atomic
def tell(people: Iterable[User], news: News) -> int:
    """A line for each of `people`; one that is there already is told anew. How many were told.

    An exercise is told in the bell only, to who is in Mode latihan.
    """
    training = bool(news.post and news.post.is_training)
    told = {one.pk: one for one in people if one.is_active and one.in_training == training}
    for person in told.values():
        notice = _line(person, news, training)
        if not training:
            _send(person, notice, choices.of(person)[news.topic])
    return len(told)


def _line(person: User, news: News, training: bool) -> Notice:
    fields = {
        "topic": news.topic,
        "words": news.words,
        "outside": news.outside,
        "url": news.url,
        "post": news.post,
        "urgent": news.urgent,
        "is_training": training,
        "at": timezone.now(),
    }
    line, is_new = Notice.objects.get_or_create(person=person, key=news.key, defaults=fields)
    if not is_new:
        anew = {"read_at": None, "count": F("count") + 1}
        Notice.objects.filter(pk=line.pk).update(**fields, **anew)
        line.refresh_from_db()
    return line


def _send(person: User, notice: Notice, ways: Ways) -> None:
    """Leave a message for each way; one that still waits tells the newest when it goes."""
    now = timezone.now()
    if ways.mail != Mail.NEVER:
        is_digest = ways.mail == Mail.DIGEST and not notice.urgent
        _leave(notice, Way.MAIL, next_digest(now) if is_digest else by_day(now, notice.urgent))
    for way, wanted in ((Way.GATEWAY, ways.gateway), (Way.TELEGRAM, ways.telegram)):
        if wanted and choices.address(person, way):
            _leave(notice, way, by_day(now, notice.urgent))


def _leave(notice: Notice, way: Way, due: datetime) -> None:
    waiting = Outgoing.objects.filter(notice=notice, way=way, closed_at=None, claimed_at=None)
    known = waiting.select_for_update().first()
    if known is None:
        Outgoing.objects.create(notice=notice, way=way, due_at=due)
    elif due < known.due_at:
        Outgoing.objects.filter(pk=known.pk).update(due_at=due)


def by_day(now: datetime, urgent: bool = False) -> datetime:
    """When something may go out: now, or when the night is over."""
    local = timezone.localtime(now)
    if urgent or DAY_BREAKS <= local.time() < NIGHT_FALLS:
        return now
    day = local.date() + timedelta(days=1 if local.time() >= NIGHT_FALLS else 0)
    return timezone.make_aware(datetime.combine(day, DAY_BREAKS))


def next_digest(now: datetime) -> datetime:
    """When the next day's digest goes."""
    local = timezone.localtime(now)
    day = local.date() + timedelta(days=1 if local.time() >= DIGEST_AT else 0)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))
