"""The machinery that fails: admins are told though no schedule runs, and calmed when it is over."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from accounts.models import Role
from publishing.delivery import pulse
from publishing.models import Heartbeat, Notice
from publishing.models.heartbeat import SCHEDULER
from publishing.notices import machinery
from publishing.notices.machinery import look
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


def silence() -> None:
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=3))


@pytest.fixture(autouse=True)
def scheduler(db, clock):
    clock.move_to(timezone.localtime().replace(hour=12), tick=False)
    pulse.beat(SCHEDULER, timedelta())


def test_all_well_tells_nobody(adi):
    assert look() == 0
    assert not Notice.objects.exists()


def test_a_silent_scheduler_is_told_once_and_its_return_calms(adi, sari):
    silence()
    assert (look(), look()) == (1, 0)
    line = Notice.objects.get()
    assert (line.person, line.read_at) == (adi, None)
    assert "Penjadwal tidak berjalan" in line.sentence
    pulse.beat(SCHEDULER, timedelta())
    look()
    line.refresh_from_db()
    assert line.sentence == "Penjadwal berjalan lagi."
    assert line.read_at is not None
    silence()
    assert look() == 1


def test_overdue_deliveries_are_told(adi, sari, dewi, channels, clock):
    factories.make_approved(sari, dewi, channels["x"], publish_at=None)
    clock.move_to(timezone.now() + timedelta(minutes=15), tick=False)
    pulse.beat(SCHEDULER, timedelta())
    look()
    assert "tertunda" in Notice.objects.get(person=adi).sentence


def test_without_an_admin_it_is_told_when_there_is_one(db):
    silence()
    assert look() == 0
    factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    assert look() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_once_one_tells(adi):
    silence()
    done = []

    def other():
        done.append(look())
        connections.close_all()

    with transaction.atomic():
        assert look() == 1  # and its lock is held until the end of this block
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert done == [0]


class Turns(threading.Event):
    """A stop that comes after so many turns, without anybody waiting."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.turns = turns
        self.waited: list[float] = []

    def wait(self, timeout=None) -> bool:
        self.waited.append(timeout)
        self.turns -= 1
        return self.turns < 0


def test_a_worker_looks_and_sends_by_itself(adi, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)  # the test keeps its own
    silence()
    stop = Turns(2)
    machinery._watch(stop)
    assert [letter.to for letter in mail.outbox] == [[adi.email]]
    assert stop.waited[0] > 120  # a scheduler that starts beside it is not silent
    assert stop.waited[1] == machinery.EVERY


def test_a_database_that_is_gone_costs_the_watch_one_turn(adi, monkeypatch):
    turns = []

    def look_once():
        turns.append(1)
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "close", lambda: None)  # the test keeps its own
    monkeypatch.setattr(machinery, "look", look_once)
    machinery._watch(Turns(2))
    assert len(turns) == 2
