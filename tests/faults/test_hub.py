"""OPD Hub as compose runs it: many processes, a broker that may fail, and every post once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
import requests
from django.db import connection, connections
from django.utils import timezone

from opd_hub.local import ports
from publishing.models import Attempt, Delivery, Event, Heartbeat, Revision
from publishing.models.heartbeat import SCHEDULER
from tests import factories
from tests.faults.checker import check
from tests.faults.hub import WHOLE
from tests.publishing.errand import browser

pytestmark = pytest.mark.django_db(transaction=True)
AGENCIES = 6
RESTARTS = 20
LIMITS = {"publish-1": 18, "publish-2": 18, "clock-1": 3, "embedded": 10}


@pytest.fixture
def due(dewi, crowd):
    """Makes so many approved posts for X, spread over agencies, whose hour is now."""
    people = crowd(AGENCIES)

    def make(count: int) -> None:
        for n in range(count):
            author, channel = people[n % AGENCIES]
            text = f"Kabar ke-{Delivery.objects.count()} dari {author.name}."
            factories.make_approved(author, dewi, channel, text=text, publish_at=None)
        now = timezone.now()
        Delivery.objects.filter(status="waiting").update(not_before=now, next_at=now)

    return make


def all_are_out() -> bool:
    return not Delivery.objects.exclude(status="published").exists()


def verdict(played, **options):
    return check(played.ledger(), played.ask("overlaps")["overlaps"], **options)


def test_several_workers_and_two_schedulers_send_every_due_post_once(hub, due, played):
    hub.begin(*WHOLE)
    due(60)
    hub.wait_until(all_are_out)
    assert verdict(played, at_rest=True) == []
    assert len(played.ledger()) == 60


def test_a_broker_that_is_flushed_and_restarted_costs_no_post(hub, due, played, broker):
    hub.begin("beat-1", "clock-1", "publish-1")
    due(30)
    broker.flush()
    hub.wait_until(lambda: len(played.ledger()) > 3)
    due(30)
    broker.restart()
    hub.wait_until(all_are_out)
    assert verdict(played, at_rest=True) == []


def test_a_broker_that_was_absent_when_posts_came_due_costs_no_post(hub, due, played, broker):
    broker.kill()
    hub.start("beat-1", "clock-1", "publish-1")
    due(10)
    broker.restart()
    hub.wait_until(all_are_out)
    assert verdict(played, at_rest=True) == []


def test_a_hung_broker_keeps_nobody_waiting_and_the_post_goes_out_once_it_thaws(
    hub, played, broker, dewi, sari, channels
):
    door = ports.free()
    hub.start("web", GUNICORN_CMD_ARGS=f"--bind={ports.HOST}:{door}")
    hub.begin("beat-1", "clock-1", "publish-1")
    ports.wait_until_open(door, hub.children["web"].watch)
    approve = partial(seconds_to_approve, f"http://{ports.HOST}:{door}")
    posts = [
        factories.make_submitted(sari, channels["x"], text=f"Kabar {n}.", publish_at=None)
        for n in range(12)
    ]
    with ThreadPoolExecutor(8) as people:  # the first answer of a process takes longest
        list(people.map(approve, posts[:8], sessions(dewi, 8)))
    broker.freeze()
    waits = list(map(approve, posts[8:], sessions(dewi, 4)))
    assert max(waits) < 2
    broker.thaw()
    hub.wait_until(all_are_out)
    assert verdict(played, at_rest=True) == []


def sessions(user, count: int) -> list[str]:
    """So many browsers in which this person is signed in."""
    return [browser(user).cookies["sessionid"].value for _ in range(count)]


def seconds_to_approve(web: str, post, session: str) -> float:
    """How long the reviewer's browser waits for an answer to the button."""
    token, newest = "c" * 32, Revision.objects.get(post=post)
    connections.close_all()  # this may be a thread of its own
    began = time.monotonic()
    answer = requests.post(
        f"{web}/posts/{post.pk}/approve/",
        {
            "version": post.version,
            "revision": newest.sha256,
            "checked": "all",
            "csrfmiddlewaretoken": token,
        },
        cookies={"sessionid": session, "csrftoken": token},
        allow_redirects=False,
        timeout=30,
    )
    assert answer.status_code == 302, answer.text
    return time.monotonic() - began


@pytest.mark.parametrize("mode", ["with a broker", "embedded"])
def test_sixteen_hung_calls_do_not_stop_the_tick(request, due, played, mode):
    """As many calls hang as a platform may have; the scheduler's heart goes on."""
    names = ["beat-1", "clock-1", "publish-1"] if mode == "with a broker" else ["embedded"]
    hub = request.getfixturevalue("hub" if mode == "with a broker" else "lone_hub")
    played.fault("x", "publish", "hang", seconds=25, times=0)
    due(AGENCIES)
    hub.begin(*names)
    hub.wait_until(lambda: Delivery.objects.filter(status="sending").count() == AGENCIES)
    assert longest_silence(hub, seconds=8) < timedelta(seconds=3)


def longest_silence(hub, seconds: float) -> timedelta:
    """The oldest that the scheduler's last heartbeat became in so many seconds."""
    worst, until = timedelta(0), time.monotonic() + seconds
    while time.monotonic() < until:
        seen = Heartbeat.objects.filter(kind=SCHEDULER).latest("seen_at").seen_at
        worst = max(worst, timezone.now() - seen)
        time.sleep(0.1)
    return worst


def test_a_worker_keeps_no_more_connections_than_its_threads_and_two(hub, due, played):
    played.ask("latency", seconds=0.1)
    hub.begin("beat-1", "clock-1", "publish-1", "publish-2")
    due(120)
    most: Counter[str] = Counter()
    while not all_are_out():
        most |= connections_of()
        time.sleep(0.05)
    assert most
    assert {name: n for name, n in most.items() if n > LIMITS[name]} == {}


def connections_of() -> Counter[str]:
    """How many connections each process of the hub holds now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name, count(*) FROM pg_stat_activity"
            " WHERE application_name <> '' GROUP BY 1"
        )
        held = dict(cursor.fetchall())
    return Counter({name: held.get(name, 0) for name in LIMITS})


def test_twenty_restarts_under_load_leave_nothing_in_doubt(hub, due, played):
    played.ask("latency", seconds=0.05)
    due(240)
    hub.begin("beat-1", "clock-1", "publish-1", "publish-2")
    for n in range(RESTARTS):
        name = f"publish-{n % 2 + 1}"
        hub.wait_until(partial(hub.is_at_work, name))
        assert hub.stop(name) == 0
        hub.start(name)
        if all_are_out():
            due(60)
    hub.wait_until(all_are_out)
    assert not Event.objects.filter(verb="uncertain").exists()
    assert not Attempt.objects.exclude(outcome="published").exists()
    assert verdict(played, at_rest=True) == []
