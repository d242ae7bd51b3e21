"""Posts that stand on our walls and did not go out from here."""

from datetime import timedelta

import pytest
import requests
import time_machine
from django.utils import timezone

from accounts.models import Act, Role
from platforms.models import Channel, Stranger
from publishing import strangers
from publishing.delivery import lane, tick
from publishing.models import Delivery
from tests import factories


@pytest.fixture
def page(box, channels) -> Channel:
    """A wall that is being watched."""
    strangers.take_due()
    strangers.take_due()  # the first look only begins
    wall: Channel = channels["facebook"]
    return wall


def plant(box, channel, text="Beli kripto di sini"):
    body = {
        "platform": channel.platform,
        "account": channel.remote_id,
        "text": text,
        "created_at": timezone.now().isoformat(),
    }
    requests.post(f"{box.url}/__sandbox__/posts", json=body, timeout=5).raise_for_status()


def send(post):
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        for channel_id in tick.tick():
            lane.run(channel_id)
    return Delivery.objects.get(post=post)


def test_a_post_from_elsewhere_is_seen_and_told_once(box, page):
    plant(box, page)
    [stranger] = strangers.watch(page.pk)
    assert stranger.text == "Beli kripto di sini"
    assert strangers.watch(page.pk) == []
    assert Act.objects.filter(verb="stranger", channel=page.pk).count() == 1


def test_what_went_out_from_here_is_no_stranger(box, page, sari, dewi):
    assert send(factories.make_approved(sari, dewi, page, publish_at=None)).status == "published"
    assert strangers.watch(page.pk) == []


def test_what_may_have_gone_out_from_here_is_no_stranger(box, page, sari, dewi):
    post = factories.make_approved(sari, dewi, page, publish_at=None)
    delivery = send(post)
    Delivery.objects.filter(pk=delivery.pk).update(status="uncertain", remote_id="")
    assert strangers.watch(page.pk) == []


def test_what_stood_there_before_us_is_no_news(box, channels):
    plant(box, channels["facebook"], "Unggahan lama")
    later = timezone.now() + timedelta(minutes=30)
    with time_machine.travel(later):
        strangers.take_due()
        assert strangers.watch(channels["facebook"].pk) == []


def test_walls_are_looked_at_every_quarter_of_an_hour(box, page, channels, settings):
    now = timezone.now()
    with time_machine.travel(now + timedelta(minutes=14)):
        assert strangers.take_due() == []
    with time_machine.travel(now + timedelta(minutes=16)):
        assert set(strangers.take_due()) == {channel.pk for channel in channels.values()}
        assert strangers.take_due() == []


def test_a_wall_that_cannot_be_read_raises_no_alarm(box, page):
    plant(box, page)
    box.fault("facebook", "read", "500")
    assert strangers.watch(page.pk) == []
    box.heal()
    assert len(strangers.watch(page.pk)) == 1


def test_hendra_says_what_it_was(client, box, page, dinkes):
    hendra = factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)
    plant(box, page)
    [stranger] = strangers.watch(page.pk)
    client.force_login(hendra)
    shown = client.get(f"/channels/{page.pk}/").content.decode()
    assert "Beli kripto di sini" in shown
    address = f"/channels/strangers/{stranger.pk}/settle/"
    client.post(address, {"verdict": "removed", "note": "sandi diganti"})
    stranger.refresh_from_db()
    assert (stranger.verdict, stranger.settled_by) == ("removed", hendra)
    assert "Beli kripto di sini" not in client.get(f"/channels/{page.pk}/").content.decode()
    assert client.post(address, {"verdict": "ours"}).status_code == 409


def test_budi_sees_no_wall_of_another_agency(client, box, page, budi):
    plant(box, page)
    [stranger] = strangers.watch(page.pk)
    client.force_login(budi)
    answer = client.post(f"/channels/strangers/{stranger.pk}/settle/", {"verdict": "ours"})
    assert answer.status_code == 404
    assert Stranger.objects.get().verdict == ""
