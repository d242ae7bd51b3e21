"""Sends what is due: one letter or message for each person and way, however many lines it has.

First it is claimed and that is committed, then the call is made, then what came of it is written
down. Whoever dies between has perhaps sent it: it is called doubtful, and never sent again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from publishing.models import Message, Way
from publishing.notices import gates, letter, quiet
from publishing.notices.ways import email, gateway, telegram
from publishing.notices.ways.result import Doubtful, NotTaken, Refused, Result, Taken

State = Message.State
AT_ONCE = 20  # letters of one turn
LINES = 50  # lines of one letter
LOST = timedelta(minutes=5)  # a call does not take so long: its sender is gone
BROKEN_REST = timedelta(minutes=10)
_SENDERS = {Way.EMAIL: email.send, Way.GATEWAY: gateway.send, Way.TELEGRAM: telegram.send}


def send_due() -> int:
    """Send what is due now; how many letters and messages were taken."""
    _lost().update(state=State.DOUBTFUL, ended_at=timezone.now())
    taken = 0
    for _turn in range(AT_ONCE):
        bundle = _claim()
        if not bundle:
            break
        taken += _send(bundle)
    return taken


def is_due() -> bool:
    """Whether anything is to be sent now, or its sender was lost."""
    return _due(timezone.now()).exists() or _lost().exists()


def _due(now: datetime) -> QuerySet[Message]:
    due = Message.objects.filter(state=State.WAITING, due_at__lte=now)
    due = due.filter(way__in=gates.open_ways(now))
    return due.filter(notice__urgent=True) if quiet.is_quiet(now) else due


@transaction.atomic
def _claim() -> Sequence[Message]:
    """What one person gets by one way now, in the hands of this process alone."""
    now = timezone.now()
    due = _due(now)
    first = due.order_by("due_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
    if first is None:
        return []
    with_it = due.filter(person=first.person_id, way=first.way).order_by("due_at", "pk")
    found = list(with_it.select_for_update(skip_locked=True, of=("self",))[:LINES])
    pks = [message.pk for message in found]
    Message.objects.filter(pk__in=pks).update(
        state=State.SENDING, began_at=now, tries=F("tries") + 1
    )
    claimed = Message.objects.filter(pk__in=pks).order_by("notice__at", "notice_id")
    return list(claimed.select_related("notice", "person"))


def _send(bundle: Sequence[Message]) -> bool:
    person, way = bundle[0].person, bundle[0].way
    wanted = [message for message in bundle if message.notice.read_at is None]
    to = letter.address_of(person, way)
    if not to or not person.is_active:
        wanted = []
    _end([one for one in bundle if one not in wanted], State.DROPPED, "")
    if not wanted:
        return False
    words = letter.write([message.notice for message in wanted], way)
    result = _SENDERS[Way(way)](to, words.subject, words.text)
    _record(way, wanted, result)
    return isinstance(result, Taken)


def _record(way: str, sent: Sequence[Message], result: Result) -> None:
    match result:
        case Taken():
            _end(sent, State.SENT, "")
            gates.works(way)
        case Refused(said=said):
            if gates.refuses_all(way, sent[0].person_id, said):
                _all_again(sent, said)
            else:
                _end(sent, State.FAILED, said)
        case Doubtful(said=said):
            _end(sent, State.DOUBTFUL, said)
            gates.failed(way, said, rests_until=None)
        case NotTaken(said=said, after=after, of_one=True):
            _all_again(sent, said, after)
        case NotTaken(said=said, after=after, broken=broken):
            rest = BROKEN_REST if broken else after
            until = timezone.now() + rest if rest else None
            gates.failed(way, said, rests_until=until, at_once=broken)
            _all_again(sent, said, after)


def _all_again(messages: Sequence[Message], said: str, after: timedelta | None = None) -> None:
    for message in messages:
        _again(message, said, after)


@transaction.atomic
def _again(message: Message, said: str, after: timedelta | None) -> None:
    """It waits for its next try, unless it had them all or a newer one about it waits already."""
    waits = settings.MESSAGE_WAITS
    newer = Message.objects.filter(notice=message.notice_id, way=message.way, state=State.WAITING)
    if newer.exists():
        _end([message], State.DROPPED, said)
    elif message.tries > len(waits):
        _end([message], State.FAILED, said)
    else:
        wait = max(waits[message.tries - 1], after or timedelta())
        here = Message.objects.filter(pk=message.pk, state=State.SENDING)
        here.update(state=State.WAITING, due_at=timezone.now() + wait, said=said)


def _end(messages: Sequence[Message], state: Message.State, said: str) -> None:
    here = Message.objects.filter(pk__in=[one.pk for one in messages], state=State.SENDING)
    here.update(state=state, said=said, ended_at=timezone.now())


def _lost() -> QuerySet[Message]:
    return Message.objects.filter(state=State.SENDING, began_at__lt=timezone.now() - LOST)
