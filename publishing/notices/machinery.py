"""The machinery itself: no scheduler, overdue deliveries, a wrong clock, a gateway that fails.

Looked at by the schedule, and by a thread in each worker: a dead scheduler cannot tell that it is.
"""

import logging
import threading
from collections.abc import Mapping

from django.conf import settings
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import vitals
from publishing.models import Gate, Topic
from publishing.notices import gates, send, who
from publishing.notices.alarms import end, raise_once
from publishing.notices.tell import Word, calm, tell

logger = logging.getLogger(__name__)
EVERY = 30.0  # seconds


def look(*, outside: bool = True) -> int:
    """Tell the admins of what began, and calm them about what is over; how many things began.

    Whoever looks at the same moment looks for both.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('publishing.machinery'))")
            if not cursor.fetchone()[0]:
                return 0
        return sum(_state(key, sentence, outside=outside) for key, sentence in _states().items())


def _states() -> Mapping[str, str]:
    """Each thing that can be wrong; "" when it is not."""
    signs = vitals.take()
    overdue = signs.overdue and not signs.is_silent
    found = {
        "silent": _("Penjadwal tidak berjalan. Unggahan tidak dikirim.") if signs.is_silent else "",
        "overdue": _("Ada pengiriman yang tertunda lebih dari 10 menit.") if overdue else "",
        "askew": _askew(signs),
    }
    failing = {gate.way: gate for gate in Gate.objects.exclude(failing_since=None)}
    return found | {f"gate:{way}": _failing(failing.get(way)) for way in gates.names()}


def _askew(signs: vitals.Vitals) -> str:
    machines = ", ".join(signs.askew)
    return _("Jam komputer %(machines)s salah.") % {"machines": machines} if machines else ""


def _failing(gate: Gate | None) -> str:
    if gate is None:
        return ""
    facts = {"way": gates.name_of(gate.way), "said": gate.said}
    return _("Pemberitahuan lewat %(way)s tidak terkirim: %(said)s") % facts


def _state(name: str, sentence: str, *, outside: bool) -> bool:
    key = f"system:{name}"
    if not sentence:
        if end(key):
            calm(key, _over(name))
        return False
    people = who.admins()
    if not people or not raise_once(key):
        return False
    word = Word(key=key, topic=Topic.SYSTEM, sentence=sentence, path=reverse("home"))
    return tell(word, people, outside=outside) > 0


def _over(name: str) -> str:
    if name.startswith("gate:"):
        way = gates.name_of(name.partition(":")[2])
        return _("Pemberitahuan lewat %(way)s terkirim lagi.") % {"way": way}
    return {
        "silent": _("Penjadwal berjalan lagi."),
        "overdue": _("Tidak ada lagi pengiriman yang tertunda."),
        "askew": _("Jam semua komputer benar lagi."),
    }[name]


# --- in a worker, where no schedule is needed ---


def start_watch(stop: threading.Event) -> threading.Thread:
    """Look about every thirty seconds in a thread of its own, until `stop`."""
    thread = threading.Thread(target=_watch, args=(stop,), name="watch", daemon=True)
    thread.start()
    return thread


def _watch(stop: threading.Event) -> None:
    """At first a scheduler that starts beside us is given the time that makes a silent one."""
    wait = settings.SILENT_AFTER.total_seconds() + EVERY
    while not stop.wait(wait):
        wait = EVERY
        try:
            look()
            send.send_due()
        except Error as error:
            logger.warning("nobody looked at the machinery: %s", type(error).__name__)
            connection.close()
    connection.close()
