"""A restore from a backup: what was due meanwhile is looked for before anything is sent."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from publishing.delivery import lane, record
from publishing.delivery.fence import Lost
from publishing.models import Attempt, Delivery, Lane
from tests.factories import make_approved
from tests.publishing.test_delivery import in_hand, now_of, work

pytestmark = pytest.mark.django_db


def restore(clock):
    """The database is as it was an hour ago; the platform is not."""
    taken = timezone.localtime(timezone.now() - timedelta(hours=1))
    call_command("after_restore", f"{taken:%Y-%m-%dT%H:%M}", verbosity=0)


def as_before(delivery):
    """The row as the backup knew it: it waits, and nothing was ever tried."""
    Attempt.objects.all().delete()
    Delivery.objects.filter(pk=delivery.pk).update(
        status="waiting",
        remote_id="",
        permalink="",
        tries=0,
        begun_at=None,
        published_at=None,
        read_back_at=None,
        next_at=delivery.not_before,
    )


@pytest.fixture
def sent(sari, dewi, channels, box, clock):
    """Sent after the backup was taken."""
    post = make_approved(sari, dewi, channels["x"], publish_at=None)
    delivery = post.deliveries.get()
    work(clock, 11)
    assert now_of(delivery) == "published"
    return delivery


def test_what_was_sent_after_the_backup_is_found_and_not_sent_twice(sent, box, clock):
    as_before(sent)
    clock.shift(timedelta(minutes=20))
    restore(clock)
    assert now_of(sent) == "uncertain"
    for _ in range(3):
        work(clock, 31)
    assert now_of(sent) == "published"
    assert [entry["id"] for entry in box.ledger()] == [sent.remote_id]


def test_what_was_not_sent_is_left_to_dewi_and_goes_out_when_she_says_so(
    sari, dewi, channels, box, clock
):
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    clock.shift(timedelta(minutes=20))
    restore(clock)
    for _ in range(4):
        work(clock, 31)
    assert (now_of(delivery), delivery.next_at, box.ledger()) == ("uncertain", None, [])


def test_what_is_still_to_come_goes_out_at_its_hour_as_if_nothing_had_been(
    sari, dewi, channels, box, clock
):
    delivery = make_approved(sari, dewi, channels["x"]).deliveries.get()
    restore(clock)
    assert now_of(delivery) == "waiting"
    work(clock, 3 * 3600 + 1)
    assert now_of(delivery) == "published"


def test_a_worker_of_before_the_restore_writes_nothing_any_more(sari, dewi, channels, box, clock):
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(delivery.channel_id)
    restore(clock)
    with pytest.raises(Lost):
        record.hold_for_channel(holder, delivery, "?")
    newer = lane.claim(delivery.channel_id)
    assert newer
    assert newer.fence > holder.fence
    assert Lane.objects.get().fence == newer.fence


@pytest.mark.parametrize("written", ["kemarin", "2026-13-40T00:00", "2999-01-01T00:00"])
def test_a_time_that_cannot_be_is_answered_with_a_sentence(db, written):
    with pytest.raises(CommandError, match=r"waktu|tiba"):
        call_command("after_restore", written)
