"""Letters about channels: to who can mend them, once for each turn for the worse."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Role
from platforms import health, news
from platforms.adapters.base import Healthy
from platforms.models import Incident
from tests import factories


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def hendra(dinkes):
    return factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)


def test_adi_and_hendra_are_written_to_and_budis_head_is_not(adi, hendra, sari, budi, channels):
    factories.make_person("kepala@contoh.test", "Kepala", Role.AGENCY_HEAD, budi.agency)
    health.turned_away(channels["x"], "X menolak kunci kanal ini.")
    assert news.tell() == 1
    [letter] = mail.outbox
    assert set(letter.to) == {adi.email, hendra.email}
    assert "X menolak kunci kanal ini." in letter.body
    assert f"/channels/{channels['x'].pk}/" in letter.body


def test_nothing_is_told_twice(adi, channels):
    health.turned_away(channels["x"], "Ditolak.")
    news.tell()
    assert news.tell() == 0
    assert len(mail.outbox) == 1


def test_each_step_of_the_ladder_is_a_letter(adi, channels):
    ends = timezone.now() + timedelta(days=21)
    for left in (19, 15, 9, 2, 1):
        with time_machine.travel(ends - timedelta(days=left, minutes=1)):
            health.note(channels["facebook"], Healthy("contoh_dinkes", expires_at=ends))
            news.tell()
    assert len(mail.outbox) == 4  # 20, 10, 3, 1
    assert Incident.objects.count() == 1


def test_a_mail_server_that_is_down_delays_a_letter_and_loses_none(adi, channels, monkeypatch):
    def down(*args, **more):
        raise SMTPException("down")

    health.turned_away(channels["x"], "Ditolak.")
    with monkeypatch.context() as patch:
        patch.setattr("accounts.letters.send_mail", down)
        assert news.tell() == 0
    assert news.tell() == 1


def test_what_is_over_is_told_to_nobody(adi, channels):
    health.turned_away(channels["x"], "Ditolak.")
    channel = channels["x"]
    channel.keep_secrets({"access_token": "baru"})
    channel.save()
    health.connected(channel, Healthy("contoh_dinkes"))
    assert news.tell() == 0
    assert mail.outbox == []


def test_with_nobody_to_write_to_it_waits(channels):
    health.turned_away(channels["x"], "Ditolak.")
    assert news.tell() == 0
    assert Incident.objects.get().told_at is None
