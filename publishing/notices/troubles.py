"""What ails channels and the machinery, told to who can mend it."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from platforms.models import Incident, Stranger
from publishing import vitals
from publishing.models.notice import Notice, Outlet, Topic, Way
from publishing.notices import audience
from publishing.notices.outlets import FAILING
from publishing.notices.telling import News, tell

AT_ONCE = 20
AGAIN = timedelta(hours=6)  # a trouble of the machinery that lasts is told again after this
_LOCK = 7_310_027  # advisory: of several processes one looks


def channels() -> int:
    """One line for each incident that is new or grew worse since it was told."""
    grown = Q(told_at=None) | Q(told_at__lt=F("changed_at"))
    found = Incident.objects.filter(grown, closed_at=None).select_related("channel__agency")
    return sum(_channel(incident) for incident in found.order_by("changed_at")[:AT_ONCE])


@transaction.atomic
def _channel(incident: Incident) -> int:
    here = Incident.objects.filter(pk=incident.pk, changed_at=incident.changed_at)
    grown = Q(told_at=None) | Q(told_at__lt=F("changed_at"))
    people = list(audience.keepers(incident.channel.agency))
    if not people or not here.filter(grown).update(told_at=timezone.now()):
        return 0
    channel = incident.channel
    said = f"{channel}: {incident.get_kind_display().lower()}. {incident.said}".strip()
    address = reverse("channel", args=[channel.pk])
    line = News(f"channel:{channel.pk}", Topic.CHANNEL, said, said, address)
    return tell(people, line)


def strangers() -> int:
    """Posts on our channels that did not go out from here, one line for each channel."""
    told = Notice.objects.filter(key__startswith="stranger:").values("key")
    known = {row["key"] for row in told}
    found = Stranger.objects.filter(settled_at=None).select_related("channel__agency")
    fresh = [one for one in found.order_by("at")[:AT_ONCE] if f"stranger:{one.pk}" not in known]
    return sum(_stranger(one) for one in fresh)


def _stranger(stranger: Stranger) -> int:
    channel = stranger.channel
    said = _("%(channel)s: ada unggahan yang tidak dikirim dari sini.") % {"channel": channel}
    address = reverse("channel", args=[channel.pk])
    people = {*audience.keepers(channel.agency), *audience.coordinators()}
    return tell(people, News(f"stranger:{stranger.pk}", Topic.CHANNEL, said, said, address))


@transaction.atomic
def machinery() -> int:
    """The scheduler, what is overdue, clocks, ways out that fail: told to the admins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        [is_first] = cursor.fetchone() or [False]
    if not is_first:
        return 0
    said = {f"machine:{n}": one for n, one in enumerate(vitals.complaints(vitals.take()))}
    for outlet in Outlet.objects.filter(failures__gte=FAILING):
        label = Way(outlet.way).label
        words = _("Pemberitahuan lewat %(way)s tidak terkirim: %(said)s")
        said[f"machine:{outlet.way}"] = words % {"way": label, "said": outlet.said}
    return sum(_machine(key, words) for key, words in said.items())


def _machine(key: str, words: str) -> int:
    recent = Notice.objects.filter(key=key, words=words, at__gt=timezone.now() - AGAIN)
    if recent.exists():
        return 0
    news = News(key, Topic.MACHINE, words, words, reverse("health"), urgent=True)
    return tell(audience.admins(), news)
