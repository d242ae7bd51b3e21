"""A post that stands on one of our channels and did not go out from here."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from platforms.models.channel import Channel


class Stranger(models.Model):
    """Seen on a wall of ours, sent by somebody else: an operator's phone, or a thief."""

    class Verdict(models.TextChoices):
        OURS = "ours", _("Diunggah sendiri oleh petugas kami")
        REMOVED = "removed", _("Bukan dari kami; sudah dihapus dan sandi diganti")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="strangers")
    remote_id = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    at = models.DateTimeField()  # as the platform tells
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    note = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="one_stranger_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.remote_id}"
