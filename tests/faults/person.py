"""The person at the reviewing unit, who does what our screens offer, and looks before answering."""

import random
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from publishing.delivery import manual
from publishing.delivery.manual import NotPossible
from publishing.models import Delivery
from tests.conftest import Box
from tests.faults.region import connect

AT_ONCE = 5


class Person:
    """Answers what waits for a person; never says of a post more than the platform shows."""

    def __init__(self, user: User, sandbox: Box, dice: random.Random) -> None:
        self.user, self.sandbox, self.dice = user, sandbox, dice
        self.answered: Counter[str] = Counter()
        self.asked: set[int] = set()

    def act(self) -> None:
        waiting = Delivery.objects.needing_a_person().select_related("channel", "post", "revision")
        rows = list(waiting.order_by("?")[:AT_ONCE])
        self.asked |= {row.pk for row in rows}
        for row in rows:
            try:
                with transaction.atomic():
                    self.answered[self._answer(row)] += 1
            except NotPossible:
                self.answered["came too late"] += 1

    def _answer(self, row: Delivery) -> str:
        if row.status == "held" and row.hold == "channel":
            return self._reconnect(row)
        offered = {move.verb: move for move in manual.available(self.user, row)}
        if "settle_found" in offered:
            return self._settle(row, "settle_absent" in offered)
        verbs = [verb for verb in ("send_again", "resume", "put_off") if verb in offered]
        if not verbs:
            return "left alone"
        verb = self.dice.choice([*verbs, *(["call_off"] if self.dice.random() < 0.1 else [])])
        more = {}
        if verb == "put_off":
            more["to"] = timezone.now() + timedelta(seconds=self.dice.uniform(3, 15))
        getattr(manual, verb)(row, by=self.user, seen=row.version, **more)
        return verb

    def _reconnect(self, row: Delivery) -> str:
        if not row.channel.is_connected:
            connect(row.channel)
        return "reconnected"

    def _settle(self, row: Delivery, may_send: bool) -> str:
        """Look at the platform's own page first."""
        entry = row.revision.entry(row.channel_id)
        key = (row.channel.platform, entry["account"], entry["text"])
        for line in self.sandbox.ledger():
            if (line["platform"], line["account"], line["text"]) == key:
                link = line["permalink"] or "https://www.instagram.com/p/contoh/"
                manual.settle_found(row, by=self.user, seen=row.version, link=link)
                return "settle_found"
        if not may_send:
            return "left alone"
        manual.settle_absent(row, by=self.user, seen=row.version)
        return "settle_absent"
