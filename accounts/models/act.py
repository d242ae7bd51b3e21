"""An Act: who did what to a person, an agency or a channel. Written once, like an Event."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.user import User


class Act(models.Model):
    """One line of the history of people, agencies and channels; a trigger refuses change."""

    class Verb(models.TextChoices):
        INVITE = "invite", _("Diundang")
        WITHDRAW = "withdraw", _("Undangan ditarik")
        JOIN = "join", _("Bergabung")
        CHANGE = "change", _("Data diubah")
        CHANGE_ROLE = "change_role", _("Peran diubah")
        DEACTIVATE = "deactivate", _("Dinonaktifkan")
        REACTIVATE = "reactivate", _("Diaktifkan lagi")
        CLEAR_FACTOR = "clear_factor", _("Faktor kedua dihapus")
        SET_FACTOR = "set_factor", _("Faktor kedua dipasang")
        DELEGATE = "delegate", _("Didelegasikan")
        END_DELEGATION = "end_delegation", _("Delegasi diakhiri")
        SWITCH = "switch", _("Berganti OPD")
        FOUND = "found", _("OPD didirikan")
        PROPOSE = "propose", _("Diusulkan")
        DECLINE = "decline", _("Usul tidak disetujui")
        RENAME = "rename", _("Nama diganti")
        MERGE = "merge", _("Digabung")
        CLOSE = "close", _("Ditutup")
        TRUST = "trust", _("Dinyatakan tepercaya")
        DISTRUST = "distrust", _("Tidak lagi tepercaya")
        INNER_STEP = "inner_step", _("Tahap dalam diatur")
        CONNECT = "connect", _("Kanal dihubungkan")
        RECONNECT = "reconnect", _("Kanal dihubungkan ulang")
        ENDORSE = "endorse", _("Kanal disahkan")
        DISABLE = "disable", _("Kanal dimatikan")
        ENABLE = "enable", _("Kanal dinyalakan")
        MOVE = "move", _("Kanal pindah OPD")
        SWITCH_ADAPTER = "switch_adapter", _("Jalur kanal diganti")
        CUSTODY = "custody", _("Penguasaan kanal dicatat")
        CONFIRM = "confirm", _("Penguasaan kanal ditegaskan")
        HANDOVER = "handover", _("Serah terima")
        REHEARSE = "rehearse", _("Uji kirim")
        REFUSED = "refused", _("Ditolak platform")
        DEAD = "dead", _("Sambungan putus")
        EXPIRING = "expiring", _("Sambungan segera habis")
        HEALED = "healed", _("Terhubung lagi")
        STRANGER = "stranger", _("Unggahan dari luar terlihat")
        KNOWN = "known", _("Unggahan dari luar dijelaskan")

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # null: a worker
    verb = models.CharField(max_length=14, choices=Verb)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="acts")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="acts")
    channel = models.BigIntegerField(null=True)  # its id: channels are not known here
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["channel", "-at"], name="acts_of_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.note}"
