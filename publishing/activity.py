"""What the regency says and who is silent: one sentence for who reads one page a month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Agency
from platforms.models import Channel, Incident
from publishing import due
from publishing.models import Delivery

SILENT = timedelta(days=14)
# by channel, each by its own index: what is older is never read
_COUNT = """
SELECT count(DISTINCT c.agency_id) FILTER (WHERE d.published_at >= %(this)s),
       count(DISTINCT d.post_id) FILTER (WHERE d.published_at >= %(this)s),
       count(DISTINCT d.post_id) FILTER (WHERE d.published_at < %(until)s)
FROM platforms_channel c
CROSS JOIN LATERAL (
    SELECT post_id, published_at FROM publishing_delivery
    WHERE channel_id = c.id AND status = 'published'
      AND published_at >= %(last)s AND published_at <= %(now)s
) d
WHERE NOT c.is_training
"""


@dataclass(frozen=True)
class Month:
    """What went out this month, and in the one before up to the same day and hour."""

    agencies: int  # of those that published something
    of: int  # agencies that exist
    posts: int
    before: int
    last: date

    @property
    def sentence(self) -> str:
        if not self.posts:
            return _("Bulan ini belum ada OPD yang menayangkan unggahan.")
        said = _("Bulan ini %(a)s dari %(of)s OPD menayangkan %(n)s unggahan%(change)s.")
        numbers = {"a": self.agencies, "of": self.of, "n": f"{self.posts:,}".replace(",", ".")}
        return said % (numbers | {"change": self._change})

    @property
    def _change(self) -> str:
        """Against the same days of last month: a month that runs has fewer than a whole one."""
        month = date_format(self.last, "F")
        if not self.before:
            return ""
        share = round(100 * (self.posts - self.before) / self.before)
        if share == 0:
            return _(", sebanyak %(month)s") % {"month": month}
        said = (
            _(", naik %(share)s%% dari %(month)s")
            if share > 0
            else _(", turun %(share)s%% dari %(month)s")
        )
        return said % {"share": abs(share), "month": month}


@dataclass(frozen=True)
class Concern:
    """Something a leader asks about: whom it is about, and a sentence."""

    who: str
    sentence: str


def month() -> Month:
    """Two queries; they read two months of deliveries, however many years lie behind."""
    now = timezone.localtime()
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = (first - timedelta(days=1)).replace(day=1)
    until = min(last + (now - first), first)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"this": first, "last": last, "until": until, "now": now})
        agencies, posts, before = cursor.fetchone()
    return Month(agencies, _speaking().count(), posts, before, last.date())


def concerns() -> list[Concern]:
    """Agencies silent for two weeks, dead channels, late reviews; three queries."""
    return [*_late(), *_dead(), *_silent()]


def _speaking() -> QuerySet[Agency]:
    """Agencies that have a channel in use."""
    return Agency.objects.open().filter(pk__in=Channel.objects.active().values("agency"))


def _silent() -> list[Concern]:
    """By channel, each by its own index; an agency is as late as its latest channel."""
    sent = Delivery.objects.filter(channel=OuterRef("pk"), status=Delivery.Status.PUBLISHED)
    newest = sent.exclude(published_at=None).order_by("-published_at").values("published_at")[:1]
    told = (
        Channel.objects.active().filter(agency__in=_speaking()).annotate(sent_at=Subquery(newest))
    )
    latest: dict[str, datetime | None] = {}
    for name, at in told.values_list("agency__name", "sent_at"):
        known = latest.get(name)
        latest[name] = max(filter(None, (known, at)), default=None)
    since = timezone.now() - SILENT
    quiet = [(name, at) for name, at in latest.items() if at is None or at < since]
    quiet.sort(key=lambda one: (one[1] is not None, one[1] or since, one[0]))
    return [Concern(name, _silence(at)) for name, at in quiet]


def _silence(sent_at: datetime | None) -> str:
    if sent_at is None:
        return _("Belum pernah menayangkan unggahan.")
    day = date_format(timezone.localtime(sent_at), "j F Y")
    return _("Tidak menayangkan unggahan sejak %(day)s.") % {"day": day}


def _dead() -> list[Concern]:
    dead = Incident.objects.filter(kind=Incident.Kind.DEAD, closed_at=None)
    ours = dead.filter(channel__is_active=True, channel__is_training=False)
    return [
        Concern(
            one.channel.agency.name,
            _("%(channel)s putus sejak %(day)s; tidak ada yang terkirim ke sana.")
            % {
                "channel": one.channel,
                "day": date_format(timezone.localtime(one.opened_at), "j F Y"),
            },
        )
        for one in ours.select_related("channel__agency").order_by("opened_at")
    ]


def _late() -> list[Concern]:
    late = [one for one in due.standing() if one.is_late]
    if not late:
        return []
    return [
        Concern(
            _("Tinjauan"),
            _("%(n)s unggahan menunggu keputusan lebih lama dari batasnya.") % {"n": len(late)},
        )
    ]
