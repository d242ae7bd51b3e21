"""Channels that ail and strangers on them: told to who can mend it, once for each turn worse."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Role
from platforms import health
from platforms.adapters.base import Healthy
from platforms.models import Incident, Stranger
from publishing.models import Message, Notice
from publishing.notices.channels import tell_incidents, tell_strangers
from publishing.notices.send import send_due
from tests import factories

pytestmark = pytest.mark.django_db
MAIL_SERVER = "django.core.mail.backends.locmem.EmailBackend.send_messages"


def is_down(*letters):
    raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def at_noon():
    """By day, when letters go out."""
    noon = timezone.localtime().replace(hour=12, minute=0) + timedelta(days=1)
    with time_machine.travel(noon, tick=True) as traveller:
        yield traveller


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def hendra(dinkes):
    return factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)


def test_adi_and_hendra_are_told_and_budis_head_is_not(adi, hendra, sari, budi, channels):
    factories.make_person("kepala@contoh.test", "Kepala", Role.AGENCY_HEAD, budi.agency)
    health.turned_away(channels["x"], "X menolak kunci kanal ini.")
    assert tell_incidents() == 1
    send_due()
    assert {to for letter in mail.outbox for to in letter.to} == {adi.email, hendra.email}
    assert "X menolak kunci kanal ini." in mail.outbox[0].body
    assert Notice.objects.get(person=adi).path == f"/channels/{channels['x'].pk}/"


def test_nothing_is_told_twice(adi, channels):
    health.turned_away(channels["x"], "Ditolak.")
    tell_incidents()
    assert tell_incidents() == 0
    send_due()
    send_due()
    assert len(mail.outbox) == 1


def test_each_step_of_the_ladder_is_a_letter_and_all_are_one_line(adi, channels):
    ends = timezone.now() + timedelta(days=21)
    for left in (19, 15, 9, 2, 1):
        with time_machine.travel(ends - timedelta(days=left, minutes=1)):
            health.note(channels["facebook"], Healthy("contoh_dinkes", expires_at=ends))
            tell_incidents()
            send_due()
    assert len(mail.outbox) == 4  # 20, 10, 3, 1
    assert Notice.objects.get(person=adi).count == 4


def test_a_mail_server_that_is_down_delays_a_letter_and_loses_none(adi, channels, monkeypatch):
    health.turned_away(channels["x"], "Ditolak.")
    tell_incidents()
    with monkeypatch.context() as patch:
        patch.setattr(MAIL_SERVER, is_down)
        assert send_due() == 0
    assert send_due() == 0  # not at once
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert send_due() == 1


def test_what_is_over_is_told_to_nobody(adi, channels):
    health.turned_away(channels["x"], "Ditolak.")
    mend(channels["x"])
    assert tell_incidents() == 0
    assert not Notice.objects.exists()


def test_whoever_was_told_reads_that_it_is_over_and_no_letter_goes_out_any_more(adi, channels):
    health.turned_away(channels["x"], "Ditolak.")
    tell_incidents()
    mend(channels["x"])
    tell_incidents()
    line = Notice.objects.get(person=adi)
    assert "pulih" in line.sentence
    assert line.read_at is not None
    assert send_due() == 0
    assert Message.objects.get().state == "dropped"


def test_with_nobody_to_tell_it_waits(channels):
    health.turned_away(channels["x"], "Ditolak.")
    assert tell_incidents() == 0
    assert Incident.objects.get().told_at is None


def test_strangers_on_one_channel_are_one_line_each_told_once(adi, hendra, dewi, sari, channels):
    for number in ("1", "2"):
        Stranger.objects.create(
            channel=channels["x"], remote_id=number, text="Rahasia", at=timezone.now()
        )
    assert tell_strangers() == 2
    assert tell_strangers() == 0
    for person in (adi, hendra, dewi):
        assert Notice.objects.get(person=person).count == 2
    assert not Notice.objects.filter(sentence__contains="Rahasia").exists()
    assert not Notice.objects.filter(person=sari).exists()


def mend(channel) -> None:
    channel.keep_secrets({"access_token": "baru"})
    channel.save()
    health.connected(channel, Healthy("contoh_dinkes"))
