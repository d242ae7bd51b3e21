"""The pictures of the demo's posts that still wait for their review."""

from opd_hub.demo import motifs
from opd_hub.demo.colours import BRICK, CREAM, GREEN, LEAF, NAVY, SKY, TEAL
from opd_hub.demo.posters import Poster

FAMILY = "Seorang ibu berbaju merah mendampingi anaknya."

QUEUED = {
    "lansia": Poster(
        motifs.shield,
        GREEN,
        "Dinas Kesehatan",
        "Periksa gratis\nuntuk lansia",
        "Tekanan darah, gula darah,\ndan kolesterol.",
        "Puskesmas Muara Labuh",
        "Perisai putih dengan tanda tambah.",
        foot_ink="#1f3d2f",
    ),
    "bumil": Poster(
        motifs.family,
        TEAL,
        "Dinas Kesehatan",
        "Kelas\nibu hamil",
        "Tanda bahaya, gizi,\ndan cara menyusui.",
        "Bawa buku KIA",
        FAMILY,
        foot_ink="#143b46",
    ),
    "relawan": Poster(
        motifs.great_house,
        BRICK,
        "Dinas Sosial",
        "Relawan\ndapur umum",
        "Daftar di kantor camat.",
        "Pelatihan tanpa biaya",
        "Rumah gadang bergonjong di depan matahari.",
    ),
    "isyarat": Poster(
        motifs.book,
        CREAM,
        "Disdikbud",
        "Kelas bahasa\nisyarat",
        "Untuk guru. 30 tempat.",
        "Daftar di pembinaan guru",
        "Sebuah buku terbuka.",
        foot_ink="#741a28",
    ),
    "tera": Poster(
        motifs.stalls,
        LEAF,
        "Koperindag",
        "Tera ulang\ntimbangan",
        "Gratis untuk pedagang.",
        "Pasar Padang Aro",
        "Tiga lapak pasar beratap merah putih.",
    ),
    "sirene": Poster(
        motifs.storm,
        NAVY,
        "BPBD",
        "Latihan\nsirene",
        "Ini hanya latihan.\nTetap tenang.",
        "Sangir dan Sungai Pagu",
        "Hujan lebat di atas bukit.",
        foot_ink="#182a47",
    ),
    "kir": Poster(
        motifs.road,
        SKY,
        "Dinas Perhubungan",
        "Uji kir\nkendaraan",
        "Senin sampai Kamis,\n08.00–14.00 WIB.",
        "Bawa surat kendaraan",
        "Jalan lurus menuju bukit, dua rambu di tepinya.",
        foot_ink="#1d4a66",
    ),
}
