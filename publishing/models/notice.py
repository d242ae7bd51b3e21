"""Notices: what a person is told, by which ways, and what still has to leave the house."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.event import Event
from publishing.models.post import Post


class Topic(models.TextChoices):
    """What a notice is about; people choose their ways for each."""

    DECIDED = "decided", _("Unggahan saya diputuskan")
    QUEUE = "queue", _("Unggahan menunggu saya")
    CLOCK = "clock", _("Batas waktu tinjauan")
    DELIVERY = "delivery", _("Pengiriman perlu diputuskan")
    CHANNEL = "channel", _("Kanal bermasalah")
    MACHINE = "machine", _("Mesin OPD Hub")


class Notice(models.Model):
    """One line for one person about one thing (`key`): updated when more happens, not repeated.

    `words` are for our own pages, `outside` is what may leave the house: never a post's text.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=60)
    topic = models.CharField(max_length=8, choices=Topic)
    words = models.TextField()
    outside = models.TextField()
    url = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    urgent = models.BooleanField(default=False)  # the night does not hold it
    is_training = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="notices_of_person"),
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="notices_unread"
            ),
            models.Index(
                fields=["read_at"], condition=~models.Q(read_at=None), name="notices_by_reading"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_thing")
        ]

    def __str__(self) -> str:
        return self.outside


class Told(models.Model):
    """An event whose people were told; written with their notices."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="told")

    def __str__(self) -> str:
        return str(self.event_id)


class Reminder(models.Model):
    """A review's clock was rung at this share of it; once for each submission."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    since = models.DateTimeField()  # when that clock began
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "since", "percent"], name="one_ring_per_share")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} · {self.percent}"


class Way(models.TextChoices):
    """How a notice leaves the house."""

    MAIL = "mail", _("Surel")
    GATEWAY = "gateway", _("Gateway pesan")
    TELEGRAM = "telegram", _("Telegram")


class Mail(models.TextChoices):
    """When a letter goes."""

    NOW = "now", _("Segera")
    DIGEST = "digest", _("Ringkasan harian")
    NEVER = "never", _("Tidak")


class Choice(models.Model):
    """A person's ways for one topic; without a row those of `notices.choices` hold."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=8, choices=Topic)
    mail = models.CharField(max_length=6, choices=Mail)
    gateway = models.BooleanField(default=False)
    telegram = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_choice_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.topic}"


class Contact(models.Model):
    """Where a person is reached outside."""

    person = models.OneToOneField(User, models.CASCADE, related_name="contact")
    phone = models.CharField(_("nomor telepon untuk gateway"), max_length=20, blank=True)
    chat = models.CharField(_("id obrolan Telegram"), max_length=32, blank=True)

    def __str__(self) -> str:
        return str(self.person_id)


class Outgoing(models.Model):
    """A notice on its way outside: written before it is sent, closed once."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="outgoing")
    way = models.CharField(max_length=8, choices=Way)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)  # somebody is sending it
    closed_at = models.DateTimeField(null=True)
    was_sent = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=200, blank=True)  # why it did not go

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=models.Q(closed_at=None), name="outgoing_by_hour"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "way"],
                condition=models.Q(closed_at=None, claimed_at=None),
                name="one_message_waits_per_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} · {self.way}"


class Outlet(models.Model):
    """How one way does: since when nothing gets through, and what it said."""

    way = models.CharField(max_length=8, choices=Way, primary_key=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    failing_since = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.way
