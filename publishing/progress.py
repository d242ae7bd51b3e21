"""How far each delivery of a post got, and what comes next, as a page says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.delivery import manual
from publishing.delivery.manual import DeliveryMove
from publishing.models import Delivery, Pause, Post

SOON = timedelta(minutes=10)
Status = Delivery.Status


@dataclass(frozen=True)
class Line:
    """One delivery: where it stands, the next step, and the ways out that a person has."""

    delivery: Delivery
    next_step: str
    moves: list[DeliveryMove]

    @property
    def checked(self) -> str:
        """What reading it back told; empty before the first reading."""
        row = self.delivery
        if row.status != Status.PUBLISHED or not row.snapshot:
            return ""
        if not row.snapshot["text"]:
            return str(row.snapshot.get("reason", ""))
        when = spoken(datetime.fromisoformat(row.snapshot["at"]))
        return _("Masih ada saat diperiksa %(when)s.") % {"when": when}

    @property
    def is_moving(self) -> bool:
        """Whether its state may change by itself within minutes."""
        row = self.delivery
        if row.status == Status.WAITING:
            return row.not_before <= timezone.now() + SOON
        return row.status == Status.SENDING or (
            row.status == Status.UNCERTAIN and row.next_at is not None
        )


def load(post: Post) -> None:
    """Read the post's deliveries with all that its page says of them."""
    rows = Delivery.objects.select_related("channel", "revision").prefetch_related("attempts")
    prefetch_related_objects([post], Prefetch("deliveries", rows))


def lines(post: Post, user: User) -> list[Line]:
    """The newest delivery of each channel: those of an earlier approval stay in the history."""
    if post.submitted_at is None:  # what was never handed in was never sent
        return []
    load(post)
    newest: dict[int, Delivery] = {}
    for row in sorted(post.deliveries.all(), key=lambda row: row.pk):
        newest[row.channel_id] = row
    by_platform = sorted(newest.values(), key=lambda row: (row.channel.platform, row.channel_id))
    pauses = list(Pause.objects.active()) if any(map(manual.may_wait, by_platform)) else []
    return [
        Line(row, next_step(row), manual.available(user, row, pauses=pauses)) for row in by_platform
    ]


def is_moving(shown: Iterable[Line]) -> bool:
    """Whether the page should ask again soon."""
    return any(line.is_moving for line in shown)


def next_step(delivery: Delivery) -> str:
    """What happens next by itself, or who has to act; empty when it has come to its end."""
    if delivery.status == Status.WAITING:
        return _waiting(delivery)
    if delivery.status == Status.UNCERTAIN:
        return _uncertain(delivery)
    if delivery.status == Status.HELD:
        return _held(delivery)
    if delivery.status == Status.GONE:
        return _("Peninjau memeriksa ke %(channel)s.") % {"channel": delivery.channel.adapter.label}
    if delivery.status in (Status.FAILED, Status.MISSED):
        return _("Peninjau memutuskan: dikirim lagi atau dibatalkan.")
    return ""


def _waiting(delivery: Delivery) -> str:
    now = timezone.now()
    if delivery.reason and delivery.next_at and delivery.next_at > now:
        return _("Dicoba lagi %(when)s.") % {"when": spoken(delivery.next_at)}
    if delivery.not_before > now:
        return _("Dikirim %(when)s.") % {"when": spoken(delivery.not_before)}
    return _("Sebentar lagi dikirim.")


def _uncertain(delivery: Delivery) -> str:
    known = {"channel": delivery.channel.adapter.label}
    if delivery.next_at is None:
        return _("Peninjau memeriksa sendiri ke %(channel)s, lalu memilih.") % known
    return _("Kami memeriksa ke %(channel)s sebelum mencoba lagi.") % known


def _held(delivery: Delivery) -> str:
    if delivery.hold == Delivery.Hold.CHANNEL:
        return _("Dilanjutkan sendiri begitu kanal terhubung lagi. Hubungi admin sistem.")
    if delivery.hold == Delivery.Hold.REVISION:
        return _("Dikirim setelah unggahan disetujui lagi.")
    if delivery.hold == Delivery.Hold.GUIDELINES:
        return _("Peninjau membuka “Periksa pedoman”: mengizinkan, atau membatalkan.")
    return _("Peninjau memutuskan: dikirim lagi atau dibatalkan.")


def spoken(at: datetime) -> str:
    """The time as in “pukul 09.05”, with the day when it is not today."""
    local = timezone.localtime(at)
    clock = _("pukul %(time)s") % {"time": f"{local:%H.%M}"}
    if local.date() == timezone.localdate():
        return clock
    return f"{date_format(local, 'l, j F')} {clock}"
