"""Who is told what: lines in the app, letters and messages on their way out, and the choices."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.event import Event
from publishing.models.post import Post


class Topic(models.TextChoices):
    """What a notice is about; for each of these a person chooses the ways."""

    TURN = "turn", _("Giliran Anda")
    SUBMITTED = "submitted", _("Diajukan untuk ditinjau")
    RETURNED = "returned", _("Dikembalikan")
    APPROVED = "approved", _("Disetujui")
    REJECTED = "rejected", _("Ditolak atau dibatalkan")
    DEADLINE = "deadline", _("Tenggat dan jadwal")
    TROUBLE = "trouble", _("Gagal, ditahan, atau hilang")
    CHANNEL = "channel", _("Kanal")
    SYSTEM = "system", _("Sistem")
    DIGEST = "digest", _("Ringkasan harian")


class Way(models.TextChoices):
    """How something reaches a person outside the app."""

    EMAIL = "email", _("Surel")
    GATEWAY = "gateway", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: User) -> Self:
        """What this person is shown: in Mode latihan trainings only, and never else."""
        return self.filter(person=person, is_training=person.in_training)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One line for one person about one thing; what happens next to the thing changes the line."""

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=80)  # the thing
    topic = models.CharField(max_length=10, choices=Topic)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    sentence = models.CharField(max_length=300)  # never a word of the post: it goes outside too
    path = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)  # how often since it was last read
    urgent = models.BooleanField(default=False)
    is_training = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_thing")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(
                fields=["read_at"], condition=Q(read_at__isnull=False), name="notices_read"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class Told(models.Model):
    """That people were told of an event; written once, together with their notices."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="told")

    def __str__(self) -> str:
        return str(self.event_id)


class Alarm(models.Model):
    """Something that is no event and was told: as long as the row is there, not again."""

    key = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class Reach(models.Model):
    """Where a person can be reached outside the app, beside their e-mail."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="reach")
    phone = models.CharField(_("nomor WhatsApp"), max_length=16, blank=True)
    chat = models.CharField(_("ID obrolan Telegram"), max_length=20, blank=True)

    def __str__(self) -> str:
        return str(self.person)


class Choice(models.Model):
    """By which ways one person wants one topic; without a row it is as their role has it."""

    class Pace(models.TextChoices):
        NOW = "now", _("Segera")
        DIGEST = "digest", _("Ringkasan harian")
        NEVER = "never", _("Tidak")

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=10, choices=Topic)
    email = models.CharField(max_length=6, choices=Pace)
    gateway = models.BooleanField(default=False)
    telegram = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_choice_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic}"


class Message(models.Model):
    """One notice on its way outside; written before anything is sent, worded when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        SENT = "sent", _("Terkirim")
        DOUBTFUL = "doubtful", _("Tidak pasti")  # perhaps taken: never sent again
        FAILED = "failed", _("Gagal")
        DROPPED = "dropped", _("Tidak perlu lagi")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="messages")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)  # what came of it; never a secret
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["notice", "way"],
                condition=Q(state="waiting"),
                name="one_message_waits_per_notice_and_way",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="messages_due"),
            models.Index(fields=["began_at"], condition=Q(state="sending"), name="messages_out"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.way}: {self.state}"


class Gate(models.Model):
    """How one way outside works at the moment; a row appears with the first thing sent."""

    way = models.CharField(max_length=8, choices=Way, primary_key=True)
    failures = models.PositiveIntegerField(default=0)  # one after the other
    failing_since = models.DateTimeField(null=True)  # it is said to fail
    rests_until = models.DateTimeField(null=True)  # as it asked, or while its key is refused
    said = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.way}: {self.said or 'ok'}"
