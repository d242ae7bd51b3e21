"""A channel outlives its adapter: its pages open, its workers go on, and nothing of it is sent."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import Role
from platforms import registry
from platforms.account_lock import advisory
from platforms.adapters.base import Fault, Job, Payload, Refused, Sample, Unknown
from platforms.adapters.connecting import PasswordLogin
from platforms.adapters.missing import Missing
from publishing.delivery import lane
from publishing.models import Delivery
from tests import factories

SAID = "Adaptor instagram_private tidak diaktifkan di pemasangan ini."


@pytest.fixture
def enabled(settings):
    """The installation says that it wants the private way too."""
    settings.PLATFORMS = settings.PLATFORMS | {
        "instagram_private": {
            "ADAPTER": "platforms.adapters.instagram_private.InstagramPrivate",
            "BASE_URL": "http://127.0.0.1:9",
            "LOCK": "platforms.account_lock.advisory",
        }
    }
    registry.adapter.cache_clear()
    yield
    registry.adapter.cache_clear()


@pytest.fixture
def channel(dinkes):
    """Dinas Kesehatan's Instagram, connected when the private way was still installed."""
    return factories.make_channel(dinkes, "instagram", adapter_key="instagram_private")


@pytest.fixture
def missing():
    return registry.adapter("instagram_private")


def test_every_door_says_why_it_is_closed(missing, make_job, pictures):
    job: Job = make_job("instagram_private", pictures=pictures)
    account = job.account
    for outcome in (
        missing.prepare(job),
        missing.publish(job),
        missing.verify(account),
        missing.rehearse(account, Sample(b"", "")),
        missing.login().inspect({}),
    ):
        assert outcome == Refused(SAID, Fault.CHANNEL, "no adapter")
    now = datetime.now(UTC)
    looks = missing.find(job), missing.read_back(account, "77"), missing.recent(account, now)
    assert looks == (Unknown(SAID, "no adapter"),) * 3


def test_it_measures_as_the_platforms_own_adapter_does(missing):
    own = registry.adapter("instagram")
    assert (missing.platform, missing.text_limit) == ("instagram", own.text_limit)
    assert missing.weigh("Halo") == 4
    empty = Payload("")
    assert missing.problems(empty) == own.problems(empty) != []


def test_an_adapter_that_nobody_has_heard_of_measures_nothing():
    stranger = registry.adapter("gurita")
    assert isinstance(stranger, Missing)
    assert (stranger.weigh("Halo"), stranger.problems(Payload(""))) == (4, [])
    assert stranger.label == "gurita (nonaktif)"


def test_sari_writes_and_opens_a_post_for_such_a_channel(client, sari, channel):
    post = factories.make_draft(sari, channel)
    client.force_login(sari)
    assert client.get(f"/posts/{post.pk}/edit/").status_code == 200
    assert client.get(f"/posts/{post.pk}/").status_code == 200


def test_a_worker_sends_nothing_and_says_why(sari, dewi, dinkes):
    channel = factories.make_channel(dinkes, "facebook", adapter_key="facebook_lama")
    post = factories.make_approved(sari, dewi, channel, publish_at=None)
    Delivery.objects.update(not_before=factories.in_hours(-0.1), next_at=factories.in_hours(-0.1))
    lane.run(channel.pk)
    delivery = post.deliveries.get()
    assert delivery.status == Delivery.Status.HELD, delivery.reason
    assert delivery.reason == SAID.replace("instagram_private", "facebook_lama")


def test_the_pages_of_channels_open(client, channel):
    person = factories.make_person("admin@contoh.test", "Admin Contoh", Role.ADMIN)
    client.force_login(person)
    assert client.get("/channels/").status_code == 200
    assert SAID in client.post(f"/channels/{channel.pk}/probe/", follow=True).content.decode()
    assert client.get(f"/channels/connect/?channel={channel.pk}", follow=True).status_code == 404


def test_two_adapters_for_one_platform_keep_its_plain_name(enabled):
    assert dict(registry.platforms())["instagram"] == "Instagram"
    assert dict(registry.choices())["instagram_private"] == "Instagram (jalur pribadi)"


@pytest.mark.parametrize(
    ("said", "there"), [({}, "False"), ({"ENABLE_INSTAGRAM_PRIVATE": "1"}, "True")]
)
def test_the_private_way_is_off_until_the_installation_wants_it(here, said, there):
    code = "from opd_hub import settings_engine as s; print('instagram_private' in s.PLATFORMS)"
    environment = {"PATH": "", "INSTAGRAM_PRIVATE_BASE_URL": ""} | said
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=here, env=environment, capture_output=True, text=True
    )
    assert ran.stdout.strip() == there, ran.stderr


def test_the_installed_way_takes_turns_through_the_database(enabled):
    private: Any = registry.adapter("instagram_private")
    training: Any = registry.adapter("instagram_private", training=True)
    assert private.phones.turns is advisory
    assert isinstance(private.login(), PasswordLogin)
    assert training.way.base_url
