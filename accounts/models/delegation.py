"""Delegations: who stands in for whom while they are on leave, and by which letter."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self) -> Self:
        """Agreed to, and today is one of its days."""
        today = timezone.localdate()
        agreed = self.exclude(agreed_by=None).filter(ended_at=None)
        return agreed.filter(begins__lte=today, ends__gte=today, giver__is_active=True)


class Delegation(models.Model):
    """`taker` may do what `giver` may, from `begins` through `ends`."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="given", verbose_name=_("dari"))
    taker = models.ForeignKey(User, models.PROTECT, related_name="taken", verbose_name=_("kepada"))
    begins = models.DateField(_("mulai"))
    ends = models.DateField(_("sampai"))
    basis = models.CharField(_("nomor surat"), max_length=120)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begins", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="leave_ends_later"),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="nobody_is_their_own_relief"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends < timezone.localdate()
