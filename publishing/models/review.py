"""A Review: one revision before the reviewing unit, and what was decided about it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.revision import Revision


class Review(models.Model):
    """Opened by a submission, closed by one decision."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Disetujui")
        RETURNED = "returned", _("Minta perbaikan")
        REJECTED = "rejected", _("Ditolak")
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

    class Meta:
        ordering: ClassVar = ["opened_at"]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_decision_display() or '…'}"
