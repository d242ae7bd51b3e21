"""What happens reaches whoever it concerns: once, in a line that changes, never the doer."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from accounts.models import Delegation, Role
from publishing import workflow
from publishing.models import Event, Message, Notice, Told, Topic
from publishing.notices import collect as collecting
from publishing.notices import table
from publishing.notices.collect import collect
from publishing.workflow.clock import expire
from tests import factories

pytestmark = pytest.mark.django_db
Verb = Event.Verb


@pytest.fixture
def hendra(dinkes):
    return factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def submitted(sari, channels, clock):
    return factories.make_submitted(sari, channels["x"])


def later(clock, seconds=12) -> None:
    clock.move_to(timezone.now() + timedelta(seconds=seconds), tick=False)


def send_back(post, by) -> None:
    newest = post.revisions.order_by("-number")[0]
    workflow.send_back(post, by=by, seen=post.version, revision=newest.sha256, note="Perbaiki.")


def lines(person) -> list[str]:
    return [one.sentence for one in Notice.objects.filter(person=person)]


def event(post, verb, by=None, **more) -> Event:
    return Event.objects.create(post=post, verb=verb, actor=by, **more)


# --- once ---


def test_a_sent_back_post_tells_its_author_and_agency_once(submitted, sari, rina, dewi, clock):
    send_back(submitted, dewi)
    later(clock)
    collect()
    assert collect() == 0
    said = (
        f"Unggahan #{submitted.pk} dikembalikan oleh Dewi Contoh. "
        "Baca catatannya, perbaiki, lalu ajukan lagi."
    )
    assert lines(sari) == lines(rina) == [said]
    assert Notice.objects.get(person=sari).count == 1


def test_nobody_is_told_of_their_own_deed(submitted, sari, dewi):
    collect()
    assert lines(sari) == []
    assert len(lines(dewi)) == 1


def test_budi_of_another_agency_is_told_nothing(submitted, budi, dewi, clock):
    send_back(submitted, dewi)
    later(clock)
    collect()
    assert lines(budi) == []


def test_a_decision_is_told_when_it_can_no_longer_be_taken_back(submitted, sari, dewi, clock):
    send_back(submitted, dewi)
    later(clock, 5)
    collect()
    assert lines(sari) == []
    later(clock, 7)
    collect()
    assert len(lines(sari)) == 1


def test_a_decision_that_was_taken_back_is_told_to_nobody(submitted, sari, dewi, clock):
    send_back(submitted, dewi)
    later(clock, 3)
    workflow.undo(submitted, by=dewi, seen=submitted.version)
    later(clock, 20)
    collect()
    assert lines(sari) == []


def test_one_line_per_thing_is_changed_and_unread_again(submitted, sari, dewi, clock):
    event(submitted, Verb.FAILED)
    collect()
    line = Notice.objects.get(person=sari)
    Notice.objects.filter(pk=line.pk).update(read_at=timezone.now())
    event(submitted, Verb.MISSED)
    event(submitted, Verb.HELD)
    collect()
    line.refresh_from_db()
    assert (line.count, line.read_at) == (2, None)


def test_what_committed_late_is_told_all_the_same(submitted, dewi):
    collect()
    event(submitted, Verb.FAILED, at=timezone.now() - timedelta(hours=23))
    collect()
    assert any("gagal tayang" in said for said in lines(dewi))


def test_a_new_installation_tells_of_no_more_than_a_day(submitted, dewi):
    event(submitted, Verb.FAILED, at=timezone.now() - timedelta(hours=25))
    collect()
    assert not any("gagal tayang" in said for said in lines(dewi))


def test_after_five_days_without_a_collector_nothing_is_lost(submitted, dewi, clock):
    collect()
    clock.shift(timedelta(days=5))
    event(submitted, Verb.FAILED, at=timezone.now() - timedelta(days=4))
    collect()
    assert any("gagal tayang" in said for said in lines(dewi))


def test_what_was_collected_is_remembered_however_quiet_the_days_were(submitted, dewi, clock):
    collect()
    for _day in range(3):
        clock.shift(timedelta(days=1))
        collect()
    event(submitted, Verb.FAILED, at=timezone.now() - timedelta(days=2))
    collect()
    assert not any("gagal tayang" in said for said in lines(dewi))


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_tell_each_event_once(sari, dewi, rina, channels):
    post = factories.make_submitted(sari, channels["x"])
    for _one in range(30):
        event(post, Verb.FAILED)
    start = threading.Barrier(3)

    def run():
        start.wait()
        for _turn in range(5):
            collect()
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Told.objects.count() == 31
    assert Notice.objects.get(person=sari, key=f"delivery:{post.pk}").count == 30


def test_a_collector_that_dies_half_way_has_told_nothing(submitted, dewi, monkeypatch):
    def die(*args, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collecting, "_tell", die)
        with pytest.raises(KeyboardInterrupt):
            collect()
    assert not Told.objects.exists()
    collect()
    assert len(lines(dewi)) == 1


def test_one_event_that_breaks_costs_the_others_nothing(submitted, dewi, sari, monkeypatch):
    def broken(event, post):
        raise ValueError("broken")

    bad = table.Line("x", Topic.SYSTEM, broken, "x")
    monkeypatch.setattr(collecting, "TABLE", dict(table.TABLE) | {"held": bad})
    event(submitted, Verb.HELD)
    event(submitted, Verb.GONE)
    collect()
    assert any("hilang" in said for said in lines(sari))
    assert collect() == 0


def test_looking_for_news_takes_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute("EXPLAIN " + collecting._CLAIM, collecting._bounds())
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "events_to_tell" in plan


# --- to whom ---


@pytest.fixture
def approved(sari, dewi, channels, clock):
    return factories.make_approved(sari, dewi, channels["x"])


def stuck(post, verb, hold="") -> Event:
    """An event of its delivery, which is where the event says."""
    delivery = post.deliveries.get()
    post.deliveries.move(status=verb, hold=hold, next_at=None)
    return event(post, verb, delivery=delivery)


TROUBLE = [Verb.FAILED, Verb.MISSED, Verb.HELD, Verb.GONE]
_OF_NOBODY_BY_ITSELF = {Verb.TAKE, Verb.WITHDRAW, Verb.ASSIGN, *TROUBLE}


@pytest.mark.parametrize("verb", [one for one in table.TABLE if one not in _OF_NOBODY_BY_ITSELF])
def test_every_verb_of_the_table_tells_somebody(verb, submitted, sari, dewi, ratna, channels):
    assert collecting.tell_of(event(submitted, verb, ratna)) > 0
    for line in Notice.objects.all():
        assert "%" not in line.sentence
        assert submitted.title not in line.sentence


@pytest.mark.parametrize("verb", TROUBLE)
def test_trouble_reaches_the_agency_and_the_reviewers_with_channel_and_what_to_do(
    verb, approved, sari, rina, dewi, ratna
):
    stuck(approved, verb, hold="quota" if verb == Verb.HELD else "")
    collect()
    for person in (sari, rina, dewi, ratna):
        line = Notice.objects.get(person=person, topic="trouble")
        assert "X @contoh_dinkes" in line.sentence
        assert line.sentence.count(".") >= 2  # what happened, and then what to do
        assert "%" not in line.sentence


@pytest.mark.parametrize(
    ("hold", "said"),
    [
        ("channel", "Sambungkan lagi kanalnya"),
        ("revision", "Buka lagi, atau batalkan"),
        ("quota", "Kuota platform habis"),
        ("pause", "dijeda"),
        ("guidelines", "Pedoman berubah"),
    ],
)
def test_what_is_held_says_why_and_what_ends_it(hold, said, approved, sari):
    stuck(approved, Verb.HELD, hold)
    collect()
    assert said in Notice.objects.get(person=sari, topic="trouble").sentence


def test_whom_an_item_is_handed_to_reads_so_by_now(submitted, dewi, ratna, clock):
    workflow.assign(submitted, by=ratna, to=dewi)
    collect()
    assert lines(dewi) == [f"Unggahan #{submitted.pk} dialihkan kepada Anda oleh Ratna Contoh."]
    assert Message.objects.get(person=dewi).due_at < timezone.now() + timedelta(hours=10)


def test_an_expired_post_tells_its_author_and_the_reviewers(submitted, sari, dewi, clock):
    later(clock, 4 * 3600)
    expire()
    collect()
    assert any("lewat jadwal" in said for said in lines(sari))
    assert any("lewat jadwal" in said for said in lines(dewi))


def test_a_pool_is_told_of_its_agencies_and_the_others_are_not(sari, dewi, ratna, channels, dinkes):
    factories.make_pool(dinkes, ratna)
    factories.make_submitted(sari, channels["x"])
    collect()
    assert (len(lines(ratna)), len(lines(dewi))) == (1, 0)


def test_an_emergency_tells_every_reviewer_whatever_the_pool(sari, dewi, ratna, channels, dinkes):
    factories.make_pool(dinkes, ratna)
    post = factories.make_checked(sari, channels["x"], **factories.urgent())
    collect()
    assert (len(lines(ratna)), len(lines(dewi))) == (1, 1)
    assert Notice.objects.get(person=dewi, post=post).urgent


def test_the_inner_step_tells_the_head_first_and_then_the_reviewers(
    sari, hendra, dewi, channels, dinkes
):
    dinkes.inner_step = True
    dinkes.save()
    post = factories.make_submitted(sari, channels["x"])
    collect()
    assert (len(lines(hendra)), len(lines(dewi))) == (1, 0)
    workflow.forward(post, by=hendra, seen=post.version)
    collect()
    assert len(lines(dewi)) == 1


def test_who_took_it_is_told_that_it_was_withdrawn_and_nobody_else(
    submitted, sari, dewi, ratna, clock
):
    workflow.take(submitted, by=dewi)
    later(clock)
    collect()
    submitted.refresh_from_db()
    workflow.withdraw(submitted, by=sari, seen=submitted.version)
    collect()
    assert any("ditarik kembali" in said for said in lines(dewi))
    assert not any("ditarik kembali" in said for said in lines(ratna))


def test_whoever_stands_in_for_a_reviewer_is_told_too(submitted, dewi, hendra, ratna):
    today = timezone.localdate()
    Delegation.objects.create(
        giver=dewi,
        taker=hendra,
        begins=today,
        ends=today,
        basis="SK",
        asked_by=ratna,
        agreed_by=ratna,
    )
    collect()
    assert len(lines(hendra)) == 1


def test_whoever_left_is_told_nothing(submitted, dewi):
    dewi.is_active = False
    dewi.save()
    collect()
    assert lines(dewi) == []


# --- trainings ---


def test_a_training_tells_only_who_is_in_it_and_only_inside(submitted, sari, dewi, ratna):
    type(submitted).objects.filter(pk=submitted.pk).update(is_training=True)
    dewi.in_training = True
    dewi.save()
    collect()
    assert len(lines(dewi)) == 1
    assert lines(ratna) == []
    assert not Message.objects.exists()


def test_the_moment_of_a_line_is_that_of_its_event(submitted, dewi):
    moment = timezone.now() - timedelta(hours=2)
    event(submitted, Verb.FAILED, at=moment)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        collect()
    assert Notice.objects.get(person=dewi, topic="trouble").at == moment
