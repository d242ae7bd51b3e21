"""What the agencies for roads, disasters, cleanliness and order say this month."""

from opd_hub.demo import answers
from opd_hub.demo.story import SentBack, Status, Story, Verdict
from publishing.models import Pillar, Review, Value

Reason = Review.Reason

ROADS = [
    Story(
        "BPBD",
        -17,
        "15.00",
        "Hujan lebat diperkirakan turun sampai {+2}.\n\nWarga di tepi Batang Suliti dan Batang "
        "Bangko dimohon waspada. Siapkan tas siaga, kenali jalur evakuasi, dan jauhi lereng.\n\n"
        "Diperbarui pukul 14.30 WIB, berlaku sampai {+2} pukul 18.00 WIB.",
        ("Prakiraan cuaca BMKG, diteruskan Pusdalops BPBD", "300.2/71/BPBD/{tahun}"),
        x="Waspada hujan lebat sampai {+2}, terutama di tepi Batang Suliti dan Batang Bangko. "
        "Rujukan: BMKG, diperbarui pukul 14.30 WIB.",
        poster="siaga",
        **answers.emergency("Prakiraan cuaca BMKG", "{+0}, pukul 14.30 WIB", until=(2, "18.00")),
        owner="BMKG",
    ),
    Story(
        "BPBD",
        -16,
        "20.00",
        "Pembaruan pukul 19.30 WIB: tinggi air Batang Bangko kembali normal. Tidak ada warga "
        "mengungsi. Berlaku sampai pembaruan berikutnya, {+1} pukul 07.00 WIB.",
        ("Laporan situasi Pusdalops BPBD", "300.2/72/BPBD/{tahun}"),
        **answers.emergency("Laporan Pusdalops BPBD", "{+0}, pukul 19.30 WIB", until=(1, "07.00")),
    ),
    Story(
        "BPBD",
        -6,
        "10.00",
        "Simulasi evakuasi banjir di SDN Lubuk Ulang Aling berjalan lancar. Siswa, guru, dan "
        "kelompok siaga nagari berlatih menuju titik kumpul.",
        ("Laporan kegiatan simulasi", "300.2/80/BPBD/{tahun}"),
        poster="siaga",
        fates={"x": "same words"},
        **answers.event(
            "Simulasi evakuasi banjir",
            "Siswa, guru, dan kelompok siaga nagari",
            "SDN Lubuk Ulang Aling",
            "{+0}",
        ),
        place="sangir-batang-hari/lubuk-ulang-aling",
    ),
    Story(
        "BPBD",
        0,
        "10.00",
        "Isi tas siaga keluarga: air minum, makanan kering, obat pribadi, senter, peluit, dan "
        "salinan surat penting dalam plastik. Taruh di dekat pintu.\n\n#SiapUntukSelamat",
        ("Buku saku kesiapsiagaan BPBD", "300.2/83/BPBD/{tahun}"),
        poster="siaga",
        minutes=27,
        **answers.campaign("Siapkan tas siaga"),
    ),
    Story(
        "BPBD",
        0,
        "11.00",
        "Latihan sirene peringatan dini dilakukan {+1} pukul 10.00 WIB di Sangir dan Sungai Pagu. "
        "Ini hanya latihan, mohon tetap tenang.",
        ("Rencana latihan sirene", "300.2/85/BPBD/{tahun}"),
        poster="sirene",
        status=Status.SUBMITTED,
        minutes=170,
        note="Sirene besok pagi, mohon hari ini sudah tayang.",
        **answers.event(
            "Latihan sirene peringatan dini",
            "Warga Sangir dan Sungai Pagu",
            "Sangir dan Sungai Pagu",
            "{+1}, 10.00 WIB",
        ),
        supports=("{+1} pukul 10.00 WIB",),
    ),
    Story(
        "PUTRP",
        -22,
        "17.00",
        "Ruas Padang Aro–Lubuk Malako ditutup sementara pada {kerja+2}, pukul 21.00–04.00 WIB, "
        "untuk pengaspalan. Gunakan jalan lama lewat Sungai Kalu. Ikuti petugas dan rambu.",
        ("Surat pemberitahuan penutupan jalan", "600.1/344/PUTRP/{tahun}"),
        poster="jalan",
        **answers.disruption(
            "Ruas Padang Aro–Lubuk Malako", "Sangir", "{kerja+2}, 21.00 WIB", "04.00 WIB"
        ),
        place="sangir",
    ),
    Story(
        "PUTRP",
        -12,
        "10.00",
        "Perbaikan ruas Muara Labuh–Pakan Rabaa sepanjang 2,4 kilometer selesai pada {-3}. "
        "Terima kasih kepada warga yang bersabar selama pekerjaan berlangsung.",
        ("Berita acara serah terima pekerjaan", "600.1/351/PUTRP/{tahun}"),
        x="Perbaikan ruas Muara Labuh–Pakan Rabaa sepanjang 2,4 kilometer selesai pada {-3}. "
        "Sumber: berita acara serah terima PUTRP.",
        sent_back=SentBack(
            "sepanjang dua kilometer lebih",
            "sepanjang 2,4 kilometer",
            "Di berita acara tertulis 2,4 kilometer. Pakai angka itu.",
            Reason.FACT,
        ),
        pillar=Pillar.PROGRAMME,
        place="koto-parik-gadang-diateh/pakan-rabaa",
        supports=("sepanjang 2,4 kilometer", "{-3}"),
    ),
    Story(
        "PUTRP",
        -3,
        "08.00",
        "Jembatan gantung Bidar Alam diperiksa {kerja+1}. Lalu lintas bergantian satu jalur, "
        "pukul 08.00–15.00 WIB.",
        ("Jadwal pemeriksaan jembatan", "600.1/360/PUTRP/{tahun}"),
        poster="jembatan",
        fates={"x": "missed", "facebook": "no answer"},
        **answers.disruption(
            "Lalu lintas di jembatan gantung",
            "Bidar Alam",
            "{kerja+1}, 08.00 WIB",
            "Hari itu juga, 15.00 WIB",
        ),
        place="sangir-jujuan/bidar-alam",
    ),
    Story(
        "PUTRP",
        1,
        "17.00",
        "Pengecatan marka di simpang RTH Padang Aro dilakukan {kerja+2} malam, pukul 22.00–02.00 "
        "WIB. Kendaraan dialihkan satu arah.",
        ("Surat perintah kerja marka jalan", "600.1/366/PUTRP/{tahun}"),
        poster="jalan",
        **answers.disruption(
            "Lalu lintas",
            "Simpang RTH Padang Aro",
            "{kerja+2}, 22.00 WIB",
            "Keesokan hari, 02.00 WIB",
        ),
        place="sangir",
    ),
    Story(
        "PUTRP",
        5,
        "09.00",
        "Pekerjaan drainase di Pasar Muara Labuh dimulai {kerja+3} dan berlangsung 14 hari.",
        ("Surat perintah mulai kerja", "600.1/368/PUTRP/{tahun}"),
        poster="jalan",
        status=Status.RETURNED,
        verdict=Verdict(
            "Sebutkan jam kerja dan jalan masuk bagi pedagang selama pekerjaan.", Reason.OTHER
        ),
        **answers.disruption(
            "Jalan Pasar Muara Labuh", "Pasar Muara Labuh", "{kerja+3}", "Setelah 14 hari"
        ),
        place="sungai-pagu/pasar-muara-labuh",
    ),
    Story(
        "PERKIMLH",
        -20,
        "08.00",
        "Sampah yang dipilah ada harganya. Tukarkan botol dan kardus di bank sampah nagari "
        "setiap Jumat, pukul 14.00–16.00 WIB.",
        ("Jadwal bank sampah", "600.4/58/PERKIMLH/{tahun}"),
        poster="pilah",
        **answers.service(
            "Bank sampah nagari", "Bank sampah nagari", "Setiap Jumat, 14.00–16.00 WIB"
        ),
    ),
    Story(
        "PERKIMLH",
        -5,
        "07.30",
        "Gotong royong membersihkan Batang Sangir pada {Minggu}, pukul 07.00 WIB. Titik kumpul "
        "di jembatan Padang Aro. Bawa sarung tangan dan karung.",
        ("Undangan gotong royong", "600.4/63/PERKIMLH/{tahun}"),
        poster="air",
        fates={"facebook": "refused link"},
        **answers.event(
            "Gotong royong", "Semua warga", "Jembatan Padang Aro", "{Minggu}, 07.00 WIB"
        ),
        pillar=Pillar.VALUES,
        value=Value.SOLIDARITY,
        place="sangir",
    ),
    Story(
        "PERKIMLH",
        4,
        "08.00",
        "Truk sampah melayani jalur Sungai Pagu lebih pagi, mulai pukul 05.30 WIB. Keluarkan "
        "sampah setelah subuh agar jalan tetap bersih.",
        ("Jadwal angkutan sampah", "600.4/66/PERKIMLH/{tahun}"),
        poster="pilah",
        status=Status.DRAFT,
        reopened=True,
        **answers.service("Angkutan sampah", "Sungai Pagu", "Setiap hari mulai 05.30 WIB"),
        place="sungai-pagu",
    ),
    Story(
        "SATPOLPPDAMKAR",
        -13,
        "18.00",
        "Cabut pengisi daya sebelum tidur. Kabel yang panas dan menumpuk dapat memicu kebakaran.",
        **answers.campaign("Cabut pengisi daya sebelum tidur"),
    ),
    Story(
        "SATPOLPPDAMKAR",
        2,
        "16.00",
        "Penertiban lapak di trotoar Pasar Padang Aro dilakukan setelah tiga kali pemberitahuan. "
        "Pedagang disediakan tempat di los B tanpa biaya pindah.",
        ("Berita acara sosialisasi", "300.1/45/SATPOLPP/{tahun}"),
        status=Status.CANCELLED,
        verdict=Verdict("Jadwal penertiban diundur. Unggahan ditunda dulu."),
    ),
    Story(
        "DISHUB",
        -9,
        "06.30",
        "Parkir di bahu jalan depan Pasar Muara Labuh tidak diizinkan mulai {kerja+1}. Gunakan "
        "lahan parkir di belakang pasar.",
        ("Rekomendasi manajemen lalu lintas", "500.11/29/DISHUB/{tahun}"),
    ),
    Story(
        "DISHUB",
        2,
        "06.30",
        "Uji kir kendaraan angkutan dilayani Senin sampai Kamis, pukul 08.00–14.00 WIB. Bawa "
        "surat kendaraan dan bukti uji terakhir.",
        ("Standar pelayanan uji kendaraan", "500.11/33/DISHUB/{tahun}"),
        poster="kir",
        status=Status.SUBMITTED,
        at_once=True,
        **answers.service(
            "Uji kir kendaraan angkutan", "Balai Uji Kendaraan", "Senin–Kamis, 08.00–14.00 WIB"
        ),
    ),
]
