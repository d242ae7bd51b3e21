"""Whether the machinery works: who beat last, what is overdue, which clock is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from platforms.models import Channel
from publishing.delivery import timekeeping
from publishing.models import Delivery, Gate, Heartbeat, Lane, Pause
from publishing.models.heartbeat import SCHEDULER


@dataclass(frozen=True)
class Vitals:
    """What the heartbeats and the queue say at one moment."""

    at: datetime
    beats: Sequence[Heartbeat]  # fifty at most, schedulers first, the newest of each
    oldest_due: datetime | None  # since when the most overdue delivery waits
    overdue: bool
    pauses: Sequence[Pause] = ()  # those that stop something now
    is_mute: bool = False  # whether a way by which people are told outside the app fails
    also: Mapping[str, int] = field(default_factory=dict)  # numbers that were asked for along

    @property
    def scheduler_seen_at(self) -> datetime | None:
        seen = [beat.seen_at for beat in self.beats if beat.kind == SCHEDULER]
        return max(seen, default=None)

    @property
    def is_silent(self) -> bool:
        """Whether nobody keeps the schedule."""
        seen = self.scheduler_seen_at
        return seen is None or self.at - seen > settings.SILENT_AFTER

    @property
    def askew(self) -> list[str]:
        """Machines whose clock is wrong, and that therefore stand aside."""
        living = [beat for beat in self.beats if self.at - beat.seen_at <= settings.SILENT_AFTER]
        return sorted({b.machine for b in living if not timekeeping.is_true(b.off_by)})

    @property
    def is_well(self) -> bool:
        return not (self.is_silent or self.overdue or self.askew)


def take(person: User | None = None, **also: Combinable) -> Vitals:
    """Look at heartbeats, queue and pauses: one small query, for it goes with every page.

    `also` are numbers for this person's shell, which come with the same question.
    """
    now = timezone.now()
    resting = Lane.objects.filter(pk=OuterRef("channel_id"), held_until__gt=now)  # as it should
    real = Delivery.objects.due().filter(channel__is_training=False)
    due = real.exclude(Exists(resting)).order_by("next_at").values("next_at")
    schedulers_first = Case(When(kind=SCHEDULER, then=0), default=1)
    shut = Gate.objects.exclude(failing_since=None)
    asked = {
        "oldest_due": Subquery(due[:1]),
        "pauses": ArraySubquery(_stopping()),
        "is_mute": Exists(shut),
        **also,
    }
    beats = list(Heartbeat.objects.annotate(**asked).order_by(schedulers_first, "-seen_at")[:50])
    row: Any = beats[0] if beats else _row_of(person, asked)
    if row is None:  # before the first beat there is no row to carry the answers to a stranger
        oldest = due.values_list("next_at", flat=True).first()
        stopping = [one["said"] for one in _stopping()]
        is_mute = shut.exists()
    else:
        oldest, stopping, is_mute = row.oldest_due, row.pauses, row.is_mute
    overdue = oldest is not None and now - oldest > settings.OVERDUE_AFTER
    numbers = {name: getattr(row, name, 0) for name in also}
    pauses = [_pause(**said) for said in stopping]
    return Vitals(now, beats, oldest, overdue, pauses, is_mute, numbers)


def counted(rows: QuerySet[Any]) -> Combinable:
    """How many `rows` there are, as a part of another question."""
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)


def _row_of(person: User | None, asked: Mapping[str, Any]) -> Any:
    """The answers beside the person who asks, as long as nothing ever beat."""
    return User.objects.filter(pk=person.pk).annotate(**asked).first() if person else None


def _stopping() -> Any:
    """What a notice says of each pause that lasts."""
    own = {name: name for name in ("pk", "scope", "platform", "reason")}
    named = {name: f"channel__{name}" for name in ("handle", "name")}
    told = JSONObject(agency="agency__name", its="channel__platform", **own, **named)
    return Pause.objects.active().values(said=told)


def _pause(agency: str | None, its: str | None, handle: str, name: str, **own: Any) -> Pause:
    channel = Channel(platform=its, handle=handle, name=name) if its else None
    return Pause(agency=Agency(name=agency) if agency else None, channel=channel, **own)


def complaints(vitals: Vitals) -> list[str]:
    """What is wrong, each with what follows from it, for the banner on every page."""
    said = []
    if vitals.is_silent:
        said.append(
            _("Penjadwal tidak berjalan. Unggahan tidak dikirim sampai admin sistem memeriksanya.")
        )
    elif vitals.overdue:
        said.append(
            _("Ada pengiriman yang tertunda lebih dari 10 menit. Minta admin sistem memeriksanya.")
        )
    if vitals.askew:
        machines = ", ".join(vitals.askew)
        sentence = _("Jam komputer %(machines)s salah; komputer itu tidak mengirim apa pun.")
        said.append(sentence % {"machines": machines})
    if vitals.is_mute:
        said.append(
            _("Pemberitahuan ke luar aplikasi sedang tidak terkirim. Semuanya ada di lonceng.")
        )
    return said


def as_facts(vitals: Vitals) -> dict[str, Any]:
    """The same for machines: {"status", "problems", "scheduler", "oldest_due", "processes"}."""
    flags = {
        "scheduler silent": vitals.is_silent,
        "deliveries overdue": vitals.overdue,
        "clock askew": bool(vitals.askew),
        "notices undelivered": vitals.is_mute,  # the schedule is kept all the same
    }
    return {
        "status": "ok" if vitals.is_well else "failing",
        "problems": [name for name, so in flags.items() if so],
        "scheduler": {"seen_at": vitals.scheduler_seen_at},
        "oldest_due": vitals.oldest_due,
        "processes": [
            {"kind": beat.kind, "seen_at": beat.seen_at, "drift": beat.drift}
            for beat in vitals.beats  # names of machines are not for everybody who asks
        ],
    }
