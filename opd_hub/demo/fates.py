"""What can become of a delivery, and what is told about it: to people, and to the log."""

from dataclasses import dataclass

from publishing.models import Delivery, Event

Status = Delivery.Status
Verb = Event.Verb


@dataclass(frozen=True)
class Fate:
    """Where a delivery rests. `outcome` is how its try ended; "" means that nothing was tried."""

    status: Status
    outcome: str = ""
    verb: Verb | None = None  # the worker's line in the history
    reason: str = ""
    detail: str = ""
    hold: Delivery.Hold | str = ""
    settled: str = ""  # what a person did about it afterwards

    @property
    def was_public(self) -> bool:
        return self.outcome == "published"

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED


FATES = {
    "waiting": Fate(Status.WAITING),
    "cancelled": Fate(Status.CANCELLED),
    "sending": Fate(Status.SENDING, "open"),
    "published": Fate(Status.PUBLISHED, "published", Verb.PUBLISHED),
    "found": Fate(
        Status.PUBLISHED,
        "published",
        Verb.PUBLISHED,
        detail="found by look-up after a dropped connection",
    ),
    "same words": Fate(
        Status.FAILED,
        "refused",
        Verb.FAILED,
        "X menolak teks yang sama dengan unggahan terakhir kanal ini. Ubah teksnya.",
        "403 duplicate content",
    ),
    "bad picture": Fate(
        Status.FAILED,
        "refused",
        Verb.FAILED,
        "Instagram tidak dapat membaca gambar ini. Simpan ulang gambarnya, lalu ajukan lagi.",
        "container ERROR 2207026",
    ),
    "refused link": Fate(
        Status.FAILED,
        "refused",
        Verb.FAILED,
        "Meta menolak isi ini. Periksa teks, tautan, dan gambarnya.",
        "code 368 subcode 1390008",
    ),
    "no answer": Fate(
        Status.UNCERTAIN,
        "unknown",
        Verb.UNCERTAIN,
        "Dua kali diperiksa, tidak terlihat di platform. Periksa sendiri, lalu pilih.",
        "connection dropped after the request was sent",
    ),
    "cannot look": Fate(
        Status.UNCERTAIN,
        "unknown",
        Verb.UNCERTAIN,
        "Platform tidak dapat diperiksa. Periksa sendiri, lalu pilih.",
        "read timed out after 30 s",
    ),
    "unconnected": Fate(
        Status.HELD,
        verb=Verb.HELD,
        reason="Kanal ini belum terhubung.",
        hold=Delivery.Hold.CHANNEL,
    ),
    "no quota": Fate(
        Status.HELD,
        "trylater",
        Verb.HELD,
        "Kuota unggahan X untuk hari ini sudah habis.",
        "429 reset after the deadline",
        Delivery.Hold.QUOTA,
    ),
    "reopened": Fate(
        Status.HELD,
        reason="Unggahan dibuka lagi untuk disunting.",
        hold=Delivery.Hold.REVISION,
    ),
    "missed": Fate(
        Status.MISSED,
        verb=Verb.MISSED,
        reason="Waktu tayang terlewat lebih dari batas. Tidak dikirim tanpa keputusan petugas.",
    ),
    "by hand": Fate(
        Status.MANUAL,
        "refused",
        Verb.FAILED,
        "Meta meminta konfirmasi pemilik akun. Unggah sendiri di aplikasinya, "
        "lalu tempel tautannya.",
        "code 190 subcode 459",
        settled="Kirim manual",
    ),
    "retracted": Fate(
        Status.RETRACTED,
        "published",
        Verb.PUBLISHED,
        "Ditarik atas permintaan OPD: tempat acara berubah, ralat menyusul.",
        settled="Ditarik dari platform atas permintaan OPD",
    ),
    "gone": Fate(
        Status.GONE,
        "published",
        Verb.PUBLISHED,
        "Tidak ditemukan lagi di platform saat diperiksa sehari kemudian. Tanyakan kepada OPD.",
        "read-back +24 h: not found",
        settled="Diperiksa di platform: unggahan tidak ada lagi",
    ),
}
