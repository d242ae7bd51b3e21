"""A post's history as a page tells it: its moments, and what people wrote to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from accounts.models import User
from publishing.checklist import Answers, of_marked, told
from publishing.models import Event, Post, Revision, Signature

# the state whose icon and tint an event borrows
_STATES = {
    Event.Verb.CREATE: "draft",
    Event.Verb.SUBMIT: "submitted",
    Event.Verb.WITHDRAW: "retracted",
    Event.Verb.APPROVE: "approved",
    Event.Verb.FIRST: "approved",
    Event.Verb.JOINT: "approved",
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

# where the checklist of an event is kept: with the decision, or with the person's signature
_CLOSES = {Event.Verb.APPROVE, Event.Verb.JOINT, Event.Verb.SEND_BACK, Event.Verb.REJECT}
_SIGNS = {
    Event.Verb.FIRST: (Signature.Kind.APPROVE,),
    Event.Verb.SIGN: (Signature.Kind.HEAD, Signature.Kind.DUTY),
}


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
        .annotate(
            decision=F("revision__review__checklist"),
            first=_signed(Event.Verb.FIRST),
            sign=_signed(Event.Verb.SIGN),
        )
        .order_by("-at", "-pk")
    )
    standing = _standing(events)
    return [_moment(event, _checklist(event) if event.pk in standing else {}) for event in events]


def _signed(verb: Event.Verb) -> Subquery:
    """The checklist of the signature that its actor gave; none when it was taken back."""
    own = Signature.objects.filter(review__revision=OuterRef("revision"), by=OuterRef("actor"))
    return Subquery(own.filter(kind__in=_SIGNS[verb]).values("checklist")[:1])


def _standing(events: Iterable[Event]) -> set[int]:
    """Of `events`, newest first, the last decision on each submission, and each one's last yes."""
    standing: dict[tuple[object, ...], int] = {}
    for event in events:
        if event.verb in _CLOSES:
            standing.setdefault((event.revision_id,), event.pk)
        elif event.verb in _SIGNS:
            standing.setdefault((event.revision_id, event.actor_id, event.verb), event.pk)
    return set(standing.values())


def _checklist(event: Event) -> Answers | None:
    """How its actor went through the checklist; `event` as `moments` loads it."""
    found: Answers | None = getattr(event, event.verb if event.verb in _SIGNS else "decision")
    return found


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
