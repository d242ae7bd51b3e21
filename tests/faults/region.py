"""A regency at work: agencies that write, a reviewer who approves, who stops and who takes back."""

import io
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import Agency, Role, User
from platforms.models import Channel
from publishing import media, workflow
from publishing.delivery import pause
from publishing.models import Delivery, Faces, Media, Pause, Post
from publishing.workflow import Draft, NotAllowed, Placed, Stale, TooLate
from tests import factories

AGENCIES = 6
PAUSE_LASTS = (2.0, 8.0)  # seconds


class Region:
    """People and channels, and what they do at random."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.written = dice, 0
        self.done: Counter[str] = Counter()
        self.reviewer = factories.make_person("dewi@contoh.test", "Dewi", Role.REVIEWER)
        self.coordinator = factories.make_person("hendra@contoh.test", "Hendra", Role.COORDINATOR)
        self.authors: list[User] = []
        self.pictures: dict[int, Media] = {}
        for n in range(AGENCIES):
            self._found_agency(n)
        self.channels = list(Channel.objects.all())

    def _found_agency(self, n: int) -> None:
        agency = Agency.objects.create(code=f"OPD{n}", name=f"Dinas {n}", short_name=f"D{n}")
        author = factories.make_person(
            f"penulis{n}@contoh.test", f"Penulis {n}", Role.AUTHOR, agency
        )
        self.authors.append(author)
        for platform in factories.SECRETS:
            connect(factories.make_channel(agency, platform))
        target = io.BytesIO()
        Image.new("RGB", (400, 400), (n * 40, 120, 120)).save(target, "JPEG")
        upload = SimpleUploadedFile("poster.jpg", target.getvalue(), "image/jpeg")
        picture = media.accept(upload, agency=agency, by=author)
        Media.objects.filter(pk=picture.pk).update(faces=Faces.NONE)
        self.pictures[agency.pk] = picture

    def act(self) -> None:
        """One thing that somebody does now; mostly, something new is approved."""
        deeds: list[tuple[int, Callable[[], str]]] = [
            (30, self.publish),
            (2, self.reschedule),
            (2, self.reopen),
            (1, self.cancel),
            (1, self.stop),
        ]
        [deed] = self.dice.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        try:
            self.done[deed()] += 1
        except (Stale, TooLate, NotAllowed):
            self.done["came too late"] += 1

    def publish(self) -> str:
        """Write, hand in and approve; each says something that nobody said before."""
        author = self.dice.choice(self.authors)
        post = workflow.create_draft(self._draft(author), by=author)
        self._approve(post, author)
        return "approved"

    def _draft(self, author: User) -> Draft:
        assert author.agency
        self.written += 1
        chosen = [c for c in self.channels if c.agency_id == author.agency_id]
        chosen = self.dice.sample(chosen, self.dice.randint(1, len(chosen)))
        pictured = any(c.platform == "instagram" for c in chosen) or self.dice.random() < 0.2
        limit: dict[str, Any] = {}
        if self.dice.random() < 0.1:
            limit["valid_until"] = timezone.now() + timedelta(seconds=self.dice.uniform(13, 40))
        return Draft(
            text=f"Kabar ke-{self.written} dari {author.name}.",
            channels={c.pk: "" for c in chosen},
            pictures=[Placed(self.pictures[author.agency.pk].pk, f"Poster {self.written}")]
            * pictured,
            sources=[factories.SOURCE],
            **(factories.urgent() if self.dice.random() < 0.1 else {}) | limit,
        )

    def _approve(self, post: Post, author: User) -> None:
        factories.submit_checked(post, author)
        factories.approve(post, self.reviewer)

    def _unsent(self) -> Post | None:
        """An approved post of which nothing is public yet."""
        waiting = Delivery.objects.filter(status__in=["waiting", "held", "missed"])
        approved = Post.objects.filter(status="approved", deliveries__in=waiting)
        found = list(approved.order_by("-pk").distinct()[:20])
        return self.dice.choice(found) if found else None

    def reschedule(self) -> str:
        post = self._unsent()
        if post is None:
            return "found nothing"
        to = timezone.now() + timedelta(seconds=self.dice.uniform(11, 30))
        if post.valid_until and to >= post.valid_until:
            return "found nothing"
        workflow.reschedule(post, by=self.reviewer, seen=post.version, to=to)
        return "rescheduled"

    def reopen(self) -> str:
        """Open it again, say it otherwise, and approve that."""
        post = self._unsent()
        if post is None:
            return "found nothing"
        workflow.reopen(post, by=post.author, seen=post.version)
        self.written += 1
        attached = [Placed(one.media_id, one.alt) for one in post.attachments.all()]
        anew = Draft(
            text=f"Kabar ke-{self.written}, diperbaiki.",
            channels={v.channel_id: "" for v in post.variants.all()},
            pictures=attached,
            sources=[factories.SOURCE],
        )
        workflow.save_draft(post, anew, by=post.author, seen=post.version)
        self._approve(post, post.author)
        return "reopened"

    def cancel(self) -> str:
        post = self._unsent()
        if post is None:
            return "found nothing"
        workflow.cancel(post, by=self.reviewer, seen=post.version)
        return "cancelled"

    # --- the emergency stop ---

    def stop(self) -> str:
        if Pause.objects.active().exists():
            return "found a pause"
        channel = self.dice.choice(self.channels)
        target = self.dice.choice(
            [
                pause.Target(),
                pause.Target(platform=channel.platform),
                pause.Target(agency=channel.agency),
                pause.Target(channel=channel),
            ]
        )
        pause.start(target, reason="Bencana", by=self.reviewer)
        return "paused"

    def resume(self, *, all_of_them: bool = False) -> None:
        """The coordinator ends what has lasted long enough."""
        lasts = timedelta(seconds=0 if all_of_them else self.dice.uniform(*PAUSE_LASTS))
        for running in Pause.objects.active().filter(started_at__lte=timezone.now() - lasts):
            pause.end(running, by=self.coordinator)


def connect(channel: Channel) -> None:
    """Give it credentials of its own, as the form does."""
    known = factories.SECRETS[channel.platform]
    channel.keep_secrets(
        {key: f"{text}-{channel.pk or channel.remote_id}" for key, text in known.items()}
    )
    channel.save()
