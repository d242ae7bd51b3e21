"""The pictures of the demo: drawn here, not photographed, so nobody's face is in them."""

from dataclasses import dataclass

from opd_hub.demo import motifs
from opd_hub.demo.canvas import Canvas
from opd_hub.demo.motifs import Motif, Palette

PORTRAIT = (1080, 1350)
LANDSCAPE = (1350, 900)
GREEN = Palette("#0f5f50", "#ffffff", "#f4d35e")
TEAL = Palette("#12667a", "#ffffff", "#ffd166")
BLUE = Palette("#22568f", "#ffffff", "#cfe3fa")
NAVY = Palette("#182a47", "#ffffff", "#f4b333")
MAROON = Palette("#8f2436", "#ffffff", "#f8d98a")
OCHRE = Palette("#f0b429", "#26252b", "#7a4a00")
CREAM = Palette("#f7eee0", "#741a28", "#e6b866", "#8a5310")
LEAF = Palette("#2f7d46", "#ffffff", "#f7d774")
BRICK = Palette("#b8472f", "#ffffff", "#ffdf9e")
SKY = Palette("#2b86b8", "#ffffff", "#ffe08a")


@dataclass(frozen=True)
class Poster:
    """A picture, and what it says to people who cannot see it."""

    motif: Motif
    palette: Palette
    unit: str
    title: str
    line: str
    foot: str
    shown: str  # what the drawing shows, for the alternative text
    size: tuple[int, int] = PORTRAIT
    foot_ink: str = "#ffffff"

    @property
    def alt(self) -> str:
        title = self.title.replace("\n", " ")
        line = self.line.replace("\n", " ")
        return f"Poster {self.unit} bertuliskan “{title}. {line}” {self.shown}"

    def jpeg(self) -> bytes:
        canvas = Canvas(self.size, self.palette.ground)
        self.motif(canvas, self.palette)
        p = self.palette
        canvas.words((84, 84), self.unit.upper(), p.label or p.accent, 34, 700)
        canvas.words((80, 138), self.title, p.ink, 116, 800)
        below = 138 + 128 * (self.title.count("\n") + 1) + 34
        canvas.words((84, below), self.line, p.ink, 40)
        canvas.words((84, canvas.height - 132), self.foot, self.foot_ink, 44, 700)
        return canvas.jpeg()


POSTERS = {
    "posyandu": Poster(
        motifs.family,
        GREEN,
        "Dinas Kesehatan",
        "Posyandu\nBalita",
        "Timbang, ukur, imunisasi,\ndan makanan tambahan gratis.",
        "Bawa buku KIA dan kartu keluarga",
        "Seorang ibu berbaju merah mendampingi anaknya.",
        foot_ink="#1f3d2f",
    ),
    "imunisasi": Poster(
        motifs.shield,
        TEAL,
        "Dinas Kesehatan",
        "Lengkapi\nimunisasi",
        "Gratis di puskesmas\ndan posyandu.",
        "Lindungi anak sejak dini",
        "Perisai putih dengan tanda tambah.",
        foot_ink="#143b46",
    ),
    "ktp": Poster(
        motifs.card,
        BLUE,
        "Disdukcapil",
        "Rekam KTP-el\ndekat rumah",
        "Petugas datang ke kantor camat.",
        "Gratis, tanpa calo",
        "Gambar kartu identitas tanpa data siapa pun.",
    ),
    "pasar": Poster(
        motifs.stalls,
        OCHRE,
        "Koperindag",
        "Pasar murah\nnagari",
        "Beras, minyak goreng, dan gula\ndengan harga terjangkau.",
        "Bawa tas belanja sendiri",
        "Tiga lapak pasar beratap merah putih.",
    ),
    "gonjong": Poster(
        motifs.great_house,
        MAROON,
        "Pariwisata",
        "Saribu Rumah\nGadang",
        "Berkeliling kampung bersama\npemandu nagari.",
        "Koto Baru, Sungai Pagu",
        "Rumah gadang bergonjong di depan matahari.",
    ),
    "siaga": Poster(
        motifs.storm,
        NAVY,
        "BPBD",
        "Siaga\nhujan lebat",
        "Kenali jalur evakuasi.\nJauhi lereng dan tepi sungai.",
        "Darurat: Posko BPBD 24 jam",
        "Hujan turun di atas deretan bukit.",
        foot_ink="#182a47",
    ),
    "beasiswa": Poster(
        motifs.book,
        CREAM,
        "Dinas Pendidikan",
        "Beasiswa\nanak nagari",
        "Daftar lewat sekolah masing-masing.",
        "Tanpa biaya pendaftaran",
        "Sebuah buku terbuka.",
        foot_ink="#741a28",
    ),
    "jalan": Poster(
        motifs.road,
        OCHRE,
        "PUTRP",
        "Jalan ditutup\nsementara",
        "Ikuti petugas dan rambu.",
        "Utamakan keselamatan",
        "Jalan raya menuju bukit dengan dua papan penutup.",
        foot_ink="#ffffff",
    ),
    "rabies": Poster(
        motifs.paw,
        BRICK,
        "Dinas Pertanian",
        "Vaksin rabies\ngratis",
        "Untuk anjing, kucing, dan kera\npeliharaan.",
        "Ikat atau masukkan ke kandang",
        "Jejak kaki hewan di dalam lingkaran.",
    ),
    "pustaka": Poster(
        motifs.library_bus,
        SKY,
        "Perpustakaan",
        "Perpustakaan\nkeliling",
        "Pinjam buku tanpa biaya.",
        "Bus buku datang ke sekolah",
        "Bus putih berisi rak buku warna-warni.",
    ),
    "pilah": Poster(
        motifs.sprout,
        LEAF,
        "Perkim LH",
        "Pilah sampah\ndari rumah",
        "Tukar di bank sampah nagari.",
        "Kering, bersih, dan terpilah",
        "Tunas berdaun dua tumbuh dari tanah.",
    ),
    "donor": Poster(
        motifs.drop,
        MAROON,
        "RSUD",
        "Donor darah\nsukarela",
        "Setetes darah Anda berarti.",
        "Sarapan dulu sebelum datang",
        "Setetes besar di dalam lingkaran.",
    ),
    "tani": Poster(
        motifs.fields,
        LEAF,
        "Dinas Pertanian",
        "Musim tanam\nserentak",
        "Konsultasi gratis dengan penyuluh.",
        "Datang ke balai penyuluhan",
        "Sawah berteras di bawah matahari.",
    ),
    "cfd": Poster(
        motifs.bicycle,
        SKY,
        "Solok Selatan",
        "Hari bebas\nkendaraan",
        "Olahraga dan layanan publik\ndi satu tempat.",
        "RTH Padang Aro",
        "Sepeda merah di depan matahari.",
    ),
    "air": Poster(
        motifs.river,
        TEAL,
        "Padang Aro",
        "Jaga sungai,\njaga nagari",
        "Tidak membuang sampah ke sungai.",
        "Gotong royong warga",
        "Air sungai berombak di bawah matahari.",
    ),
    "teh": Poster(
        motifs.tea_hills,
        LEAF,
        "Pariwisata",
        "Kebun teh Liki",
        "Pagi yang sejuk di kaki Gunung Kerinci.",
        "Bawa pulang sampah Anda",
        "Hamparan kebun teh dan sebuah gunung.",
        LANDSCAPE,
    ),
    "jembatan": Poster(
        motifs.bridge,
        SKY,
        "PUTRP",
        "Jembatan diperiksa",
        "Lalu lintas bergantian satu jalur.",
        "Kurangi kecepatan",
        "Jembatan gantung melintasi sungai.",
        LANDSCAPE,
    ),
    "pekan": Poster(
        motifs.house_row,
        MAROON,
        "Pariwisata",
        "Pekan budaya",
        "Randai, saluang, dan masakan nagari.",
        "Terbuka untuk umum",
        "Tiga rumah gadang berderet saat senja.",
        LANDSCAPE,
    ),
}
