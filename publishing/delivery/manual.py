"""A person's ways out where the worker has none: send again, settle a doubt, go on, give up."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policy import Action, may
from publishing.models import Attempt, Delivery, Event, Post

Status = Delivery.Status
_t = gettext_lazy


@dataclass(frozen=True)
class DeliveryMove:
    """A person's verb on one delivery. `asks` names the one thing the form wants ("link")."""

    verb: str
    label: str | Promise
    sources: tuple[Status, ...]
    icon: str
    asks: str = ""
    warns: str | Promise = ""


SEND_AGAIN = DeliveryMove("send_again", _t("Kirim ulang"), (Status.FAILED,), "outline/refresh")
SETTLE_FOUND = DeliveryMove(
    "settle_found", _t("Ada, sudah tayang"), (Status.UNCERTAIN,), "outline/check", asks="link"
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
CALL_OFF = DeliveryMove(
    "call_off",
    _t("Batalkan pengiriman"),
    (Status.FAILED, Status.MISSED, Status.HELD),
    "outline/x",
    warns=_t("Pengiriman ke kanal ini dibatalkan."),
)
MOVES = (SEND_AGAIN, SETTLE_FOUND, SETTLE_ABSENT, RESUME, CALL_OFF)


class NotPossible(Exception):
    """The delivery is no longer where this verb starts from; the message says so."""


def available(user: User, delivery: Delivery) -> list[DeliveryMove]:
    """The buttons to offer for one delivery: only the reviewing unit settles deliveries."""
    if not may(user, Action.REVIEW):
        return []
    return [move for move in MOVES if delivery.status in move.sources and _fits(move, delivery)]


def _fits(move: DeliveryMove, delivery: Delivery) -> bool:
    if delivery.status == Status.UNCERTAIN:
        return delivery.next_at is None  # we are still looking ourselves
    if delivery.hold == Delivery.Hold.REVISION or delivery.post.status != Post.Status.APPROVED:
        return move is CALL_OFF
    if delivery.hold == Delivery.Hold.CHANNEL:
        return move is CALL_OFF  # goes on by itself once connected
    return True


def send_again(delivery: Delivery, *, by: User) -> None:
    """The platform refused it once; what was in the way is mended."""
    _move(SEND_AGAIN, delivery, by, Status.WAITING, **_fresh_times(), checkpoint={}, tries=0)


def settle_absent(delivery: Delivery, *, by: User) -> None:
    """A person looked and it is not there: it may be sent."""
    _move(SETTLE_ABSENT, delivery, by, Status.WAITING, **_fresh_times(), looks=0, absent_at=None)


def settle_found(delivery: Delivery, *, by: User, link: str) -> None:
    """A person looked and found it. Raises ValidationError for a link that is none."""
    require(by)
    try:
        URLValidator(schemes=["http", "https"])(link)
        MaxLengthValidator(500)(link)
    except ValidationError as error:
        raise ValidationError(_("Tempel tautan unggahan yang tayang, diawali https://")) from error
    last = Attempt.objects.filter(delivery=delivery).last()
    began = last.started_at if last else timezone.now()
    _move(
        SETTLE_FOUND,
        delivery,
        by,
        Status.PUBLISHED,
        permalink=link,
        published_at=began,
        next_at=None,
    )


def resume(delivery: Delivery, *, by: User) -> None:
    """Its hour has passed or its quota was used up; a person sends it now all the same."""
    _move(RESUME, delivery, by, Status.WAITING, **_fresh_times())


def call_off(delivery: Delivery, *, by: User) -> None:
    """This channel does without it."""
    _move(CALL_OFF, delivery, by, Status.CANCELLED, next_at=None)


def require(by: User) -> None:
    """Raise PermissionDenied unless `by` may settle deliveries."""
    if not may(by, Action.REVIEW):
        raise PermissionDenied(_("Hanya peninjau yang dapat memutuskan pengiriman."))


def _fresh_times() -> dict[str, object]:
    now = timezone.now()
    return {"not_before": now, "deadline": now + settings.GRACE, "next_at": now}


@transaction.atomic
def _move(
    move: DeliveryMove, delivery: Delivery, by: User, target: Status, **fields: object
) -> None:
    require(by)
    if move not in available(by, delivery):
        raise NotPossible(_("Pengiriman ini sudah berubah. Muat ulang halaman."))
    here = Delivery.objects.filter(pk=delivery.pk, status=delivery.status, hold=delivery.hold)
    if not here.update(status=target, **({"hold": "", "reason": ""} | fields)):
        raise NotPossible(_("Pengiriman ini sudah berubah. Muat ulang halaman."))
    delivery.refresh_from_db()
    Event.objects.create(
        post=delivery.post,
        revision=delivery.revision,
        delivery=delivery,
        actor=by,
        verb=Event.Verb.SETTLED,
        note=str(move.label),
    )
