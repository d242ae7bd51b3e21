"""What sort of thing a post is: its kind, its pillar, the value it carries (product.md 2, 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Decides the template, the questions and the track of a post; `publishing.kinds` says how."""

    ANNOUNCEMENT = "announcement", _("Pengumuman")
    SERVICE = "service", _("Layanan")
    DISRUPTION = "disruption", _("Gangguan layanan")
    EVENT = "event", _("Kegiatan")
    PROGRAMME = "programme", _("Program")
    GREETING = "greeting", _("Ucapan")
    CAMPAIGN = "campaign", _("Kampanye")
    CLARIFICATION = "clarification", _("Klarifikasi")
    CORRECTION = "correction", _("Ralat")
    REPLY = "reply", _("Balasan")
    EMERGENCY = "emergency", _("Darurat")


class Pillar(models.TextChoices):
    """What a post is for, in the reports (government.md 1, row 11)."""

    SERVICE = "service", _("Layanan")
    PROGRAMME = "programme", _("Program")
    EDUCATION = "education", _("Edukasi")
    VALUES = "values", _("Nilai")
    CULTURE = "culture", _("Budaya dan wisata")
    CLARIFICATION = "clarification", _("Klarifikasi")


class Value(models.TextChoices):
    """The eight values that the founding article asks agencies to spread."""

    OPTIMISM = "optimism", _("Optimisme")
    HARD_WORK = "hard_work", _("Kerja keras")
    INTEGRITY = "integrity", _("Integritas")
    HONESTY = "honesty", _("Kejujuran")
    TOLERANCE = "tolerance", _("Toleransi")
    PEACE = "peace", _("Perdamaian")
    SOLIDARITY = "solidarity", _("Solidaritas")
    NATIONHOOD = "nationhood", _("Kebangsaan")
