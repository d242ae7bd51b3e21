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
    **fields: object,
) -> None:
    """Move each of `rows` that nobody else moves right now, with its line in the history."""
    locked = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:AT_ONCE])
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
