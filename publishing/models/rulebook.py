"""What Humas keeps for the guidelines: word lists, allowances, periods, days, officials."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Rulebook(models.Model):
    """One row. Its edition goes up with every change: what was checked under an older one is
    checked again before it is sent."""

    edition = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.edition}"


class Kept(models.Model):
    """Who wrote this entry of the rulebook, and when."""

    by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class WordEdit(Kept):
    """A word that Humas added to a list of the lexicon, or took out of it."""

    list = models.CharField(_("daftar"), max_length=40)
    word = models.CharField(_("kata"), max_length=100)
    instead = models.CharField(_("sebagai gantinya"), max_length=100, blank=True)  # lists of pairs
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["list", "word"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "word"], name="one_edit_per_word")
        ]

    def __str__(self) -> str:
        return self.word


class Allowance(Kept):
    """Something that looks private or unsourced and is neither; kept bare, as rules compare it."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Nomor layanan")
        EMAIL = "email", _("Surel resmi")
        ACCOUNT = "account", _("Rekening lembaga")
        DOMAIN = "domain", _("Situs mitra")
        PLACE = "place", _("Tempat dan alamat kantor")
        FIGURE = "figure", _("Angka yang sudah umum")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    value = models.CharField(_("isi"), max_length=200)
    owner = models.CharField(_("milik"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="one_allowance_per_value",
                violation_error_message=_("Sudah ada di daftar."),
            )
        ]

    def __str__(self) -> str:
        return self.value


class Acronym(Kept):
    """An acronym and what it stands for; with `is_known` nobody needs to spell it out."""

    short = models.CharField(_("singkatan"), max_length=20, unique=True)
    meaning = models.CharField(_("kepanjangan"), max_length=200)
    is_known = models.BooleanField(_("sudah umum, tidak perlu dipanjangkan"), default=False)

    class Meta:
        ordering: ClassVar = ["short"]

    def __str__(self) -> str:
        return self.short


class Period(Kept):
    """A dated time in which other rules hold; both days included."""

    class Kind(models.TextChoices):
        STAGES = "stages", _("Tahapan pemilihan")
        QUIET = "quiet", _("Masa tenang")
        MOURNING = "mourning", _("Masa berkabung")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=120)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    names = models.TextField(_("nama calon yang diperhatikan"), blank=True)  # one a line

    class Meta:
        ordering: ClassVar = ["-starts_on", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_period_ends_after_it_starts",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Commemoration(Kept):
    """A day that agencies greet on. "ke-N" is the year less `base_year`."""

    names = models.TextField(_("sebutan"))  # one a line, as people write it
    month = models.PositiveSmallIntegerField(_("bulan"))
    day = models.PositiveSmallIntegerField(_("tanggal"))
    base_year = models.PositiveSmallIntegerField(_("dihitung sejak tahun"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["month", "day", "pk"]

    def __str__(self) -> str:
        return self.names.partition("\n")[0]


class Holiday(Kept):
    """A local day off, or a national one that is struck from the list (`is_off` false)."""

    on = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    is_off = models.BooleanField(_("libur"), default=True)

    class Meta:
        ordering: ClassVar = ["on"]

    def __str__(self) -> str:
        return self.name


class Official(Kept):
    """A person in office: the name with its degrees, the title, from when to when."""

    name = models.CharField(_("nama dan gelar"), max_length=120)
    title = models.CharField(_("jabatan"), max_length=160)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "-since"]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"


class RetiredRule(Kept):
    """A rule that is switched off, and why."""

    code = models.CharField(max_length=30, unique=True)
    reason = models.CharField(_("alasan"), max_length=300)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code
