"""The schedule of notices: collect, watch, send, sum up, forget; and the watch in each worker."""

from datetime import timedelta

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.utils import timezone

from publishing.delivery.call import stopping
from publishing.models import Message, Notice
from publishing.notices import alarms, channels, clocks, digest, doubts, gates, machinery
from publishing.notices import collect as collecting
from publishing.notices import send as sending

AT_ONCE = 5000  # rows that one turn forgets
STRANGERS = timedelta(days=7)
STALE = 5  # seconds after which a ring is not worth answering: it was rung again


@shared_task(ignore_result=True)
def collect() -> None:
    """Tell of what happened in the last seconds."""
    collecting.collect()
    doubts.tell_doubts()
    channels.tell_incidents()
    channels.tell_strangers()


@shared_task(ignore_result=True)
def watch() -> None:
    """Tell of review clocks that run out, and of machinery that fails."""
    clocks.watch()
    machinery.look()


@shared_task(ignore_result=True)
def send() -> None:
    """Ring for what is due outside: who keeps the clock must not wait for a gateway."""
    if sending.is_due():
        send_due.apply_async(expires=STALE)


@shared_task(ignore_result=True)
def send_due() -> None:
    """Send what is due outside."""
    sending.send_due()


@shared_task(ignore_result=True)
def sum_up() -> None:
    """The leaders' letter of the day."""
    digest.sum_up()


@shared_task(ignore_result=True)
def forget() -> None:
    """Drop what was read long ago, what was sent long ago, and what need not be known again."""
    old = timezone.now() - settings.KEEP_READ_NOTICES
    read = Notice.objects.filter(read_at__lt=old).values("pk")[:AT_ONCE]
    Notice.objects.filter(pk__in=read).delete()
    over = Message.objects.filter(ended_at__lt=old).values("pk")[:AT_ONCE]
    Message.objects.filter(pk__in=over).delete()
    alarms.forget("clock:", settings.KEEP_READ_NOTICES)
    alarms.forget("stranger:", STRANGERS)
    alarms.forget(gates.REFUSED, STRANGERS)
    alarms.forget("digest:", STRANGERS)


@worker_ready.connect
def keep_watch(**_signal: object) -> None:
    """A dead scheduler cannot tell that it is: each worker looks."""
    machinery.start_watch(stopping)
