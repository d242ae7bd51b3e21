"""What is told once and is no event: a row stands for as long as it need not be told again."""

from datetime import timedelta

from django.utils import timezone

from publishing.models import Alarm


def raise_once(key: str) -> bool:
    """Whether this is the first time. Call in the transaction that tells of it."""
    _row, is_new = Alarm.objects.get_or_create(key=key)
    return is_new


def end(key: str) -> bool:
    """It is over; whether it had been told."""
    return Alarm.objects.filter(key=key).delete()[0] > 0


def forget(prefix: str, older_than: timedelta) -> None:
    """Drop what is long past."""
    Alarm.objects.filter(key__startswith=prefix, at__lt=timezone.now() - older_than).delete()
