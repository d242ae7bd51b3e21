"""Whether channels can send: a probe a day and after each refusal, and what follows from it.

A refusal by the platform needs a second one, five minutes later, before a grant counts as dead
(platforms.md 1.6: X answered 401 to everybody for an hour in 2026). Trouble on the way is no
refusal at all. When sending itself was refused the channel stands still at once, and goes on by
itself when a probe says that all is well.
"""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms import incidents
from platforms.adapters.base import Fault, Healthy, Light, Refused, TryLater
from platforms.adapters.base import Health as Answer
from platforms.models import Channel, Health
from platforms.vault import CannotOpen

logger = logging.getLogger(__name__)

DAILY = timedelta(hours=24)
JITTER = timedelta(hours=1)  # so that 120 channels are not asked in the same minute
SECOND_LOOK = timedelta(minutes=5)
HOURLY = timedelta(hours=1)  # while it is dead: credits come back, and somebody may have mended it
MOST_WAIT = timedelta(hours=6)  # after relapse upon relapse
TAKEN = timedelta(minutes=5)  # whoever takes a probe and dies is made up for after this
AT_ONCE = 20


def take_due() -> list[int]:
    """Channels to probe now; whoever takes one has five minutes before it is due again."""
    keep_rows()
    now = timezone.now()
    with transaction.atomic():
        due = Health.objects.filter(probe_at__lte=now, channel__is_training=False)
        usable = due.exclude(channel__sealed="").exclude(
            channel__is_active=False, channel__endorsed_at__isnull=False
        )
        locked = usable.order_by("probe_at").select_for_update(skip_locked=True, of=("self",))
        pks = list(locked.values_list("pk", flat=True)[:AT_ONCE])
        Health.objects.filter(pk__in=pks).update(probe_at=now + TAKEN)
    return pks


def keep_rows() -> None:
    """Every real channel has a row, however it came into being."""
    without = Channel.objects.filter(~Exists(Health.objects.filter(pk=OuterRef("pk"))))
    rows = [Health(pk=pk) for pk in without.filter(is_training=False).values_list("pk", flat=True)]
    Health.objects.bulk_create(rows, ignore_conflicts=True)


def probe(channel: Channel) -> Answer:
    """Ask the platform once, and write down what follows from its answer."""
    answer = ask(channel)
    note(channel, answer)
    return answer


def ask(channel: Channel) -> Answer:
    """What the platform says of the channel's credentials, if they can be opened at all."""
    try:
        return channel.adapter.verify(channel.account())
    except CannotOpen:
        return Refused(_("Kredensial kanal ini tidak dapat dibuka. Isi lagi."), Fault.CHANNEL)
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in verify", channel.adapter_key)
        return TryLater(_("Ada gangguan di sisi kami."), detail=repr(error))


@transaction.atomic
def note(channel: Channel, answer: Answer) -> None:
    """Write an answer down. One that is about credentials replaced meanwhile is dropped."""
    # the channel first, as everywhere: a worker that heard a no locks them in this order too
    here = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    health, _made = Health.objects.select_for_update().get_or_create(channel_id=channel.pk)
    if here.sealed != channel.sealed:
        return
    now = timezone.now()
    health.asked_at = now
    match answer:
        case Healthy():
            _well(here, health, answer, now)
        case Refused(reason=reason):
            _refused(here, health, reason, now)
        case TryLater(reason=reason):
            health.said, health.probe_at = reason, now + SECOND_LOOK
    health.save()
    incidents.settle(here, health)
    channel.refused_at = here.refused_at


def _well(channel: Channel, health: Health, answer: Healthy, now: datetime) -> None:
    until = _standstill(channel, health)
    if until and now < until:  # sending just heard a no: a yes right after it is not believed
        health.probe_at = until
        return
    health.lights = {str(light): is_on for light, is_on in answer.lights.items()}
    if channel.refused_at and answer.lights.get(Light.SEND) is False:  # known, but not allowed
        health.probe_at = now + HOURLY
        return
    if channel.refused_at:
        Channel.objects.filter(pk=channel.pk).update(refused_at=None)
        channel.refused_at = None
        health.relapses += 1
    elif health.relapses and (not health.healthy_at or now - health.healthy_at > DAILY / 2):
        health.relapses = 0  # it went well for a while
    health.healthy_at, health.failed_at, health.confirmed_at = now, None, None
    health.said, health.warning = "", answer.warning
    health.expires_at = answer.expires_at
    quota = answer.quota
    health.quota_used = quota.used if quota else None
    health.quota_total = quota.total if quota else None
    health.probe_at = now + DAILY + JITTER * random.uniform(-1, 1)  # noqa: S311 - spreads load
    renamed = {"handle": answer.handle} | ({"name": answer.name} if answer.name else {})
    Channel.objects.filter(pk=channel.pk).update(**{k: v[:100] for k, v in renamed.items() if v})


def _standstill(channel: Channel, health: Health) -> datetime | None:
    """Until when a channel that heard a no stands still whatever a probe says."""
    if channel.refused_at is None:
        return None
    wait: timedelta = SECOND_LOOK * 2 ** min(health.relapses, 10)
    return channel.refused_at + min(wait, MOST_WAIT)


def _refused(channel: Channel, health: Health, reason: str, now: datetime) -> None:
    health.said = reason
    if health.failed_at is None:
        health.failed_at = now
    if now - health.failed_at < SECOND_LOOK:
        health.probe_at = health.failed_at + SECOND_LOOK
        return
    health.confirmed_at = health.confirmed_at or now
    health.probe_at = now + HOURLY
    if channel.refused_at is None:
        Channel.objects.filter(pk=channel.pk).update(refused_at=now)
        channel.refused_at = now


def turned_away(channel: Channel, reason: str) -> None:
    """Sending heard a no: the channel stands still, an incident opens, and a probe is due.

    Called inside the transaction that writes the delivery's fate down.
    """
    if not channel.turn_away() or channel.is_training:
        return
    now = timezone.now()
    first: dict[str, Any] = {"said": reason, "probe_at": now}
    health, _made = Health.objects.get_or_create(channel_id=channel.pk)
    health.failed_at = health.failed_at or now
    Health.objects.filter(pk=health.pk).update(failed_at=health.failed_at, **first)
    health.refresh_from_db()
    channel.refused_at = now
    incidents.settle(channel, health)


def connected(channel: Channel, answer: Answer | None) -> None:
    """New credentials: what was known of the old ones is forgotten, and a probe is due."""
    fresh = {
        "failed_at": None,
        "confirmed_at": None,
        "relapses": 0,
        "said": "",
        "probe_at": timezone.now(),
    }
    Health.objects.update_or_create(channel_id=channel.pk, defaults=fresh)
    if isinstance(answer, Healthy):
        note(channel, answer)
    else:
        incidents.settle(channel, Health.objects.get(pk=channel.pk))
