"""After a restore: rows may be older than the truth, so what was due meanwhile is doubted first.

A restored row that waits may long be public. It becomes a doubt like any other: our looks settle it
where the platform can be read, and a person where not (engine.md 9, row 22).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Attempt, Delivery, Event, Lane, Post

Status = Delivery.Status
# What could have gone out, or been sent on by a person, after the backup was taken.
PERHAPS_SENT = (
    Status.WAITING,
    Status.SENDING,
    Status.UNCERTAIN,
    Status.HELD,
    Status.MISSED,
    Status.FAILED,
)
BEYOND_ANY_FENCE = 1_000_000  # a worker of before the restore may still hold a higher one


@transaction.atomic
def doubt_what_was_due(backup_taken: datetime) -> int:
    """Doubt every delivery whose hour came by now and that the backup does not know to be public.

    Run it before the first worker starts. Returns how many deliveries are doubted.
    """
    now = timezone.now()
    Lane.objects.update(
        fence=F("fence") + BEYOND_ANY_FENCE, lease_owner="", lease_until=None, rung_at=None
    )
    Attempt.objects.filter(ended_at=None).update(
        ended_at=now, outcome="unknown", detail="restored from a backup"
    )
    reason = _("Dipulihkan dari cadangan. Diperiksa dahulu apakah sudah tayang.")
    due = Delivery.objects.filter(
        status__in=PERHAPS_SENT, not_before__lte=now, post__status=Post.Status.APPROVED
    )
    doubted = list(due.select_for_update(of=("self",)))
    Delivery.objects.filter(pk__in=[row.pk for row in doubted]).move(
        status=Status.UNCERTAIN,
        hold="",
        reason=reason,
        begun_at=Coalesce("begun_at", backup_taken),
        next_at=now,
        looks=0,
        absent_at=None,
    )
    Event.objects.bulk_create(
        Event(
            post_id=row.post_id,
            revision_id=row.revision_id,
            delivery=row,
            verb=Event.Verb.UNCERTAIN,
            note=reason,
        )
        for row in doubted
    )
    return len(doubted)
