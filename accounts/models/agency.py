"""The agencies of the regency, and what a Perda makes of them: renamed, merged, closed."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AgencyQuerySet(models.QuerySet["Agency"]):
    def open(self) -> Self:
        """Those that exist today."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))


class Agency(models.Model):
    """A regional agency (OPD), or the reviewing unit itself where it has channels of its own."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama OPD"), max_length=120, unique=True)
    short_name = models.CharField(_("nama singkat"), max_length=40)
    closed_on = models.DateField(_("ditutup sejak"), null=True, blank=True)
    # a coordinator's word: what a track allows to trusted agencies, this one may (product.md 3)
    trusted = models.BooleanField(_("tepercaya"), default=False, editable=False)
    # what its authors hand in goes to its head first
    inner_step = models.BooleanField(_("tahap dalam"), default=False, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("OPD")
        verbose_name_plural = _("OPD")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None or self.closed_on > timezone.localdate()

    def absorbed_ids(self) -> list[int]:
        """Ids of all agencies that became part of this one, directly or by way of another."""
        found: list[int] = []
        newest = [self.pk]
        while newest:
            parts = Agency.objects.filter(merged_into__in=newest).exclude(pk__in=found)
            newest = list(parts.values_list("pk", flat=True))
            found += newest
        return found

    def known_as(self, at: datetime) -> str:
        """Its name at that moment: history keeps the old one."""
        day = timezone.localdate(at)
        renamed = self.changes.filter(kind=AgencyChange.Kind.RENAME, on__gt=day)
        first = renamed.exclude(done_at=None).order_by("on", "done_at").first()
        return first.old_name if first else self.name


class AgencyChange(models.Model):
    """One change of an agency, from a day on, by a Perda; proposed, agreed to, carried out."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("Ganti nama")
        MERGE = "merge", _("Gabung ke OPD lain")
        CLOSE = "close", _("Tutup")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=6, choices=Kind)
    on = models.DateField(_("berlaku sejak"))
    basis = models.CharField(_("dasar hukum"), max_length=200)
    new_name = models.CharField(_("nama baru"), max_length=120, blank=True)
    new_short_name = models.CharField(_("nama singkat baru"), max_length=40, blank=True)
    into = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="absorbed")
    old_name = models.CharField(max_length=120, blank=True, editable=False)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="merge") | Q(into__isnull=False), name="a_merger_has_a_successor"
            ),
            models.CheckConstraint(
                condition=~Q(kind="rename") | ~Q(new_name=""), name="a_renaming_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(into=models.F("agency")), name="nobody_merges_into_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.get_kind_display()} · {self.on}"

    @property
    def is_due(self) -> bool:
        return self.is_agreed and self.done_at is None and self.on <= timezone.localdate()

    @property
    def is_agreed(self) -> bool:
        return self.agreed_by_id is not None and self.declined_at is None

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or to be agreed to."""
        return self.done_at is None and self.declined_at is None
