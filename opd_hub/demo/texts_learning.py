"""What the schools', library, tourism and civil registry agencies say this month."""

from typing import Any

from django.utils.text import slugify

from opd_hub.demo import answers
from opd_hub.demo.story import SentBack, Status, Story, Verdict
from publishing.models import Pillar, Review

Reason = Review.Reason


def _mobile_library(day: int, school: str, place: str, **more: Any) -> Story:
    return Story(
        "PUSIP",
        day,
        "07.00",
        f"Perpustakaan keliling singgah di {school} pada {{kerja+1}}, pukul 09.00–12.00 WIB.\n\n"
        "Siswa dan warga sekitar boleh meminjam dua buku selama sepekan. Gratis.\n\n#AyoMembaca",
        ("Jadwal perpustakaan keliling", "000.4/41/PUSIP/{tahun}"),
        poster="pustaka",
        **answers.event(
            "Perpustakaan keliling",
            "Siswa dan warga sekitar",
            school,
            "{kerja+1}, 09.00–12.00 WIB",
        ),
        place=place,
        pillar=Pillar.EDUCATION,
        **more,
    )


def _identity_card(day: int, office: str, **more: Any) -> Story:
    return Story(
        "DISDUKCAPIL",
        day,
        "08.30",
        "Rekam KTP-el (kartu tanda penduduk elektronik) lebih dekat dari rumah.\n\n"
        f"{{kerja+2}}, pukul 09.00–14.00 WIB di {office}.\n\n"
        "Untuk warga usia 17 tahun ke atas. Bawa fotokopi kartu keluarga. "
        "Semua layanan gratis, tanpa perantara.\n\n#DukcapilMelayani",
        ("Jadwal pelayanan keliling", "400.12/318/DISDUKCAPIL/{tahun}"),
        x=f"Rekam KTP-el dekat rumah: {{kerja+2}}, 09.00–14.00 WIB di {office}. "
        "Usia 17 tahun ke atas, bawa fotokopi kartu keluarga. Gratis.",
        poster="ktp",
        **answers.service("Rekam KTP-el", office, "{kerja+2}, 09.00–14.00 WIB"),
        place=slugify(office.removeprefix("Kantor Camat ")),
        **more,
    )


LEARNING = [
    _mobile_library(-25, "SDN 05 Sungai Pagu", "sungai-pagu"),
    _mobile_library(-18, "SDN 11 Sangir", "sangir"),
    _mobile_library(-11, "SMPN 20 Sangir Jujuan", "sangir-jujuan"),
    _mobile_library(-4, "SDN 03 Pauh Duo", "pauh-duo", fates={"instagram": "missed"}),
    _mobile_library(3, "SDN 08 Sangir Batang Hari", "sangir-batang-hari"),
    Story(
        "PUSIP",
        8,
        "09.00",
        "Punya foto lama nagari? Dinas Perpustakaan dan Arsip memindainya gratis, dan aslinya "
        "tetap milik Anda. Datang pada hari kerja, pukul 08.00–15.00 WIB.",
        poster="pustaka",
        status=Status.CANCELLED,
    ),
    _identity_card(-23, "Kantor Camat Sangir"),
    _identity_card(-16, "Kantor Camat Koto Parik Gadang Diateh"),
    _identity_card(-9, "Kantor Camat Sangir Balai Janggo", fates={"instagram": "bad picture"}),
    _identity_card(-2, "Kantor Camat Sungai Pagu"),
    _identity_card(0, "Kantor Camat Pauh Duo", minutes=9),
    Story(
        "DISDUKCAPIL",
        -13,
        "10.00",
        "Akta kelahiran, akta kematian, dan kartu keluarga dapat diurus di kantor nagari. "
        "Berkas selesai paling lama tiga hari kerja.",
        ("Standar pelayanan Disdukcapil", "400.12/290/DISDUKCAPIL/{tahun}"),
        fates={"x": "cannot look"},
        **answers.service(
            "Akta dan kartu keluarga",
            "Kantor nagari",
            "Pada hari kerja",
            "Petugas registrasi nagari",
        ),
    ),
    Story(
        "DISDUKCAPIL",
        1,
        "10.30",
        "Loket Disdukcapil tutup lebih awal pada {kerja+2}, pukul 13.00 WIB, karena perawatan "
        "jaringan. Layanan buka lagi esok harinya pukul 08.00 WIB.",
        ("Pemberitahuan perawatan jaringan", "400.12/325/DISDUKCAPIL/{tahun}"),
        status=Status.SUBMITTED,
        **answers.disruption(
            "Loket Disdukcapil",
            "Kantor Disdukcapil",
            "{kerja+2}, 13.00 WIB",
            "Esok harinya, 08.00 WIB",
        ),
        supports=("pukul 13.00 WIB",),
    ),
    Story(
        "DISDUKCAPIL",
        -1,
        "09.00",
        "Contoh kartu keluarga yang benar dapat dilihat pada gambar. Periksa nama orang tua, "
        "tanggal lahir, dan status perkawinan sebelum pulang.",
        poster="ktp",
        status=Status.REJECTED,
        verdict=Verdict(
            "Gambarnya hanya poster KTP-el, bukan contoh kartu keluarga seperti kata teksnya.",
            Reason.PICTURE,
        ),
    ),
    Story(
        "DISDIKBUD",
        -27,
        "08.00",
        "Beasiswa anak nagari dibuka untuk siswa SMP dari keluarga kurang mampu.\n\n"
        "Pendaftaran sampai {kerja+14} lewat sekolah masing-masing. Syaratnya rapor terakhir dan "
        "surat keterangan wali nagari. Tidak ada biaya apa pun.\n\n#BeasiswaAnakNagari",
        ("Petunjuk teknis beasiswa", "400.3/501/DISDIKBUD/{tahun}"),
        x="Beasiswa anak nagari untuk siswa SMP dibuka sampai {kerja+14}. Daftar lewat sekolah; "
        "tanpa biaya apa pun. #BeasiswaAnakNagari",
        poster="beasiswa",
        **answers.programme("Beasiswa anak nagari", "Siswa SMP dari keluarga kurang mampu"),
    ),
    Story(
        "DISDIKBUD",
        -14,
        "14.00",
        "Sekolah yang terdampak hujan deras boleh memulai pelajaran pukul 08.30 WIB sampai "
        "{kerja+3}. Keputusan harian diumumkan kepala sekolah kepada orang tua.",
        ("Surat edaran penyesuaian jam belajar", "400.3/512/DISDIKBUD/{tahun}"),
        sent_back=SentBack(
            "sampai pemberitahuan berikutnya",
            "sampai {kerja+3}",
            "Surat edarannya menyebut tanggal akhir. Tulis tanggalnya supaya orang tua pasti.",
            Reason.FACT,
        ),
    ),
    Story(
        "DISDIKBUD",
        -6,
        "09.00",
        "Lomba randai tingkat pelajar diadakan {Sabtu}, pukul 09.00 WIB di halaman Istano Rajo "
        "Balun. Masyarakat dipersilakan menonton tanpa tiket.",
        ("Keputusan panitia lomba randai", "400.6/498/DISDIKBUD/{tahun}"),
        poster="pekan",
        fates={"instagram": "retracted", "facebook": "retracted", "x": "retracted"},
        **answers.event(
            "Lomba randai", "Pelajar", "Halaman Istano Rajo Balun", "{Sabtu}, 09.00 WIB"
        ),
        pillar=Pillar.CULTURE,
    ),
    Story(
        "DISDIKBUD",
        1,
        "14.00",
        "Orang tua dapat memantau kehadiran siswa lewat buku penghubung yang dibagikan sekolah. "
        "Tanda tangani setiap akhir pekan, dan hubungi wali kelas bila ada yang keliru.",
    ),
    Story(
        "DISDIKBUD",
        4,
        "08.00",
        "Pendaftaran kelas bahasa isyarat untuk guru dibuka. Tempat terbatas 30 orang. Daftar di "
        "bidang pembinaan guru paling lambat {kerja+5}.",
        ("Pengumuman pelatihan guru", "400.3/530/DISDIKBUD/{tahun}"),
        poster="isyarat",
        status=Status.SUBMITTED,
        sent_back=SentBack(
            "Tempat terbatas.",
            "Tempat terbatas 30 orang.",
            "Berapa tempat yang tersedia? Angkanya ada di pengumuman.",
            Reason.OTHER,
        ),
        **answers.event(
            "Kelas bahasa isyarat",
            "Guru, 30 orang",
            "Dinas Pendidikan dan Kebudayaan",
            "Daftar paling lambat {kerja+5}",
        ),
        supports=("Tempat terbatas 30 orang",),
    ),
    Story(
        "DISDIKBUD",
        6,
        "10.00",
        "Seragam sekolah gratis dibagikan mulai pekan depan. Ukuran yang tidak pas dapat ditukar "
        "di sekolah dalam tujuh hari.",
        ("Jadwal pembagian seragam", "400.3/533/DISDIKBUD/{tahun}"),
        status=Status.RETURNED,
        verdict=Verdict(
            "“Pekan depan” bisa dibaca lain saat unggahan tayang. Sebutkan hari dan tanggalnya.",
            Reason.FACT,
        ),
        **answers.programme("Seragam sekolah gratis", "Seragam dibagikan kepada siswa"),
    ),
    Story(
        "DISDIKBUD",
        7,
        "08.00",
        "Cerita dari kelas: siswa SDN di Lubuk Malako menanam sayur di kebun sekolah.",
        status=Status.DRAFT,
        withdrawn=True,
        place="sangir-jujuan/lubuk-malako",
        pillar=Pillar.EDUCATION,
    ),
    Story(
        "PARPORA",
        -20,
        "16.00",
        "Akhir pekan di Saribu Rumah Gadang, Koto Baru.\n\nPemandu nagari menemani Anda "
        "berkeliling kampung, menenun, dan mencicipi masakan rumah. Datang antara pukul 09.00 "
        "dan 16.00 WIB, lalu lapor di gerbang.\n\nHormati tuan rumah: minta izin sebelum "
        "memotret orang.\n\n#SaribuRumahGadang #SolokSelatan",
        ("Panduan kunjungan kelompok sadar wisata", "500.13/88/PARPORA/{tahun}"),
        x="Akhir pekan di Saribu Rumah Gadang: berkeliling bersama pemandu nagari, pukul "
        "09.00–16.00 WIB. Minta izin sebelum memotret orang. #SaribuRumahGadang",
        poster="gonjong",
        programme="Kawasan Saribu Rumah Gadang",
        place="sungai-pagu/koto-baru",
        pillar=Pillar.CULTURE,
    ),
    Story(
        "PARPORA",
        -10,
        "15.30",
        "Pagi yang sejuk di kebun teh Liki. Jalan kecilnya licin setelah hujan, pakailah sepatu "
        "yang tepat. Bawa pulang sampah Anda.\n\n#WisataSolokSelatan",
        poster="teh",
        fates={"x": "gone"},
        pillar=Pillar.CULTURE,
    ),
    Story(
        "PARPORA",
        -1,
        "16.00",
        "Jalur pendakian Camintoran ditutup sampai {+7} karena tanah longsor kecil di pos dua. "
        "Petugas sedang membersihkannya. Terima kasih atas pengertian Anda.",
        ("Berita acara pemeriksaan jalur", "500.13/95/PARPORA/{tahun}"),
        poster="jalur",
        fates={"x": "no quota"},
        **answers.disruption("Jalur pendakian", "Camintoran", "{-1}", "{+7}"),
    ),
    Story(
        "PARPORA",
        0,
        "16.00",
        "Pekan budaya Solok Selatan kembali digelar {Sabtu} di Lapangan Padang Aro, pukul "
        "10.00–21.00 WIB. Ada randai, saluang, dan masakan nagari. Terbuka untuk umum.",
        ("Surat izin keramaian pekan budaya", "500.13/99/PARPORA/{tahun}"),
        poster="pekan",
        minutes=16,
        **answers.event(
            "Pekan budaya", "Terbuka untuk umum", "Lapangan Padang Aro", "{Sabtu}, 10.00–21.00 WIB"
        ),
        place="sangir",
        pillar=Pillar.CULTURE,
    ),
    Story(
        "PARPORA",
        5,
        "09.00",
        "Solok Selatan daerah wisata terbaik di Indonesia. Belum ke sini berarti belum ke mana-"
        "mana.",
        poster="gonjong",
        status=Status.REJECTED,
        verdict=Verdict(
            "Kata “terbaik di Indonesia” tidak punya dasar. Ceritakan saja apa yang dapat "
            "dinikmati pengunjung, lalu buat unggahan baru.",
            Reason.SOURCE,
        ),
    ),
]
