"""Writes down what became of an approved story on each of its channels."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.models import User
from opd_hub.demo.fates import FATES, Fate
from opd_hub.demo.history import History
from opd_hub.demo.playground import Planted, Playground
from opd_hub.demo.story import Status
from platforms.models import Channel
from publishing.models import Attempt, Delivery, Event, Revision

CALL = timedelta(seconds=2, milliseconds=400)  # how long a platform took to answer


class Sendings:
    """The deliveries of one approved revision, with their tries and their lines of history."""

    def __init__(
        self, history: History, revision: Revision, playground: Playground, now: datetime
    ) -> None:
        self.story = history.story
        self.hours = history.hours
        self.reviewer: User = history.reviewer
        self.revision = revision
        self.playground = playground
        self.now = now
        self.events: list[Event] = []

    def write(self, channels: dict[int, Channel]) -> None:
        for place, entry in enumerate(self.revision.content["channels"]):
            channel = channels[entry["channel"]]
            self._write(channel, self._fate(channel), place)

    def _fate(self, channel: Channel) -> Fate:
        if self.story.status == Status.CANCELLED:
            return FATES["cancelled"]
        if self.story.reopened:
            return FATES["reopened"]
        if self._hour() > self.now:
            return FATES["waiting"]
        usual = "published" if channel.sealed else "unconnected"
        return FATES[self.story.fates.get(channel.platform, usual)]

    def _hour(self) -> datetime:
        return self.hours.publish_at or self.hours.decided + settings.UNDO

    def _write(self, channel: Channel, fate: Fate, place: int) -> None:
        began = self._hour() + timedelta(seconds=1 + 3 * place)
        public = self._public(channel, fate, began + CALL)
        delivery = Delivery.objects.create(
            post=self.revision.post,
            revision=self.revision,
            channel=channel,
            status=fate.status,
            hold=fate.hold,
            reason=fate.reason,
            detail=fate.detail,
            tries=1 if fate.outcome else 0,
            begun_at=began if fate.outcome else None,
            created_at=self.hours.decided,
            **self._times(fate, began),
            **public,
        )
        if fate.outcome:
            self._try(delivery, fate, began)
        self.events += self._lines(delivery, fate, began)

    def _times(self, fate: Fate, began: datetime) -> dict[str, Any]:
        hour = self._hour()
        times: dict[str, Any] = {"not_before": hour, "deadline": self.revision.deadline(hour)}
        if fate.status == Delivery.Status.WAITING:
            times["next_at"] = max(self.now, hour - settings.PREPARE_AHEAD)
        if fate.status == Delivery.Status.UNCERTAIN:
            times |= {"looks": 2, "absent_at": began + timedelta(seconds=45)}
        return times

    def _public(self, channel: Channel, fate: Fate, at: datetime) -> dict[str, Any]:
        """Where it stands, or stood, on the platform."""
        if not fate.was_public:
            return {}
        place = self._planted(channel, at) if fate.is_public else self._vanished(channel, at)
        return {
            "remote_id": place.remote_id,
            "permalink": place.permalink,
            "published_at": at,
        }

    def _planted(self, channel: Channel, at: datetime) -> Planted:
        return self.playground.plant(channel, self.revision.payload(channel.pk), at)

    def _vanished(self, channel: Channel, at: datetime) -> Planted:
        return self.playground.vanished(channel, at)

    def _try(self, delivery: Delivery, fate: Fate, began: datetime) -> None:
        open_still = fate.outcome == "open"
        Attempt.objects.create(
            delivery=delivery,
            fence=1,
            revision_sha256=self.revision.sha256,
            started_at=began,
            ended_at=None if open_still else began + CALL,
            outcome="" if open_still else fate.outcome,
            detail="" if open_still else fate.detail or delivery.remote_id,
        )

    def _lines(self, delivery: Delivery, fate: Fate, began: datetime) -> Iterator[Event]:
        told = {"post": delivery.post, "revision": self.revision, "delivery": delivery}
        if fate.verb is not None:
            at = delivery.deadline if fate.verb == Event.Verb.MISSED else began + CALL
            note = delivery.permalink if fate.was_public else fate.reason
            yield Event(**told, verb=fate.verb, note=note, at=at)
        if fate.settled:
            yield Event(
                **told,
                verb=Event.Verb.SETTLED,
                note=fate.settled,
                actor=self.reviewer,
                at=began + timedelta(hours=20),
            )
