"""The table of moves, and the one way to make one: permission, conditional update, trace."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policy import Action, may
from publishing.models import Event, Post, Revision
from publishing.workflow.gaps import Gap

Status = Post.Status


@dataclass(frozen=True)
class Move:
    """A verb: who may ask (`action`), from where, to where, and how its button looks."""

    verb: str
    label: str | Promise
    sources: tuple[Status, ...]
    target: Status | None  # None: stays where it is
    icon: str
    tone: str = ""  # a class of .btn: primary, approve, danger
    right: Action | None = None  # None: the action of its verb's name

    @property
    def action(self) -> Action:
        return self.right or Action(self.verb)


_t = gettext_lazy
SUBMIT = Move(
    "submit",
    _t("Ajukan untuk ditinjau"),
    (Status.DRAFT, Status.RETURNED, Status.EXPIRED),
    Status.SUBMITTED,
    "outline/send",
    "primary",
)
WITHDRAW = Move(
    "withdraw", _t("Tarik kembali"), (Status.SUBMITTED,), Status.DRAFT, "outline/arrow-back-up"
)
APPROVE = Move(
    "approve",
    _t("Setujui & jadwalkan"),
    (Status.SUBMITTED,),
    Status.APPROVED,
    "outline/check",
    "approve",
)
SEND_BACK = Move(
    "send_back",
    _t("Minta perbaikan"),
    (Status.SUBMITTED,),
    Status.RETURNED,
    "outline/message-2-exclamation",
)
REJECT = Move(
    "reject", _t("Tolak"), (Status.SUBMITTED,), Status.REJECTED, "outline/circle-x", "danger"
)
UNDO = Move(
    "undo",
    _t("Urungkan"),
    (Status.APPROVED, Status.RETURNED, Status.REJECTED, Status.SUBMITTED),
    Status.SUBMITTED,
    "outline/arrow-back-up",
)
FIRST = Move(
    "first",
    _t("Setujui sebagai peninjau pertama"),
    (Status.SUBMITTED,),
    None,
    "outline/check",
    right=Action.APPROVE,
)
SIGN = Move(
    "sign",
    _t("Minta rilis bersama"),
    (Status.SUBMITTED,),
    None,
    "outline/writing-sign",
    right=Action.RELEASE,
)
JOINT = Move(
    "joint",
    _t("Rilis bersama"),
    (Status.SUBMITTED,),
    Status.APPROVED,
    "outline/urgent",
    right=Action.RELEASE,
)
FORWARD = Move(
    "forward",
    _t("Teruskan untuk ditinjau"),
    (Status.SUBMITTED,),
    Status.SUBMITTED,
    "outline/arrow-forward-up",
    "primary",
)
AMEND = Move("amend", _t("Sunting"), (Status.SUBMITTED,), Status.RETURNED, "outline/edit")
REOPEN = Move(
    "reopen", _t("Buka lagi untuk disunting"), (Status.APPROVED,), Status.DRAFT, "outline/lock-open"
)
RESCHEDULE = Move(
    "reschedule",
    _t("Ubah jadwal"),
    (Status.SUBMITTED, Status.APPROVED),
    None,
    "outline/calendar-clock",
)
REVIVE = Move(
    "reschedule",
    _t("Beri jadwal baru"),
    (Status.EXPIRED,),
    Status.SUBMITTED,
    "outline/calendar-clock",
)
CANCEL = Move(
    "cancel",
    _t("Batalkan unggahan"),
    (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.EXPIRED),
    Status.CANCELLED,
    "outline/trash",
    "danger",
)
EXPIRE = Move("expire", _t("Lewat jadwal"), (Status.SUBMITTED,), Status.EXPIRED, "outline/clock-x")

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
DECISIONS = (APPROVE, FIRST, SEND_BACK, REJECT)  # what can be undone, and nothing else
_UNBEGUN = {"waiting", "held", "failed", "missed", "cancelled"}
OF_HUMAS = (APPROVE, REJECT, AMEND)  # not before the inner step


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
        return _("Unggahan ini sudah berubah sejak Anda membukanya: %(what)s oleh %(who)s.") % {
            "what": self.last.get_verb_display().lower(),
            "who": self.last.actor or _("sistem"),
        }


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
    if move is FORWARD or (post.with_head and move in OF_HUMAS):
        return post.with_head and move is FORWARD
    if move is CANCEL and post.status == Status.APPROVED and not may(user, Action.REVIEW):
        return False
    if move in (REOPEN, RESCHEDULE, CANCEL) and post.status == Status.APPROVED:
        return unbegun(d.status for d in post.deliveries.all())
    return True


def unbegun(states: Iterable[str]) -> bool:
    """Whether no delivery in one of these states was ever handed to its platform."""
    return all(state in _UNBEGUN for state in states)


def undoable(post: Post, user: User) -> bool:
    """Whether the last thing done to it is this person's decision, less than ten seconds ago."""
    since = timezone.now() - settings.UNDO
    last = post.events.filter(delivery=None).order_by("-at", "-pk").first()
    verbs = {move.verb for move in DECISIONS}
    return last is not None and last.verb in verbs and last.actor_id == user.pk and last.at > since


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


def require(by: User, action: Action, post: Post) -> None:
    """Raise NotAllowed, with the reason that a person can use, unless `by` may do `action`."""
    if may(by, action, post):
        return
    if may(by, action):
        own = by.pk in post.hands()
        raise NotAllowed(
            _("Anda tidak dapat menyetujui unggahan sendiri.")
            if own
            else _("Unggahan ini milik OPD lain.")
        )
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
