"""What the demo's Humas keeps for the guidelines: service numbers, past periods, made-up officials.

Every name is made up and says "Contoh"; the periods are over, so that nothing is held up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from publishing import rulebook
from publishing.models import Acronym, Allowance, Official, Period

PHONE, EMAIL = Allowance.Kind.PHONE, Allowance.Kind.EMAIL
DOMAIN, PLACE, FIGURE = Allowance.Kind.DOMAIN, Allowance.Kind.PLACE, Allowance.Kind.FIGURE
ALLOWED = (
    (PHONE, "112", "Panggilan darurat"),
    (PHONE, "119", "Gawat darurat medis"),
    (PHONE, "110", "Kepolisian"),
    (PHONE, "113", "Pemadam kebakaran"),
    (PHONE, "129", "Layanan SAPA, kekerasan terhadap perempuan dan anak"),
    (EMAIL, "layanan@contoh.test", "Dinas Kesehatan Contoh"),
    (DOMAIN, "contoh.or.id", "Mitra Contoh"),
    (PLACE, "Balai Nagari Koto Baru", ""),
    (PLACE, "Saribu Rumah Gadang", ""),
    (FIGURE, "7 kecamatan", ""),
    (FIGURE, "47 nagari", ""),
)
ACRONYMS = (
    ("Posbindu", "pos pembinaan terpadu", False),
    ("Malala", "mobil layanan di rumah", False),
    ("Posyandu", "pos pelayanan terpadu", True),
)
# kind, name, begins so many days ago, lasts so many days
PERIODS = (
    (Period.Kind.STAGES, "Pemilihan wali nagari serentak (contoh)", 210, 60),
    (Period.Kind.QUIET, "Masa tenang pemilihan wali nagari (contoh)", 153, 2),
    (Period.Kind.MOURNING, "Berkabung tiga hari (contoh)", 95, 2),
)


@dataclass(frozen=True)
class Office:
    """A title, who holds it, and who held it before."""

    title: str
    holder: str
    before: str = ""


OFFICES = (
    Office("Bupati Solok Selatan", "Drs. H. Zulkifli Contoh, M.Si."),
    Office("Wakil Bupati Solok Selatan", "Ir. Hj. Ernawati Contoh"),
    Office("Sekretaris Daerah", "Yasril Contoh, S.H., M.H.", "Drs. Amril Contoh"),
    Office("Kepala Dinas Kesehatan", "dr. Nofriyanti Contoh, M.Kes."),
    Office("Kepala Dinas Pendidikan dan Kebudayaan", "Syafrudin Contoh, M.Pd.", "Erman Contoh"),
)
CHANGED = date(2026, 2, 2)
BEGAN = date(2025, 2, 20)


def make_rules(people: Mapping[str, User]) -> None:
    """Everything above, as Dewi wrote it last month."""
    kept = {"by": people["dewi"], "at": timezone.now() - timedelta(days=30)}
    Allowance.objects.bulk_create(
        Allowance(kind=kind, value=value, owner=owner, **kept) for kind, value, owner in ALLOWED
    )
    Acronym.objects.bulk_create(
        Acronym(short=short, meaning=meaning, is_known=known, **kept)
        for short, meaning, known in ACRONYMS
    )
    today = timezone.localdate()
    for kind, name, ago, lasts in PERIODS:
        starts = today - timedelta(days=ago)
        ends = starts + timedelta(days=lasts)
        Period.objects.create(kind=kind, name=name, starts_on=starts, ends_on=ends, **kept)
    Official.objects.bulk_create(
        Official(name=name, title=title, since=since, until=until, **kept)
        for name, title, since, until in _terms()
    )
    rulebook.changed()


def _terms() -> Iterable[tuple[str, str, date, date | None]]:
    for office in OFFICES:
        if office.before:
            yield office.before, office.title, BEGAN, CHANGED - timedelta(days=1)
        yield office.holder, office.title, CHANGED if office.before else BEGAN, None
