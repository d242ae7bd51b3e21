"""From approval to the platform and back, on the real libraries against the sandbox."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from platforms.adapters.base import Published, Unknown
from platforms.models import Channel
from publishing import workflow
from publishing.delivery import call, lane, manual, record
from publishing.delivery.call import Intent
from publishing.delivery.fence import Holder, Lost, keep
from publishing.delivery.shelf import stored
from publishing.delivery.tick import tick
from publishing.models import Attempt, Delivery, Lane, Media, Revision
from tests.factories import make_approved
from tests.publishing.errand import first_due

pytestmark = pytest.mark.django_db


def work(traveller, seconds=0):
    """Let time pass, then do what a scheduler and a worker do."""
    traveller.shift(timedelta(seconds=seconds))
    for channel_id in tick():
        lane.run(channel_id)


def in_hand(channel_id) -> tuple[Holder, Delivery]:
    """A worker's claim of the lane, and the delivery that it would take."""
    holder, delivery = lane.claim(channel_id), first_due(channel_id)
    assert holder
    assert delivery
    return holder, delivery


def intended(holder: Holder, delivery: Delivery) -> Intent:
    """Everything up to the call."""
    assert call.prepare(holder, delivery, call.job_for(delivery))
    intent = call.intend(holder, delivery)
    assert intent
    return intent


def approved(sari, dewi, channel, **fields):
    post = make_approved(sari, dewi, channel, **fields)
    return post.deliveries.get()


def now_of(delivery):
    delivery.refresh_from_db()
    return delivery.status


def test_an_approved_text_goes_out_at_its_hour_and_not_before(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["x"])
    work(clock, 60)
    assert (now_of(delivery), box.ledger()) == ("waiting", [])
    work(clock, 3 * 3600)
    assert now_of(delivery) == "published"
    [sent] = box.ledger()
    assert sent["text"] == delivery.revision.payload(channels["x"].pk).text
    assert delivery.permalink.startswith(f"{box.url}/x.com/")


def test_the_pictures_that_go_out_are_the_approved_bytes_with_their_words(
    sari, dewi, channels, box, clock, picture_file
):
    pictures = [picture_file("a.jpg"), picture_file("b.png", kind="PNG", color=(0, 0, 0, 0))]
    for platform in ("x", "facebook"):
        post = make_approved(sari, dewi, channels[platform], pictures=pictures, publish_at=None)
        work(clock, 11)
        assert now_of(post.deliveries.get()) == "published"
        sent = box.ledger()[-1]["images"]
        payload = post.revisions.get().payload(channels[platform].pk)
        assert [p["sha256"] for p in sent] == [p.sha256 for p in payload.pictures]
        assert [p["alt"] for p in sent] == [p.alt for p in payload.pictures]
        for file in pictures:
            file.seek(0)


def test_two_workers_never_hold_one_lane(sari, dewi, channels, box):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    assert lane.claim(delivery.channel_id) is not None
    assert lane.claim(delivery.channel_id) is None
    lane.run(delivery.channel_id)


def test_a_500_before_acceptance_is_doubted_looked_for_and_left_to_a_person(
    sari, dewi, channels, box, clock
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    box.fault("x", "publish", "500", "before")
    work(clock, 11)
    assert now_of(delivery) == "uncertain"
    for _ in range(4):
        work(clock, 31)
    assert (now_of(delivery), delivery.next_at) == ("uncertain", None)
    manual.settle_absent(delivery, by=dewi, seen=delivery.version)
    work(clock, 1)
    assert now_of(delivery) == "published"
    assert len(box.ledger()) == 1


@pytest.mark.parametrize("kind", ["500", "drop", "garbled", "empty"])
def test_an_answer_lost_after_acceptance_is_found_again_and_sent_once(
    sari, dewi, channels, box, clock, kind
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    box.fault("x", "publish", kind, "after")
    work(clock, 11)
    assert now_of(delivery) == "uncertain"
    work(clock, 31)
    assert now_of(delivery) == "published"
    assert [sent["id"] for sent in box.ledger()] == [delivery.remote_id]


def test_facebook_proves_that_nothing_went_out_and_it_is_sent_by_itself(
    sari, dewi, channels, box, clock
):
    delivery = approved(sari, dewi, channels["facebook"], publish_at=None)
    box.fault("facebook", "publish", "500", "before")
    work(clock, 11)
    assert now_of(delivery) == "uncertain"
    work(clock, 31)
    assert now_of(delivery) == "published"
    assert len(box.ledger()) == 1


def test_a_dead_worker_leaves_a_question_not_a_second_post(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(delivery.channel_id)
    intent = intended(holder, delivery)
    call.call(delivery, call.job_for(delivery), intent)  # and here the worker dies
    work(clock, 200)
    assert now_of(delivery) == "uncertain"
    work(clock, 31)
    assert now_of(delivery) == "published"
    assert len(box.ledger()) == 1
    assert Attempt.objects.get().outcome == "unknown"


def test_a_worker_that_wakes_after_its_lease_changes_nothing_but_the_truth(
    sari, dewi, channels, box, clock
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(delivery.channel_id)
    intent = intended(holder, delivery)
    clock.shift(timedelta(minutes=4))
    assert lane.claim(delivery.channel_id) == Holder(delivery.channel_id, holder.fence + 1)
    with pytest.raises(Lost):
        record.outcome(holder, delivery, intent.attempt, Unknown("?"))
    assert now_of(delivery) == "sending"
    with pytest.raises(Lost):
        record.outcome(holder, delivery, intent.attempt, Published("77", "https://x.com/a/77"))
    assert now_of(delivery) == "published"


def test_a_channel_without_credentials_is_held_and_goes_on_once_connected(
    sari, dewi, channels, box, clock
):
    Channel.objects.update(sealed="")
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    work(clock, 11)
    assert (now_of(delivery), delivery.hold) == ("held", "channel")
    assert "belum terhubung" in delivery.reason
    channels["x"].save()  # its secrets come back
    work(clock, 20)
    work(clock, 16)
    assert now_of(delivery) == "published"


def test_a_revoked_token_holds_the_channel_and_is_not_tried_again(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["facebook"], publish_at=None)
    box.fault("facebook", "any", "token_revoked")
    work(clock, 11)
    assert (now_of(delivery), delivery.hold) == ("held", "channel")
    assert not Channel.objects.get(pk=delivery.channel_id).is_connected
    work(clock, 60)
    assert now_of(delivery) == "held"


def test_a_rate_limit_makes_the_channel_wait_until_the_platforms_hour(
    sari, dewi, channels, box, clock
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    box.fault("x", "publish", "429", "before", reset_in=600)
    work(clock, 11)
    assert now_of(delivery) == "waiting"
    held_until = Lane.objects.get(pk=delivery.channel_id).held_until
    assert held_until
    assert timedelta(minutes=9) < held_until - timezone.now() < timedelta(minutes=11)
    work(clock, 300)
    assert now_of(delivery) == "waiting"
    work(clock, 400)
    assert now_of(delivery) == "published"


def test_after_an_outage_of_hours_nothing_stale_goes_out(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    work(clock, 2 * 3600)
    assert now_of(delivery) == "missed"
    assert box.ledger() == []
    manual.resume(delivery, by=dewi, seen=delivery.version)
    work(clock, 1)
    assert now_of(delivery) == "published"


def test_bytes_that_are_not_the_approved_ones_are_not_sent(
    sari, dewi, channels, box, clock, picture_file
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None, pictures=[picture_file()])
    for rendition in Media.objects.get().renditions.all():
        stored(rendition.path).write_bytes(b"lain")
    work(clock, 11)
    assert now_of(delivery) == "failed"
    assert box.ledger() == []


def test_a_revision_that_differs_from_its_hash_is_held(
    sari, dewi, channels, box, clock, monkeypatch
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    monkeypatch.setattr(Revision, "is_intact", lambda self: False)
    work(clock, 11)
    assert (now_of(delivery), delivery.hold) == ("held", "revision")
    assert box.ledger() == []


def test_a_post_reopened_between_claim_and_intent_is_not_sent(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(seconds=11))
    holder, seen = in_hand(delivery.channel_id)
    post = delivery.post
    post.refresh_from_db()
    workflow.reopen(post, by=sari, seen=post.version)
    assert call.intend(holder, seen) is None
    assert now_of(delivery) == "held"


def test_a_refusal_for_its_content_fails_and_says_what_to_do(sari, dewi, channels, box, clock):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    box.fault("x", "publish", "forbidden")
    work(clock, 11)
    assert now_of(delivery) == "failed"
    assert delivery.reason
    manual.send_again(delivery, by=dewi, seen=delivery.version)
    work(clock, 1)
    assert now_of(delivery) == "published"


def test_sari_cannot_settle_a_doubt(sari, dewi, channels):
    delivery = approved(sari, dewi, channels["x"])
    Delivery.objects.update(status="uncertain", next_at=None)
    delivery.refresh_from_db()
    assert manual.available(sari, delivery) == []
    assert [m.verb for m in manual.available(dewi, delivery)] == ["settle_found", "settle_absent"]


def test_two_schedulers_ring_a_lane_once(sari, dewi, channels, clock):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(seconds=11))
    assert tick() == [delivery.channel_id]
    assert tick() == []
    clock.shift(timedelta(seconds=16))
    assert tick() == [delivery.channel_id], "a lost message is rung again"


def test_an_old_holder_cannot_write_behind_the_fence(channels):
    Lane.objects.create(channel=channels["x"])
    first = lane.claim(channels["x"].pk)
    assert first
    lane.release(first)
    lane.claim(channels["x"].pk)
    with pytest.raises(Lost), transaction.atomic():
        keep(first)


def test_a_lane_that_waits_for_its_quota_is_not_rung_over_and_over(
    sari, dewi, channels, box, clock
):
    first = approved(sari, dewi, channels["x"], publish_at=None)
    second = approved(sari, dewi, channels["x"], publish_at=None, text="Yang kedua hari ini.")
    box.fault("x", "publish", "429", "before", reset_in=600)
    work(clock, 11)
    clock.shift(timedelta(minutes=3))
    lane.run(channels["x"].pk)
    assert lane.claim(channels["x"].pk) is None
    work(clock, 600)
    assert (now_of(first), now_of(second)) == ("published", "published")


def test_what_may_not_be_sent_now_does_not_keep_its_worker_spinning(
    sari, dewi, channels, box, clock
):
    delivery = approved(sari, dewi, channels["x"], publish_at=None)
    clock.shift(timedelta(hours=2))  # past its grace, and no tick has come yet
    lane.run(channels["x"].pk)
    assert (now_of(delivery), box.ledger()) == ("waiting", [])
    work(clock)
    assert now_of(delivery) == "missed"
