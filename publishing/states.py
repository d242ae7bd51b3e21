"""What each state of a post and of a delivery means, and what a person does about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Delivery, Post

Words = tuple[str | Promise, str | Promise]  # what it means, what to do


@dataclass(frozen=True)
class Told:
    """A state in words; its label is the one on every other page."""

    state: TextChoices
    meaning: str | Promise
    deed: str | Promise


_POSTS: Mapping[Post.Status, Words] = {
    Post.Status.DRAFT: (
        _("Masih ditulis. Peninjau belum melihatnya."),
        _("Lengkapi, lalu pilih “Ajukan untuk ditinjau”."),
    ),
    Post.Status.SUBMITTED: (
        _("Sudah diajukan dan menunggu keputusan peninjau. Isinya terkunci."),
        _("Tunggu. Ada yang keliru? Pilih “Tarik kembali”, betulkan, lalu ajukan lagi."),
    ),
    Post.Status.RETURNED: (
        _("Peninjau meminta perubahan. Alasannya tertulis di halaman unggahan."),
        _("Pilih “Sunting”, perbaiki yang diminta, lalu ajukan lagi."),
    ),
    Post.Status.APPROVED: (
        _("Peninjau menyetujuinya. Sejak itu setiap kanal memiliki status pengiriman sendiri."),
        _(
            "Tidak ada. Perlu mengubah isinya sebelum tayang? Pilih “Buka lagi untuk disunting”; "
            "unggahan itu lalu ditinjau lagi."
        ),
    ),
    Post.Status.REJECTED: (
        _("Ditolak untuk seterusnya. Alasannya tertulis di halaman unggahan."),
        _("Baca alasannya. Jika masih perlu disampaikan, pilih “Salin jadi draf baru”."),
    ),
    Post.Status.EXPIRED: (
        _("Waktu tayangnya lewat sebelum ada keputusan. Tidak ada yang dikirim."),
        _("Pilih “Beri jadwal baru”. Jika isinya perlu diubah, pilih “Sunting”, lalu ajukan lagi."),
    ),
    Post.Status.CANCELLED: (
        _("Dihentikan untuk seterusnya. Tidak akan tayang di kanal mana pun."),
        _("Tidak ada. Riwayatnya tetap tersimpan."),
    ),
}
_DELIVERIES: Mapping[Delivery.Status, Words] = {
    Delivery.Status.WAITING: (
        _("Sudah disetujui dan menunggu jamnya. Jika platform sedang sibuk, kami mencoba lagi."),
        _("Tidak ada. Pengiriman berjalan sendiri."),
    ),
    Delivery.Status.SENDING: (
        _("Sedang diserahkan kepada platform."),
        _("Tunggu sebentar. Halaman ini memperbarui diri."),
    ),
    Delivery.Status.PUBLISHED: (
        _("Sudah dapat dilihat warga. Kami memeriksanya lagi sesudah 2 menit dan 24 jam."),
        _("Buka tautannya dan lihat hasilnya. Jika ada yang keliru, pilih “Buat ralat”."),
    ),
    Delivery.Status.FAILED: (
        _(
            "Platform menolaknya. Sebabnya tertulis di bawah kanal itu. "
            "Kanal lain tidak ikut gagal."
        ),
        _(
            "Baca sebabnya. Jika isinya yang ditolak, penyusun memilih “Perbaiki untuk kanal ini”. "
            "Jika sebabnya lain dan sudah dibereskan, peninjau memilih “Kirim ulang”; "
            "jika tidak perlu lagi, “Batalkan pengiriman”."
        ),
    ),
    Delivery.Status.UNCERTAIN: (
        _(
            "Jawaban platform tidak sampai: mungkin sudah tayang, mungkin belum. "
            "Kami memeriksa ke platform sebelum mencoba lagi."
        ),
        _(
            "Jangan mengunggahnya sendiri di aplikasi; warga bisa melihatnya dua kali. Jika kami "
            "tidak dapat memastikan, peninjau melihat ke platform, lalu memilih "
            "“Ada, sudah tayang” atau “Tidak ada, kirim lagi”."
        ),
    ),
    Delivery.Status.HELD: (
        _("Belum dikirim karena ada penghalang. Penghalangnya salah satu dari daftar di bawah."),
        _("Lihat penghalangnya, lalu ikuti petunjuknya."),
    ),
    Delivery.Status.MISSED: (
        _(
            "Jamnya lewat terlalu jauh: lebih dari 60 menit, lebih dari 15 menit untuk darurat, "
            "atau sesudah batas “berlaku sampai”. Yang terlambat tidak dikirim tanpa keputusan."
        ),
        _("Peninjau memilih “Kirim sekarang”, “Jadwal ulang”, atau “Batalkan pengiriman”."),
    ),
    Delivery.Status.MANUAL: (
        _("Seseorang mengunggahnya sendiri di aplikasi platform."),
        _("Sesudah tayang, peninjau memilih “Ada, sudah tayang” dan menempelkan tautannya."),
    ),
    Delivery.Status.RETRACTED: (
        _("Pernah tayang, lalu ditarik dari platform."),
        _("Tidak ada. Riwayatnya tetap tersimpan."),
    ),
    Delivery.Status.GONE: (
        _("Pernah tayang, tetapi tidak ada lagi saat kami memeriksanya."),
        _("Peninjau memeriksa ke platform: dihapus seseorang, atau disembunyikan platform."),
    ),
    Delivery.Status.CANCELLED: (
        _("Tidak dikirim ke kanal ini."),
        _("Tidak ada."),
    ),
}
_HOLDS: Mapping[Delivery.Hold, Words] = {
    Delivery.Hold.CHANNEL: (
        _("Platform tidak menerima sambungan OPD Hub ke kanal ini."),
        _("Hubungi admin sistem. Pengiriman berlanjut sendiri begitu kanal terhubung lagi."),
    ),
    Delivery.Hold.REVISION: (
        _("Seseorang membukanya lagi untuk disunting."),
        _("Selesaikan suntingan dan ajukan lagi. Sesudah disetujui, pengiriman dibuat baru."),
    ),
    Delivery.Hold.QUOTA: (
        _("Kanal ini sudah mencapai jumlah unggahan yang dibolehkan platform."),
        _("Peninjau memilih “Kirim sekarang”, “Jadwal ulang”, atau “Batalkan pengiriman”."),
    ),
    Delivery.Hold.PAUSE: (
        _("Jamnya tiba saat pengiriman dijeda. Berakhirnya jeda tidak melepasnya."),
        _("Peninjau memutuskan di halaman Jeda pengiriman, sesudah jedanya berakhir."),
    ),
    Delivery.Hold.GUIDELINES: (
        _("Tanggal, masa khusus, atau daftar kata berubah sejak disetujui."),
        _("Peninjau membuka “Periksa pedoman”: mengizinkan lalu mengirim, atau membatalkan."),
    ),
}


def of_posts() -> list[Told]:
    """Every state of a post, in the order of its life."""
    return [Told(status, *_POSTS[status]) for status in Post.Status]


def of_deliveries() -> list[Told]:
    """Every state of a delivery."""
    return [Told(status, *_DELIVERIES[status]) for status in Delivery.Status]


def of_holds() -> list[Told]:
    """Every reason for which a delivery is held."""
    return [Told(hold, *_HOLDS[hold]) for hold in Delivery.Hold]
