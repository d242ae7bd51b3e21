"""Where: an agency's accounts on the platforms, how they are, and in whose hands."""

from platforms.models.channel import Channel, ChannelQuerySet
from platforms.models.custody import Custody, Handover
from platforms.models.health import Health, Incident
from platforms.models.stranger import Stranger

__all__ = [
    "Channel",
    "ChannelQuerySet",
    "Custody",
    "Handover",
    "Health",
    "Incident",
    "Stranger",
]
