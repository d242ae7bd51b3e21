"""What becomes of channels when their agency is merged or closed."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.acts import Verb, record
from accounts.models import Agency, User
from accounts.signals import agency_closed, agency_merged
from platforms.models import Channel
from platforms.signals import channel_moved


@receiver(agency_merged)
def move_channels(agency: Agency, into: Agency, by: User, **_signal: Any) -> None:
    """They go on under the successor, connected as they were; training accounts stay behind."""
    for channel in Channel.objects.filter(agency=agency, is_training=False):
        Channel.objects.filter(pk=channel.pk).update(agency=into)
        note = _("dari %(agency)s ke %(into)s") % {"agency": agency, "into": into}
        record(Verb.MOVE, by=by, agency=into, channel=channel.pk, note=note)
        channel_moved.send(Channel, channel=channel, was=agency)


@receiver(agency_closed)
def switch_off(agency: Agency, by: User, **_signal: Any) -> None:
    """Nothing goes out for an agency that exists no more."""
    for channel in Channel.objects.filter(agency=agency, is_training=False, is_active=True):
        Channel.objects.filter(pk=channel.pk).update(is_active=False)
        record(Verb.DISABLE, by=by, agency=agency, channel=channel.pk, note=_("OPD ditutup"))
