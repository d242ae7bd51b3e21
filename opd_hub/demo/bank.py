"""The facts bank of the demo: figures that were quoted in the news, each with its source and day.

What the demo needs beside them, so that something is out of date, is marked as made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Agency, User
from opd_hub.demo.people import author_of
from publishing.models import Fact

MUSRENBANG = "Berita pembukaan Musrenbang Kecamatan Pauh Duo, investigasi.news"
OPENED = date(2026, 2, 12)
PUBLISHED = "13 Februari 2026"


@dataclass(frozen=True)
class Figure:
    """One figure. Without an `as_of` it was taken a month before it ran out."""

    agency: str
    name: str
    figure: str
    unit: str
    owner: str
    document: str = MUSRENBANG
    number: str = PUBLISHED
    as_of: date | None = OPENED
    good_for: int | None = 120  # days from today on; below 0: it has expired; None: for ever


FIGURES = {
    "jkn": Figure("DINKES", "Cakupan kepesertaan JKN", "99,07", "%", "Dinas Kesehatan"),
    "dbd": Figure(  # made up
        "DINKES",
        "Kasus DBD dalam sebulan",
        "37",
        "kasus",
        "Bidang P2P",
        "Laporan surveilans mingguan",
        "400.7.9/236/DINKES",
        as_of=None,
        good_for=-9,
    ),
    "seragam": Figure(
        "DISDIKBUD", "Seragam sekolah gratis yang dibagikan", "99.934", "stel", "Disdikbud"
    ),
    "umkm": Figure("KOPERINDAG", "UMKM peserta UMKM naik kelas", "1.323", "UMKM", "Bidang UKM"),
    "tahfidz": Figure(
        "PROKOPIM", "Rumah tahfidz di jorong", "432", "rumah tahfidz", "Bagian Kesra"
    ),
    "hafiz": Figure("PROKOPIM", "Lulusan rumah tahfidz", "3.628", "lulusan", "Bagian Kesra"),
    "ipm": Figure("BAPPEDA", "Indeks pembangunan manusia", "74,01", "", "Bappeda"),
    "miskin": Figure("BAPPEDA", "Penduduk miskin", "6,00", "%", "Bappeda"),
    "kerja": Figure("BAPPEDA", "Pengangguran terbuka", "2,13", "%", "Bappeda"),
    "penduduk": Figure(
        "DISDUKCAPIL",
        "Penduduk Solok Selatan",
        "181.525",
        "jiwa",
        "Disdukcapil",
        "Keputusan Menteri Dalam Negeri",
        "300.2.2-2138 Tahun 2025",
        date(2025, 12, 31),  # of this year; which day is not known
        None,
    ),
    "nikah": Figure(
        "DISDUKCAPIL",
        "Perkawinan yang belum tercatat",
        "27.928",
        "perkawinan",
        "Disdukcapil",
        "Berita pencatatan perkawinan, radarsumbar.com",
        "September 2025",
        date(2025, 9, 30),
        30,
    ),
    "ppid": Figure(
        "DISKOMINFO",
        "Dokumen dalam PPID keliling",
        "480",
        "dokumen",
        "PPID Utama",
        "Berita PPID keliling, sumbar.antaranews.com",
        "2022",
        date(2022, 12, 31),  # of this year
        None,
    ),
}


def make_facts(agencies: Mapping[str, Agency], people: Mapping[str, User]) -> dict[str, Fact]:
    """Every figure by its key, in the database."""
    facts = {
        key: _fact(figure, agencies[figure.agency], people[author_of(figure.agency)])
        for key, figure in FIGURES.items()
    }
    Fact.objects.bulk_create(facts.values())
    return facts


def _fact(figure: Figure, agency: Agency, by: User) -> Fact:
    today = timezone.localdate()
    lasts = figure.good_for
    expires = None if lasts is None else today + timedelta(days=lasts)
    return Fact(
        agency=agency,
        name=figure.name,
        figure=figure.figure,
        unit=figure.unit,
        as_of=figure.as_of or (expires or today) - timedelta(days=30),
        document=figure.document,
        number=figure.number,
        owner=figure.owner,
        expires=expires,
        added_by=by,
    )
