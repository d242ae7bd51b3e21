"""The two sides that are compared: what the platforms accepted, and what our database knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from publishing.models import Attempt, Delivery, Event, Lane, Pause


@dataclass(frozen=True)
class Accepted:
    """One line of the ledger."""

    id: str
    account: tuple[str, str]  # platform, remote id
    text: str
    pictures: tuple[tuple[str, str], ...]  # sha256, alternative text
    asked_at: datetime
    at: datetime
    permalink: str

    @classmethod
    def read(cls, line: Mapping[str, Any]) -> Self:
        return cls(
            line["id"],
            (line["platform"], line["account"]),
            line["text"],
            tuple((picture["sha256"], picture["alt"]) for picture in line["images"]),
            datetime.fromisoformat(line["asked_at"] or line["at"]),
            datetime.fromisoformat(line["at"]),
            line["permalink"],
        )


@dataclass
class Sending:
    """One delivery, with all that either side says of it."""

    row: Delivery
    attempts: list[Attempt] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)

    @property
    def key(self) -> tuple[tuple[str, str], str]:
        entry = self.row.revision.entry(self.row.channel_id)
        return (self.row.channel.platform, entry["account"]), entry["text"]

    @property
    def name(self) -> str:
        return f"delivery {self.row.pk} ({self.row.channel}, {self.row.status})"

    def begun_for(self, accepted: Accepted) -> Attempt | None:
        """The attempt whose call this was: the last that had begun when it was asked."""
        before = [one for one in self.attempts if one.started_at <= accepted.asked_at]
        return before[-1] if before else None


class Books:
    """Both sides, read once."""

    def __init__(self, ledger: Iterable[Mapping[str, Any]], as_of: datetime) -> None:
        self.as_of = as_of
        rows = Delivery.objects.select_related("revision", "channel", "post").order_by("pk")
        self.sendings = {row.pk: Sending(row) for row in rows}
        for attempt in Attempt.objects.order_by("started_at", "pk"):
            self.sendings[attempt.delivery_id].attempts.append(attempt)
        for event in Event.objects.filter(delivery__in=self.sendings):
            self.sendings[event.delivery_id or 0].events.append(event)
        self.pauses = list(Pause.objects.prefetch_related("overtaken_by"))
        self.strangers = self._match([Accepted.read(line) for line in ledger])

    def _match(self, ledger: list[Accepted]) -> list[Accepted]:
        """Give each delivery what was accepted of it; what is nobody's remains."""
        known = defaultdict(list)
        for sending in self.sendings.values():
            known[sending.key].append(sending)
        strangers = []
        for line in ledger:
            candidates = known[line.account, line.text]
            if not candidates:
                strangers.append(line)
                continue
            meant = [one for one in candidates if one.begun_for(line)] or candidates
            meant[-1].accepted.append(line)
        return strangers

    @property
    def sent(self) -> list[Sending]:
        return [sending for sending in self.sendings.values() if sending.accepted]

    @cached_property
    def approvals(self) -> dict[int, datetime]:
        """When each revision was first approved."""
        moments: dict[int, datetime] = {}
        for event in Event.objects.filter(verb=Event.Verb.APPROVE).order_by("at"):
            if event.revision_id is not None:
                moments.setdefault(event.revision_id, event.at)
        return moments

    @cached_property
    def reschedulings(self) -> dict[int, datetime]:
        """When each post's hour was last moved by a person."""
        moved = Event.objects.filter(verb=Event.Verb.RESCHEDULE).order_by("at")
        return {event.post_id: event.at for event in moved if event.post_id is not None}

    @cached_property
    def lanes(self) -> dict[int, Lane]:
        return Lane.objects.in_bulk()
