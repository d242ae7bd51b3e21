"""Bad luck on the way to the platforms: told in plain words, and never one post too many or few."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from platforms.models import Channel
from publishing.delivery import call
from publishing.progress import spoken
from tests import factories
from tests.publishing.errand import Errand

pytestmark = pytest.mark.django_db(transaction=True)

LABELS = {"x": "X", "facebook": "Facebook", "instagram": "Instagram"}
everywhere = pytest.mark.parametrize("platform", LABELS)
LEASE_OVER = 200  # seconds
FIRST_LOOK = 31


@pytest.fixture
def clock(settings, live_server):
    """A clock that stands still until the story moves it, and a door for Meta's fetching."""
    settings.PUBLIC_URL = live_server.url
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def errand(sari, dewi, channels, box, clock, picture_file):
    """Begins the errand to a platform; it may go after the ten seconds in which Dewi may undo."""

    def begin(platform: str) -> Errand:
        picture = picture_file("poster.jpg", size=(1080, 1080))
        post = factories.make_approved(
            sari, dewi, channels[platform], pictures=[picture], publish_at=None
        )
        delivery = post.deliveries.select_related("revision", "channel").get()
        return Errand(delivery, box, clock)

    return begin


# --- the platform fails, the line is cut, the worker dies ---


@everywhere
@pytest.mark.parametrize("kind", ["500", "drop"])
def test_what_was_accepted_before_the_failure_is_found_again_and_not_sent_twice(
    errand, sari, platform, kind
):
    post = errand(platform)
    post.box.fault(platform, "publish", kind, "after")
    assert post.after(11) == "uncertain"
    told = post.told(sari)
    assert "Mungkin sudah tayang." in told
    assert f"Kami memeriksa ke {LABELS[platform]} sebelum mencoba lagi." in told
    assert len(post.sent()) == 1
    assert post.after(FIRST_LOOK) == "published"
    assert post.is_out_once()
    assert f"Lihat di {LABELS[platform]}" in post.told(sari)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])  # X refuses the same words twice
def test_of_two_with_the_same_words_each_is_known_by_its_own_address(errand, platform):
    """The first is accepted and unanswered; when it can be looked for, its twin stands above it."""
    first, twin = errand(platform), errand(platform)
    first.box.fault(platform, "publish", "drop", "after")
    assert first.after(11) == "uncertain"
    first.box.fault(platform, "read", "500", "before", times=2)
    for _ in range(5):  # until it keeps its place no longer
        assert first.after(FIRST_LOOK) == "uncertain"
    twin.delivery.refresh_from_db()
    assert twin.delivery.status == "published"
    assert any(first.after(600) == "published" for _ in range(3))
    ids = [entry["id"] for entry in first.box.ledger()]
    assert ids == [first.delivery.remote_id, twin.delivery.remote_id]


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
@pytest.mark.parametrize("kind", ["500", "drop"])
def test_what_meta_surely_did_not_accept_is_sent_by_itself(errand, sari, platform, kind):
    post = errand(platform)
    post.box.fault(platform, "publish", kind, "before")
    assert post.after(11) == "uncertain"
    assert f"Kami memeriksa ke {LABELS[platform]} sebelum mencoba lagi." in post.told(sari)
    assert post.sent() == []
    assert post.after(FIRST_LOOK) == "published"
    assert post.is_out_once()


@pytest.mark.parametrize("kind", ["500", "drop"])
def test_what_x_perhaps_did_not_accept_is_looked_for_twice_and_left_to_dewi(
    errand, sari, dewi, kind
):
    post = errand("x")
    post.box.fault("x", "publish", kind, "before")
    assert post.after(11) == "uncertain"
    for _ in range(4):
        assert post.after(FIRST_LOOK) == "uncertain"
    ask = "Dua kali diperiksa, tidak terlihat di platform. Periksa sendiri, lalu pilih."
    for reader in (sari, dewi):
        assert f"{ask} Peninjau memeriksa sendiri ke X, lalu memilih." in post.told(reader)
        assert "Belum pasti" in post.told(reader, "home")
    assert "Ada, sudah tayang" in post.told(dewi)
    assert "Tidak ada, kirim lagi" in post.told(dewi)
    assert "Tidak ada, kirim lagi" not in post.told(sari)
    assert post.sent() == []
    post.decide(dewi, "settle_absent")
    assert post.after(1) == "published"
    assert post.is_out_once()


@everywhere
def test_a_worker_killed_between_acceptance_and_record_leaves_one_post(errand, sari, platform):
    post = errand(platform)
    delivery, intent = post.meant()
    call.call(delivery, call.job_for(delivery), intent)  # accepted; and here the worker dies
    assert len(post.sent()) == 1
    assert post.after(1) == "sending"
    assert "Sedang dikirim" in post.told(sari)
    assert post.after(LEASE_OVER) == "uncertain"
    told = post.told(sari)
    assert "Pekerja berhenti di tengah pengiriman." in told
    assert f"Kami memeriksa ke {LABELS[platform]} sebelum mencoba lagi." in told
    assert post.after(FIRST_LOOK) == "published"
    assert post.is_out_once()


@everywhere
def test_a_worker_killed_before_its_call_left_sends_nothing_behind_anybodys_back(
    errand, dewi, platform
):
    post = errand(platform)
    post.meant()  # and here the worker dies
    assert post.after(LEASE_OVER) == "uncertain"
    for _ in range(4):
        post.after(FIRST_LOOK)
    if platform == "x":  # only a person can tell that nothing is there
        assert (post.delivery.status, post.sent()) == ("uncertain", [])
        post.decide(dewi, "settle_absent")
        post.after(1)
    assert post.is_out_once()


@everywhere
def test_a_platform_that_fails_while_the_picture_goes_up_is_simply_asked_again(
    errand, sari, platform
):
    post = errand(platform)
    step = "container" if platform == "instagram" else "media"
    post.box.fault(platform, step, "500", "before")
    status = post.after(11)
    told = post.told(sari)
    assert status == "waiting"
    assert "Akan dicoba lagi otomatis." in told
    assert f"Dicoba lagi {spoken(post.delivery.next_at)}." in told
    assert post.sent() == []
    assert post.after(60) == "published"
    assert post.is_out_once()


# --- Instagram's containers ---


def test_a_slow_container_is_waited_for_and_published_once(errand, sari):
    post = errand("instagram")
    post.box.fault("instagram", "container", "container_slow", polls=3)
    assert post.after(11) == "waiting"
    told = post.told(sari)
    assert "Instagram masih menyiapkan gambarnya. Dicoba lagi" in told
    assert post.sent() == []
    for _ in range(4):
        post.after(20)
    assert post.is_out_once()


def test_a_container_in_error_is_made_again_and_published_once(errand, sari):
    post = errand("instagram")
    post.box.fault("instagram", "container", "container_error")
    assert post.after(11) == "waiting"
    told = post.told(sari)
    assert "Dicoba lagi" in told
    assert post.sent() == []
    for _ in range(4):
        post.after(60)
    assert post.is_out_once()


def test_a_picture_that_instagram_cannot_use_fails_and_says_what_to_change(errand, sari, dewi):
    post = errand("instagram")
    post.box.fault("instagram", "container", "container_error", subcode=2207026)
    assert post.after(11) == "failed"
    for reader in (sari, dewi):
        told = post.told(reader)
        assert "Meta menolak ukuran atau format gambarnya. Ganti gambarnya." in told
        assert "Peninjau memutuskan: dikirim lagi atau dibatalkan." in told
        assert "Gagal tayang" in post.told(reader, "home")
    assert post.sent() == []
    post.decide(dewi, "send_again")
    assert post.after(1) == "published"
    assert post.is_out_once()


# --- the channel's own trouble ---


@everywhere
def test_a_channel_without_credentials_holds_the_post_and_everybody_is_told(
    errand, sari, dewi, channels, platform
):
    post = errand(platform)
    Channel.objects.update(sealed="")
    assert (post.after(11), post.delivery.hold) == ("held", "channel")
    ask = "Kanal ini belum terhubung. Dilanjutkan sendiri begitu kanal terhubung lagi."
    for reader in (sari, dewi):
        assert f"{ask} Hubungi admin sistem." in post.told(reader)
        assert post.delivery.post.title in post.told(reader, "home")
        assert "Ditahan" in post.told(reader, "home")
    assert "Kanal yang perlu diurus" in post.told(sari, "home")
    assert post.sent() == []
    channels[platform].save()  # its credentials come back
    post.after(20)
    assert post.after(16) == "published"
    assert post.is_out_once()


@everywhere
def test_a_revoked_token_holds_the_channel_until_it_is_connected_again(
    errand, sari, dewi, channels, platform
):
    post = errand(platform)
    post.box.fault(platform, "any", "token_revoked")
    assert (post.after(11), post.delivery.hold) == ("held", "channel")
    for reader in (sari, dewi):
        assert "Minta pengelola kanal menyambungkan ulang." in post.told(reader)
        assert "Ditahan" in post.told(reader, "home")
    assert "Kanal yang perlu diurus" in post.told(sari, "home")
    assert post.after(60) == "held"
    assert post.sent() == []
    post.box.heal()
    channel = Channel.objects.get(pk=channels[platform].pk)
    channel.keep_secrets(factories.SECRETS[platform])
    channel.save()
    post.after(20)
    assert post.after(16) == "published"
    assert post.is_out_once()


@everywhere
def test_too_many_requests_wait_for_the_platforms_hour(errand, sari, platform):
    post = errand(platform)
    post.box.fault(platform, "publish", "429", "before", reset_in=600)
    assert post.after(11) == "waiting"
    told = post.told(sari)
    assert "untuk kanal ini sedang habis. Akan dicoba lagi otomatis." in told
    assert f"Dicoba lagi {spoken(post.delivery.next_at)}." in told
    assert post.after(300) == "waiting"
    assert post.sent() == []
    assert post.after(400) == "published"
    assert post.is_out_once()


@everywhere
def test_a_quota_that_comes_back_too_late_asks_a_person(errand, sari, dewi, platform):
    post = errand(platform)
    post.box.fault(platform, "publish", "429", "before", reset_in=2 * 3600)
    assert (post.after(11), post.delivery.hold) == ("held", "quota")
    for reader in (sari, dewi):
        told = post.told(reader)
        assert "Kuota kanal ini baru pulih setelah batas waktu tayangnya." in told
        assert "Peninjau memutuskan: dikirim lagi atau dibatalkan." in told
        assert "dicoba lagi otomatis" not in told
    assert post.sent() == []
    post.clock.shift(timedelta(hours=2, minutes=5))
    post.decide(dewi, "resume")
    assert post.after(1) == "published"
    assert post.is_out_once()
