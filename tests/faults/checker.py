"""What must hold whatever happened: compares the platforms' ledger with the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import timezone

from publishing.delivery import manual
from publishing.models import Attempt, Delivery, Event, Pause
from tests.faults.books import Accepted, Books, Sending

Status = Delivery.Status
KNOWN = {Status.PUBLISHED, Status.GONE, Status.RETRACTED, Status.UNCERTAIN}
SUSPENSE = timedelta(seconds=5)  # what a tick takes to come, with much room
A_MOMENT = timedelta(seconds=0.5)  # from a time taken by one of us to its commit
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Violation:
    """One promise that was not kept."""

    kind: str
    sentence: str


def check(
    ledger: Iterable[Mapping[str, Any]],
    overlaps: Iterable[Mapping[str, str]] = (),
    *,
    at_rest: bool = False,
    frozen: Iterable[Span] = (),
) -> list[Violation]:
    """Every promise that does not hold.

    `at_rest`: the faults have ended and the patience after them is over, so nothing may be on
    its way. `frozen`: when processes of ours stood still; a call that was caught in between
    its leave and the wire cannot be taken back, and is no violation of the hours.
    """
    books, spans = Books(ledger, timezone.now()), list(frozen)
    found = [
        *_strangers(books),
        *_overlaps(overlaps, spans),
        *_order(books),
        *(wrong for sending in books.sent for wrong in _accepted(books, sending, spans)),
        *(wrong for sending in books.sendings.values() for wrong in _row(sending)),
    ]
    if at_rest:
        found += [wrong for one in books.sendings.values() for wrong in _restless(books, one)]
    return found


def _strangers(books: Books) -> Iterator[Violation]:
    for line in books.strangers:
        yield Violation("stranger", f"{line.account} shows what nobody wrote: {line.text!r}")


def _overlaps(overlaps: Iterable[Mapping[str, str]], frozen: list[Span]) -> Iterator[Violation]:
    for one in overlaps:
        at = datetime.fromisoformat(one["at"])
        if not _touches(frozen, at - settings.LEASE, at):
            who = f"{one['platform']} {one['account']}"
            yield Violation("overlap", f"two publish calls of {who} at once, {one['at']}")


# --- what was accepted ---


def _accepted(books: Books, sending: Sending, frozen: list[Span]) -> Iterator[Violation]:
    row, name = sending.row, sending.name
    for first, second in pairwise(sending.accepted):
        if not _was_ordered(sending, first, second, frozen):
            yield Violation("doubled", f"{name} was accepted {len(sending.accepted)} times")
    if row.status not in KNOWN and not (row.status == Status.SENDING and sending.attempts):
        yield Violation("lost", f"{name} is public, and we say it is not")
    if not row.revision.is_intact() or row.revision_id not in books.approvals:
        yield Violation("unapproved", f"{name} is public and nobody approved it")
    payload = row.revision.payload(row.channel_id)
    wanted = tuple((picture.sha256, picture.alt) for picture in payload.pictures)
    for line in sending.accepted:
        if line.pictures != wanted:
            yield Violation("unlike", f"{name} shows other pictures than were approved")
        yield from _begun(books, sending, line, frozen)


def _was_ordered(sending: Sending, first: Accepted, second: Accepted, frozen: list[Span]) -> bool:
    """Whether a person, told of the doubt, said after the first that it was not there.

    Or before it, when the second is the call of a process that stood still all the while.
    """
    orders = [event.at for event in sending.events if event.note == manual.SETTLE_ABSENT.label]
    if any(first.at <= at <= second.asked_at for at in orders):
        return True
    began = sending.attempts[0].started_at if sending.attempts else first.at
    return bool(orders) and _touches(frozen, began, second.asked_at)


def _begun(
    books: Books, sending: Sending, line: Accepted, frozen: list[Span]
) -> Iterator[Violation]:
    """The one call that this was: meant, in its hours, and stopped by no pause."""
    row, name = sending.row, sending.name
    attempt = sending.begun_for(line)
    if attempt is None:
        yield Violation("unmeant", f"{name} was sent without an intent")
        return
    if attempt.revision_sha256 != row.revision.sha256:
        yield Violation("unlike", f"{name} was begun for another revision")
    until = row.revision.valid_until
    last = min(row.deadline, until) if until else row.deadline
    if attempt.started_at >= last:
        yield Violation("late", f"{name} was begun at {attempt.started_at}, after {last}")
    elif line.asked_at > last + reach() and not _touches(frozen, attempt.started_at, line.asked_at):
        yield Violation("late", f"{name} was sent at {line.asked_at}, after {last}")
    if attempt.started_at < row.not_before and not _moved_since(books, sending, attempt):
        yield Violation(
            "early", f"{name} was begun at {attempt.started_at}, its hour {row.not_before}"
        )
    for pause in books.pauses:
        if pause.channels().filter(pk=row.channel_id).exists() and _defies(pause, attempt, line):
            yield Violation(
                "paused", f"{name} was begun in spite of a pause since {pause.started_at}"
            )


def reach() -> timedelta:
    """How long after its intent a call may still leave us."""
    return settings.FROZEN + timedelta(seconds=sum(settings.PLATFORMS["x"]["TIMEOUT"]) + 1)


def _moved_since(books: Books, sending: Sending, attempt: Attempt) -> bool:
    """Whether a person gave the delivery other hours after this attempt."""
    settled = [one.at for one in sending.events if one.verb == Event.Verb.SETTLED]
    moved = books.reschedulings.get(sending.row.post_id)
    return any(at > attempt.started_at for at in [*settled, *([moved] if moved else [])])


def _defies(pause: Pause, attempt: Attempt, line: Accepted) -> bool:
    """Begun while it lasted; or before it, but committed after it, and so not on its list."""
    if attempt.pk in {one.pk for one in pause.overtaken_by.all()}:
        return False
    if attempt.started_at > pause.started_at:
        return pause.ended_at is None or attempt.started_at < pause.ended_at - A_MOMENT
    still_out = attempt.ended_at is None or attempt.ended_at > pause.started_at + A_MOMENT
    return still_out and line.asked_at > pause.started_at


def _touches(spans: list[Span], begin: datetime, end: datetime) -> bool:
    return any(start <= end and begin <= stop for start, stop in spans)


# --- order ---


def _order(books: Books) -> Iterator[Violation]:
    """Of two that went through without trouble, the one whose hour is earlier is accepted first."""
    by_channel = defaultdict(list)
    for sending in books.sent:
        if _is_smooth(books, sending):
            by_channel[sending.row.channel_id].append(sending)
    for smooth in by_channel.values():
        smooth.sort(key=lambda one: (one.row.not_before, one.row.pk))
        for earlier, later in pairwise(smooth):
            if _overtook(earlier, later):
                yield Violation("order", f"{later.name} went before {earlier.name}")


def _is_smooth(books: Books, sending: Sending) -> bool:
    """One try, no doubt, no hold, no person: nothing that lets others pass it by."""
    quiet = {event.verb for event in sending.events} <= {Event.Verb.PUBLISHED}
    once = len(sending.attempts) == len(sending.accepted) == 1
    untouched = sending.row.tries == 1 and sending.row.looks == 0
    return quiet and once and untouched and sending.row.post_id not in books.reschedulings


def _overtook(earlier: Sending, later: Sending) -> bool:
    """The later one was begun while the earlier one was there, had its hour, and its place."""
    begun, row = later.attempts[0].started_at, earlier.row
    if earlier.accepted[0].at <= later.accepted[0].at:
        return False
    there = max(row.created_at, row.not_before)
    return there + A_MOMENT < begun < row.not_before + settings.KEEPS_PLACE


# --- rows ---


def _row(sending: Sending) -> Iterator[Violation]:
    row = sending.row
    ids = {line.id for line in sending.accepted}
    if row.remote_id and row.remote_id not in ids:
        yield Violation("invented", f"{sending.name} is known as {row.remote_id}, accepted: {ids}")
    if row.status == Status.PUBLISHED and not ids:
        yield Violation("invented", f"{sending.name} is called public, and nothing was accepted")
    if row.status == Status.SENDING and not any(one.ended_at is None for one in sending.attempts):
        yield Violation("unmeant", f"{sending.name} is being sent without an open attempt")


def _restless(books: Books, sending: Sending) -> Iterator[Violation]:
    """After the faults and the patience: nothing hangs, nothing is silent."""
    row, now = sending.row, books.as_of
    if row.status == Status.SENDING:
        yield Violation("stuck", f"{sending.name} is still being sent")
    elif row.status == Status.WAITING and row.deadline + SUSPENSE < now:
        yield Violation("stuck", f"{sending.name} waits though its time was over at {row.deadline}")
    elif row.status in (Status.WAITING, Status.UNCERTAIN):
        if row.next_at is None and row.status == Status.WAITING:
            yield Violation("silent", f"{sending.name} waits for nobody")
        elif row.next_at and not _is_awaited(books, row, now):
            yield Violation("silent", f"{sending.name} was due at {row.next_at} and nobody came")


def _is_awaited(books: Books, row: Delivery, now: datetime) -> bool:
    """Not due yet, only just due, kept by a rate limit, or behind a head that keeps its place."""
    lane = books.lanes.get(row.channel_id)
    held = lane.held_until if lane else None
    since = max(row.next_at or now, row.not_before, held or row.not_before)
    return since + settings.KEEPS_PLACE + settings.LEASE + 2 * settings.RING_AGAIN > now
