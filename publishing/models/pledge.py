"""Pledge: a person has read the guidelines, in one of their versions, and keeps to them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import User


class Pledge(models.Model):
    """Written once, when the person says so."""

    user = models.ForeignKey(User, models.PROTECT, related_name="pledges")
    version = models.PositiveIntegerField()  # of publishing.guidebook
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "version"], name="one_pledge_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.version}"
