"""When something may go out: not at night, and the daily letter at half past seven (WIB)."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

_ONE_DAY = timedelta(days=1)


def is_quiet(at: datetime) -> bool:
    """Whether people sleep."""
    clock = timezone.localtime(at).time()
    return clock >= settings.QUIET_FROM or clock < settings.QUIET_UNTIL


def awake(at: datetime) -> datetime:
    """`at`, or the end of the night in which it lies."""
    return _next(settings.QUIET_UNTIL, at) if is_quiet(at) else at


def next_digest(at: datetime) -> datetime:
    """When the next daily letter goes out."""
    return _next(settings.DIGEST_AT, at)


def _next(clock: time, after: datetime) -> datetime:
    local = timezone.localtime(after)
    today = timezone.make_aware(datetime.combine(local.date(), clock))
    return today if today > after else today + _ONE_DAY
