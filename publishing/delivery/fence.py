"""The fence: every write of a worker says which claim of the lane it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing.models import Lane


@dataclass
class Holder:
    """A claim of one lane. Once a later claim raised the fence, its writes match nothing."""

    channel_id: int
    fence: int
    orphaned: bool = field(default=False, compare=False)  # its last holder died in a call
    resting: bool = field(default=False, compare=False)  # the platform asked for quiet meanwhile


class Lost(Exception):
    """The lane was taken by another worker."""


@contextmanager
def fenced(holder: Holder) -> Iterator[Lane]:
    """A transaction in which the lane row is locked and still ours. Raises Lost."""
    with transaction.atomic():
        lane = (
            Lane.objects.select_for_update()
            .filter(pk=holder.channel_id, fence=holder.fence)
            .first()
        )
        if lane is None:
            raise Lost(holder)
        yield lane


def keep(holder: Holder) -> None:
    """Lock the lane for the rest of the transaction and begin its lease anew. Raises Lost."""
    ours = Lane.objects.filter(pk=holder.channel_id, fence=holder.fence)
    if not ours.update(lease_until=timezone.now() + settings.LEASE):
        raise Lost(holder)
