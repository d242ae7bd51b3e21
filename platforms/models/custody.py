"""In whose hands an account is: admins, recovery, second factor, decree; and how hands change."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from platforms.models.channel import Channel

YEAR = timedelta(days=365)


class Custody(models.Model):
    """Who holds one account, as its agency last wrote it down and last confirmed it."""

    channel = models.OneToOneField(Channel, models.CASCADE, primary_key=True)
    holder = models.CharField(_("pengelola kanal"), max_length=120, blank=True)
    page_admins = models.CharField(_("admin halaman"), max_length=300, blank=True)
    recovery_email = models.EmailField(_("surel pemulihan"), blank=True)
    recovery_phone = models.CharField(_("telepon pemulihan"), max_length=30, blank=True)
    factor_holder = models.CharField(_("pemegang faktor kedua"), max_length=120, blank=True)
    decree = models.CharField(_("nomor SK"), max_length=120, blank=True)
    decree_from = models.DateField(_("SK berlaku sejak"), null=True, blank=True)
    decree_until = models.DateField(_("SK berlaku sampai"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.channel}: {self.holder}"

    @property
    def missing(self) -> list[str]:
        """What is not written down yet, by its name on the form."""
        wanted = {
            "holder": _("pengelola kanal"),
            "page_admins": _("admin halaman"),
            "recovery_email": _("surel pemulihan"),
            "recovery_phone": _("telepon pemulihan"),
            "factor_holder": _("pemegang faktor kedua"),
            "decree": _("nomor SK"),
        }
        return [str(label) for name, label in wanted.items() if not getattr(self, name)]

    @property
    def is_due(self) -> bool:
        """Whether it was never confirmed, or more than a year ago."""
        return self.confirmed_at is None or timezone.now() - self.confirmed_at > YEAR

    @property
    def decree_is_past(self) -> bool:
        until: date | None = self.decree_until
        return until is not None and until < timezone.localdate()


class Handover(models.Model):
    """One handing over of an account: from whom, to whom, and what was ticked off."""

    # key, what must be done; the order in which it is safe to do it
    STEPS: ClassVar = (
        ("decree", _("SK operator baru sudah ada")),
        ("admin_in", _("Pengelola baru sudah menjadi admin halaman atau profil")),
        ("factor", _("Faktor kedua dipindah ke perangkat pengelola baru")),
        ("recovery", _("Surel dan telepon pemulihan diganti ke milik kantor")),
        ("password", _("Kata sandi diganti")),
        ("devices", _("Semua perangkat lama dikeluarkan dari kanal")),
        ("admin_out", _("Pengelola lama dicabut sebagai admin")),
        ("reconnect", _("Kanal dihubungkan ulang di OPD Hub bila perlu")),
    )

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="handovers")
    giver = models.CharField(_("dari"), max_length=120)
    taker = models.CharField(_("kepada"), max_length=120)
    on = models.DateField(_("tanggal"), default=timezone.localdate)
    decree = models.CharField(_("nomor SK"), max_length=120, blank=True)
    ticked = models.JSONField(default=list)  # keys of STEPS
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=models.Q(finished_at=None),
                name="one_handover_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.giver} → {self.taker}"

    @property
    def open_steps(self) -> list[str]:
        return [str(label) for key, label in self.STEPS if key not in self.ticked]
