"""Whose turn it is: which lanes to ring, fairly among agencies, never more than a platform may
have at work."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from publishing.models import Delivery, Lane

RING_AGAIN = settings.RING_AGAIN  # a lost message costs so much
NEVER = datetime.min.replace(tzinfo=UTC)

Waiting: TypeAlias = tuple[int, str, int, datetime | None]  # lane, platform, agency, last turn


@transaction.atomic
def lanes_to_ring() -> list[int]:
    """Free lanes with something to do, as many as may work now; marked as rung.

    Any number of schedulers and workers may ask at once: a lane goes to one of them.
    """
    now = timezone.now()
    wanted = in_turn(_waiting(now), _slots(now))
    locked = _free(now).filter(pk__in=wanted).order_by("pk").select_for_update(skip_locked=True)
    ours = set(locked.values_list("pk", flat=True))
    Lane.objects.filter(pk__in=ours).update(rung_at=now)
    return [pk for pk in wanted if pk in ours]


def in_turn(waiting: Iterable[Waiting], slots: Counter[str]) -> list[int]:
    """The lanes that come next: one of each agency, then its second, and so on.

    Within that, who waited longest since its last turn comes first. `slots` says how many lanes
    more each platform may have at work.
    """
    by_agency: dict[int, list[Waiting]] = defaultdict(list)
    for lane in sorted(waiting, key=_last_turn):
        by_agency[lane[2]].append(lane)
    ranked = [(n, lane) for lanes in by_agency.values() for n, lane in enumerate(lanes)]
    ranked.sort(key=lambda each: (each[0], _last_turn(each[1])))
    left, chosen = slots.copy(), []
    for _, (pk, platform, _agency, _turn) in ranked:
        if left[platform] > 0:
            left[platform] -= 1
            chosen.append(pk)
    return chosen


def _last_turn(lane: Waiting) -> datetime:
    return lane[3] or NEVER


def _free(now: datetime) -> QuerySet[Lane]:
    """Lanes that nobody holds, no rate limit keeps, and nobody was just called to."""
    return (
        Lane.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now))
        .filter(Q(held_until=None) | Q(held_until__lte=now))
        .filter(Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN))
    )


def _waiting(now: datetime) -> list[Waiting]:
    due = Delivery.objects.filter(channel_id=OuterRef("pk")).due()
    orphan = Delivery.objects.filter(channel_id=OuterRef("pk"), status=Delivery.Status.SENDING)
    lanes = _free(now).filter(Exists(due) | Exists(orphan))
    return list(lanes.values_list("pk", "channel__platform", "channel__agency_id", "turn_at"))


def _slots(now: datetime) -> Counter[str]:
    """How many lanes more each platform may have at work; those just rung are on their way."""
    at_work = Lane.objects.filter(Q(lease_until__gte=now) | Q(rung_at__gte=now - RING_AGAIN))
    busy = at_work.values_list(F("channel__platform")).annotate(n=Count("pk"))
    slots = Counter(dict.fromkeys(settings.PLATFORMS, settings.CALLS_IN_FLIGHT))
    slots.subtract(dict(busy))
    return slots
