"""After the publication: what reading back adds, what it notices, and what it can never undo."""

from datetime import timedelta

import pytest
import requests
import time_machine
from django.utils import timezone

from platforms import registry
from platforms.adapters.base import Gone, Seen, TryLater, Unknown
from publishing.delivery import after
from publishing.models import Delivery, Event
from tests.factories import make_approved
from tests.publishing.errand import browser, words
from tests.publishing.test_delivery import now_of, work

pytestmark = pytest.mark.django_db
SOON, A_DAY, APART = 120, 24 * 3600, 30  # seconds
GONE = "Unggahan ini tidak ada lagi di platform. Periksa siapa yang menghapusnya."


@pytest.fixture
def live(sari, dewi, channels, box, clock):
    """Makes a post of Sari's that is public on a platform since this very moment."""

    def publish(platform: str, **fields) -> Delivery:
        fields = {"publish_at": None} | fields
        delivery = make_approved(sari, dewi, channels[platform], **fields).deliveries.get()
        work(clock, 11)
        assert now_of(delivery) == "published"
        return delivery

    return publish


def read(clock, seconds=0) -> int:
    """Let time pass, then do what scheduler and worker do about readings; how many there were."""
    clock.shift(timedelta(seconds=seconds))
    due = after.take_due()
    for pk in due:
        after.read_back(pk)
    return len(due)


def take_down(box, delivery) -> None:
    """Somebody deletes it at the platform."""
    gone = requests.delete(f"{box.url}/__sandbox__/posts/{delivery.remote_id}", timeout=5)
    gone.raise_for_status()


def home(user) -> str:
    return words(browser(user).get("/"))


def test_while_many_wait_to_be_sent_only_a_few_are_read_back(
    live, sari, dewi, channels, clock, monkeypatch
):
    monkeypatch.setattr(after, "AT_ONCE", 1)
    monkeypatch.setattr(after, "MEANWHILE", 0)
    public = live("x")
    for platform in ("x", "facebook"):
        make_approved(sari, dewi, channels[platform], publish_at=None)
    clock.shift(timedelta(seconds=SOON))
    assert after.take_due() == []  # two wait: at this size, a crowd
    work(clock)
    assert after.take_due() == [public.pk]


# --- what it adds ---


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_what_is_public_is_read_back_after_two_minutes_and_after_a_day_and_then_left(
    live, clock, platform
):
    delivery = live(platform)
    assert read(clock, SOON - 1) == 0
    assert read(clock, 1) == 1
    delivery.refresh_from_db()
    first = delivery.snapshot
    assert first == {"text": delivery.post.text, "at": timezone.now().isoformat()}
    assert read(clock, A_DAY - SOON - 1) == 0
    assert read(clock, 1) == 1
    delivery.refresh_from_db()
    assert delivery.snapshot == {"text": first["text"], "at": timezone.now().isoformat()}
    assert (delivery.status, delivery.read_back_at) == ("published", None)


@pytest.mark.django_db(transaction=True)
def test_instagram_gives_no_address_when_it_publishes_and_it_is_fetched_soon_after(
    sari, dewi, channels, box, settings, live_server, picture_file
):
    settings.PUBLIC_URL = live_server.url
    pictures = [picture_file(size=(1080, 1080))]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        post = make_approved(sari, dewi, channels["instagram"], pictures=pictures, publish_at=None)
        delivery = post.deliveries.get()
        work(clock, 11)
        assert (now_of(delivery), delivery.permalink) == ("published", "")
        assert read(clock, 4) == 0
        assert read(clock, 1) == 1
        address = box.ledger()[0]["permalink"].replace("https:/", box.url)
        assert (now_of(delivery), delivery.permalink) == ("published", address)
        assert f'href="{delivery.permalink}"' in (
            browser(sari).get(f"/posts/{post.pk}/").content.decode()
        )
        assert read(clock, SOON - 5) == 1
        assert read(clock, A_DAY - SOON) == 1
        assert (now_of(delivery), delivery.read_back_at) == ("published", None)


def test_an_address_that_is_known_is_not_replaced_by_a_reading(live, clock):
    delivery = live("facebook")
    Delivery.objects.update(permalink="https://www.facebook.com/ditempel-oleh-dewi")
    read(clock, SOON)
    assert now_of(delivery) == "published"
    assert delivery.permalink == "https://www.facebook.com/ditempel-oleh-dewi"


# --- what it notices ---


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_one_miss_changes_nothing_and_the_second_half_a_minute_later_tells_sari_and_dewi(
    live, sari, dewi, box, clock, platform
):
    delivery = live(platform)
    take_down(box, delivery)
    assert read(clock, SOON) == 1
    assert now_of(delivery) == "published"
    for reader in (sari, dewi):
        assert "Hilang" not in home(reader)
    assert read(clock, APART - 1) == 0
    assert read(clock, 1) == 1
    assert (now_of(delivery), delivery.reason) == ("gone", GONE)
    event = Event.objects.get(verb=Event.Verb.GONE)
    assert (event.delivery, event.post, event.actor) == (delivery, delivery.post, None)
    for reader in (sari, dewi):
        assert delivery.post.title in home(reader)
        assert "Hilang" in home(reader)
        assert GONE in words(browser(reader).get(f"/posts/{delivery.post_id}/"))
    assert read(clock, A_DAY) == 0


def test_a_post_that_is_seen_again_after_a_miss_needs_two_new_ones_to_be_gone(live, box, clock):
    delivery = live("x")
    Delivery.objects.update(absent_at=timezone.now(), read_back_at=timezone.now())
    read(clock)
    assert (now_of(delivery), delivery.absent_at) == ("published", None)
    take_down(box, delivery)
    read(clock, A_DAY)
    assert now_of(delivery) == "published"
    read(clock, APART)
    assert now_of(delivery) == "gone"


def test_two_misses_at_the_same_moment_are_one(live, box, clock):
    delivery = live("x")
    take_down(box, delivery)
    clock.shift(timedelta(seconds=SOON))
    for _ in range(5):
        after.read_back(delivery.pk)
    assert now_of(delivery) == "published"


def test_what_is_deleted_after_the_first_reading_is_noticed_a_day_later(live, box, clock):
    delivery = live("facebook")
    read(clock, SOON)
    take_down(box, delivery)
    read(clock, A_DAY - SOON)
    read(clock, APART)
    assert now_of(delivery) == "gone"


def test_where_reading_x_is_off_nothing_is_ever_gone(live, box, clock, settings):
    delivery = live("x")
    settings.PLATFORMS["x"]["READING"] = False
    registry.adapter.cache_clear()
    take_down(box, delivery)
    for seconds in (SOON, APART, A_DAY, A_DAY):
        read(clock, seconds)
    assert (now_of(delivery), delivery.read_back_at) == ("published", None)
    assert not Event.objects.filter(verb=Event.Verb.GONE).exists()


# --- what it can never do ---


@pytest.mark.parametrize("platform", ["x", "facebook"])
@pytest.mark.parametrize("kind", ["500", "503", "drop", "empty", "garbled", "401", "429"])
def test_a_reading_that_fails_leaves_it_published(live, box, clock, platform, kind):
    delivery = live(platform)
    box.fault(platform, "read", kind, times=0)
    for seconds in (SOON, APART, 300, 900, A_DAY, A_DAY):
        read(clock, seconds)
    assert now_of(delivery) == "published"
    assert not Event.objects.filter(verb=Event.Verb.GONE).exists()


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_a_token_that_is_revoked_after_the_publication_leaves_it_published(
    live, box, clock, platform
):
    delivery = live(platform)
    box.fault(platform, "any", "token_revoked")
    for seconds in (SOON, APART, A_DAY):
        read(clock, seconds)
    assert now_of(delivery) == "published"


def test_a_reading_that_fails_for_a_while_is_made_up_for(live, box, clock):
    delivery = live("facebook")
    box.fault("facebook", "read", "503", times=0)
    read(clock, SOON)
    assert (now_of(delivery), delivery.snapshot) == ("published", None)
    box.heal()
    assert read(clock, 299) == 0
    assert read(clock, 1) == 1
    assert now_of(delivery) == "published"
    assert delivery.snapshot["text"] == delivery.post.text


FINDINGS = [Seen("Teks yang lain sama sekali."), Gone(), TryLater(""), Unknown(""), None]


@pytest.mark.parametrize("finding", FINDINGS, ids=["seen", "gone", "later", "unknown", "broken"])
def test_nothing_that_is_read_makes_it_anything_but_gone_or_leaves_it(
    live, channels, clock, monkeypatch, finding
):
    def read_back(*_asked):
        if finding is None:
            raise ZeroDivisionError
        return finding

    delivery = live("x")
    monkeypatch.setattr(channels["x"].adapter, "read_back", read_back)
    sent = {"remote_id": delivery.remote_id, "published_at": delivery.published_at}
    for seconds in (SOON, APART, 300, 900, A_DAY, APART):
        read(clock, seconds)
        work(clock)
        assert now_of(delivery) in {"published", "gone"}
    assert delivery.status == ("gone" if isinstance(finding, Gone) else "published")
    assert {name: getattr(delivery, name) for name in sent} == sent


@pytest.mark.parametrize("status", ["waiting", "uncertain", "cancelled", "gone", "held"])
def test_what_is_not_published_is_not_read_and_stays_what_it_is(live, box, clock, status):
    delivery = live("x")
    take_down(box, delivery)
    Delivery.objects.update(status=status, absent_at=delivery.published_at)
    clock.shift(timedelta(seconds=SOON))
    assert after.take_due() == []
    after.read_back(delivery.pk)
    assert now_of(delivery) == status


# --- who takes a reading ---


def test_two_ticks_take_a_reading_once_and_a_dead_readers_comes_again(live, clock):
    delivery = live("x")
    clock.shift(timedelta(seconds=SOON))
    assert (after.take_due(), after.take_due()) == ([delivery.pk], [])  # and the reader dies
    clock.shift(timedelta(minutes=5))
    assert after.take_due() == [delivery.pk]
