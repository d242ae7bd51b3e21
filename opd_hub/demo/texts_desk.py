"""What shows the writing desk at work: figures from the facts bank, a ralat, unfinished drafts."""

from opd_hub.demo import answers
from opd_hub.demo.story import Status, Story
from publishing.models import Pillar, Value

DRAFTS = [
    Story(  # what the guidelines ask about and advise
        "DINKES",
        9,
        "09.00",
        "Imunisasi di Puskesmas Lubuk Gadang, dijamin terbaik se-Sumbar!!!\n\nTahun ini sudah "
        "1.240 balita diimunisasi. Silahkan hubungi 0813-6383-0000 untuk pendaftaran.",
        status=Status.DRAFT,
        never_submitted=True,
        unfinished=True,
    ),
    Story(
        "DINKES",
        6,
        "09.00",
        "Waspada demam berdarah pada musim hujan.\n\nBulan lalu tercatat 37 kasus di Solok "
        "Selatan. Kuras bak mandi, tutup tempat air, dan daur ulang barang bekas sepekan sekali.",
        ("Laporan surveilans mingguan", "400.7.9/236/DINKES/{tahun}"),
        **answers.campaign("3M pada musim hujan"),
        status=Status.DRAFT,
        never_submitted=True,
        facts=("dbd",),
        supports=("37 kasus",),
        once=(
            "Waspada demam berdarah.",
            "Waspada demam berdarah pada musim hujan.\n\nKuras bak mandi sepekan sekali.",
            "Waspada demam berdarah pada musim hujan.\n\nBulan lalu tercatat 37 kasus di Solok "
            "Selatan. Kuras bak mandi dan tutup tempat air sepekan sekali.",
        ),
    ),
    Story(
        "DINKES",
        7,
        "08.00",
        "Senam bersama lansia di halaman Puskesmas Muara Labuh. Datang dengan pakaian yang "
        "nyaman dan bawa air minum.",
        **answers.event("Senam bersama", "Lansia", "Puskesmas Muara Labuh", ""),
        status=Status.DRAFT,
        never_submitted=True,
        place="sungai-pagu/pasar-muara-labuh",
        unfinished=True,
    ),
    Story(
        "DISDIKBUD",
        8,
        "08.00",
        "Seragam sekolah gratis: sudah 99.934 stel dibagikan sejak program dimulai.\n\n"
        "Ukuran tidak pas? Tukar di sekolah dalam tujuh hari, tanpa biaya.",
        ("Berita pembukaan Musrenbang Kecamatan Pauh Duo", "13 Februari 2026"),
        **answers.programme("Seragam sekolah gratis", "99.934 stel seragam dibagikan"),
        poster="seragam",
        status=Status.DRAFT,
        never_submitted=True,
        facts=("seragam",),
        supports=("99.934 stel",),
        once=(
            "Seragam sekolah gratis dibagikan.",
            "Seragam sekolah gratis: sudah banyak yang dibagikan.\n\nUkuran tidak pas? Tukar di "
            "sekolah.",
        ),
    ),
    Story(
        "DISDIKBUD",
        9,
        "10.00",
        "Kebun sekolah: murid belajar menanam, merawat, dan memanen sayur sendiri.",
        poster="kebun",
        status=Status.DRAFT,
        never_submitted=True,
        pillar=Pillar.EDUCATION,
        unfinished=True,
    ),
]

PUBLISHED = [
    Story(
        "DINKES",
        -12,
        "10.00",
        "Konsultasi gizi anak di Puskesmas Muara Labuh, setiap Senin dan Rabu, pukul 08.00–11.00 "
        "WIB. Bawa buku KIA. Layanan ini gratis.",
        ("Jadwal konsultasi gizi", "400.7/205/DINKES/{tahun}"),
        **answers.service(
            "Konsultasi gizi anak", "Puskesmas Muara Labuh", "Senin dan Rabu, 08.00–11.00 WIB"
        ),
        place="sungai-pagu/pasar-muara-labuh",
        key="gizi",
    ),
    Story(
        "DINKES",
        -8,
        "09.00",
        "Ralat: jadwal konsultasi gizi anak “Senin dan Rabu” seharusnya Senin dan Kamis.\n\n"
        "Jam dan tempatnya tetap: pukul 08.00–11.00 WIB di Puskesmas Muara Labuh. Kami mohon maaf "
        "atas kekeliruan ini.",
        ("Jadwal konsultasi gizi", "400.7/205/DINKES/{tahun}"),
        **answers.correction("gizi", "“Senin dan Rabu”", "Senin dan Kamis"),
        place="sungai-pagu/pasar-muara-labuh",
        value=Value.HONESTY,
        supports=("Senin dan Kamis",),
    ),
    Story(
        "DISDUKCAPIL",
        -5,
        "10.00",
        "[Hoaks] “Kartu keluarga lama tidak berlaku mulai bulan depan.”\n\nFakta: kartu keluarga "
        "yang dimiliki warga tetap berlaku. Perbarui hanya bila ada perubahan data keluarga.\n\n"
        "Rujukan: Surat edaran Disdukcapil. Mohon kabar itu tidak diteruskan.",
        ("Surat edaran masa berlaku kartu keluarga", "400.12/301/DISDUKCAPIL/{tahun}"),
        **answers.clarification(
            "“Kartu keluarga lama tidak berlaku mulai bulan depan”",
            "hoax",
            "Kartu keluarga yang dimiliki warga tetap berlaku",
            "Surat edaran Disdukcapil, 400.12/301/DISDUKCAPIL/{tahun}",
        ),
        x="[Hoaks] “Kartu keluarga lama tidak berlaku mulai bulan depan.” Fakta: tetap berlaku. "
        "Rujukan: Surat edaran Disdukcapil. Mohon tidak diteruskan.",
        value=Value.HONESTY,
        supports=("kartu keluarga yang dimiliki warga tetap berlaku",),
    ),
    Story(
        "PUTRP",
        -4,
        "15.00",
        "Ada yang bertanya: kapan jalan di Sungai Kunyit diperbaiki?\n\nJawaban kami: petugas "
        "memeriksa ruas itu pada {kerja+3}. Hasil dan jadwal perbaikannya kami umumkan di sini.",
        ("Surat tugas pemeriksaan jalan", "600.1/357/PUTRP/{tahun}"),
        **answers.reply("Kapan jalan di Sungai Kunyit diperbaiki?"),
        place="sangir-balai-janggo/sungai-kunyit",
        supports=("petugas memeriksa ruas itu pada {kerja+3}",),
    ),
    Story(
        "DISDIKBUD",
        -10,
        "09.00",
        "Selamat kepada para guru yang menyelesaikan pelatihan bahasa daerah. Terima kasih atas "
        "ketekunan Anda merawat bahasa kita di kelas.",
        **answers.greeting("Selesainya pelatihan guru bahasa daerah"),
        value=Value.HARD_WORK,
    ),
    Story(
        "PROKOPIM",
        -14,
        "10.00",
        "Satu jorong satu rumah tahfidz: kini ada 432 rumah tahfidz, dengan 3.628 lulusan.\n\n"
        "Anak-anak mengaji dekat rumah, dan orang tua ikut mendampingi.",
        ("Berita pembukaan Musrenbang Kecamatan Pauh Duo", "13 Februari 2026"),
        **answers.programme(
            "Satu jorong satu rumah tahfidz", "432 rumah tahfidz dan 3.628 lulusan"
        ),
        owner="Bagian Kesra",
        facts=("tahfidz", "hafiz"),
        supports=("432 rumah tahfidz", "3.628 lulusan"),
    ),
]

COMING = [
    Story(
        "DINKES",
        0,
        "15.00",
        "[Hoaks] “Imunisasi di puskesmas berbayar mulai bulan ini.”\n\nFakta: imunisasi di "
        "puskesmas dan posyandu tetap gratis.\n\nRujukan: Jadwal imunisasi puskesmas.",
        ("Jadwal imunisasi puskesmas", "400.7/197/DINKES/{tahun}"),
        **answers.clarification(
            "“Imunisasi di puskesmas berbayar mulai bulan ini”",
            "hoax",
            "Imunisasi di puskesmas dan posyandu tetap gratis",
            "Jadwal imunisasi puskesmas, 400.7/197/DINKES/{tahun}",
        ),
        status=Status.SUBMITTED,
        at_once=True,
        value=Value.HONESTY,
        supports=("tetap gratis",),
    ),
    Story(
        "DINKES",
        4,
        "09.00",
        "Hampir semua warga kini memegang jaminan kesehatan: 99,07% terdaftar dalam JKN.\n\n"
        "Belum terdaftar? Bawa KTP dan kartu keluarga ke puskesmas terdekat.",
        ("Berita pembukaan Musrenbang Kecamatan Pauh Duo", "13 Februari 2026"),
        **answers.programme("Jaminan kesehatan untuk semua warga", "99,07% warga terdaftar"),
        facts=("jkn",),
        supports=("99,07%",),
    ),
    Story(
        "KOPERINDAG",
        3,
        "07.00",
        "UMKM naik kelas: 1.323 UMKM sudah ikut pelatihan dan pendampingan.\n\nUsaha Anda "
        "berikutnya? Daftar di kantor kami pada hari kerja, gratis.",
        ("Berita pembukaan Musrenbang Kecamatan Pauh Duo", "13 Februari 2026"),
        **answers.programme("UMKM naik kelas", "1.323 UMKM ikut pelatihan dan pendampingan"),
        poster="umkm",
        owner="Bidang UKM",
        facts=("umkm",),
        supports=("1.323 UMKM",),
        value=Value.OPTIMISM,
    ),
    Story(
        "PARPORA",
        2,
        "16.00",
        "Akhir pekan di kaki Gunung Kerinci: kebun teh Liki, kampung adat, dan pemandian air "
        "panas. Jalan kecil licin setelah hujan, pakailah sepatu yang tepat.",
        poster="panorama",
        more=("teh", "gonjong"),
        pillar=Pillar.CULTURE,
    ),
]

AT_THE_DESK = [*PUBLISHED, *COMING, *DRAFTS]
