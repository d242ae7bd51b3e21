"""What a worker does between two posts: whose turn is next, and what must not stop it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from celery.worker import state
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as NoBroker

from platforms.adapters.base import Published
from platforms.adapters.x import X
from platforms.models import Channel
from publishing import tasks
from publishing.delivery import call, lane, pause, statements
from publishing.models import Delivery, Lane
from tests.factories import make_approved
from tests.publishing.test_delivery import now_of, work
from tests.publishing.test_races import alone

pytestmark = pytest.mark.django_db
PLATFORMS = ("x", "facebook")


@pytest.fixture
def due(sari, dewi, channels, clock) -> list[Delivery]:
    """A text on X and one on Facebook, and their hour has come."""
    for platform in PLATFORMS:
        make_approved(sari, dewi, channels[platform], publish_at=None)
    clock.shift(timedelta(seconds=11))
    return list(Delivery.objects.order_by("pk"))


@pytest.fixture
def messages(monkeypatch) -> list[int]:
    """The doorbells that go out by message."""
    sent: list[int] = []
    monkeypatch.setattr(tasks, "_send", lambda _task, channel_ids: sent.extend(channel_ids))
    return sent


def published() -> int:
    return Delivery.objects.filter(status="published").count()


# --- whose turn is next ---


def test_a_thread_goes_on_with_the_next_channel_without_a_message(due, box, messages):
    tasks.run_lane(due[0].channel_id)
    assert published() == len(box.ledger()) == 2
    assert messages == []


def test_a_thread_that_others_wait_for_rings_the_next_channel_instead(due, box, messages):
    waits = Waiting()
    state.reserved_requests.add(waits)
    try:
        tasks.run_lane(due[0].channel_id)
    finally:
        state.reserved_requests.discard(waits)
    assert published() == 1
    assert messages == [due[1].channel_id]


class Waiting:
    """A task that Celery has given to this worker, and that no thread has taken yet."""

    id = "waiting"


def test_a_broker_that_does_not_answer_keeps_no_thread_from_its_work(due, box, monkeypatch):
    def silent(*_asked) -> None:
        raise NoBroker("Redis is away")

    monkeypatch.setattr(tasks, "_send", silent)
    tasks.run_lane(due[0].channel_id)
    assert published() == len(box.ledger()) == 2


def test_no_task_is_without_end(due, box, messages, monkeypatch):
    monkeypatch.setattr(tasks, "SHIFT", -1)
    tasks.run_lane(due[0].channel_id)
    assert (published(), messages) == (1, [due[1].channel_id])


def test_a_worker_that_is_asked_to_leave_takes_no_next_channel(due, box, messages, monkeypatch):
    monkeypatch.setattr(lane, "run", lambda _channel_id: call.stopping.set())
    try:
        tasks.run_lane(due[0].channel_id)
    finally:
        call.stopping.clear()
    assert (published(), messages) == (0, [])


# --- what must not stop it ---


def test_a_platform_that_is_too_busy_to_be_read_gives_its_channel_a_rest(due, box, clock):
    x = due[0]
    box.fault("x", "publish", "500", "before")
    work(clock)
    assert now_of(x) == "uncertain"
    box.fault("x", "read", "429", "before", reset_in=600)
    work(clock, 31)
    assert now_of(x) == "uncertain"
    assert x.looks == 1
    held_until = Lane.objects.get(pk=x.channel_id).held_until
    assert held_until
    assert held_until >= timezone.now() + timedelta(seconds=500)
    assert lane.claim(x.channel_id) is None


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_has_no_place_in_the_books_becomes_a_doubt(due, box, monkeypatch):
    monkeypatch.setattr(X, "publish", lambda _self, _job: Published("9" * 4000))
    lane.run(due[0].channel_id)
    assert now_of(due[0]) == "uncertain"
    assert due[0].reason == "Jawaban platform tidak dapat dicatat. Periksa di platform."
    [attempt] = due[0].attempts.all()
    assert (attempt.outcome, "Published" in attempt.detail) == ("unknown", True)


def test_new_secrets_are_not_blamed_for_what_the_old_ones_met(due):
    with_the_old = due[0].channel
    renewed = Channel.objects.get(pk=with_the_old.pk)
    renewed.keep_secrets({"access_token": "baru"})
    renewed.save()
    with_the_old.turn_away()
    renewed.refresh_from_db()
    assert renewed.is_connected


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_in_between_still_lets_the_lane_go(sari, dewi, channels, clock):
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    holder = lane.claim(delivery.channel_id)
    assert holder
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [mine] = cursor.fetchone()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(alone, partial(cut, mine)).result()
    lane.release(holder)
    assert Lane.objects.get(pk=delivery.channel_id).lease_owner == ""
    assert lane.claim(delivery.channel_id)  # and plans anew on the connection that came after


def cut(process: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


@pytest.mark.django_db(transaction=True)
def test_an_intent_does_not_wait_for_ever_for_a_pause_that_begins(
    sari, dewi, channels, box, monkeypatch
):
    hasty = statements.INTEND.replace("TO '2s'", "TO '50ms'")
    assert hasty != statements.INTEND
    monkeypatch.setattr(statements, "INTEND", hasty)
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(not_before=past, next_at=past)
    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [pause.LOCK])
        broken = pool.submit(alone, partial(lane.run, delivery.channel_id)).exception()
    assert isinstance(broken, OperationalError)
    assert (now_of(delivery), box.ledger()) == ("waiting", [])
    assert Lane.objects.get(pk=delivery.channel_id).lease_owner == ""
