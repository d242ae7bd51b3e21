"""What the health, women's and social agencies say this month."""

from typing import Any

from django.utils.text import slugify

from opd_hub.demo import answers
from opd_hub.demo.story import SentBack, Status, Story, Verdict
from publishing.models import Review, Value

Reason = Review.Reason


def _posyandu(day: int, nagari: str, district: str, **more: Any) -> Story:
    return Story(
        "DINKES",
        day,
        "08.00",
        "Ayah dan Bunda, mari ke Posyandu Balita bulan ini.\n\n"
        "Balita ditimbang, diukur, diimunisasi, dan mendapat makanan tambahan. "
        "Layanan ini gratis untuk usia 0–59 bulan.\n\n"
        f"{{Sabtu}}\nPukul 08.00–11.00 WIB\nBalai Nagari {nagari}\n\n"
        "Bawa buku KIA (kesehatan ibu dan anak) dan kartu keluarga.\n\n"
        "#PosyanduSolokSelatan #BalitaSehat",
        ("Jadwal posyandu Dinas Kesehatan", "400.7/231/DINKES/{tahun}"),
        x="Posyandu Balita: timbang, ukur, dan imunisasi gratis untuk usia 0–59 bulan.\n"
        f"{{Sabtu}}, 08.00–11.00 WIB, Balai Nagari {nagari}. Bawa buku KIA.",
        poster="posyandu",
        **answers.event(
            "Posyandu balita",
            "Balita 0–59 bulan dan orang tuanya",
            f"Balai Nagari {nagari}",
            "{Sabtu}, 08.00–11.00 WIB",
        ),
        place=f"{district}/{slugify(nagari)}",
        **more,
    )


HEALTH = [
    _posyandu(-26, "Pasir Talang", "sungai-pagu"),
    _posyandu(-19, "Pakan Rabaa", "koto-parik-gadang-diateh"),
    _posyandu(-12, "Lubuk Malako", "sangir-jujuan"),
    _posyandu(-5, "Alam Pauh Duo", "pauh-duo"),
    _posyandu(0, "Koto Baru", "sungai-pagu", minutes=4),
    Story(
        "DINKES",
        -24,
        "16.30",
        "Nyamuk demam berdarah bertelur di air yang tergenang.\n\n"
        "Sepekan sekali, lakukan 3M:\n"
        "1. Menguras bak mandi.\n2. Menutup tempat air.\n3. Mendaur ulang barang bekas.\n\n"
        "Demam tiga hari tidak turun? Segera ke puskesmas.\n\n#CegahDBD",
        ("Panduan pencegahan DBD Dinas Kesehatan", "400.7.9/188/DINKES/{tahun}"),
        fates={"x": "gone"},
        **answers.campaign("3M sepekan sekali"),
    ),
    Story(
        "DINKES",
        -15,
        "09.00",
        "Imunisasi melindungi anak dari campak, polio, dan difteri.\n\n"
        "Puskesmas melayani imunisasi gratis setiap Selasa dan Kamis, pukul 08.00–11.00 WIB. "
        "Terlewat jadwal? Datang saja, petugas akan mengatur jadwal kejar.\n\n"
        "#ImunisasiLengkap",
        ("Jadwal imunisasi puskesmas", "400.7/197/DINKES/{tahun}"),
        x="Terlewat jadwal imunisasi? Puskesmas melayani gratis setiap Selasa dan Kamis, "
        "08.00–11.00 WIB. Bawa buku KIA; petugas mengatur jadwal kejar.",
        poster="imunisasi",
        sent_back=SentBack(
            "setiap hari, pukul 08.00",
            "setiap Selasa dan Kamis, pukul 08.00",
            "Di jadwal puskesmas, imunisasi hanya Selasa dan Kamis. Mohon disamakan.",
            Reason.FACT,
        ),
        **answers.service(
            "Imunisasi anak", "Puskesmas", "Setiap Selasa dan Kamis, 08.00–11.00 WIB"
        ),
    ),
    Story(
        "DINKES",
        -3,
        "10.00",
        "Musim hujan: cuci tangan dengan sabun mencegah diare.\n\n"
        "Lima waktu penting: sebelum makan, sebelum memasak, sebelum menyuapi anak, "
        "setelah dari jamban, dan setelah memegang hewan.",
        fates={"x": "same words"},
        x="Lima waktu cuci tangan dengan sabun: sebelum makan, memasak, dan menyuapi anak; "
        "setelah dari jamban dan memegang hewan.",
        **answers.campaign("Cuci tangan dengan sabun di lima waktu penting"),
    ),
    Story(
        "DINKES",
        2,
        "09.00",
        "Pemeriksaan kesehatan gratis untuk lansia.\n\n"
        "Tekanan darah, gula darah, dan kolesterol diperiksa tanpa biaya.\n\n"
        "{kerja+4}, pukul 08.30–11.30 WIB di Puskesmas Muara Labuh. "
        "Puasa 8 jam sebelum periksa gula darah.",
        ("Rencana kegiatan Posyandu Lansia", "400.7/240/DINKES/{tahun}"),
        x="Periksa gratis untuk lansia: tekanan darah, gula darah, kolesterol. {kerja+4}, "
        "08.30–11.30 WIB, Puskesmas Muara Labuh.",
        poster="lansia",
        status=Status.SUBMITTED,
        note="Mohon didahulukan, undangan nagari sudah disebar.",
        **answers.event(
            "Pemeriksaan kesehatan gratis",
            "Lansia",
            "Puskesmas Muara Labuh",
            "{kerja+4}, 08.30–11.30 WIB",
        ),
        place="sungai-pagu/pasar-muara-labuh",
        supports=("Tekanan darah, gula darah, dan kolesterol diperiksa tanpa biaya", "{kerja+4}"),
        evidence="rencana-posyandu-lansia.pdf",
    ),
    Story(
        "DINKES",
        1,
        "08.00",
        "Kelas ibu hamil dibuka lagi.\n\nIbu belajar tanda bahaya kehamilan, gizi, dan cara "
        "menyusui bersama bidan. Suami boleh ikut.\n\n{Kamis}, pukul 09.00 WIB di Puskesmas "
        "Pembantu Bidar Alam. Gratis, cukup membawa buku KIA.",
        ("Surat undangan kelas ibu hamil", "400.7/238/DINKES/{tahun}"),
        x="Kelas ibu hamil: tanda bahaya, gizi, menyusui. {Kamis}, 09.00 WIB, Puskesmas Pembantu "
        "Bidar Alam. Gratis.",
        poster="bumil",
        status=Status.SUBMITTED,
        sent_back=SentBack(
            "Suami wajib ikut.",
            "Suami boleh ikut.",
            "Kata “wajib” terasa memaksa. Bagaimana kalau “boleh ikut”?",
            Reason.TONE,
        ),
        **answers.event(
            "Kelas ibu hamil",
            "Ibu hamil dan suami",
            "Puskesmas Pembantu Bidar Alam",
            "{Kamis}, 09.00 WIB",
        ),
        place="sangir-jujuan/bidar-alam",
        supports=("Gratis",),
    ),
    Story(
        "DINKES",
        3,
        "10.00",
        "Kasus DBD di Solok Selatan turun dibanding bulan lalu. Terima kasih atas kerja warga "
        "membersihkan genangan air di sekitar rumah.",
        ("Laporan surveilans mingguan", "400.7.9/244/DINKES/{tahun}"),
        status=Status.RETURNED,
        verdict=Verdict(
            "Turun berapa kasus, dan per tanggal berapa? Tulis angkanya sesuai laporan.",
            Reason.SOURCE,
        ),
    ),
    Story(
        "DINKES",
        5,
        "08.00",
        "Hari kesehatan jiwa bukan hanya satu hari. Ceritakan beban Anda kepada orang yang "
        "dipercaya, atau datang ke puskesmas terdekat.",
        status=Status.DRAFT,
        never_submitted=True,
        **answers.campaign("Ceritakan beban Anda"),
        value=Value.SOLIDARITY,
    ),
    Story(
        "DINKES",
        -9,
        "13.00",
        "Terima kasih kepada Ibu S. di Jorong Balun yang sembuh dari TBC setelah berobat enam "
        "bulan. Kisahnya semoga menjadi semangat.",
        ("Catatan program TBC puskesmas", "400.7.8/201/DINKES/{tahun}"),
        status=Status.REJECTED,
        verdict=Verdict(
            "Inisial dan jorong membuat pasien mudah dikenali. Data kesehatan warga tidak boleh "
            "ditayangkan. Silakan buat unggahan umum tentang berobat TBC sampai tuntas.",
            Reason.PRIVACY,
        ),
    ),
    Story(
        "RSUD",
        -22,
        "07.30",
        "Donor darah sukarela di RSUD Solok Selatan, Muara Labuh.\n\n{kerja+3}, pukul "
        "08.00–12.00 WIB. Syarat: usia 17–60 tahun, berat minimal 45 kg, dan sehat. "
        "Sarapan dulu sebelum datang.",
        ("Undangan donor darah RSUD", "400.7/77/RSUD/{tahun}"),
        poster="donor",
        **answers.event(
            "Donor darah sukarela",
            "Warga sehat usia 17–60 tahun",
            "RSUD Solok Selatan",
            "{kerja+3}, 08.00–12.00 WIB",
        ),
        place="sungai-pagu/pasar-muara-labuh",
        value=Value.SOLIDARITY,
    ),
    Story(
        "RSUD",
        -8,
        "15.00",
        "Jam besuk pasien RSUD: pukul 11.00–12.30 dan 16.00–18.00 WIB. Paling banyak dua "
        "pembesuk per pasien. Anak di bawah 12 tahun mohon menunggu di luar ruang rawat.",
        ("Tata tertib besuk RSUD", "400.7/61/RSUD/{tahun}"),
        poster="besuk",
        fates={"instagram": "by hand"},
        **answers.service(
            "Jam besuk pasien", "RSUD Solok Selatan", "Setiap hari, 11.00–12.30 dan 16.00–18.00 WIB"
        ),
    ),
    Story(
        "RSUD",
        4,
        "07.30",
        "Pendaftaran poliklinik kini dapat dilakukan sehari sebelumnya di loket sore, "
        "pukul 14.00–16.00 WIB. Antrean pagi menjadi lebih singkat.",
        ("Keputusan direktur tentang loket sore", "400.7/80/RSUD/{tahun}"),
        poster="donor",
        **answers.service("Pendaftaran poliklinik", "Loket sore RSUD", "14.00–16.00 WIB"),
        place="sungai-pagu/pasar-muara-labuh",
    ),
    Story(
        "DINSOS",
        -21,
        "10.00",
        "Cek penerima bantuan pangan di kantor wali nagari. Daftar ditempel di papan pengumuman "
        "mulai {kerja+1}. Belum tercatat padahal berhak? Ajukan sanggahan kepada operator nagari.",
        ("Surat edaran penyaluran bantuan pangan", "400.9/154/DINSOS/{tahun}"),
    ),
    Story(
        "DINSOS",
        -2,
        "11.00",
        "Layanan kursi roda pinjam pakai untuk penyandang disabilitas tersedia di Dinas Sosial. "
        "Bawa surat keterangan puskesmas. Petugas dapat mengantar ke rumah.",
        ("Prosedur layanan alat bantu", "400.9/160/DINSOS/{tahun}"),
        fates={"facebook": "no answer"},
        **answers.service("Kursi roda pinjam pakai", "Dinas Sosial", "Pada hari kerja"),
    ),
    Story(
        "DINSOS",
        1,
        "13.00",
        "Pendataan relawan dapur umum dibuka sampai {kerja+6}. Daftar di kantor camat dengan "
        "membawa fotokopi kartu identitas. Pelatihan diberikan tanpa biaya.",
        ("Pengumuman relawan dapur umum", "400.9/163/DINSOS/{tahun}"),
        poster="relawan",
        status=Status.SUBMITTED,
    ),
    Story(
        "DPPKBPPPA",
        -18,
        "09.00",
        "Konsultasi keluarga gratis dan rahasia di Pusat Pembelajaran Keluarga, Padang Aro. "
        "Buka Senin sampai Jumat, pukul 09.00–15.00 WIB. Psikolog hadir setiap Rabu.",
        ("Jadwal layanan Puspaga", "400.2/92/DPPKBPPPA/{tahun}"),
        poster="keluarga",
        **answers.service(
            "Konsultasi keluarga", "Puspaga, Padang Aro", "Senin–Jumat, 09.00–15.00 WIB"
        ),
        place="sangir",
    ),
    Story(
        "DPPKBPPPA",
        -7,
        "09.00",
        "Kekerasan terhadap perempuan dan anak dapat dilaporkan ke kantor kami pada jam kerja. "
        "Identitas pelapor dan korban kami jaga.",
        ("Alur pengaduan UPTD PPA", "400.2/97/DPPKBPPPA/{tahun}"),
        status=Status.EXPIRED,
        **answers.service("Pengaduan kekerasan", "Kantor DPPKBPPPA", "Pada jam kerja"),
    ),
    Story(
        "DPPKBPPPA",
        6,
        "09.00",
        "Pasangan baru menikah dapat mengikuti kelas pranikah lanjutan di Balai Penyuluhan KB "
        "setiap Sabtu pertama, pukul 09.00 WIB.",
        ("Jadwal Balai Penyuluhan KB", "400.2/101/DPPKBPPPA/{tahun}"),
        status=Status.DRAFT,
        reopened=True,
        **answers.service(
            "Kelas pranikah lanjutan", "Balai Penyuluhan KB", "Setiap Sabtu pertama, 09.00 WIB"
        ),
    ),
]
