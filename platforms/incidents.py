"""What is wrong with a channel, as one line that grows worse or closes, never as many."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acts import Verb, record
from platforms.models import Channel, Health, Incident

LADDER = (20, 10, 3, 1)  # days before the end at which people are told, again and again
Kind = Incident.Kind
_VERBS = {
    Kind.EXPIRING: Verb.EXPIRING,
    Kind.RIGHTS: Verb.REFUSED,
    Kind.REFUSED: Verb.REFUSED,
    Kind.DEAD: Verb.DEAD,
}


@dataclass(frozen=True)
class Ailment:
    """What is wrong now."""

    kind: Kind
    said: str
    stage: int | None = None


def settle(channel: Channel, health: Health) -> None:
    """Open, change or close the channel's incident by how it is now. Call in a transaction."""
    ailment = diagnose(channel, health)
    running = Incident.objects.filter(channel_id=channel.pk, closed_at=None).first()
    if ailment is None:
        if running:
            _close(running, channel)
        return
    if running is None:
        Incident.objects.create(
            channel_id=channel.pk, kind=ailment.kind, stage=ailment.stage, said=ailment.said
        )
    elif (running.kind, running.stage) == (ailment.kind, ailment.stage):
        return
    else:
        _change(running, ailment)
    note = " · ".join(filter(None, [str(channel), ailment.said]))
    record(_VERBS[ailment.kind], by=None, agency=channel.agency, channel=channel.pk, note=note)


def diagnose(channel: Channel, health: Health) -> Ailment | None:
    """What is wrong with the channel, the worst first; None when nothing is."""
    if channel.refused_at:
        kind = Kind.DEAD if health.confirmed_at else Kind.REFUSED
        return Ailment(kind, health.said)
    if health.lights.get("send") is False:
        return Ailment(Kind.RIGHTS, _("Izin mengirim dicabut. Hubungkan ulang dan beri izinnya."))
    left = health.days_left
    if left is not None and left <= LADDER[0]:
        stage = min(step for step in LADDER if left <= step) if left > 0 else LADDER[-1]
        return Ailment(Kind.EXPIRING, _runs_out(left), stage)
    return None


def _runs_out(left: int) -> str:
    if left <= 0:
        return _("Sambungan habis hari ini. Hubungkan ulang sekarang.")
    return _("Sambungan habis dalam %(days)s hari. Hubungkan ulang sebelum itu.") % {"days": left}


def _change(running: Incident, ailment: Ailment) -> None:
    running.kind, running.stage, running.said = ailment.kind, ailment.stage, ailment.said
    running.changed_at = timezone.now()
    running.save(update_fields=["kind", "stage", "said", "changed_at"])


def _close(running: Incident, channel: Channel) -> None:
    running.closed_at = timezone.now()
    running.save(update_fields=["closed_at"])
    record(Verb.HEALED, by=None, agency=channel.agency, channel=channel.pk, note=str(channel))
