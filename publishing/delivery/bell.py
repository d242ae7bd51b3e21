"""Whose turn it is: which lanes to ring, fairly among agencies, within each platform's limit."""

from django.conf import settings
from django.utils import timezone

from publishing.delivery import statements, timekeeping


def lanes_to_ring() -> list[int]:
    """Free lanes with something to do, as many as may work now, in the order of their turns.

    They are marked as rung: any number of schedulers and workers may ask at once, and a lane goes
    to one of them; it is rung again only after RING_AGAIN, should the message be lost.
    """
    if not timekeeping.may_trust_ours():
        return []
    now = timezone.now()
    values = {
        "now": now,
        "again": now - settings.RING_AGAIN,
        "soon": now + settings.RING_AGAIN,  # a ring from further ahead came from a wrong clock
        "place_until": now - settings.KEEPS_PLACE,
        "most": settings.CALLS_IN_FLIGHT,
    }
    return [channel_id for (channel_id,) in statements.rows(statements.RING, values)]
