"""One approved post on its way to one platform: what a story does with it, and what it reads."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from publishing.delivery import call, lane
from publishing.delivery.call import Intent
from publishing.delivery.shelf import stored
from publishing.delivery.tick import tick
from publishing.models import Delivery, Post


@dataclass
class Errand:
    """Sari's approved post with one picture, on its way to one platform."""

    delivery: Delivery
    box: Any
    clock: Any

    def __post_init__(self) -> None:
        self.handed_in = self.belongings()

    def after(self, seconds: float = 0) -> str:
        """Let time pass, do what scheduler and worker do, and say where the delivery is now."""
        self.clock.shift(timedelta(seconds=seconds))
        for channel_id in tick():
            lane.run(channel_id)
        self.delivery.refresh_from_db()
        return self.delivery.status

    def meant(self) -> tuple[Delivery, Intent]:
        """What a worker does up to its call: it holds the lane, has prepared, keeps the intent."""
        self.clock.shift(timedelta(seconds=11))
        channel_id = self.delivery.channel_id
        holder, delivery = lane.claim(channel_id), first_due(channel_id)
        assert holder
        assert delivery
        assert call.prepare(holder, delivery, call.job_for(delivery))
        intent = call.intend(holder, delivery)
        assert intent
        return delivery, intent

    def belongings(self) -> Any:
        """Everything that Sari wrote and chose, down to the bytes of her picture."""
        post = Post.objects.get(pk=self.delivery.post_id)
        [attached] = post.attachments.select_related("media")
        renditions = attached.media.renditions.order_by("pk")  # or in the order of the day's plan
        files = [attached.media.path, *renditions.values_list("path", flat=True)]
        return post.text, attached.alt, [stored(path).read_bytes() for path in files]

    def sent(self) -> list[str]:
        """What the platforms hold of it; nothing that Sari wrote or chose may have suffered."""
        assert self.belongings() == self.handed_in
        assert self.delivery.revision.is_intact()
        return [entry["id"] for entry in self.box.ledger()]

    def is_out_once(self) -> bool:
        """Exactly one post is out, the approved one, and it is the one that we know of."""
        [entry] = self.box.ledger()
        payload = self.delivery.revision.payload(self.delivery.channel_id)
        assert entry["text"] == payload.text
        assert [p["alt"] for p in entry["images"]] == [p.alt for p in payload.pictures]
        return self.delivery.status == "published" and self.sent() == [self.delivery.remote_id]

    def told(self, user: User, name: str = "post") -> str:
        """What this person reads: the page of the post, or (`home`) Beranda."""
        args = [self.delivery.post_id] if name == "post" else []
        return words(browser(user).get(reverse(name, args=args)))

    def decide(self, user: User, verb: str) -> None:
        seen = {"version": self.delivery.version}
        response = browser(user).post(reverse(verb, args=[self.delivery.pk]), seen)
        assert response.status_code == 302
        self.delivery.refresh_from_db()


def first_due(channel_id: int) -> Delivery | None:
    """What a worker that holds the lane would take."""
    return next((row for row in lane.in_order(channel_id) if lane.is_due(row)), None)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    """The words of a page as they are read, without tags and breaks."""
    page = response.content.decode()
    main = page[page.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
