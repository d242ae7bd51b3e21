"""Which event tells whom what: one line for each verb. A verb that is not here tells nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Delivery, Event, Topic
from publishing.notices import who

Verb, Hold = Event.Verb, Delivery.Hold
# the things of a post: each is one line for a person, changed by whatever comes next
DECISION, REVIEW, DELIVERY, HOUR = "decision", "review", "delivery", "hour"
RELEASE = "#rilis"  # the part of a post's page where a joint release is signed


@dataclass(frozen=True)
class Line:
    """What an event says, to whom, and what is to be done now.

    %(post)s, %(by)s, %(agency)s, %(channel)s and %(hold)s are filled in.
    """

    thing: str
    topic: Topic
    who: who.Who
    sentence: str | Promise
    queue: bool = False  # the reader's place is the review page, not the post's
    part: str = ""  # of that page


TABLE: Mapping[str, Line] = {
    # --- to those who decide ---
    Verb.SUBMIT: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.reviewers,
        _("%(post)s dari %(agency)s diajukan oleh %(by)s untuk ditinjau."),
        queue=True,
    ),
    Verb.FORWARD: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.reviewers,
        _("%(post)s dari %(agency)s diteruskan oleh %(by)s untuk ditinjau."),
        queue=True,
    ),
    Verb.FIRST: Line(
        REVIEW,
        Topic.TURN,
        who.reviewers,
        _("%(post)s disetujui %(by)s dan memerlukan persetujuan kedua."),
        queue=True,
    ),
    Verb.ASSIGN: Line(
        REVIEW,
        Topic.TURN,
        who.assigned,
        _("%(post)s dialihkan kepada Anda oleh %(by)s."),
        queue=True,
    ),
    Verb.SIGN: Line(
        REVIEW,
        Topic.TURN,
        who.both(who.reviewers, who.heads),
        _("Rilis bersama %(post)s diminta oleh %(by)s. Perlu tanda tangan kedua."),
        part=RELEASE,
    ),
    Verb.TAKE: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.loser,
        _("%(post)s yang Anda periksa diambil alih oleh %(by)s."),
        queue=True,
    ),
    Verb.WITHDRAW: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.taker,
        _("%(post)s yang Anda periksa ditarik kembali oleh %(by)s."),
    ),
    # --- to those who wrote ---
    Verb.SEND_BACK: Line(
        DECISION,
        Topic.RETURNED,
        who.agency,
        _("%(post)s dikembalikan oleh %(by)s. Baca catatannya, perbaiki, lalu ajukan lagi."),
    ),
    Verb.AMEND: Line(
        DECISION, Topic.RETURNED, who.agency, _("%(post)s disunting peninjau, oleh %(by)s.")
    ),
    Verb.REOPEN: Line(
        DECISION,
        Topic.RETURNED,
        who.agency,
        _("%(post)s dibuka lagi oleh %(by)s; ajukan lagi agar tayang."),
    ),
    Verb.APPROVE: Line(DECISION, Topic.APPROVED, who.agency, _("%(post)s disetujui oleh %(by)s.")),
    Verb.JOINT: Line(
        DECISION,
        Topic.APPROVED,
        who.both(who.agency, who.coordinators),
        _("%(post)s dirilis bersama oleh %(by)s."),
    ),
    Verb.AFTERWARDS: Line(
        DECISION, Topic.APPROVED, who.agency, _("%(post)s ditinjau sesudah rilis oleh %(by)s.")
    ),
    Verb.REJECT: Line(
        DECISION,
        Topic.REJECTED,
        who.agency,
        _("%(post)s ditolak oleh %(by)s. Alasannya ada di halamannya."),
    ),
    Verb.CANCEL: Line(DECISION, Topic.REJECTED, who.agency, _("%(post)s dibatalkan oleh %(by)s.")),
    Verb.RESCHEDULE: Line(
        HOUR, Topic.DEADLINE, who.agency_of_what_goes_out, _("Jadwal %(post)s diubah oleh %(by)s.")
    ),
    Verb.EXPIRE: Line(
        DECISION,
        Topic.DEADLINE,
        who.agency_and_readers,
        _("%(post)s lewat jadwal sebelum diputuskan. Beri jadwal baru."),
    ),
    # --- deliveries: to the agency, and to those who settle them ---
    Verb.FAILED: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_readers,
        _("%(post)s gagal tayang di %(channel)s. Buka, lalu pilih Kirim ulang atau Perbaiki."),
    ),
    Verb.MISSED: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_readers,
        _(
            "%(post)s terlewat di %(channel)s: jamnya sudah lama lewat. "
            "Peninjau memilih Kirim sekarang, Jadwal ulang, atau Batalkan."
        ),
    ),
    Verb.HELD: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_readers,
        _("%(post)s ditahan untuk %(channel)s. %(hold)s"),
    ),
    Verb.GONE: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_readers,
        _("%(post)s hilang dari %(channel)s. Periksa siapa yang menghapusnya."),
    ),
}
# a doubt that our own looks did not settle: no event says so (doubts.py)
DOUBT = Line(
    DELIVERY,
    Topic.TROUBLE,
    who.agency_and_readers,
    _(
        "%(post)s belum pasti tayang di %(channel)s. "
        "Peninjau memeriksanya di platform, lalu memilih Ada atau Tidak ada."
    ),
)
# why it is held, and what ends that
HELD_FOR: Mapping[str, str | Promise] = {
    Hold.CHANNEL: _("Sambungkan lagi kanalnya; yang masih sempat lalu dikirim sendiri."),
    Hold.REVISION: _("Isi atau akunnya berubah sejak disetujui. Buka lagi, atau batalkan."),
    Hold.QUOTA: _("Kuota platform habis. Peninjau memilih Kirim sekarang atau Jadwal ulang."),
    Hold.PAUSE: _(
        "Pengiriman sedang dijeda. Sesudah jeda, peninjau memilih Kirim sekarang atau Jadwal ulang."
    ),
    Hold.GUIDELINES: _("Pedoman berubah. Peninjau membuka Periksa pedoman, lalu memutuskan."),
}
# an event with further lines, for others than those of the first
ALSO: Mapping[str, tuple[Line, ...]] = {
    Verb.SUBMIT: (
        Line(
            REVIEW,
            Topic.TURN,
            who.its_head,
            _("%(post)s dari %(agency)s diajukan oleh %(by)s. Teruskan atau kembalikan."),
        ),
    ),
    Verb.RESCHEDULE: (
        Line(
            REVIEW,
            Topic.SUBMITTED,
            who.reviewers_again,
            _("%(post)s dari %(agency)s menunggu tinjauan lagi, dengan jadwal baru."),
            queue=True,
        ),
        Line(
            REVIEW,
            Topic.TURN,
            who.its_head_again,
            _("%(post)s dari %(agency)s menunggu penanggung jawabnya lagi, dengan jadwal baru."),
        ),
    ),
}
# after these deliveries are looked at: perhaps none of them needs a person any more
SETTLES = {
    Verb.RELEASED,
    Verb.SETTLED,
    Verb.RESCHEDULE,
    Verb.APPROVE,
    Verb.JOINT,
    Verb.REOPEN,
    Verb.CANCEL,
}
# after these it is nobody's turn any more, or somebody else's: lines that said so are dealt with
ENDS_TURN = {
    Verb.FORWARD,
    Verb.APPROVE,
    Verb.JOINT,
    Verb.SEND_BACK,
    Verb.REJECT,
    Verb.AMEND,
    Verb.EXPIRE,
    Verb.WITHDRAW,
    Verb.CANCEL,
}
# a decision can be taken back for some seconds: it is told when it stands
DECISIONS = Event.DECISIONS
