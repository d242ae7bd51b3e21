"""What follows a publication: the permalink, a picture of what is shown, whether it is still there.

Nothing here can turn a sent post into an unsent one: it only adds what reading tells.
"""

import logging
from datetime import datetime, timedelta
from typing import assert_never

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.adapters.base import Gone, ReadBack, Seen, TryLater, Unknown
from platforms.vault import CannotOpen
from publishing.models import Delivery, Event
from publishing.models.delivery import DeliveryQuerySet

logger = logging.getLogger(__name__)

READINGS = settings.READINGS  # after the publication: soon, and the day after
TO_COME = timedelta(seconds=5)  # before the first reading of a post without a permalink
READ_AGAIN = timedelta(minutes=5)  # a reading that failed, or whose worker died
GIVE_UP = timedelta(hours=2)  # after the last of READINGS
AT_ONCE = 50  # readings that one tick begins
MEANWHILE = 5  # while more than AT_ONCE deliveries are due: sending goes first


def first_reading(published_at: datetime, permalink: str) -> datetime:
    """When to read a post back first: at once if its address is not known yet."""
    return published_at + (READINGS[0] if permalink else TO_COME)


@transaction.atomic
def take_due() -> list[int]:
    """Deliveries to read back now; whoever takes one has five minutes before it is due again."""
    now = timezone.now()
    is_burst = Delivery.objects.due()[: AT_ONCE + 1].count() > AT_ONCE
    due = Delivery.objects.filter(status=Delivery.Status.PUBLISHED, read_back_at__lte=now)
    locked = due.order_by("read_back_at").select_for_update(skip_locked=True)
    pks = list(locked.values_list("pk", flat=True)[: MEANWHILE if is_burst else AT_ONCE])
    if pks:
        Delivery.objects.filter(pk__in=pks).update(read_back_at=now + READ_AGAIN)
    return pks


def read_back(pk: int) -> None:
    """Look at a published post once, and write down what is seen."""
    published = Delivery.objects.filter(pk=pk, status=Delivery.Status.PUBLISHED)
    delivery = published.exclude(remote_id="").select_related("channel", "revision").first()
    if delivery is None:
        return
    if not delivery.revision.is_for(delivery.channel):
        _unreadable(delivery, _("Kanal ini kini memakai akun lain; belum dapat diperiksa."))
        return
    found = _look(delivery)
    match found:
        case Seen(text=text, permalink=permalink):
            _seen(delivery, text, permalink)
        case Gone(detail=detail):
            _missing(delivery, detail)
        case TryLater(after=after):
            _plan(delivery, timezone.now() + max(after or READ_AGAIN, READ_AGAIN))
        case Unknown(reason=reason):
            _unreadable(delivery, reason)
        case _:
            assert_never(found)


def _look(delivery: Delivery) -> ReadBack:
    try:
        return delivery.channel.adapter.read_back(delivery.channel.account(), delivery.remote_id)
    except CannotOpen:
        return TryLater("", detail="sealed with a lost key")
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in read_back", delivery.channel.adapter_key)
        return TryLater("", detail=repr(error))


def _seen(delivery: Delivery, text: str, permalink: str) -> None:
    now = timezone.now()
    published_at = delivery.published_at or now
    later = [published_at + after for after in READINGS if published_at + after > now]
    _published(delivery).update(
        snapshot={"text": text, "at": now.isoformat()},
        permalink=delivery.permalink or permalink,
        absent_at=None,
        read_back_at=later[0] if later else None,
    )


def _unreadable(delivery: Delivery, reason: str) -> None:
    """It cannot be told: said as such, never taken for gone."""
    at = timezone.now().isoformat()
    unread = delivery.snapshot or {"text": "", "at": at, "reason": reason}
    _published(delivery).update(snapshot=unread, read_back_at=None)


@transaction.atomic
def _missing(delivery: Delivery, detail: str) -> None:
    """Once may be a platform that is slow to show it; twice, a while apart, it is gone."""
    now = timezone.now()
    if delivery.absent_at is None or now - delivery.absent_at < settings.BETWEEN_LOOKS:
        first = delivery.absent_at or now
        again = now + settings.BETWEEN_LOOKS
        _published(delivery).update(absent_at=first, read_back_at=again)
        return
    reason = _("Unggahan ini tidak ada lagi di platform. Periksa siapa yang menghapusnya.")
    gone = _published(delivery).move(
        status=Delivery.Status.GONE, read_back_at=None, reason=reason, detail=detail
    )
    if gone:
        Event.objects.create(
            post_id=delivery.post_id,
            revision_id=delivery.revision_id,
            delivery=delivery,
            verb=Event.Verb.GONE,
            note=reason,
        )


def _plan(delivery: Delivery, at: datetime) -> None:
    """Read again `at`, unless that is long after the last reading that was wanted."""
    published_at = delivery.published_at or timezone.now()
    if at > published_at + READINGS[-1] + GIVE_UP:
        _unreadable(delivery, _("Belum dapat diperiksa."))
    else:
        _published(delivery).update(read_back_at=at)


def _published(delivery: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.PUBLISHED)
