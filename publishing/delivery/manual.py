"""A person's ways out where the worker has none: send again, settle a doubt, go on, give up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policy import Action, may
from publishing.delivery import fit, schedule
from publishing.models import Attempt, Delivery, Event, Lane, Pause, Post

Status = Delivery.Status
Hold = Delivery.Hold
LOOKED_ENOUGH = timedelta(minutes=30)  # our own looks end sooner, unless a quota keeps them
_t = gettext_lazy


@dataclass(frozen=True)
class DeliveryMove:
    """A person's verb on one delivery. `asks` names what the form wants: "link" or "hour".

    `action` says who may: the reviewing unit settles, the post's own agency mends.
    """

    verb: str
    label: str | Promise
    sources: tuple[Status, ...]
    icon: str
    asks: str = ""
    warns: str | Promise = ""
    action: Action = Action.SETTLE


SEND_AGAIN = DeliveryMove("send_again", _t("Kirim ulang"), (Status.FAILED,), "outline/refresh")
SETTLE_FOUND = DeliveryMove(
    "settle_found",
    _t("Ada, sudah tayang"),
    (Status.UNCERTAIN, Status.MANUAL),
    "outline/check",
    asks="link",
)
SETTLE_ABSENT = DeliveryMove(
    "settle_absent",
    _t("Tidak ada, kirim lagi"),
    (Status.UNCERTAIN,),
    "outline/send",
    warns=_t("Sudah Anda periksa di platform? Jika ternyata ada, unggahan akan tayang dua kali."),
)
RESUME = DeliveryMove(
    "resume", _t("Kirim sekarang"), (Status.MISSED, Status.HELD), "outline/player-play"
)
PUT_OFF = DeliveryMove(
    "put_off",
    _t("Jadwal ulang"),
    (Status.MISSED, Status.HELD),
    "outline/calendar-clock",
    asks="hour",
)
CALL_OFF = DeliveryMove(
    "call_off",
    _t("Batalkan pengiriman"),
    (Status.FAILED, Status.MISSED, Status.HELD, Status.MANUAL, Status.UNCERTAIN),
    "outline/x",
    warns=_t("Pengiriman ke kanal ini dibatalkan."),
)
MEND = DeliveryMove(
    "mend",
    _t("Perbaiki untuk kanal ini"),
    (Status.FAILED,),
    "outline/pencil",
    warns=_t("Pengiriman ini dibatalkan, dan isinya dilanjutkan sebagai draf baru."),
    action=Action.WRITE,
)
MOVES = (SEND_AGAIN, SETTLE_FOUND, SETTLE_ABSENT, RESUME, PUT_OFF, MEND, CALL_OFF)


class NotPossible(Exception):
    """The delivery is no longer where this verb starts from; the message says so."""


def available(
    user: User, delivery: Delivery, *, pauses: Iterable[Pause] | None = None
) -> list[DeliveryMove]:
    """The buttons to offer for one delivery; a page of several brings the `pauses` that last."""
    lasting = list(Pause.objects.active()) if pauses is None else pauses
    return [
        move
        for move in MOVES
        if delivery.status in move.sources
        and may(user, move.action, delivery.post)
        and _fits(move, delivery, lasting)
    ]


def may_wait(delivery: Delivery) -> bool:
    """Whether a pause makes a difference to what a person may do about it."""
    return delivery.status in (Status.HELD, Status.FAILED, Status.MISSED)


def _fits(move: DeliveryMove, delivery: Delivery, pauses: Iterable[Pause]) -> bool:
    if delivery.status == Status.UNCERTAIN:
        # not there, and too old to be sent: it is called off instead of sent
        may_go = CALL_OFF if not _is_valid(delivery) else SETTLE_ABSENT
        return _is_ours_no_more(delivery) and move in (SETTLE_FOUND, may_go)
    if move in (CALL_OFF, MEND):
        return True
    if delivery.status == Status.MANUAL:
        return True
    if delivery.post.status != Post.Status.APPROVED or not _is_valid(delivery):
        return False
    if delivery.hold in (Hold.REVISION, Hold.CHANNEL):  # they go on by other ways
        return False
    return not any(pause.touches(delivery.channel) for pause in pauses)


def _is_ours_no_more(delivery: Delivery) -> bool:
    """Whether a person settles the doubt now: our looks are over, or have taken too long."""
    if delivery.next_at is None:
        return True
    last = [attempt.started_at for attempt in delivery.attempts.all()][-1:]
    return any(timezone.now() - at > LOOKED_ENOUGH for at in last)


def _is_valid(delivery: Delivery) -> bool:
    until = delivery.revision.valid_until
    return until is None or timezone.now() < until


def send_again(delivery: Delivery, *, by: User, seen: int) -> None:
    """The platform refused it once; what was in the way is mended."""
    _move(SEND_AGAIN, delivery, by, seen, Status.WAITING, **_now(delivery), checkpoint={}, tries=0)


def settle_absent(delivery: Delivery, *, by: User, seen: int) -> None:
    """A person looked and it is not there: it may be sent."""
    fields = _now(delivery) | {"looks": 0, "absent_at": None}
    _move(SETTLE_ABSENT, delivery, by, seen, Status.WAITING, **fields)


def settle_found(delivery: Delivery, *, by: User, seen: int, link: str) -> None:
    """A person looked and it is there. Raises ValidationError for what is no web address."""
    require(by)
    try:
        URLValidator(schemes=["https", "http"])(link)
        MaxLengthValidator(500)(link)
    except ValidationError as error:
        raise ValidationError(_("Tempel tautan unggahan yang tayang, diawali https://")) from error
    last = Attempt.objects.filter(delivery=delivery).last()
    began = last.started_at if last else timezone.now()
    public = {"permalink": link, "published_at": began, "next_at": None}
    _move(SETTLE_FOUND, delivery, by, seen, Status.PUBLISHED, **public)


@transaction.atomic
def resume(delivery: Delivery, *, by: User, seen: int) -> None:
    """Its hour has passed, or it was held; a person sends it now all the same."""
    quota = delivery.hold == Hold.QUOTA
    if delivery.hold == Hold.GUIDELINES and fit.unwaived(delivery):
        raise NotPossible(_("Buka “Periksa pedoman” dan izinkan temuannya dahulu."))
    _move(RESUME, delivery, by, seen, Status.WAITING, **_now(delivery))
    if quota:  # the person knows better than the header that told us to wait
        Lane.objects.filter(pk=delivery.channel_id).update(held_until=None)


@transaction.atomic
def put_off(delivery: Delivery, *, by: User, seen: int, to: datetime) -> None:
    """Give it another hour, and a fresh grace. `to` was checked by `calendar.check`."""
    until = delivery.revision.valid_until
    if until and to >= until:
        raise NotPossible(_("Unggahan ini hanya berlaku sampai sebelum waktu itu."))
    times = schedule.times(delivery.revision, to)
    _move(PUT_OFF, delivery, by, seen, Status.WAITING, **times)
    _show_at(delivery, to)


def call_off(delivery: Delivery, *, by: User, seen: int) -> None:
    """This channel does without it."""
    _move(CALL_OFF, delivery, by, seen, Status.CANCELLED, next_at=None)


def mend(delivery: Delivery, *, by: User, seen: int, instead: Post) -> None:
    """Refused for its content: its agency goes on with `instead`, and this one is not sent."""
    said = _("Dilanjutkan sebagai unggahan #%(n)s.") % {"n": instead.pk}
    _move(MEND, delivery, by, seen, Status.CANCELLED, next_at=None, reason=said)


def require(by: User, action: Action = Action.SETTLE, post: Post | None = None) -> None:
    """Raise PermissionDenied unless `by` may do `action` (settle deliveries)."""
    if may(by, action, post):
        return
    if action == Action.SETTLE:
        raise PermissionDenied(_("Hanya peninjau yang dapat memutuskan pengiriman."))
    raise PermissionDenied(_("Hanya OPD pemiliknya yang dapat memperbaiki unggahan ini."))


def _show_at(delivery: Delivery, to: datetime) -> None:
    """The calendar shows the post at its new hour, unless a channel has it, or gets it, at the old.

    What waits for somebody's decision keeps no hour.
    """
    decided = Delivery.objects.filter(post=delivery.post_id).exclude(pk=delivery.pk)
    undecided = [Status.CANCELLED, Status.FAILED, Status.HELD, Status.MISSED]
    if decided.exclude(status__in=undecided).exists():
        return
    post = Post.objects.filter(pk=delivery.post_id)
    post.filter(publish_at=None).update(at_once_at=to)
    post.exclude(publish_at=None).update(publish_at=to, version=F("version") + 1)


def _now(delivery: Delivery) -> dict[str, object]:
    return {**schedule.times(delivery.revision, timezone.now())}


@transaction.atomic
def _move(
    move: DeliveryMove, delivery: Delivery, by: User, seen: int, target: Status, **fields: object
) -> None:
    """Make `move` if the delivery is still as `by` saw it: `seen` is the version on the page."""
    require(by, move.action, delivery.post)
    if move not in available(by, delivery):
        raise NotPossible(_("Pengiriman ini sudah berubah. Muat ulang halaman."))
    here = Delivery.objects.filter(pk=delivery.pk, status=delivery.status, version=seen)
    if not here.move(status=target, **({"hold": "", "reason": ""} | fields)):
        raise NotPossible(_("Pengiriman ini sudah berubah. Muat ulang halaman."))
    delivery.refresh_from_db()
    Event.objects.create(
        post=delivery.post,
        revision=delivery.revision,
        delivery=delivery,
        actor=by,
        verb=Event.Verb.SETTLED,
        note=f"{move.label}. {fields['reason']}" if "reason" in fields else str(move.label),
    )
