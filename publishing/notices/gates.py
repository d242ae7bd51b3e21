"""Whether a way outside works: counted by what comes of each sending, well at a success."""

from datetime import datetime

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from publishing.models import Alarm, Gate, Way
from publishing.notices import alarms

FAILS_AFTER = 3  # failures one after the other; a refused key fails at once
REFUSED = "refused:"  # alarms: whose messages were refused since something was taken


def names() -> list[str]:
    return [str(way) for way in Way]


def name_of(way: str) -> str:
    """How people call it."""
    return str(settings.GATEWAY_NAME if way == Way.GATEWAY else Way(way).label)


def open_ways(now: datetime) -> list[str]:
    """The ways that do not rest."""
    resting = Gate.objects.filter(rests_until__gt=now).values_list("way", flat=True)
    return [way for way in names() if way not in set(resting)]


def works(way: str) -> None:
    """Something was taken: whatever was wrong is over."""
    Alarm.objects.filter(key__startswith=f"{REFUSED}{way}:").delete()
    Gate.objects.filter(way=way).exclude(failures=0, failing_since=None, rests_until=None).update(
        failures=0, failing_since=None, rests_until=None, said=""
    )


def failed(way: str, said: str, *, rests_until: datetime | None, at_once: bool = False) -> None:
    """Nothing was taken, and not because of the one message."""
    Gate.objects.get_or_create(way=way)
    gate = Gate.objects.filter(way=way)
    gate.update(failures=F("failures") + 1, said=said, rests_until=rests_until)
    bad = gate.filter(failing_since=None)
    bad = bad if at_once else bad.filter(failures__gte=FAILS_AFTER)
    bad.update(failing_since=timezone.now())


def refuses_all(way: str, person: int, said: str) -> bool:
    """This person's message was refused; whether so many people's were that it is the way's fault.

    One wrong number or address is that person's; several, and nothing taken between them, are not.
    """
    alarms.raise_once(f"{REFUSED}{way}:{person}")
    if Alarm.objects.filter(key__startswith=f"{REFUSED}{way}:").count() < FAILS_AFTER:
        return False
    failed(way, said, rests_until=None, at_once=True)
    return True
