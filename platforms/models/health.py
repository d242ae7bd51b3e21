"""How a channel is: what the platform last said of its credentials, and what is wrong with it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from platforms.models.channel import Channel


class Health(models.Model):
    """What the last probes of one channel said; `platforms.health` alone writes it."""

    channel = models.OneToOneField(Channel, models.CASCADE, primary_key=True)
    probe_at = models.DateTimeField(default=timezone.now, db_index=True)
    asked_at = models.DateTimeField(null=True)  # the last probe, whatever came of it
    healthy_at = models.DateTimeField(null=True)  # the last time that all was well
    failed_at = models.DateTimeField(null=True)  # the platform's first no since then
    confirmed_at = models.DateTimeField(null=True)  # its second, a while later
    relapses = models.PositiveSmallIntegerField(default=0)  # probes said yes, and sending heard no
    said = models.TextField(blank=True)  # the last no, or why nothing could be asked
    warning = models.TextField(blank=True)
    lights = models.JSONField(default=dict)  # {"send": true}; what is missing cannot be told
    expires_at = models.DateTimeField(null=True)
    quota_used = models.PositiveIntegerField(null=True)  # posts, as the platform counts them
    quota_total = models.PositiveIntegerField(null=True)
    watch_at = models.DateTimeField(null=True)  # when to look for posts that are not ours
    watched_at = models.DateTimeField(null=True)  # up to when that was looked for

    def __str__(self) -> str:
        return f"{self.channel}: {self.said or 'ok'}"

    @property
    def days_left(self) -> int | None:
        """Whole days until the grant runs out; None when it does not."""
        if self.expires_at is None:
            return None
        return (timezone.localdate(self.expires_at) - timezone.localdate()).days

    @property
    def quota_percent(self) -> int | None:
        if not self.quota_total or self.quota_used is None:
            return None
        return min(100, round(100 * self.quota_used / self.quota_total))


class Incident(models.Model):
    """What is wrong with a channel, from the moment it was seen until it is over; one at a time."""

    class Kind(models.TextChoices):
        EXPIRING = "expiring", _("Segera habis")
        RIGHTS = "rights", _("Izin kurang")
        REFUSED = "refused", _("Ditolak, sedang diperiksa")
        DEAD = "dead", _("Putus")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="incidents")
    kind = models.CharField(max_length=8, choices=Kind)
    stage = models.PositiveSmallIntegerField(null=True)  # of the expiry ladder: days
    said = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)  # the last letter about it

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=models.Q(closed_at=None),
                name="one_open_incident_per_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.get_kind_display()}"
