"""The writing desks of the demo's agencies, and the regency's programmes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Agency
from platforms.models import Channel
from publishing.models import Desk, Programme

PROGRAMMES = [
    "Badan publik informatif",
    "Beasiswa anak nagari",
    "Car free day dengan layanan terpadu",
    "Jaminan kesehatan untuk semua warga",
    "Kawasan Saribu Rumah Gadang",
    "Malala, rekam KTP di rumah",
    "PPID keliling",
    "Satu jorong satu rumah tahfidz",
    "Seragam sekolah gratis",
    "UMKM naik kelas",
]
TAGS = {"Seragam sekolah gratis": "#SeragamGratis", "UMKM naik kelas": "#UMKMNaikKelas"}
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass(frozen=True)
class Phrases:
    """One agency's desk. Every channel has the same weekly hours, and X one more at noon."""

    tags: str
    closing: str
    snippets: tuple[tuple[str, str], ...]  # (title, text)
    hours: tuple[tuple[int, str], ...]
    plan: Mapping[str, int]  # pillar -> posts a week


FREE = ("Gratis", "Layanan ini gratis. Tolak bila ada yang meminta bayaran.")
DESKS = {
    "DINKES": Phrases(
        "#SolokSelatan #SehatBersama",
        "Informasi lebih lanjut di puskesmas terdekat, Senin–Jumat pukul 08.00–14.00 WIB.",
        (
            FREE,
            ("Bawa buku KIA", "Bawa buku KIA (kesehatan ibu dan anak) dan kartu keluarga."),
            ("Segera ke puskesmas", "Demam tiga hari tidak turun? Segera ke puskesmas terdekat."),
        ),
        ((MON, "09:00"), (WED, "09:00"), (FRI, "13:30")),
        {"service": 2, "education": 1, "programme": 1},
    ),
    "DISDIKBUD": Phrases(
        "#SolokSelatan #MerdekaBelajar",
        "Pertanyaan dapat disampaikan lewat sekolah masing-masing.",
        (
            ("Tanpa biaya", "Pendaftaran lewat sekolah, tanpa biaya apa pun."),
            ("Hubungi wali kelas", "Ada yang keliru? Hubungi wali kelas anak Anda."),
            ("Izin memotret", "Foto murid ditayangkan dengan izin orang tua."),
        ),
        ((TUE, "08:00"), (THU, "14:00")),
        {"programme": 1, "education": 1, "culture": 1},
    ),
    "PUTRP": Phrases(
        "#SolokSelatan",
        "Keluhan jalan kabupaten: sebutkan jorong, nagari, dan fotonya lewat pesan langsung.",
        (
            ("Ikuti petugas", "Ikuti petugas dan rambu. Utamakan keselamatan."),
            ("Jalan provinsi", "Ruas ini jalan provinsi. Laporan Anda kami teruskan."),
            ("Maaf", "Kami mohon maaf atas gangguan selama pekerjaan berlangsung."),
        ),
        ((MON, "08:00"), (THU, "17:00")),
        {"service": 2, "programme": 1},
    ),
    "BPBD": Phrases(
        "#SiapUntukSelamat",
        "Keadaan darurat: hubungi Pusdalops BPBD atau kantor wali nagari.",
        (
            ("Tas siaga", "Siapkan tas siaga, kenali jalur evakuasi, dan jauhi lereng."),
            ("Sumber resmi", "Ikuti kabar dari kanal resmi. Jangan meneruskan kabar tanpa sumber."),
            ("Tetap tenang", "Ini hanya latihan. Mohon tetap tenang."),
        ),
        ((TUE, "10:00"), (FRI, "16:00")),
        {"service": 1, "education": 2},
    ),
    "DISDUKCAPIL": Phrases(
        "#SolokSelatan #DukcapilMelayani",
        "Semua layanan gratis, tanpa perantara.",
        (
            FREE,
            ("Berkas KTP-el", "Bawa fotokopi kartu keluarga. Usia 17 tahun ke atas."),
            ("Jaga data diri", "Jangan menulis nomor induk kependudukan di kolom komentar."),
        ),
        ((MON, "08:30"), (WED, "08:30"), (THU, "10:00")),
        {"service": 3, "clarification": 1},
    ),
    "PARPORA": Phrases(
        "#SolokSelatan #WisataSolokSelatan",
        "Hormati tuan rumah dan bawa pulang sampah Anda.",
        (
            ("Izin memotret", "Minta izin sebelum memotret orang."),
            ("Pakai sepatu", "Jalannya licin setelah hujan. Pakailah sepatu yang tepat."),
            ("Lapor di gerbang", "Datang, lalu lapor di gerbang. Pemandu nagari menemani Anda."),
        ),
        ((THU, "16:00"), (FRI, "16:00"), (SAT, "07:00")),
        {"culture": 2, "service": 1},
    ),
    "KOPERINDAG": Phrases(
        "#SolokSelatan #UMKMNaikKelas",
        "Tanya jawab di kantor kami pada hari kerja, pukul 08.00–15.00 WIB.",
        (
            FREE,
            ("UMKM", "UMKM (usaha mikro, kecil, dan menengah)"),
            ("Tas belanja", "Bawa tas belanja sendiri."),
        ),
        ((MON, "07:00"), (THU, "07:00")),
        {"programme": 1, "service": 1},
    ),
    "PROKOPIM": Phrases(
        "#SolokSelatan",
        "Saran dan kritik Anda kami baca dan kami teruskan.",
        (
            ("Saring dulu", "Saring sebelum sebar: siapa, kapan, dan apa sumbernya?"),
            ("Terima kasih", "Terima kasih atas masukan Anda."),
            ("Datang berjalan kaki", "Ajak keluarga, datang berjalan kaki atau bersepeda."),
        ),
        ((TUE, "17:00"), (SAT, "08:00"), (SUN, "07:00")),
        {"programme": 1, "service": 1, "values": 1},
    ),
    "DISTAN": Phrases(
        "#SolokSelatan #TaniMaju",
        "Penyuluh siap membantu di balai penyuluhan kecamatan.",
        (
            FREE,
            ("Hewan peliharaan", "Ikat hewan atau masukkan ke kandang."),
            ("Pupuk", "Tebus pupuk bersubsidi hanya di kios resmi."),
        ),
        ((TUE, "08:00"), (FRI, "08:00")),
        {"service": 1, "education": 1},
    ),
}


def make_programmes() -> dict[str, Programme]:
    """Every programme by its name, in the database."""
    made = Programme.objects.bulk_create(
        Programme(name=name, tag=TAGS.get(name, "")) for name in PROGRAMMES
    )
    return {programme.name: programme for programme in made}


def make_desks(agencies: Mapping[str, Agency], channels: Iterable[Channel]) -> None:
    """A desk for each agency in DESKS, as its form would keep it."""
    everywhere = list(channels)
    Desk.objects.bulk_create(
        _desk(agencies[code], phrases, [c for c in everywhere if c.agency_id == agencies[code].pk])
        for code, phrases in DESKS.items()
    )


def _desk(agency: Agency, phrases: Phrases, channels: Iterable[Channel]) -> Desk:
    return Desk(
        agency=agency,
        tags=phrases.tags,
        closing=phrases.closing,
        snippets=[{"title": title, "text": text} for title, text in phrases.snippets],
        slots={str(channel.pk): _week(phrases, channel) for channel in channels},
        plan=dict(phrases.plan),
    )


def _week(phrases: Phrases, channel: Channel) -> list[list[int | str]]:
    noon = [(WED, "12:00")] if channel.platform == "x" else []
    return [[weekday, clock] for weekday, clock in sorted([*phrases.hours, *noon])]
