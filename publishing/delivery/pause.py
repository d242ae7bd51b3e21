"""The emergency stop: begin it, end it; nothing in its scope is begun while it lasts.

An intent takes the lock, shared, before it reads the pauses (statements.INTEND); a pause takes it
alone before it is written. So when a pause commits, every intent before it is committed and on its
list, and no later one exists (engine.md 4).
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from platforms.models import Channel
from publishing.delivery.bulk import move_all
from publishing.models import Attempt, Delivery, Event, Pause

LOCK = 4_203  # pg_advisory lock of the pauses
Scope = Pause.Scope


class NotYours(PermissionDenied):
    """This person may not do this to a pause; the message says who may."""


class AlreadyEnded(Exception):
    """Somebody ended the pause meanwhile; the message says who."""


class ReasonNeeded(Exception):
    """A pause without a word why; the message says what is missing."""


@dataclass(frozen=True)
class Target:
    """What to stop: everything, or the one thing that is given."""

    platform: str = ""
    agency: Agency | None = None
    channel: Channel | None = None

    @property
    def scope(self) -> Scope:
        if self.platform:
            return Scope.PLATFORM
        if self.agency:
            return Scope.AGENCY
        return Scope.CHANNEL if self.channel else Scope.ALL


@transaction.atomic
def start(target: Target, *, reason: str, by: User) -> Pause:
    """Stop `target` from this moment; what is already out is listed in `overtaken_by`.

    Raises NotYours, ReasonNeeded.
    """
    require_start(by)
    if not reason.strip():
        raise ReasonNeeded(_("Tulis alasan jeda, agar semua yang menunggu tahu sebabnya."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    pause = Pause.objects.create(
        scope=target.scope,
        platform=target.platform,
        agency=target.agency,
        channel=target.channel,
        reason=reason.strip(),
        started_by=by,
    )
    out = Attempt.objects.filter(ended_at=None, delivery__channel__in=pause.channels())
    pause.overtaken_by.set(out.filter(delivery__channel__is_training=False))
    Event.objects.create(pause=pause, actor=by, verb=Event.Verb.PAUSE, note=pause.reason)
    return pause


def require_start(by: User) -> None:
    """Raise NotYours unless `by` may begin a pause."""
    require_earnest(by)
    if not may(by, Action.PAUSE):
        raise NotYours(_("Jeda dimulai oleh peninjau, koordinator, atau admin sistem."))


def require_earnest(by: User) -> None:
    """Raise NotYours in Mode latihan: a pause stops real channels."""
    if by.in_training:
        raise NotYours(_("Jeda menghentikan kanal sungguhan. Akhiri dulu Mode latihan."))


@transaction.atomic
def end(pause: Pause, *, by: User) -> None:
    """Let new hours come again; what came due meanwhile is held, and waits for a person.

    Raises NotYours, AlreadyEnded.
    """
    require_earnest(by)
    if not may(by, Action.END_PAUSE):
        raise NotYours(_("Jeda diakhiri oleh koordinator."))
    hold_what_came_due(pause, every=True)  # the scheduler may have been away
    here = Pause.objects.active().filter(pk=pause.pk)
    if not here.update(ended_at=timezone.now(), ended_by=by):
        pause.refresh_from_db()
        raise AlreadyEnded(_("Jeda ini sudah diakhiri oleh %(who)s.") % {"who": pause.ended_by})
    Event.objects.create(pause=pause, actor=by, verb=Event.Verb.END_PAUSE)


def hold_what_came_due(pause: Pause, *, every: bool = False) -> None:
    """Hold what has its hour while `pause` runs; with `every`, also what a worker has in hand."""
    come = Delivery.objects.filter(
        status=Delivery.Status.WAITING,
        not_before__lte=timezone.now(),
        channel__in=pause.channels(),
    )
    verb, hold = Event.Verb.HELD, Delivery.Hold.PAUSE
    move_all(come, Delivery.Status.HELD, verb, held_because(), every=every, hold=hold)


def held_because() -> str:
    """The sentence that a delivery held by a pause carries."""
    return _("Jamnya tiba saat pengiriman dijeda.")
