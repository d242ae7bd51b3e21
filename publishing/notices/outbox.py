"""Sends what is due: all of one person's messages by one way go as one; nothing goes twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models.notice import Outgoing
from publishing.notices import choices, outlets
from publishing.notices.outlets import Answer, Doubtful, Later, Refused, Sent
from publishing.notices.telling import by_day

TRIES = (1, 5, 15, 60, 240)  # minutes until the next try; after the last one it is given up
LOST = timedelta(minutes=10)  # a message that somebody began to send and never closed
AT_ONCE = 300
IN_ONE = 20  # lines in one message


def has_work() -> bool:
    """Whether something is due."""
    return _due().exists()


def _due() -> QuerySet[Outgoing]:
    now = timezone.now()
    return Outgoing.objects.filter(closed_at=None, claimed_at=None, due_at__lte=now)


def send_due() -> int:
    """Send everything that is due; how many messages were taken."""
    give_up_the_lost()
    return sum(_send(bundle) for bundle in _claimed())


@transaction.atomic
def _claimed() -> list[list[Outgoing]]:
    """What is due, marked as being sent before any of it is: a crash loses it, and doubles none."""
    rows = _due().select_for_update(skip_locked=True, of=("self",))
    found = list(rows.select_related("notice__person").order_by("due_at", "pk")[:AT_ONCE])
    ids = [one.pk for one in found]
    Outgoing.objects.filter(pk__in=ids).update(claimed_at=timezone.now(), tries=F("tries") + 1)

    def to_whom(one: Outgoing) -> tuple[int, str]:
        return one.notice.person_id, one.way

    bundles = groupby(sorted(found, key=to_whom), key=to_whom)
    return [list(rows) for _key, rows in bundles]


def _send(bundle: Sequence[Outgoing]) -> int:
    """One message to one person by one way."""
    way, person = bundle[0].way, bundle[0].notice.person
    to = choices.address(person, way)
    if not person.is_active or not to:
        _close(bundle, Refused("tidak ada alamat"))
        return 0
    answer = outlets.send(way, to, _subject(bundle), _words(bundle))
    _close(bundle, answer)
    return int(isinstance(answer, Sent))


def _subject(bundle: Sequence[Outgoing]) -> str:
    if len(bundle) == 1:
        return f"OPD Hub: {bundle[0].notice.outside}"[:160]
    return _("OPD Hub: %(n)s pemberitahuan") % {"n": len(bundle)}


def _words(bundle: Sequence[Outgoing]) -> str:
    """A line and its address for each; of very many the rest is on the page."""
    lines = [f"{one.notice.outside}\n{settings.PUBLIC_URL}{one.notice.url}" for one in bundle]
    more = len(lines) - IN_ONE
    if more > 0:
        rest = _("Dan %(n)s lainnya: %(url)s") % {
            "n": more,
            "url": f"{settings.PUBLIC_URL}/notices/",
        }
        lines = [*lines[:IN_ONE], rest]
    return "\n\n".join(lines)


def _close(bundle: Iterable[Outgoing], answer: Answer) -> None:
    now = timezone.now()
    for one in bundle:
        here = Outgoing.objects.filter(pk=one.pk, closed_at=None)
        if isinstance(answer, Later) and one.tries < len(TRIES):
            pause = max(timedelta(minutes=TRIES[one.tries]), timedelta(seconds=answer.after))
            due = by_day(now + pause, one.notice.urgent)
            _try_again(one, due, answer.said)
            continue
        said = "" if isinstance(answer, Sent) else answer.said
        here.update(closed_at=now, was_sent=isinstance(answer, Sent), said=said[:200])


@transaction.atomic
def _try_again(one: Outgoing, due: datetime, said: str) -> None:
    """Later; a newer message about the same thing that waits already tells it as well."""
    waits = Outgoing.objects.filter(
        notice=one.notice_id, way=one.way, closed_at=None, claimed_at=None
    )
    if waits.exists():
        Outgoing.objects.filter(pk=one.pk).update(closed_at=timezone.now(), said=said[:200])
    else:
        Outgoing.objects.filter(pk=one.pk).update(claimed_at=None, due_at=due, said=said[:200])


def give_up_the_lost() -> int:
    """Close what a sender began and never closed: whether it arrived nobody knows."""
    lost = Q(closed_at=None, claimed_at__lt=timezone.now() - LOST)
    said = Doubtful("pengirim berhenti di tengah jalan").said
    return Outgoing.objects.filter(lost).update(closed_at=timezone.now(), said=said)
