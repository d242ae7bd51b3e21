"""An agency's calendar for other apps: iCalendar text, and who may still read it."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import User
from accounts.policy import Action, may, reads_everybody
from publishing.agenda.days import Chip, chip_of, loaded
from publishing.models import CalendarFeed, Delivery, Post

BACK, AHEAD = timedelta(days=31), timedelta(days=365)
LONG = timedelta(minutes=30)  # a post has no end; apps draw nothing without one
MOST = 5000
SHOWN = (Post.Status.SUBMITTED, Post.Status.APPROVED, Post.Status.CANCELLED)
_UNSURE = {  # approved, and yet it does not go out by itself, or perhaps did not
    *(Delivery.Status.FAILED, Delivery.Status.MISSED, Delivery.Status.HELD),
    *(Delivery.Status.UNCERTAIN, Delivery.Status.MANUAL, Delivery.Status.GONE),
}


def digest(secret: str) -> str:
    """What is kept of a feed's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> CalendarFeed | None:
    """The feed at this address, if whoever made it may still see its agency's posts."""
    known = CalendarFeed.objects.in_force().select_related("agency", "owner")
    feed = known.filter(digest=digest(secret)).first()
    return feed if feed and feed.agency.is_open and may_have(feed.owner, feed.agency_id) else None


def may_have(user: User, agency: int) -> bool:
    """Whether this person may keep a feed of that agency."""
    own = may(user, Action.WRITE) and user.agency_id == agency
    return own or reads_everybody(user)


def text(feed: CalendarFeed) -> bytes:
    """From a month back to a year ahead; what is not approved yet carries no words of its own."""
    book = Calendar()
    book.add("prodid", "-//OPD Hub//Kalender//ID")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", f"{feed.agency.short_name} · OPD Hub")
    for post in _posts(feed):
        book.add_component(_event(chip_of(post, _nobody_moves)))
    return bytes(book.to_ical())


def _posts(feed: CalendarFeed) -> Iterable[Post]:
    now = timezone.now()
    own = Post.objects.filter(agency=feed.agency, is_training=False).with_hour()
    handed_in = own.filter(status__in=SHOWN, submitted_at__isnull=False)
    return loaded(handed_in.between(now - BACK, now + AHEAD).by_hour())[:MOST]


def _nobody_moves(_post: Post, _states: Sequence[str]) -> bool:
    return False


def _event(chip: Chip) -> Event:
    post, hour = chip.post, chip.hour or chip.post.updated_at
    status, summary = _said(chip)
    event = Event()
    event.add("uid", f"unggahan-{post.pk}@{_host()}")
    event.add("sequence", post.version)
    event.add("dtstamp", post.updated_at)
    event.add("dtstart", hour)
    event.add("dtend", hour + LONG)
    event.add("status", status)
    event.add("summary", summary)
    event.add("url", settings.PUBLIC_URL + reverse("post", args=[post.pk]))
    event.add("transp", "TRANSPARENT")
    return event


def _said(chip: Chip) -> tuple[str, str]:
    """iCalendar's status (RFC 5545, 3.8.1.11) and the summary; words of its own once approved."""
    status, title = chip.status, chip.post.title
    if chip.post.status != Post.Status.APPROVED:
        given_up = chip.post.status == Post.Status.CANCELLED
        return "CANCELLED" if given_up else "TENTATIVE", str(status.label)
    if status == Post.Status.APPROVED:  # every delivery was called off
        return "CANCELLED", f"{Post.Status.CANCELLED.label}: {title}"
    if status in _UNSURE:
        return "TENTATIVE", f"{status.label}: {title}"
    return "CONFIRMED", title


def _host() -> str:
    return str(settings.PUBLIC_URL.partition("://")[2].partition("/")[0])
