"""The table of moves, and the one way to make one: permission, conditional update, trace."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policy import Action, may
from publishing.delivery import schedule
from publishing.models import Event, Post, Revision
from publishing.workflow.gaps import Gap

Status = Post.Status


@dataclass(frozen=True)
class Move:
    """A verb: who may ask (`action`), from where, to where, and how its button looks.

    One without a label has no button of its own: a form says what it does, or the clock makes it.
    """

    verb: str
    sources: tuple[Status, ...]
    target: Status | None  # None: stays where it is
    label: str | Promise = ""
    icon: str = ""
    tone: str = ""  # a class of .btn: primary, approve, danger
    right: Action | None = None  # None: the action of its verb's name

    @property
    def action(self) -> Action:
        return self.right or Action(self.verb)


_t = gettext_lazy
SUBMIT = Move(
    "submit",
    (Status.DRAFT, Status.RETURNED, Status.EXPIRED),
    Status.SUBMITTED,
    _t("Ajukan untuk ditinjau"),
    "outline/send",
    "primary",
)
WITHDRAW = Move(
    "withdraw", (Status.SUBMITTED,), Status.DRAFT, _t("Tarik kembali"), "outline/arrow-back-up"
)
APPROVE = Move(
    "approve",
    (Status.SUBMITTED,),
    Status.APPROVED,
    _t("Setujui & jadwalkan"),
    "outline/check",
    "approve",
)
SEND_BACK = Move(
    "send_back",
    (Status.SUBMITTED,),
    Status.RETURNED,
    _t("Minta perbaikan"),
    "outline/message-2-exclamation",
)
REJECT = Move(
    "reject", (Status.SUBMITTED,), Status.REJECTED, _t("Tolak"), "outline/circle-x", "danger"
)
UNDO = Move(
    "undo",
    (Status.APPROVED, Status.RETURNED, Status.REJECTED, Status.SUBMITTED),
    Status.SUBMITTED,
)
FIRST = Move(
    "first",
    (Status.SUBMITTED,),
    None,
    _t("Setujui sebagai peninjau pertama"),
    "outline/check",
    right=Action.APPROVE,
)
SIGN = Move("sign", (Status.SUBMITTED,), None, right=Action.RELEASE)
JOINT = Move("joint", (Status.SUBMITTED,), Status.APPROVED, right=Action.RELEASE)
FORWARD = Move(
    "forward",
    (Status.SUBMITTED,),
    Status.SUBMITTED,
    _t("Teruskan untuk ditinjau"),
    "outline/arrow-forward-up",
    "primary",
)
AMEND = Move("amend", (Status.SUBMITTED,), Status.RETURNED, _t("Sunting"), "outline/edit")
REOPEN = Move(
    "reopen", (Status.APPROVED,), Status.DRAFT, _t("Buka lagi untuk disunting"), "outline/lock-open"
)
RESCHEDULE = Move(
    "reschedule",
    (Status.SUBMITTED, Status.APPROVED),
    None,
    _t("Ubah jadwal"),
    "outline/calendar-clock",
)
REVIVE = Move(
    "reschedule",
    (Status.EXPIRED,),
    Status.SUBMITTED,
    _t("Beri jadwal baru"),
    "outline/calendar-clock",
)
CANCEL = Move(
    "cancel",
    (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.EXPIRED),
    Status.CANCELLED,
    _t("Batalkan unggahan"),
    "outline/trash",
    "danger",
)
EXPIRE = Move("expire", (Status.SUBMITTED,), Status.EXPIRED)

MOVES = (
    SUBMIT,
    FORWARD,
    APPROVE,
    SEND_BACK,
    REJECT,
    AMEND,
    WITHDRAW,
    REOPEN,
    RESCHEDULE,
    REVIVE,
    CANCEL,
)
_UNBEGUN = {"waiting", "held", "failed", "missed", "cancelled"}
_OF_HUMAS = (APPROVE, REJECT, AMEND)  # not before the inner step


class NotAllowed(PermissionDenied):
    """This person may not make this move; the message says why."""


class Stale(Exception):
    """The post moved or changed since this person looked at it."""

    def __init__(self, post: Post) -> None:
        post.refresh_from_db()
        self.post = post
        self.last = post.events.select_related("actor").last()
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.last is None or self.post.updated_at > self.last.at:
            return _("Unggahan ini sudah disimpan lagi oleh %(who)s sejak Anda membukanya.") % {
                "who": self.post.saved_by
            }
        said = _("Unggahan ini sudah berubah sejak Anda membukanya: %(what)s oleh %(who)s.") % {
            "what": self.last.get_verb_display().lower(),
            "who": self.last.actor or _("sistem"),
        }
        if self.last.verb == RESCHEDULE.verb:  # its note is the old hour and the new one
            said = f"{said[:-1]} ({self.last.note})."
        return said


class TooLate(Exception):
    """The moment for this move has passed; the message says why."""


class TooClose(Exception):
    """An approval now would come too late for the hour that was asked."""

    def __init__(self, left: timedelta) -> None:
        self.left = left
        message = _("Waktu tayang tinggal %(n)s menit. Pilih cara melanjutkan.")
        super().__init__(message % {"n": max(0, int(left.total_seconds() // 60))})


class Unfit(Exception):
    """The draft lacks something; `gaps` says what, each with its place in the form."""

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps
        super().__init__(" ".join(gap.sentence for gap in gaps))


def available(user: User, post: Post, *, but: Collection[str] = ()) -> list[Move]:
    """The buttons to offer: read from the same table that guards the moves; not those in `but`."""
    return [
        move
        for move in MOVES
        if move.verb not in but
        and post.status in move.sources
        and may(user, move.action, post)
        and _in_time(move, user, post)
    ]


def _in_time(move: Move, user: User, post: Post) -> bool:
    """Whether the post's deliveries still allow the move; the move itself checks under lock."""
    if move is FORWARD:
        return post.with_head
    if post.with_head and (move in _OF_HUMAS or move is SEND_BACK):
        return move is SEND_BACK and may(user, FORWARD.action, post)
    if move is CANCEL and post.status == Status.APPROVED and not may(user, Action.REVIEW):
        return False
    if move in (REOPEN, RESCHEDULE, CANCEL) and post.status == Status.APPROVED:
        states = [delivery.status for delivery in post.deliveries.all()]
        return movable(states) if move is RESCHEDULE else unbegun(states)
    return True


def unbegun(states: Iterable[str]) -> bool:
    """Whether no delivery in one of these states was ever handed to its platform."""
    return all(state in _UNBEGUN for state in states)


def movable(states: Collection[str]) -> bool:
    """Whether an approved post with deliveries in these states can be given another hour."""
    return unbegun(states) and any(state in schedule.MOVABLE for state in states)


def make(
    move: Move,
    post: Post,
    *,
    by: User | None,
    seen: int | None,
    revision: Revision | None = None,
    note: str = "",
    **fields: Any,
) -> None:
    """Make `move`, or raise NotAllowed or Stale. `fields` are set on the post with it.

    `seen` is the version that the person had on the screen; None only for the clock.
    """
    if by is not None:
        require(by, move.action, post)
    here = Post.objects.filter(pk=post.pk, status__in=move.sources)
    if seen is not None:
        here = here.filter(version=seen)
    if move.target is not None:
        fields["status"] = move.target
    if not here.update(version=F("version") + 1, updated_at=timezone.now(), **fields):
        raise Stale(post)
    post.refresh_from_db()
    record(post, move.verb, by=by, revision=revision, note=note)


_DEEDS = {  # what nobody does with their own work, as a sentence says it
    Action.APPROVE: _t("menyetujui"),
    Action.SEND_BACK: _t("mengembalikan"),
    Action.REJECT: _t("menolak"),
    Action.TAKE: _t("memeriksa"),
    Action.ASSIGN: _t("mengalihkan"),
    Action.NOTE: _t("memberi catatan pada"),
    Action.RELEASE: _t("merilis"),
    Action.AFTERWARDS: _t("meninjau"),
}


def require(by: User, action: Action, post: Post) -> None:
    """Raise NotAllowed, with the reason that a person can use, unless `by` may do `action`."""
    if may(by, action, post):
        return
    if may(by, action):
        if by.pk in post.hands():
            deed = _DEEDS.get(action, _t("memutuskan"))
            raise NotAllowed(_("Anda tidak dapat %(deed)s unggahan sendiri.") % {"deed": deed})
        raise NotAllowed(_("Unggahan ini milik OPD lain."))
    raise NotAllowed(_("Peran Anda tidak memuat tindakan ini."))


def record(
    post: Post, verb: str, *, by: User | None, revision: Revision | None = None, note: str = ""
) -> None:
    """Add one line to the post's history."""
    Event.objects.create(post=post, actor=by, verb=verb, revision=revision, note=note)


def moved(old: datetime | None, new: datetime | None) -> str:
    """A move in time, for the history."""

    def said(at: datetime | None) -> str:
        return timezone.localtime(at).strftime("%d-%m-%Y %H.%M WIB") if at else _("segera")

    return f"{said(old)} → {said(new)}"
