"""How channels are, in the words of the page Kanal: one line each, the worst first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import acts
from accounts.models import Act, Agency, User
from accounts.policy import Action, may
from platforms import registry
from platforms.adapters.base import Light
from platforms.models import Channel, Health, Incident, Stranger

LIGHTS = (
    (Light.SEND, _("mengirim")),
    (Light.COMMENTS, _("membaca komentar")),
    (Light.INSIGHT, _("insight")),
)


FEW = 20  # lines of history, and strangers, on the page of one channel
NAMED = 5  # of the posts that wait for it


class State(IntEnum):
    """The worst first: so the list is sorted, and so a group."""

    DEAD = 0
    REFUSED = 1
    UNCONNECTED = 2
    RIGHTS = 3
    EXPIRING = 4
    STRANGE = 5  # it can send, and something stands there that nobody here sent
    UNENDORSED = 6
    OFF = 7
    HEALTHY = 8


WORDS: dict[State, str | Promise] = {
    State.DEAD: _("Putus"),
    State.REFUSED: _("Ditolak, sedang diperiksa"),
    State.UNCONNECTED: _("Belum terhubung"),
    State.RIGHTS: _("Izin kurang"),
    State.EXPIRING: _("Segera habis"),
    State.STRANGE: _("Ada yang janggal"),
    State.UNENDORSED: _("Menunggu pengesahan"),
    State.OFF: _("Dimatikan"),
    State.HEALTHY: _("Sehat"),
}
# how each is coloured: the statuses that CSS knows
COLOURS = {
    State.DEAD: "failed",
    State.REFUSED: "uncertain",
    State.UNCONNECTED: "failed",
    State.RIGHTS: "held",
    State.EXPIRING: "held",
    State.STRANGE: "failed",
    State.UNENDORSED: "submitted",
    State.OFF: "cancelled",
    State.HEALTHY: "published",
}


@dataclass(frozen=True)
class Line:
    """One channel as a line of the list."""

    channel: Channel
    state: State
    health: Health | None
    incident: Incident | None
    impact: Any  # what it costs: posts that wait for it (settings.CHANNEL_IMPACT)
    sent_at: datetime | None
    holder: str
    strangers: int

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def lights(self) -> list[tuple[str | Promise, bool | None]]:
        """Each right by name; None where the platform does not tell."""
        is_told = self.health and self.state not in (State.DEAD, State.REFUSED, State.UNCONNECTED)
        known = self.health.lights if self.health and is_told else {}
        return [(label, known.get(str(light))) for light, label in LIGHTS]

    @property
    def rank(self) -> int:
        """Its place in the list: what may be a hijack comes before everything."""
        return -1 if self.strangers else self.state

    @property
    def needs_care(self) -> bool:
        return self.state < State.OFF or self.strangers > 0


def groups(found: Iterable[Line]) -> list[tuple[Agency, list[Line]]]:
    """Lines by agency; the agency with the worst one first."""
    by_agency: dict[Agency, list[Line]] = defaultdict(list)
    for line in found:
        by_agency[line.channel.agency].append(line)
    return sorted(by_agency.items(), key=lambda group: (_worst(group[1]), group[0].name))


def listed(user: User, *, only_ailing: bool) -> dict[str, Any]:
    """What the list of channels shows this person: groups, and how many there are of which."""
    seen = seen_by(user)
    ailing = [line for line in seen if line.needs_care]
    shown = ailing if only_ailing else seen
    return {"groups": groups(shown), "all": len(seen), "ailing": len(ailing)}


def seen_by(user: User) -> list[Line]:
    """The channels that this person may see, the worst first."""
    return lines(told(Channel.objects.visible_to(user)))


def ailing(user: User) -> list[Line]:
    """Those that need somebody, for Beranda."""
    seen = Channel.objects.visible_to(user).filter(
        Exists(Incident.objects.filter(channel=OuterRef("pk"), closed_at=None))
        | Exists(Stranger.objects.filter(channel=OuterRef("pk"), settled_at=None))
        | Q(is_active=True, sealed="")
        | Q(is_active=True, refused_at__isnull=False)
        | Q(is_active=False, endorsed_at=None)
    )
    found = lines(told(seen), brief=True)
    return [line for line in found if line.needs_care]


def of(channel: Any, *, named: int = 0) -> Line:
    """The line of one channel, with its `named` nearest posts."""
    [line] = lines([channel], named=named)
    return line


def page(user: User, channel: Any) -> dict[str, Any]:
    """What the page of one channel shows this person, and which of its buttons they get."""
    keeps = may(user, Action.KEEP_CUSTODY, acts.AgencyWork(channel.agency))
    return {
        "channel": channel,
        "line": of(channel, named=NAMED),
        "acts": Act.objects.filter(channel=channel.pk).select_related("actor")[:FEW],
        "strangers": channel.strangers.filter(settled_at=None)[:FEW],
        "custody": getattr(channel, "custody", None),
        "handover": channel.handovers.filter(finished_at=None).first(),
        "has_ways": len(registry.ways(channel.platform)) > 1,
        "may_connect": may(user, Action.CONNECT),
        "may_endorse": may(user, Action.ENDORSE) and channel.endorsed_at is None,
        "keeps_custody": keeps,
        "sees_custody": keeps or may(user, Action.ENDORSE) or may(user, Action.READ_ALL),
        "settles_strangers": keeps or may(user, Action.REVIEW),
    }


def told(found: QuerySet[Channel]) -> QuerySet[Any]:
    """With what `lines` reads of each channel's own."""
    open_ones = Stranger.objects.filter(channel=OuterRef("pk"), settled_at=None).order_by()
    counted = open_ones.values("channel").annotate(n=Count("pk")).values("n")
    joined = found.select_related("agency", "custody__confirmed_by", "health")
    return joined.annotate(strange=Coalesce(Subquery(counted), 0))


def lines(found: Iterable[Any], *, named: int = 0, brief: bool = False) -> list[Line]:
    """A line for each of the channels (`told`), the worst first; four queries at most.

    A `brief` one says neither when it last sent nor what an unharmed one has before it.
    """
    channels = list(found)
    incidents = _incidents([channel.pk for channel in channels])
    ids = list(incidents) if brief else [channel.pk for channel in channels]
    costs = import_module(settings.CHANNEL_IMPACT)
    impact = costs.of(ids, named=named) if ids else {}
    sent = {} if brief or not ids else costs.last_sent(ids)
    made = [
        Line(
            channel=channel,
            state=_state(channel, incidents.get(channel.pk), _strange(channel)),
            health=getattr(channel, "health", None),
            incident=incidents.get(channel.pk),
            impact=impact.get(channel.pk),
            sent_at=sent.get(channel.pk),
            holder=_holder(channel),
            strangers=_strange(channel),
        )
        for channel in channels
    ]
    return sorted(made, key=lambda line: (line.rank, str(line.channel)))


def _strange(channel: Any) -> int:
    """Posts on it that are not ours, if it was not `told` along with them."""
    if not hasattr(channel, "strange"):
        channel.strange = channel.strangers.filter(settled_at=None).count()
    return int(channel.strange)


def _incidents(ids: list[int]) -> dict[int, Incident]:
    """The open ones, by channel."""
    if not ids:
        return {}
    found = Incident.objects.filter(channel__in=ids, closed_at=None).select_related("taken_by")
    return {one.channel_id: one for one in found}


def _state(channel: Channel, incident: Incident | None, strangers: int) -> State:
    if channel.endorsed_at is None and not channel.is_active:
        return State.UNENDORSED
    if not channel.is_active:
        return State.OFF
    if not channel.sealed:
        return State.UNCONNECTED
    if incident:
        return State[incident.kind.upper()]
    if channel.refused_at:
        return State.REFUSED
    return State.STRANGE if strangers else State.HEALTHY


def _worst(group: list[Line]) -> int:
    return min(line.rank for line in group)


def _holder(channel: Channel) -> str:
    custody = getattr(channel, "custody", None)
    return custody.holder if custody else ""
