"""Channels that ail, and posts on them that are not ours: told to whoever can mend it, once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Channel, Incident, Stranger
from publishing.models import Topic
from publishing.notices import who
from publishing.notices.alarms import raise_once
from publishing.notices.tell import Word, calm, tell

AT_ONCE = 20
RECENT = timedelta(days=1)


def tell_incidents(*, outside: bool = True) -> int:
    """One line for each incident that is new or grew worse since it was told; how many.

    With nobody to tell it waits. What is over is told to nobody; who was told reads that it is.
    """
    since = timezone.now() - RECENT
    over = Incident.objects.filter(closed_at__gt=since).exclude(told_at=None)
    for incident in over.select_related("channel"):
        _calm(incident)
    news = Incident.objects.filter(closed_at=None, channel__is_training=False).filter(
        Q(told_at=None) | Q(told_at__lt=F("changed_at"))
    )
    found = news.select_related("channel__agency").order_by("changed_at")[:AT_ONCE]
    return sum(_tell(incident, outside=outside) for incident in found)


@transaction.atomic
def _tell(incident: Incident, *, outside: bool) -> bool:
    people = who.menders(incident.channel)
    mine = Incident.objects.filter(pk=incident.pk, told_at=incident.told_at, closed_at=None)
    if not people or not mine.update(told_at=timezone.now()):
        return False
    facts = {"channel": incident.channel, "what": incident.get_kind_display().lower()}
    sentence = _("Kanal %(channel)s: %(what)s.") % facts
    word = Word(
        key=_key(incident.channel),
        topic=Topic.CHANNEL,
        sentence=" ".join(filter(None, [sentence, incident.said])),
        path=reverse("channel", args=[incident.channel_id]),
        at=incident.changed_at,
    )
    return tell(word, people, outside=outside) > 0


def _calm(incident: Incident) -> None:
    running = Incident.objects.filter(channel=incident.channel_id, closed_at=None)
    if not running.exists():
        calm(_key(incident.channel), _("Kanal %(channel)s pulih.") % {"channel": incident.channel})


def tell_strangers(*, outside: bool = True) -> int:
    """One line for each channel on which something stands that did not go out from here."""
    since = timezone.now() - RECENT
    seen = Stranger.objects.filter(seen_at__gt=since, verdict="", channel__is_training=False)
    found = seen.select_related("channel__agency").order_by("seen_at")
    return sum(_tell_stranger(stranger, outside=outside) for stranger in found)


@transaction.atomic
def _tell_stranger(stranger: Stranger, *, outside: bool) -> bool:
    people = who.watchers(stranger.channel)
    if not people or not raise_once(f"stranger:{stranger.pk}"):
        return False
    sentence = _("Di %(channel)s muncul unggahan yang tidak dikirim dari OPD Hub.")
    word = Word(
        key=f"stranger:{stranger.channel_id}",
        topic=Topic.CHANNEL,
        sentence=sentence % {"channel": stranger.channel},
        path=reverse("channel", args=[stranger.channel_id]),
        at=stranger.seen_at,
    )
    return tell(word, people, outside=outside) > 0


def _key(channel: Channel) -> str:
    return f"channel:{channel.pk}"
