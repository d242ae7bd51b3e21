"""What a pause held, decided in one go: each delivery by its own move, none by another way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import workflow
from publishing.delivery import manual
from publishing.forms.schedule import Hour
from publishing.models import Delivery

MOST = 200  # deliveries in one list; the rest follows when these are decided
Deed = Callable[[Delivery, int], None]


@dataclass(frozen=True)
class Made:
    """What came of a bulk decision, as a message."""

    level: int
    sentence: str


def waiting() -> QuerySet[Delivery]:
    """Real deliveries that a pause held, earliest hour first."""
    held = Delivery.objects.filter(status=Delivery.Status.HELD, hold=Delivery.Hold.PAUSE)
    held = held.filter(post__is_training=False)
    loaded = held.select_related("post__agency", "channel", "revision")
    return loaded.order_by("not_before", "pk")[:MOST]


@dataclass(frozen=True)
class Choice:
    """One held delivery in the list, ticked or not."""

    delivery: Delivery
    ticked: bool

    @property
    def value(self) -> str:
        """The delivery and the version that is on the page."""
        return f"{self.delivery.pk}.{self.delivery.version}"


def choices(ticked: Sequence[str] | None = None) -> list[Choice]:
    """The list to decide on; everything is ticked until somebody chose (`ticked`)."""
    shown = [Choice(delivery, True) for delivery in waiting()]
    if ticked is None:
        return shown
    return [Choice(one.delivery, one.value in ticked) for one in shown]


def make(ticked: Sequence[str], choice: str, hour: Hour, *, by: User) -> Made:
    """Decide `choice` on each of `ticked` ("<id>.<version>"); what changed meanwhile is left."""
    deed = _deed(choice, hour, by)
    if deed is None or not ticked:
        return Made(messages.WARNING, _("Centang pengiriman, lalu pilih keputusannya."))
    done = sum(_decided(deed, delivery, seen) for delivery, seen in _found(ticked))
    left = len(set(ticked)) - done
    if left:
        sentence = _("%(done)s diputuskan; %(left)s belum, karena berubah atau masih dijeda.")
        return Made(messages.WARNING, sentence % {"done": done, "left": left})
    return Made(messages.SUCCESS, _("%(done)s pengiriman diputuskan.") % {"done": done})


def _deed(choice: str, hour: Hour, by: User) -> Deed | None:
    match choice:
        case "resume":
            return lambda delivery, seen: workflow.resume(delivery, by=by, seen=seen)
        case "call_off":
            return lambda delivery, seen: manual.call_off(delivery, by=by, seen=seen)
        case "put_off" if (to := hour.wanted()) is not None:
            return lambda delivery, seen: workflow.put_off(delivery, by=by, seen=seen, to=to)
        case _:
            return None


def _found(ticked: Iterable[str]) -> Iterable[tuple[Delivery, int]]:
    pairs = [one.partition(".")[::2] for one in ticked]
    seen = {
        int(pk): int(version) for pk, version in pairs if pk.isdecimal() and version.isdecimal()
    }
    for delivery in waiting():
        if delivery.pk in seen:
            yield delivery, seen[delivery.pk]


def _decided(deed: Deed, delivery: Delivery, seen: int) -> bool:
    try:
        deed(delivery, seen)
    except (manual.NotPossible, workflow.BadTime):
        return False
    return True
