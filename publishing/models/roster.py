"""Who reviews for whom, and who is on duty when an emergency cannot wait."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Role, User

REVIEWERS = (Role.REVIEWER, Role.COORDINATOR)


class Pool(models.Model):
    """Some reviewers, for some agencies. What is in no pool is everybody's."""

    name = models.CharField(
        _("nama kelompok"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("Nama kelompok ini sudah dipakai.")},
    )
    agencies = models.ManyToManyField(Agency, related_name="pools", verbose_name=_("OPD"))
    reviewers = models.ManyToManyField(User, related_name="pools", verbose_name=_("peninjau"))

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class DutyQuerySet(models.QuerySet["Duty"]):
    def now(self) -> Self:
        moment = timezone.now()
        return self.filter(begins__lte=moment, ends__gt=moment, person__is_active=True)

    def to_come(self) -> Self:
        """Those that run, and those after them."""
        return self.filter(ends__gt=timezone.now())


class Duty(models.Model):
    """Somebody of the reviewing unit is on duty, day and night, from an hour to an hour."""

    person = models.ForeignKey(User, models.PROTECT, related_name="duties", verbose_name=_("nama"))
    begins = models.DateTimeField(_("mulai"))
    ends = models.DateTimeField(_("sampai"))
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["begins", "pk"]
        indexes: ClassVar = [models.Index(fields=["ends"], name="duties_by_end")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")), name="a_duty_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.begins}"
