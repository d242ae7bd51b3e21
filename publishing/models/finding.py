"""What the guidelines found in a post, kept for good; and what people answered to it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.post import Post
from publishing.models.revision import Revision


class AnswerQuerySet(models.QuerySet["Answer"]):
    def last_of(self, post: Post) -> dict[str, "Answer"]:
        """The last word on each finding of a post, by key.

        What somebody let pass does not count once they wrote at the post themselves.
        """
        own = models.Q(kind=Answer.Kind.WAIVED, by__in=post.hands())
        rows = self.filter(post=post).exclude(own).select_related("by").order_by("at", "pk")
        return {row.key: row for row in rows}


class Answer(models.Model):
    """What somebody said about a finding; it holds for as long as its words stand (`key`)."""

    class Kind(models.TextChoices):
        CHECKED = "checked", _("Sudah dicek")  # the author, of a warning: it is right as it is
        MISTAKEN = "mistaken", _("Salah tangkap")  # the author, of a warning: the rule is wrong
        ASKED = "asked", _("Minta pengecualian")  # the author, of what blocks
        WAIVED = "waived", _("Diizinkan")  # a reviewer, of what blocks
        REFUSED = "refused", _("Tidak diizinkan")
        LAPSED = "lapsed", _("Tidak berlaku lagi")  # asked, and the words were changed meanwhile

    post = models.ForeignKey(Post, models.PROTECT, related_name="answers")
    key = models.CharField(max_length=12)  # guidelines.finding.Finding.key
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.CharField(max_length=500)  # because …
    about = models.TextField(blank=True)  # the words that were found
    sentence = models.TextField(blank=True)  # what the rule said
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "-at"], name="answers_by_kind")]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_kind_display()}"


class Finding(models.Model):
    """One result of a check that mattered. A trigger refuses update and delete.

    `place` says which text: "" the shared one, "kanal:<id>" a channel's own, "gambar:<id>" what is
    said about a picture. `start` and `end` are places in it.
    """

    class Stage(models.TextChoices):
        REFUSED = "refused", _("saat pengajuan tertahan")
        STOPPED = "stopped", _("saat persetujuan tertahan")
        SUBMIT = "submit", _("saat diajukan")
        APPROVE = "approve", _("saat disetujui")
        SEND = "send", _("sebelum dikirim")

    class Level(models.TextChoices):
        BLOCK = "block", _("Wajib diperbaiki")
        WARN = "warn", _("Perlu dicek")
        INFO = "info", _("Saran")

    post = models.ForeignKey(Post, models.PROTECT, related_name="findings")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="findings")
    stage = models.CharField(max_length=8, choices=Stage)
    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()  # of the rule
    edition = models.PositiveIntegerField()  # of the rulebook
    level = models.CharField(max_length=5, choices=Level)
    place = models.CharField(max_length=30, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    key = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    sentence = models.TextField()
    advice = models.TextField(blank=True)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="findings")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["code", "-at"], name="findings_by_rule"),
            models.Index(fields=["revision", "stage"], name="findings_of_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.post}"
