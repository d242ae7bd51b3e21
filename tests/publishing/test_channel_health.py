"""Whether channels can send: probes, two failures, one incident, the ladder, and back again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Act
from platforms import health, incidents
from platforms.adapters.base import Fault, Healthy, Light, Quota, Refused, TryLater
from platforms.models import Channel, Health, Incident
from publishing.delivery import lane, tick
from publishing.models import Delivery
from tests import factories

NO = Refused("Token Meta tidak berlaku lagi.", Fault.CHANNEL)
YES = Healthy("contoh_dinkes", lights={Light.SEND: True})
AWAY = TryLater("Belum tersambung ke Facebook.")


@pytest.fixture
def page(channels) -> Channel:
    wanted: Channel = channels["facebook"]
    return wanted


def again(channel: Channel) -> Channel:
    return Channel.objects.get(pk=channel.pk)


def kind_of(channel: Channel) -> str:
    """What its open incident is; "" when there is none."""
    running = open_incident(channel)
    return running.kind if running else ""


def later(minutes: float):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes))


def open_incident(channel: Channel) -> Incident | None:
    return Incident.objects.filter(channel=channel, closed_at=None).first()


def test_one_no_is_not_a_dead_grant(page):
    health.note(page, NO)
    assert again(page).is_connected
    assert open_incident(page) is None
    asked = Health.objects.get(pk=page.pk)
    assert asked.failed_at
    assert asked.probe_at - asked.failed_at == timedelta(minutes=5)


def test_two_noes_five_minutes_apart_are(page):
    health.note(page, NO)
    with later(4):
        health.note(again(page), NO)
        assert again(page).is_connected
    with later(5.1):
        health.note(again(page), NO)
        assert not again(page).is_connected
        assert kind_of(page) == Incident.Kind.DEAD


def test_a_yes_in_between_begins_anew(page):
    health.note(page, NO)
    with later(3):
        health.note(again(page), YES)
    with later(6):
        health.note(again(page), NO)
    assert again(page).is_connected


def test_trouble_on_the_way_never_kills_a_grant(page):
    for minutes in range(0, 60, 10):
        with later(minutes):
            health.note(again(page), AWAY)
    assert again(page).is_connected
    assert open_incident(page) is None
    assert Health.objects.get(pk=page.pk).said == AWAY.reason


def test_a_revoked_token_is_seen_at_the_next_send(box, sari, dewi, page):
    post = factories.make_approved(sari, dewi, page, publish_at=None)
    box.fault("facebook", "any", "token_revoked")
    with later(1):
        for channel_id in tick.tick():
            lane.run(channel_id)
        assert page.pk in health.take_due()  # a probe is due at once
    delivery = Delivery.objects.get(post=post)
    assert (delivery.status, delivery.hold) == ("held", "channel")
    assert kind_of(page) == Incident.Kind.REFUSED


def test_a_channel_that_stood_still_goes_on_by_itself(box, sari, dewi, page):
    post = factories.make_approved(sari, dewi, page, publish_at=None)
    box.fault("facebook", "any", "token_revoked")
    with later(1):
        for channel_id in tick.tick():
            lane.run(channel_id)
    box.heal()
    with later(2):  # right after the no a yes is not believed
        health.probe(again(page))
        assert not again(page).is_connected
    with later(7):
        health.probe(again(page))
        assert again(page).is_connected
        assert open_incident(page) is None
        tick.tick()
        assert Delivery.objects.get(post=post).status == "waiting"
    verbs = Act.objects.filter(channel=page.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["refused", "healed"]


def test_what_relapses_waits_longer_each_time(page):
    waits = []
    for _ in range(4):
        page = again(page)
        health.turned_away(page, NO.reason)
        health.note(again(page), YES)
        refused_at = again(page).refused_at
        assert refused_at
        waits.append(Health.objects.get(pk=page.pk).probe_at - refused_at)
        with time_machine.travel(refused_at + waits[-1] + timedelta(seconds=1)):
            health.note(again(page), YES)
            assert again(page).is_connected
    assert [wait.total_seconds() / 60 for wait in waits] == [5, 10, 20, 40]


def test_a_probe_of_old_credentials_says_nothing_of_new_ones(page):
    old = again(page)
    page.keep_secrets({"token": "baru"})
    page.save()
    health.note(old, NO)
    assert Health.objects.get(pk=page.pk).failed_at is None


def test_the_ladder_has_four_steps_and_one_incident(page):
    ends = timezone.now() + timedelta(days=30)
    seen = []
    for left in (25, 20, 15, 10, 5, 3, 2, 1):
        with time_machine.travel(ends - timedelta(days=left, minutes=1)):
            health.note(again(page), Healthy("contoh_dinkes", expires_at=ends))
            running = open_incident(page)
            seen.append(running.stage if running else None)
    assert seen == [None, 20, 20, 10, 10, 3, 3, 1]
    assert Incident.objects.filter(channel=page).count() == 1
    assert Act.objects.filter(channel=page.pk, verb="expiring").count() == 4


def test_a_dying_channel_that_dies_is_still_one_incident(page):
    soon = timezone.now() + timedelta(days=2)
    health.note(page, Healthy("contoh_dinkes", expires_at=soon))
    health.turned_away(again(page), NO.reason)
    [only] = Incident.objects.filter(channel=page)
    assert only.kind == Incident.Kind.REFUSED


def test_a_right_that_was_taken_away_is_an_incident(page):
    health.note(page, Healthy("contoh_dinkes", lights={Light.SEND: False}))
    assert kind_of(page) == Incident.Kind.RIGHTS
    health.note(again(page), YES)
    assert open_incident(page) is None


def test_a_refused_channel_without_the_right_to_send_does_not_go_on(page):
    health.turned_away(page, NO.reason)
    with later(10):
        health.note(again(page), Healthy("contoh_dinkes", lights={Light.SEND: False}))
    assert not again(page).is_connected


def test_new_credentials_close_the_incident(page):
    health.turned_away(page, NO.reason)
    page = again(page)
    page.keep_secrets({"token": "baru"})
    page.save()
    health.connected(page, YES)
    assert open_incident(page) is None
    assert again(page).is_connected


def test_each_channel_is_asked_once_a_day(channels):
    assert set(health.take_due()) == {channel.pk for channel in channels.values()}
    for channel in channels.values():
        health.note(channel, YES)
    with later(22 * 60):
        assert health.take_due() == []
    with later(25.5 * 60):
        assert len(health.take_due()) == 3


def test_whoever_takes_a_probe_and_dies_is_made_up_for(page, channels):
    health.take_due()
    assert health.take_due() == []
    with later(6):
        assert page.pk in health.take_due()


def test_channels_of_trainings_and_those_switched_off_are_not_asked(dinkes, channels):
    Channel.objects.filter(pk=channels["x"].pk).update(is_active=False, endorsed_at=timezone.now())
    Channel.objects.filter(pk=channels["instagram"].pk).update(is_training=True)
    assert health.take_due() == [channels["facebook"].pk]


def test_the_quota_and_the_lights_are_kept(page):
    health.note(
        page,
        Healthy(
            "contoh_dinkes",
            lights={Light.SEND: True, Light.COMMENTS: False},
            quota=Quota(42, 50, timedelta(days=1)),
        ),
    )
    kept = Health.objects.get(pk=page.pk)
    assert kept.lights == {"send": True, "comments": False}
    assert (kept.quota_used, kept.quota_total, kept.quota_percent) == (42, 50, 84)


def test_a_lost_key_is_a_refusal_in_words(page, settings):
    settings.VAULT_KEYS = ["k9:" + "A" * 43 + "="]
    answer = health.probe(again(page))
    assert isinstance(answer, Refused)
    assert "tidak dapat dibuka" in answer.reason


def test_an_adapter_that_breaks_says_nothing_about_the_grant(page, monkeypatch):
    def breaks(self, account):
        raise RuntimeError("boom")

    monkeypatch.setattr(type(page.adapter), "verify", breaks)
    assert isinstance(health.probe(again(page)), TryLater)
    assert again(page).is_connected


def test_the_worst_is_told_first(page):
    now = Health(channel=page, lights={"send": False}, expires_at=timezone.now())
    told = incidents.diagnose(page, now)
    assert told
    assert told.kind == Incident.Kind.RIGHTS
    page.refused_at = timezone.now()
    worse = incidents.diagnose(page, now)
    assert worse
    assert worse.kind == Incident.Kind.REFUSED
