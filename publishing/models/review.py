"""A Review: one revision before the reviewing unit, who signed it, and what was decided."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.revision import Revision


class ReviewQuerySet(models.QuerySet["Review"]):
    def owing_a_look(self) -> Self:
        """Released jointly, and no coordinator looked at it since."""
        return self.filter(jointly=True, afterwards_at=None)

    def not_signed_by(self, user: User) -> Self:
        """Where this person neither decided nor signed: they may look at it with fresh eyes."""
        theirs = Signature.objects.filter(review=models.OuterRef("pk"), by=user)
        return self.exclude(decided_by=user).exclude(models.Exists(theirs))


class Review(models.Model):
    """Opened by a submission, closed by one decision."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Disetujui")
        RETURNED = "returned", _("Minta perbaikan")
        REJECTED = "rejected", _("Ditolak")
        AMENDED = "amended", _("Disunting peninjau")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")
        EXPIRED = "expired", _("Lewat jadwal")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Reason(models.TextChoices):
        SOURCE = "source", _("Sumber tidak jelas")
        FACT = "fact", _("Fakta atau tanggal keliru")
        TONE = "tone", _("Nada atau bahasa tidak pantas")
        PRIVACY = "privacy", _("Memuat data pribadi")
        PICTURE = "picture", _("Gambar tidak sesuai")
        REPEATED = "repeated", _("Sudah pernah tayang")
        OTHER = "other", _("Lainnya")

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="review")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    # what its reviewer looked at: {item: "ok" | "bad"}; publishing.checklist names the items
    checklist = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # released by an agency head and somebody on duty: looked at afterwards, by a coordinator
    jointly = models.BooleanField(default=False)
    afterwards_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    afterwards_at = models.DateTimeField(null=True)
    afterwards_note = models.TextField(blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opened_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["decided_at"],
                condition=models.Q(jointly=True, afterwards_at=None),
                name="reviews_owed_afterwards",
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_decision_display() or '…'}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def yeses(self) -> Self:
        """The first of two approvals, of submissions that wait for the second."""
        return self.filter(kind=Signature.Kind.APPROVE, review__decision="")


class Signature(models.Model):
    """One of the two yeses that some posts need; gone when it is taken back in time."""

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Persetujuan")
        HEAD = "head", _("Rilis bersama: penanggung jawab")  # the two of a joint release
        DUTY = "duty", _("Rilis bersama: petugas piket")

    review = models.ForeignKey(Review, models.CASCADE, related_name="signatures")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    checklist = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "by", "kind"], name="one_yes_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.review} · {self.by}"


class Reading(models.Model):
    """Somebody opened a submission: what was never opened is not approved with others at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="readings")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "revision"], name="one_reading_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.revision}"
