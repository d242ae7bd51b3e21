"""After a doubt: look, compare, decide; hand over to a person what looking does not settle."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.adapters.base import Absent, Finding, Published, Scope, TryLater, Unknown
from platforms.vault import CannotOpen
from publishing.delivery import call, places
from publishing.delivery.fence import Holder, fenced
from publishing.models import Attempt, Delivery, Lane

logger = logging.getLogger(__name__)

QUIET = settings.QUIET  # a read sooner than this after the call proves nothing
BETWEEN = settings.BETWEEN_LOOKS  # two clean reads this far apart mean "absent"
KNOWN_BEFORE = timedelta(days=1)  # a look reads what came after a mark made while preparing
LOOKS = settings.LOOKS  # after a read that failed


def doubt_orphan(holder: Holder, orphan: Delivery) -> None:
    """Close a dead worker's attempt and begin to doubt its delivery."""
    with fenced(holder):
        Attempt.objects.filter(delivery=orphan, ended_at=None).update(
            ended_at=timezone.now(), outcome="unknown", detail="worker died"
        )
        places.write_doubt(orphan, _("Pekerja berhenti di tengah pengiriman."), "worker died")


def look(holder: Holder, delivery: Delivery) -> None:
    """Read the platform once, and settle what the read settles."""
    if delivery.revision.is_for(delivery.channel):
        finding = _find(delivery)
    else:  # what stands on the new account's wall says nothing
        finding = Unknown(_("Kanal ini kini memakai akun lain. Periksa di akun yang lama."))
    with fenced(holder) as lane:
        match finding:
            case Published(remote_id=remote_id, permalink=permalink):
                places.write_published(delivery, remote_id, permalink)
            case Absent(proved=True, checkpoint=checkpoint):
                reason = _("Platform memastikan belum tayang; dikirim lagi.")
                places.send_anyway(delivery, reason, checkpoint)
            case Absent():
                _absent(delivery)
            case TryLater() as later:
                _look_later(holder, lane, delivery, later)
            case Unknown(reason=reason):
                places.next_look(delivery, None, reason)
            case _:
                assert_never(finding)


def _find(delivery: Delivery) -> Finding:
    known = _others(delivery)
    try:
        return delivery.channel.adapter.find(replace(call.job_for(delivery), known=known))
    except CannotOpen:
        return Unknown(_("Kredensial kanal ini tidak dapat dibuka. Periksa di platform."))
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in find", delivery.channel.adapter_key)
        return TryLater(_("Pemeriksaan terganggu di sisi kami."), detail=repr(error))


def _others(delivery: Delivery) -> frozenset[str]:
    """The channel's posts that belong to other deliveries: the same words, and not this one."""
    others = Delivery.objects.filter(channel=delivery.channel).exclude(pk=delivery.pk)
    since = delivery.created_at - KNOWN_BEFORE
    recent = others.filter(published_at__gte=since).exclude(remote_id="")
    return frozenset(recent.values_list("remote_id", flat=True))


def _absent(delivery: Delivery) -> None:
    """Two clean reads, apart from each other and from the call; then a person says what is true."""
    now = timezone.now()
    if now - _last_call(delivery) < QUIET:
        places.next_look(delivery, now + QUIET, delivery.reason)
    elif delivery.absent_at is None:
        reason = _("Belum terlihat di platform. Diperiksa sekali lagi.")
        places.next_look(delivery, now + BETWEEN, reason, absent_at=now)
    elif now - delivery.absent_at < BETWEEN:
        places.next_look(delivery, delivery.absent_at + BETWEEN, delivery.reason)
    else:
        reason = _("Dua kali diperiksa, tidak terlihat di platform. Periksa sendiri, lalu pilih.")
        places.next_look(delivery, None, reason)


def _last_call(delivery: Delivery) -> datetime:
    """When the doubtful call was given up: until then, and a while longer, it may still arrive."""
    attempt = delivery.attempts.last()
    return (attempt.ended_at or attempt.started_at) if attempt else delivery.created_at


def _look_later(holder: Holder, lane: Lane, delivery: Delivery, later: TryLater) -> None:
    """The read itself failed: again after a growing while, and after the last, a person."""
    if delivery.looks >= len(LOOKS):
        reason = _("Platform tidak dapat diperiksa. Periksa sendiri, lalu pilih.")
        places.next_look(delivery, None, reason)
        return
    at = timezone.now() + max(later.after or timedelta(0), LOOKS[delivery.looks])
    if later.scope is Scope.CHANNEL:
        places.rest_lane(holder, lane, at - timezone.now())
    places.next_look(delivery, at, later.reason, looks=delivery.looks + 1)
