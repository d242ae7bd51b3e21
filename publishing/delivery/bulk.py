"""Many deliveries moved at once, each with its line in the history."""

from django.db import transaction

from publishing.models import Delivery, Event
from publishing.models.delivery import DeliveryQuerySet

AT_ONCE = 500  # the next tick takes the rest


@transaction.atomic
def move_all(
    rows: DeliveryQuerySet,
    status: Delivery.Status,
    verb: Event.Verb,
    reason: str,
    *,
    every: bool = False,
    **fields: object,
) -> None:
    """Move each of `rows`, with its line in the history.

    A tick leaves what somebody else has in hand, and more than AT_ONCE, to the next one; `every`
    waits for its turn and leaves none.
    """
    ours = rows.select_for_update(skip_locked=not every, of=("self",)).order_by("pk")
    locked = list(ours if every else ours[:AT_ONCE])
    fields = {"next_at": None, "hold": ""} | fields | {"status": status, "reason": reason}
    if not locked:
        return
    Delivery.objects.filter(pk__in=[row.pk for row in locked]).move(**fields)
    Event.objects.bulk_create(
        Event(
            post_id=row.post_id, revision_id=row.revision_id, delivery=row, verb=verb, note=reason
        )
        for row in locked
    )
