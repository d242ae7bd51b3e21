"""What the regency itself and its farms, markets and districts say this month."""

from typing import Any

from opd_hub.demo import answers
from opd_hub.demo.story import Status, Story, Verdict
from publishing.models import Pillar, Value


def _car_free_day(day: int, service: str, **more: Any) -> Story:
    return Story(
        "PROKOPIM",
        day,
        "17.00",
        "Hari bebas kendaraan di RTH (ruang terbuka hijau) Padang Aro, {Minggu}, pukul "
        f"06.30–09.00 WIB.\n\nPekan ini ada {service}. Ajak keluarga, datang berjalan kaki atau "
        "bersepeda.\n\n#SolokSelatan",
        ("Surat tugas layanan terpadu", "100.3/612/SETDA/{tahun}"),
        poster="cfd",
        **answers.event(
            "Hari bebas kendaraan",
            "Semua warga",
            "RTH Padang Aro",
            "{Minggu}, 06.30–09.00 WIB",
        ),
        pillar=Pillar.SERVICE,
        programme="Car free day dengan layanan terpadu",
        place="sangir",
        **more,
    )


REGENCY = [
    _car_free_day(-25, "layanan perpanjangan kartu pencari kerja"),
    _car_free_day(-18, "periksa tekanan darah gratis"),
    _car_free_day(-11, "konsultasi izin usaha"),
    _car_free_day(-4, "penukaran sampah plastik", fates={"x": "found"}),
    _car_free_day(3, "perekaman KTP-el"),
    Story(
        "PROKOPIM",
        -8,
        "19.00",
        "Saring sebelum sebar.\n\nSebelum meneruskan kabar, tanyakan tiga hal: siapa yang "
        "mengatakan, kapan terjadi, dan adakah sumber resminya. Ragu? Simpan saja dulu.\n\n"
        "#BijakBermedsos",
        poster="saring",
        **answers.campaign("Saring sebelum sebar"),
        value=Value.HONESTY,
    ),
    Story(
        "PROKOPIM",
        9,
        "08.00",
        "Jadwal musyawarah perencanaan nagari dapat dilihat di papan pengumuman kantor camat.",
        status=Status.CANCELLED,
        verdict=Verdict("Sudah diumumkan langsung oleh Bappeda."),
    ),
    Story(
        "DISTAN",
        -19,
        "09.00",
        "Vaksin rabies gratis untuk anjing, kucing, dan kera peliharaan.\n\n{kerja+2}, pukul "
        "09.00–13.00 WIB di Balai Nagari Lubuk Gadang. Ikat hewan atau masukkan ke kandang.",
        ("Jadwal vaksinasi rabies", "500.7/112/DISTAN/{tahun}"),
        poster="rabies",
        **answers.service(
            "Vaksin rabies hewan peliharaan",
            "Balai Nagari Lubuk Gadang",
            "{kerja+2}, 09.00–13.00 WIB",
        ),
        place="sangir/lubuk-gadang",
    ),
    Story(
        "DISTAN",
        -6,
        "08.00",
        "Musim tanam serentak dimulai {kerja+4}. Penyuluh siap membantu memilih benih dan pupuk "
        "di balai penyuluhan kecamatan.",
        ("Kesepakatan musim tanam kelompok tani", "500.6/118/DISTAN/{tahun}"),
        poster="tani",
        fates={"instagram": "by hand"},
    ),
    Story(
        "DISTAN",
        -1,
        "08.30",
        "Harga cabai dan bawang di tingkat petani pekan ini dapat dilihat di papan informasi "
        "balai penyuluhan.",
        poster="tani",
        status=Status.EXPIRED,
    ),
    Story(
        "KOPERINDAG",
        -15,
        "07.00",
        "Pasar murah nagari di halaman kantor camat Sangir Jujuan, {kerja+2}, pukul 08.00 WIB "
        "sampai habis. Beras, minyak goreng, dan gula tersedia. Bawa tas belanja sendiri.",
        ("Surat penugasan pasar murah", "500.2/74/KOPERINDAG/{tahun}"),
        poster="pasar",
        **answers.event(
            "Pasar murah nagari",
            "Warga Sangir Jujuan",
            "Halaman Kantor Camat Sangir Jujuan",
            "{kerja+2}, 08.00 WIB sampai habis",
        ),
        place="sangir-jujuan",
        pillar=Pillar.SERVICE,
    ),
    Story(
        "KOPERINDAG",
        2,
        "07.00",
        "Kelas foto produk untuk pelaku UMKM (usaha mikro, kecil, dan menengah) diadakan "
        "{kerja+5}, pukul 09.00 WIB. Peserta cukup membawa telepon genggam dan satu produk.",
        ("Pengumuman pelatihan UMKM", "500.3/79/KOPERINDAG/{tahun}"),
        poster="produk",
        **answers.event(
            "Kelas foto produk", "Pelaku UMKM", "Dinas Koperasi UKM", "{kerja+5}, 09.00 WIB"
        ),
        programme="UMKM naik kelas",
    ),
    Story(
        "KOPERINDAG",
        0,
        "09.00",
        "Tera ulang timbangan pedagang gratis di Pasar Padang Aro. Timbangan yang sesuai diberi "
        "tanda sah tahun ini.",
        ("Jadwal tera ulang", "500.2/81/KOPERINDAG/{tahun}"),
        poster="tera",
        status=Status.SUBMITTED,
        at_once=True,
        **answers.service("Tera ulang timbangan", "Pasar Padang Aro", "Selama pasar buka"),
        place="sangir",
    ),
    Story(
        "DISKOMINFO",
        -7,
        "13.00",
        "Waspada pesan yang mengaku dari bank atau kantor pemerintah dan meminta kode rahasia. "
        "Petugas resmi tidak pernah memintanya.\n\n#AmanBerinternet",
        **answers.campaign("Jangan bagikan kode rahasia"),
    ),
    Story(
        "DISKOMINFO",
        7,
        "10.00",
        "Internet gratis di RTH Padang Aro aktif pukul 06.00–22.00 WIB. Gunakan dengan bijak dan "
        "hindari membuka data perbankan.",
        ("Berita acara uji jaringan", "500.12/37/DISKOMINFO/{tahun}"),
        **answers.service("Internet gratis", "RTH Padang Aro", "Setiap hari, 06.00–22.00 WIB"),
        place="sangir",
    ),
    Story(
        "KESBANGPOL",
        -10,
        "08.00",
        "Forum warga lintas agama bertemu {Kamis}, pukul 13.30 WIB di Aula Sarantau Sasurambi. "
        "Setiap nagari mengirim dua wakil.",
        ("Undangan forum warga", "200.1/19/KESBANGPOL/{tahun}"),
        poster="forum",
        **answers.event(
            "Forum warga lintas agama",
            "Dua wakil setiap nagari",
            "Aula Sarantau Sasurambi",
            "{Kamis}, 13.30 WIB",
        ),
        pillar=Pillar.VALUES,
        value=Value.TOLERANCE,
    ),
    Story(
        "KECSANGIR",
        -21,
        "09.00",
        "Layanan surat pengantar di Kantor Camat Sangir buka sampai pukul 15.30 WIB. Istirahat "
        "bergantian, loket tetap melayani.",
        ("Maklumat pelayanan kecamatan", "100.2/12/KECSANGIR/{tahun}"),
        poster="loket",
        **answers.service("Surat pengantar", "Kantor Camat Sangir", "Hari kerja sampai 15.30 WIB"),
        place="sangir",
    ),
    Story(
        "KECSANGIR",
        -2,
        "09.00",
        "Ronda malam bersama dimulai lagi setiap Jumat. Terima kasih kepada pemuda nagari yang "
        "menjaga kampung.",
        status=Status.EXPIRED,
        pillar=Pillar.VALUES,
        value=Value.SOLIDARITY,
    ),
    Story(
        "DPMPTSP",
        0,
        "09.00",
        "Nomor induk berusaha dapat diurus gratis di Mal Pelayanan Publik. Petugas mendampingi "
        "pengisian dari awal sampai terbit.",
        ("Standar pelayanan perizinan", "500.16/22/DPMPTSP/{tahun}"),
        poster="usaha",
        minutes=-1,
        fates={"instagram": "sending"},
        **answers.service("Nomor induk berusaha", "Mal Pelayanan Publik", "Pada hari kerja"),
    ),
    Story(
        "BAPPEDA",
        0,
        "09.00",
        "Usulan warga untuk rencana pembangunan tahun depan diterima lewat nagari sampai "
        "{kerja+9}. Tulis masalah, tempat, dan manfaatnya.",
        ("Surat edaran penyusunan rencana kerja", "000.7/51/BAPPEDA/{tahun}"),
        poster="usulan",
        minutes=-2,
        fates={"instagram": "sending"},
    ),
]
