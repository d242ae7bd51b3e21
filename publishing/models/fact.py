"""The facts bank: a figure with its unit, its date and what it rests on; and files as evidence."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may


class Document(models.Model):
    """A file that something rests on: a decree, a consent. Its bytes are stored once per agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    name = models.CharField(_("nama berkas"), max_length=200)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)  # below MEDIA_ROOT
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "sha256"], name="one_document_stored_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, user: User) -> Self:
        """Own agency's facts; all of them for those who read everything."""
        if may(user, Action.READ_ALL):
            return self
        return self.filter(agency_id=user.agency_id) if may(user, Action.WRITE) else self.none()

    def valid(self) -> Self:
        """Neither past their last good day, nor retired."""
        still = Q(expires=None) | Q(expires__gte=timezone.localdate())
        return self.filter(still, retired_at=None)

    def past(self) -> Self:
        """Past their last good day, and still to be renewed."""
        return self.filter(expires__lt=timezone.localdate(), retired_at=None)

    def retired(self) -> Self:
        return self.filter(retired_at__isnull=False)

    def to_pick(self) -> Self:
        """What a writer may put into a text: the valid ones first, then those to be renewed."""
        today = timezone.localdate()
        lapsed = Case(When(expires__lt=today, then=1), default=0, output_field=IntegerField())
        return self.filter(retired_at=None).order_by(lapsed, "name", "-as_of", "pk")

    def about(self, words: str) -> Self:
        """With `words` in its name, its figure, its unit or its source."""
        found = Q()
        for field in ("name", "figure", "unit", "document", "number"):
            found |= Q(**{f"{field}__icontains": words})
        return self.filter(found)


class Fact(models.Model):
    """A figure of an agency: "1.323 UMKM", as of a day, with its source and its owner."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="facts")
    name = models.CharField(_("yang diukur"), max_length=200)
    figure = models.CharField(_("angka"), max_length=60)
    unit = models.CharField(_("satuan"), max_length=60, blank=True)
    as_of = models.DateField(_("per tanggal"))
    document = models.CharField(_("dokumen sumber"), max_length=200)
    number = models.CharField(_("nomor"), max_length=100, blank=True)
    url = models.URLField(_("tautan"), max_length=500, blank=True)
    owner = models.CharField(_("penanggung jawab data"), max_length=120)
    expires = models.DateField(_("berlaku sampai"), null=True, blank=True)  # its last good day
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "-as_of", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.said}"

    def hands(self) -> Collection[int]:
        """Who wrote it, for the policy (accounts.policy.Work)."""
        return {self.added_by_id}

    @property
    def said(self) -> str:
        """How it stands in a text: the figure with its unit ("1.323 UMKM", "12,5%")."""
        gap = "" if self.unit == "%" else " "
        return f"{self.figure}{gap}{self.unit}".strip()

    @property
    def is_past(self) -> bool:
        """Whether its last good day is over, in WIB."""
        return self.expires is not None and self.expires < timezone.localdate()
