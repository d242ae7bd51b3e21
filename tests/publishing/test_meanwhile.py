"""What people change while a worker has a delivery in hand: their word stands."""

import io
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from platforms.adapters.base import Prepared, TryLater
from platforms.models import Channel
from publishing import workflow
from publishing.delivery import call, lane, places
from publishing.media import accept
from publishing.models import Delivery, Event
from tests.factories import approve, in_hours, make_approved
from tests.publishing.test_delivery import work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("answer", [TryLater("Sibuk."), Prepared({}, done=True)])
def test_a_post_reopened_while_it_is_prepared_is_not_brought_back_to_life(
    sari, dewi, channels, box, clock, monkeypatch, answer
):
    post = make_approved(sari, dewi, channels["x"], publish_at=None)
    old = post.deliveries.get()

    def reopen_meanwhile(delivery, job):
        if delivery.pk == old.pk:
            post.refresh_from_db()
            workflow.reopen(post, by=sari, seen=post.version)
            workflow.submit(post, by=sari, seen=post.version)
            approve(post, dewi)
        return answer

    monkeypatch.setattr(call, "_prepare_piece", reopen_meanwhile)
    work(clock, 11)
    old.refresh_from_db()
    assert old.status == "cancelled"
    assert box.ledger() == []


def test_a_post_is_not_sent_to_another_account_than_the_approved_one(
    sari, dewi, channels, box, clock
):
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    Channel.objects.filter(pk=channels["x"].pk).update(remote_id="999")
    work(clock, 11)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.hold) == ("held", "revision")
    assert box.ledger() == []


def test_what_waits_for_its_channel_keeps_the_new_hour(sari, dewi, channels, box, clock):
    post = make_approved(sari, dewi, channels["x"], publish_at=None)
    Channel.objects.update(sealed="")
    work(clock, 11)
    workflow.reschedule(post, by=dewi, seen=post.version, to=in_hours(5))
    channels["x"].save()
    work(clock, 20)
    work(clock, 600)
    assert (post.deliveries.get().status, box.ledger()) == ("waiting", [])
    work(clock, 5 * 3600)
    assert post.deliveries.get().status == "published"


def test_what_was_missed_goes_out_at_the_new_hour(sari, dewi, channels, box, clock):
    post = make_approved(sari, dewi, channels["x"], publish_at=None)
    work(clock, 2 * 3600)
    assert post.deliveries.get().status == "missed"
    post.refresh_from_db()
    workflow.reschedule(post, by=dewi, seen=post.version, to=in_hours(1))
    work(clock, 3700)
    assert post.deliveries.get().status == "published"


def test_a_delivery_that_breaks_on_our_side_does_not_keep_its_lane_waiting(
    sari, dewi, channels, box, clock, monkeypatch
):
    first = make_approved(sari, dewi, channels["x"], publish_at=None)
    second = make_approved(sari, dewi, channels["x"], publish_at=None, text="Kabar kedua.")
    step = lane.step

    def break_the_first(holder, delivery):
        if delivery.post_id == first.pk:
            raise ZeroDivisionError
        step(holder, delivery)

    monkeypatch.setattr(lane, "step", break_the_first)
    work(clock, 11)
    work(clock, 125)
    assert second.deliveries.get().status == "published"
    stuck = first.deliveries.get()
    assert stuck.status == "waiting"
    assert "gangguan" in stuck.reason


def test_a_lost_key_holds_the_channel_once_and_new_secrets_mend_it(
    sari, dewi, channels, box, clock, settings
):
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    settings.VAULT_KEYS = [f"k2:{Fernet.generate_key().decode()}"]
    work(clock, 11)
    for _ in range(3):
        work(clock, 16)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.hold) == ("held", "channel")
    assert Event.objects.filter(verb=Event.Verb.HELD).count() == 1
    channel = Channel.objects.get(pk=channels["x"].pk)
    channel.keep_secrets({"access_token": "x-token", "access_secret": "x-secret"})
    channel.save()
    work(clock, 16)
    work(clock, 16)
    delivery.refresh_from_db()
    assert delivery.status == "published"


def test_a_look_that_finds_another_deliverys_post_does_not_take_it(
    sari, dewi, channels, box, clock
):
    first = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    work(clock, 11)
    first.refresh_from_db()
    second = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    box.fault("x", "publish", "500", "before")
    work(clock, 11)
    for _ in range(4):
        work(clock, 31)
    second.refresh_from_db()
    assert (second.status, second.remote_id) == ("uncertain", "")
    assert Delivery.objects.get(remote_id=first.remote_id) == first


def test_a_phones_picture_with_a_second_one_inside_is_a_jpeg(sari):
    target = io.BytesIO()
    image = Image.new("RGB", (900, 900), "teal")
    image.save(target, "MPO", save_all=True, append_images=[image])
    kept = accept(SimpleUploadedFile("IMG.jpg", target.getvalue()), agency=sari.agency, by=sari)
    assert kept.path.endswith(".jpg")


def test_after_a_late_start_a_post_that_must_wait_keeps_its_place_all_the_same(
    sari, dewi, channels, box, clock
):
    words = ["Kabar pertama.", "Kabar kedua.", "Kabar ketiga."]
    for text in words:
        make_approved(sari, dewi, channels["facebook"], publish_at=None, text=text)
    box.fault("facebook", "media", "503", "before")
    work(clock, 30 * 60)  # the workers were away for half an hour
    assert box.ledger() == []
    for _ in range(4):
        work(clock, 10)
    assert [sent["text"] for sent in box.ledger()] == words


def test_a_post_that_waits_for_more_than_two_minutes_lets_the_next_pass(
    sari, dewi, channels, box, clock, monkeypatch
):
    for text in ["Kabar pertama.", "Kabar kedua."]:
        make_approved(sari, dewi, channels["facebook"], publish_at=None, text=text)
    box.fault("facebook", "media", "503", "before")
    monkeypatch.setattr("publishing.delivery.places.random.random", lambda: 1.0)
    monkeypatch.setattr(places, "BACK_OFF", [timedelta(minutes=5)])
    work(clock, 30 * 60)
    work(clock, 119)
    assert box.ledger() == []
    work(clock, 2)
    assert [sent["text"] for sent in box.ledger()] == ["Kabar kedua."]
