"""Deliveries that need a person reach one, when they need one; and are over when they do not."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.delivery import manual, places, tick
from publishing.models import Alarm, Delivery, Event, Message, Notice
from publishing.notices.collect import collect
from publishing.notices.doubts import tell_doubts
from publishing.notices.send import send_due
from tests import factories

pytestmark = pytest.mark.django_db
Status = Delivery.Status


@pytest.fixture
def clock():
    """A Wednesday at ten in the evening, WIB."""
    at = timezone.make_aware(datetime(2026, 12, 2, 22))
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def delivery(sari, dewi, channels, clock):
    """Approved, its approval told, and its hour has come."""
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(minutes=1))
    collect()
    Notice.objects.all().delete()
    return post.deliveries.get()


def unread(person) -> list[str]:
    return [one.sentence for one in Notice.objects.filter(person=person, read_at=None)]


def told() -> None:
    collect()
    tell_doubts()


def doubt(delivery) -> None:
    places.write_doubt(delivery, "Tanpa jawaban.")


def give_up_looking(delivery) -> None:
    places.next_look(delivery, None, "Dua kali diperiksa.")


def fail(delivery) -> None:
    places.put(delivery, Status.FAILED, verb=Event.Verb.FAILED, reason="Ditolak.")


def morning(clock) -> None:
    clock.move_to(timezone.make_aware(datetime(2026, 12, 3, 6)), tick=False)


# --- doubts ---


def test_a_doubt_that_a_look_settles_is_told_to_nobody(delivery, sari, dewi, clock):
    doubt(delivery)
    told()
    places.write_published(delivery, "4711", "https://x.test/4711")
    told()
    assert not Notice.objects.exists()


def test_a_doubt_that_looks_do_not_settle_is_told_once_and_settled_by_a_person_ends(
    delivery, sari, dewi, clock
):
    doubt(delivery)
    give_up_looking(delivery)
    told()
    told()
    for person in (sari, dewi):
        [said] = unread(person)
        assert "belum pasti tayang di X @contoh_dinkes" in said
        assert Notice.objects.get(person=person).count == 1
    delivery.refresh_from_db()
    manual.settle_found(delivery, by=dewi, seen=delivery.version, link="https://x.test/4711")
    told()
    assert unread(sari) == unread(dewi) == []
    morning(clock)
    assert send_due() == 0
    assert {one.state for one in Message.objects.all()} == {"dropped"}


def test_a_doubt_of_which_the_worker_learns_late_that_it_is_public_ends_too(delivery, sari, clock):
    doubt(delivery)
    give_up_looking(delivery)
    told()
    places.write_published(delivery, "4711", "https://x.test/4711")
    told()
    assert unread(sari) == []
    assert "tidak memerlukan tindakan lagi" in Notice.objects.get(person=sari).sentence
    assert not Alarm.objects.filter(key__startswith="doubt:").exists()


def test_a_second_doubt_about_the_same_delivery_is_told_again(delivery, sari, dewi, clock):
    doubt(delivery)
    give_up_looking(delivery)
    told()
    delivery.refresh_from_db()
    manual.settle_absent(delivery, by=dewi, seen=delivery.version)
    told()
    assert unread(sari) == []
    delivery.refresh_from_db()
    doubt(delivery)
    give_up_looking(delivery)
    told()
    assert len(unread(sari)) == 1


# --- what is over ---


def test_trouble_that_a_colleague_settled_asks_nobody_any_more_and_sends_no_letter(
    delivery, sari, dewi, ratna, clock
):
    fail(delivery)
    told()
    assert len(unread(sari)) == len(unread(ratna)) == 1
    delivery.refresh_from_db()
    manual.send_again(delivery, by=dewi, seen=delivery.version)
    told()
    assert unread(sari) == unread(ratna) == []
    morning(clock)
    assert send_due() == 0


def test_trouble_that_is_settled_before_it_was_told_is_told_to_nobody(delivery, dewi, clock):
    fail(delivery)
    delivery.refresh_from_db()
    manual.send_again(delivery, by=dewi, seen=delivery.version)
    told()
    assert not Notice.objects.exists()


def test_with_trouble_on_two_channels_one_that_is_settled_leaves_the_line(
    sari, dewi, channels, clock
):
    pair = (channels["x"], channels["facebook"])
    post = factories.make_approved(sari, dewi, *pair, publish_at=None)
    clock.shift(timedelta(minutes=1))
    first, second = post.deliveries.all()
    fail(first)
    fail(second)
    told()
    first.refresh_from_db()
    manual.send_again(first, by=dewi, seen=first.version)
    told()
    assert any("gagal tayang" in said for said in unread(sari))


def test_what_waited_for_its_channel_goes_on_and_asks_nobody_any_more(delivery, sari, clock):
    places.write_hold(delivery, Delivery.Hold.CHANNEL, "Putus.")
    told()
    assert "Sambungkan lagi kanalnya" in unread(sari)[0]
    tick.tick()
    told()
    assert unread(sari) == []


def test_what_was_missed_and_got_another_hour_asks_nobody_any_more(delivery, sari, dewi, clock):
    clock.shift(timedelta(hours=2))
    tick.tick()
    told()
    assert any("terlewat" in said for said in unread(sari))
    post = delivery.post
    post.refresh_from_db()
    workflow.reschedule(post, by=dewi, seen=post.version, to=factories.in_hours(12))
    clock.shift(timedelta(seconds=12))
    told()
    assert not any("terlewat" in said for said in unread(sari))


def test_what_was_missed_and_is_opened_again_asks_only_to_be_handed_in(delivery, sari, dewi, clock):
    clock.shift(timedelta(hours=2))
    tick.tick()
    told()
    post = delivery.post
    post.refresh_from_db()
    workflow.reopen(post, by=dewi, seen=post.version)
    told()
    [said] = unread(sari)
    assert "dibuka lagi" in said
