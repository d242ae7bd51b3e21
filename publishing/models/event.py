"""An Event: who did what to what. Written once; a trigger refuses update and delete."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models.delivery import Delivery
from publishing.models.pause import Pause
from publishing.models.post import Post
from publishing.models.revision import Revision


class Event(models.Model):
    """One line of the history (riwayat) of a post, or of a pause."""

    class Verb(models.TextChoices):
        CREATE = "create", _("Dibuat")
        SUBMIT = "submit", _("Diajukan")
        WITHDRAW = "withdraw", _("Ditarik kembali")
        APPROVE = "approve", _("Disetujui")
        FIRST = "first", _("Disetujui peninjau pertama")
        UNDO = "undo", _("Keputusan diurungkan")
        FORWARD = "forward", _("Diteruskan penanggung jawab")
        TAKE = "take", _("Mulai diperiksa")
        ASSIGN = "assign", _("Dialihkan")
        AMEND = "amend", _("Disunting peninjau")
        SIGN = "sign", _("Rilis bersama diminta")
        JOINT = "joint", _("Dirilis bersama")
        AFTERWARDS = "afterwards", _("Ditinjau sesudah rilis")
        SEND_BACK = "send_back", _("Dikembalikan untuk perbaikan")
        REJECT = "reject", _("Ditolak")
        REOPEN = "reopen", _("Dibuka lagi")
        RESCHEDULE = "reschedule", _("Jadwal diubah")
        CANCEL = "cancel", _("Dibatalkan")
        EXPIRE = "expire", _("Lewat jadwal")
        PUBLISHED = "published", _("Tayang")
        FAILED = "failed", _("Gagal tayang")
        UNCERTAIN = "uncertain", _("Belum pasti")
        HELD = "held", _("Ditahan")
        MISSED = "missed", _("Terlewat")
        RELEASED = "released", _("Dilanjutkan")
        SETTLED = "settled", _("Dipastikan oleh petugas")
        GONE = "gone", _("Hilang dari platform")
        PAUSE = "pause", _("Pengiriman dijeda")
        END_PAUSE = "end_pause", _("Jeda diakhiri")

    # what a reviewer decided: for some seconds they may take it back, and nothing else
    DECISIONS: ClassVar = (Verb.APPROVE, Verb.FIRST, Verb.SEND_BACK, Verb.REJECT)

    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="events")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="events")
    pause = models.ForeignKey(Pause, models.PROTECT, null=True, related_name="events")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: a worker
    verb = models.CharField(max_length=12, choices=Verb)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["actor", "-at"], name="events_of_person"),
            # what publishing/notices goes through every few seconds; what goes well is the most
            models.Index(
                fields=["at"],
                condition=~models.Q(verb__in=("create", "published")),
                name="events_to_tell",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(post__isnull=False) | models.Q(pause__isnull=False),
                name="an_event_is_about_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.post or self.pause}"
