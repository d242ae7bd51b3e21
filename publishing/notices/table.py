"""Which event tells whom what: one line for each verb. A verb that is not here tells nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Event, Topic
from publishing.notices import who

Verb = Event.Verb
# the things of a post: each is one line for a person, changed by whatever comes next
DECISION, REVIEW, DELIVERY, HOUR = "decision", "review", "delivery", "hour"


@dataclass(frozen=True)
class Line:
    """What an event says, and to whom. %(post)s, %(by)s, %(agency)s, %(channel)s are filled in."""

    thing: str
    topic: Topic
    who: who.Who
    sentence: str | Promise
    queue: bool = False  # the reader's place is the review page, not the post's


TABLE: Mapping[str, Line] = {
    # --- to those who decide ---
    Verb.SUBMIT: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.first_reader,
        _("%(post)s dari %(agency)s diajukan untuk ditinjau oleh %(by)s."),
        queue=True,
    ),
    Verb.FORWARD: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.reviewers,
        _("%(post)s dari %(agency)s diteruskan untuk ditinjau oleh %(by)s."),
        queue=True,
    ),
    Verb.FIRST: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.reviewers,
        _("%(post)s disetujui %(by)s dan memerlukan persetujuan kedua."),
        queue=True,
    ),
    Verb.ASSIGN: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.assigned,
        _("%(post)s dialihkan kepada Anda oleh %(by)s."),
        queue=True,
    ),
    Verb.SIGN: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.both(who.reviewers, who.heads),
        _("Rilis bersama %(post)s diminta oleh %(by)s."),
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
        DECISION, Topic.RETURNED, who.agency, _("%(post)s dikembalikan oleh %(by)s.")
    ),
    Verb.AMEND: Line(
        DECISION, Topic.RETURNED, who.agency, _("%(post)s disunting peninjau, oleh %(by)s.")
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
    Verb.REJECT: Line(DECISION, Topic.REJECTED, who.agency, _("%(post)s ditolak oleh %(by)s.")),
    Verb.CANCEL: Line(DECISION, Topic.REJECTED, who.agency, _("%(post)s dibatalkan oleh %(by)s.")),
    Verb.RESCHEDULE: Line(
        HOUR, Topic.DEADLINE, who.agency, _("Jadwal %(post)s diubah oleh %(by)s.")
    ),
    Verb.EXPIRE: Line(
        DECISION,
        Topic.DEADLINE,
        who.agency_and_reviewers,
        _("%(post)s lewat jadwal sebelum diputuskan. Beri jadwal baru."),
    ),
    # --- deliveries: to the agency, and to those who settle them ---
    Verb.FAILED: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_reviewers,
        _("%(post)s gagal tayang di %(channel)s."),
    ),
    Verb.UNCERTAIN: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_reviewers,
        _("%(post)s belum pasti tayang di %(channel)s."),
    ),
    Verb.MISSED: Line(
        DELIVERY,
        Topic.TROUBLE,
        who.agency_and_reviewers,
        _("%(post)s terlewat di %(channel)s: jamnya sudah lama lewat."),
    ),
    Verb.HELD: Line(
        DELIVERY, Topic.TROUBLE, who.agency_and_reviewers, _("%(post)s ditahan untuk %(channel)s.")
    ),
    Verb.GONE: Line(
        DELIVERY, Topic.TROUBLE, who.agency_and_reviewers, _("%(post)s hilang dari %(channel)s.")
    ),
}
# an event with a second line, for others than those of the first
ALSO: Mapping[str, Line] = {
    Verb.RESCHEDULE: Line(
        REVIEW,
        Topic.SUBMITTED,
        who.readers_again,
        _("%(post)s dari %(agency)s menunggu tinjauan lagi, dengan jadwal baru."),
        queue=True,
    ),
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
