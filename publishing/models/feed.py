"""A CalendarFeed: a secret address at which a calendar app reads an agency's calendar."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def in_force(self) -> Self:
        """Those that nobody took back."""
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """One address. Only its digest is kept: whoever reads the table cannot open the feed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="feeds", verbose_name=_("OPD"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="feeds")
    name = models.CharField(_("nama"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)  # to ten minutes

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
