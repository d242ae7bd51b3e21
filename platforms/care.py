"""What people do with a channel: endorse, disable, test, switch its way, hand it over."""

from django.conf import settings
from django.db import transaction
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts
from accounts.acts import NotNow, Verb
from accounts.models import User
from accounts.policy import Action
from platforms import registry
from platforms.adapters.base import Rehearsal, Rehearsed, Sample, TryLater
from platforms.models import Channel, Custody, Handover, Incident, Stranger
from platforms.signals import adapter_switched
from platforms.vault import CannotOpen

SAMPLE = "img/test-send.jpg"


@transaction.atomic
def endorse(channel: Channel, *, by: User) -> None:
    """A coordinator says that a new channel is an official one: from now on it is in use."""
    acts.require(by, Action.ENDORSE)
    here = Channel.objects.filter(pk=channel.pk, endorsed_at=None)
    if not here.update(endorsed_by=by, endorsed_at=timezone.now(), is_active=True):
        raise NotNow(_("Kanal ini sudah disahkan."))
    _record(Verb.ENDORSE, channel, by)


@transaction.atomic
def set_active(channel: Channel, *, by: User, active: bool, reason: str = "") -> None:
    """Take a channel out of use, or back into it. Raises NotYours, NotNow."""
    acts.require(by, Action.CONNECT)
    if active and channel.endorsed_at is None:
        raise NotNow(_("Kanal baru dinyalakan dengan pengesahan koordinator."))
    if not Channel.objects.filter(pk=channel.pk, is_active=not active).update(is_active=active):
        raise NotNow(_("Kanal ini sudah diubah orang lain."))
    _record(Verb.ENABLE if active else Verb.DISABLE, channel, by, reason)


def rehearse(channel: Channel, *, by: User) -> Rehearsal:
    """A test send that publishes nothing. Raises NotYours."""
    acts.require(by, Action.CONNECT)
    jpeg = (settings.BASE_DIR / "static" / SAMPLE).read_bytes()
    sample = Sample(jpeg, f"{settings.PUBLIC_URL}{static(SAMPLE)}")
    try:
        result = channel.adapter.rehearse(channel.account(), sample)
    except CannotOpen:
        result = TryLater(_("Kredensial kanal ini tidak dapat dibuka. Hubungkan ulang."))
    went = _("berhasil") if isinstance(result, Rehearsed) else result.reason
    _record(Verb.REHEARSE, channel, by, went)
    return result


@transaction.atomic
def switch_adapter(channel: Channel, adapter_key: str, *, by: User) -> None:
    """Speak for the account in another way; what was approved stays approved.

    Raises NotYours, and NotNow where that way has no credentials yet or something is under way.
    """
    acts.require(by, Action.CONNECT)
    if adapter_key not in registry.ways(channel.platform) or adapter_key == channel.adapter_key:
        raise NotNow(_("Jalur ini tidak tersedia untuk kanal ini."))
    if not channel.holds_secrets_of(adapter_key):
        raise NotNow(_("Jalur ini belum terhubung. Hubungkan dulu lewat “Hubungkan ulang”."))
    adapter_switched.send(Channel, channel=channel)
    channel.adapter_key = adapter_key
    channel.save(update_fields=["adapter_key"])
    _record(Verb.SWITCH_ADAPTER, channel, by, registry.adapter(adapter_key).label)


def take(incident: Incident, *, by: User) -> None:
    """Somebody says that they see to it. Raises NotYours."""
    acts.require(by, Action.CONNECT, Action.KEEP_CUSTODY, agency=incident.channel.agency)
    Incident.objects.filter(pk=incident.pk, taken_by=None).update(taken_by=by)


@transaction.atomic
def settle_stranger(stranger: Stranger, *, by: User, verdict: str, note: str) -> None:
    """Say what a post from elsewhere is. Raises NotYours, NotNow."""
    require_settling(stranger, by)
    here = Stranger.objects.filter(pk=stranger.pk, settled_at=None)
    if not here.update(verdict=verdict, note=note, settled_by=by, settled_at=timezone.now()):
        raise NotNow(_("Unggahan ini sudah dijelaskan orang lain."))
    said = f"{Stranger.Verdict(verdict).label}. {note}".strip()
    _record(Verb.KNOWN, stranger.channel, by, said)


def require_settling(stranger: Stranger, by: User) -> None:
    """Raise NotYours unless `by` may say what a post from elsewhere is."""
    acts.require(by, Action.KEEP_CUSTODY, Action.REVIEW, agency=stranger.channel.agency)


# --- in whose hands it is ---


@transaction.atomic
def write_custody(custody: Custody, *, by: User) -> None:
    """Keep who holds the account; whoever writes it down confirms it. Raises NotYours."""
    _require_custody(custody.channel, by)
    custody.confirmed_by, custody.confirmed_at = by, timezone.now()
    custody.save()
    _record(Verb.CUSTODY, custody.channel, by, custody.holder)


@transaction.atomic
def confirm_custody(channel: Channel, *, by: User) -> None:
    """Once a year: it is still so. Raises NotYours, NotNow when nothing is written down."""
    _require_custody(channel, by)
    kept = Custody.objects.filter(pk=channel.pk)
    if not kept.update(confirmed_by=by, confirmed_at=timezone.now()):
        raise NotNow(_("Penguasaan kanal belum dicatat. Isi dulu."))
    _record(Verb.CONFIRM, channel, by)


@transaction.atomic
def begin_handover(handover: Handover, *, by: User) -> None:
    """Begin to hand an account over. Raises NotYours, NotNow when one is going on."""
    _require_custody(handover.channel, by)
    if handover.channel.handovers.filter(finished_at=None).exists():
        raise NotNow(_("Serah terima sebelumnya belum selesai."))
    handover.by = by
    handover.save(force_insert=True)
    _record(Verb.HANDOVER, handover.channel, by, f"{handover.giver} → {handover.taker}")


@transaction.atomic
def tick_off(handover: Handover, ticked: list[str], *, by: User) -> None:
    """Tick off steps; with the last one it is done, and the new holder is written down."""
    _require_custody(handover.channel, by)
    if handover.finished_at:
        raise NotNow(_("Serah terima ini sudah selesai."))
    handover.ticked = [key for key, _label in Handover.STEPS if key in ticked]
    if not handover.open_steps:
        handover.finished_at = timezone.now()
        custody, _made = Custody.objects.get_or_create(channel=handover.channel)
        custody.holder, custody.decree = handover.taker, handover.decree or custody.decree
        write_custody(custody, by=by)
        done = _("selesai: %(taker)s") % {"taker": handover.taker}
        _record(Verb.HANDOVER, handover.channel, by, done)
    handover.save(update_fields=["ticked", "finished_at"])


def _require_custody(channel: Channel, by: User) -> None:
    acts.require(by, Action.KEEP_CUSTODY, agency=channel.agency)


def _record(verb: Verb, channel: Channel, by: User, note: str = "") -> None:
    said = " · ".join(filter(None, [str(channel), note]))
    acts.record(verb, by=by, agency=channel.agency, channel=channel.pk, note=said)
