"""A post's history as a page tells it: its moments, and what people wrote to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts.models import User
from publishing.checklist import Answers, of_marked, told
from publishing.models import Event, Post, Revision

# the state whose icon and tint an event borrows
_STATES = {
    Event.Verb.CREATE: "draft",
    Event.Verb.SUBMIT: "submitted",
    Event.Verb.WITHDRAW: "retracted",
    Event.Verb.APPROVE: "approved",
    Event.Verb.UNDO: "retracted",
    Event.Verb.SEND_BACK: "returned",
    Event.Verb.REJECT: "rejected",
    Event.Verb.REOPEN: "draft",
    Event.Verb.RESCHEDULE: "waiting",
    Event.Verb.CANCEL: "cancelled",
    Event.Verb.EXPIRE: "expired",
    Event.Verb.RELEASED: "waiting",
    Event.Verb.SETTLED: "manual",
}

_DECISIONS = {Event.Verb.APPROVE, Event.Verb.SEND_BACK, Event.Verb.REJECT}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    status: str
    label: str
    by: str
    at: datetime
    note: str
    url: str
    checked: str  # how the checklist was gone through, of a decision that stands


def moments(post: Post) -> list[Moment]:
    """Everything that happened to `post`, newest first."""
    events = (
        post.events.select_related("actor", "delivery__channel")
        .annotate(checklist=F("revision__review__checklist"))
        .order_by("-at", "-pk")
    )
    standing: dict[int | None, int] = {}  # the last decision on each submission
    for event in events:
        if event.verb in _DECISIONS:
            standing.setdefault(event.revision_id, event.pk)
    return [
        _moment(event, event.checklist if event.pk in standing.values() else {}) for event in events
    ]


@dataclass(frozen=True)
class Remark:
    """What somebody wrote with a submission or a decision."""

    by: User
    at: datetime
    number: int  # of the submission
    reason: str
    words: str
    marked: str = ""  # what the checklist found wanting


def remarks(revisions: Iterable[Revision]) -> list[Remark]:
    """Notes of authors and reviewers, oldest first, as one exchange."""
    return [remark for revision in revisions for remark in _remarks_on(revision)]


def _remarks_on(revision: Revision) -> Iterable[Remark]:
    if revision.note:
        by, at = revision.submitted_by, revision.submitted_at
        yield Remark(by, at, revision.number, "", revision.note)
    review = revision.review
    marked = of_marked(review.checklist)
    if review.decided_by and review.decided_at and (review.note or review.reason or marked):
        reason = review.get_reason_display()
        by, at = review.decided_by, review.decided_at
        yield Remark(by, at, revision.number, reason, review.note, marked)


def _moment(event: Event, checklist: Answers | None) -> Moment:
    verb = Event.Verb(event.verb)
    label = str(verb.label)
    if event.delivery is not None:
        label = f"{label} · {event.delivery.channel}"
    is_link = verb is Event.Verb.PUBLISHED
    has_page = event.delivery is None or event.delivery.has_page
    return Moment(
        status=_STATES.get(verb, event.verb),
        label=label,
        by=str(event.actor or ""),
        at=event.at,
        note="" if is_link else event.note,
        url=event.note if is_link and has_page else "",
        checked=told(checklist or {}),
    )
