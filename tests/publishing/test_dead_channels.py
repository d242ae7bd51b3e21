"""Dead channels: nothing is sent to one, and one bad answer to a probe does not make one."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from accounts.models import Role
from platforms.models import Channel
from publishing.delivery import call
from publishing.models import Delivery
from tests.factories import make_approved, make_person
from tests.publishing.errand import browser
from tests.publishing.outage import outage
from tests.publishing.test_delivery import in_hand, now_of, work
from tests.publishing.test_holes import asked

pytestmark = pytest.mark.django_db

DEAD: dict[str, dict[str, Any]] = {
    "revoked": {"refused_at": "2026-11-01T00:00Z"},
    "disconnected": {"sealed": ""},
    "deactivated": {"is_active": False},
}


@pytest.fixture
def due(sari, dewi, channels, box, clock) -> Delivery:
    """Approved, for X, as soon as possible."""
    return make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()


@pytest.mark.parametrize("dead", DEAD)
def test_nothing_is_sent_to_a_dead_channel(due, box, clock, dead):
    Channel.objects.update(**DEAD[dead])
    before = asked(box)
    for _ in range(3):
        work(clock, 20)
    assert (now_of(due), due.hold) == ("held", "channel")
    assert (box.ledger(), asked(box)) == ([], before)


@pytest.mark.parametrize("dead", DEAD)
def test_a_channel_that_dies_between_preparation_and_intent_gets_no_call(due, box, clock, dead):
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(due.channel_id)
    assert call.prepare(holder, delivery, call.job_for(delivery))
    Channel.objects.update(**DEAD[dead])
    assert call.intend(holder, delivery) is None
    assert not due.attempts.exists()


@pytest.fixture
def admin(db):
    person = make_person("admin@contoh.test", "Admin Contoh", Role.ADMIN)
    return person


def probe(admin, channel) -> str:
    """The admin's "Periksa sambungan"."""
    answer = browser(admin).post(f"/channels/{channel.pk}/probe/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("platform", ["x", "facebook"])
@pytest.mark.parametrize("kind", ["500", "drop", "429"])
def test_one_failed_probe_does_not_kill_a_channel(admin, channels, box, platform, kind):
    box.fault(platform, "any", kind)
    assert "sehat." not in probe(admin, channels[platform])
    assert Channel.objects.get(pk=channels[platform].pk).is_connected
    box.heal()
    assert "sehat." in probe(admin, channels[platform])


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_a_probe_that_nobody_answers_does_not_kill_a_channel(
    admin, channels, box, settings, platform
):
    with outage(settings):
        assert "sehat." not in probe(admin, channels[platform])
    assert Channel.objects.get(pk=channels[platform].pk).is_connected


def test_a_probe_of_a_channel_whose_key_is_lost_says_so(admin, channels, box, settings):
    settings.VAULT_KEYS = [f"k9:{Fernet.generate_key().decode()}"]
    assert "sehat." not in probe(admin, channels["x"])
