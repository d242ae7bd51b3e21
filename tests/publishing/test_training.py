"""Mode latihan: the same desk, a played world; seen nowhere else, counted nowhere."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from platforms import registry
from platforms.adapters.base import Healthy
from platforms.models import Channel
from publishing import advice, plan, vitals, workflow
from publishing.delivery import lane, schedule
from publishing.delivery.tick import tick
from publishing.models import Delivery, Post
from publishing.plan import monday_of
from publishing.workflow import training
from tests import factories
from tests.publishing.composing import filled
from tests.publishing.errand import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee(ground, sari, channels):
    training.start(sari)
    return sari


def own(sari):
    return Channel.objects.filter(agency=sari.agency, is_training=True)


@pytest.fixture
def exercise(trainee):
    """What Sari wrote in training, for its channel on X."""
    return factories.make_draft(trainee, own(trainee).get(platform="x"))


def approve_in_training(post, dewi):
    workflow.submit(post, by=post.author, seen=post.version)
    training.start(dewi)
    factories.approve(post, dewi)


# --- beginning and ending it ---


def test_it_begins_with_a_button_and_is_seen_on_every_page(ground, sari, channels):
    desk = browser(sari)
    assert desk.post(reverse("start_training")).headers["Location"] == reverse("home")
    for name in ("home", "posts", "write", "library", "help"):
        page = desk.get(reverse(name)).content.decode()
        assert "Tidak ada yang tayang ke kanal sungguhan." in page
        assert "<title>Latihan ·" in page


def test_the_agency_has_a_training_channel_on_each_platform_once(trainee):
    training.leave(trainee)
    training.start(trainee)
    assert sorted(own(trainee).values_list("platform", flat=True)) == ["facebook", "instagram", "x"]
    assert {str(channel.handle) for channel in own(trainee)} == {"latihan_dinkes"}


def test_it_ends_with_a_button_and_at_the_next_sign_in(client, trainee):
    desk = browser(trainee)
    desk.post(reverse("leave_training"))
    trainee.refresh_from_db()
    assert not trainee.in_training
    training.start(trainee)
    sent = {"login": trainee.email, "password": factories.PASSWORD}
    client.post(reverse("account_login"), sent)
    trainee.refresh_from_db()
    assert not trainee.in_training


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9", "https://api.x.com"])
def test_without_a_sandbox_it_says_so_and_nothing_changes(settings, sari, channels, address):
    settings.TRAINING_URL = address
    answered = browser(sari).post(reverse("start_training"))
    assert answered.status_code == 503
    assert "Platform uji belum siap." in words(answered)
    sari.refresh_from_db()
    assert not sari.in_training
    assert not own(sari).exists()


def test_who_neither_writes_nor_reviews_has_nothing_to_train(ground):
    leader = factories.make_person("yusuf@contoh.test", "Yusuf", Role.LEADER)
    assert browser(leader).post(reverse("start_training")).status_code == 403


# --- what is seen ---


def test_the_composer_offers_training_channels_only(trainee, channels):
    page = browser(trainee).get(reverse("write")).content.decode()
    assert "@latihan_dinkes" in page
    assert "@contoh_dinkes" not in page
    training.leave(trainee)
    page = browser(trainee).get(reverse("write")).content.decode()
    assert "@latihan_dinkes" not in page


def test_a_real_channel_cannot_be_slipped_into_an_exercise(trainee, channels):
    sent = filled(channels=[channels["x"].pk])
    browser(trainee).post(reverse("write"), sent)
    assert not Post.objects.filter(variants__channel=channels["x"]).exists()


def test_an_exercise_is_seen_in_training_only(exercise, rina, dewi):
    workflow.submit(exercise, by=exercise.author, seen=exercise.version)
    there = reverse("post", args=[exercise.pk])
    for reader in (rina, dewi):
        assert browser(reader).get(there).status_code == 404
        assert exercise.title not in words(browser(reader).get(reverse("posts")))
        training.start(reader)
        assert browser(reader).get(there).status_code == 200


def test_real_work_is_not_seen_in_training(sari, dewi, channels, ground):
    real = factories.make_submitted(sari, channels["x"])
    training.start(dewi)
    reviewer = browser(dewi)
    assert reviewer.get(reverse("review", args=[real.pk])).status_code == 404
    assert real.title not in words(reviewer.get(reverse("queue")))


# --- it counts nowhere ---


def test_queue_plan_health_and_advice_know_nothing_of_exercises(exercise, sari, dewi, channels):
    workflow.submit(exercise, by=exercise.author, seen=exercise.version)
    assert exercise.title not in words(browser(dewi).get(reverse("queue")))
    shown = plan.week(sari.agency, monday_of(""))
    assert not any(day.entries for day in shown.days)
    Delivery.objects.all().delete()
    training.leave(sari)
    real = factories.make_draft(sari, channels["x"])
    said = [one.sentence for one in advice.about(real, real.created_at, drafts=True)]
    assert not any("Kata-kata yang sama" in sentence for sentence in said)


def test_an_exercise_that_is_stuck_raises_no_alarm(exercise, dewi, clock):
    approve_in_training(exercise, dewi)
    clock.shift(5 * 3600)
    assert vitals.take().oldest_due is None


def test_the_plan_is_not_imported_in_training(trainee):
    with pytest.raises(workflow.NotAllowed, match="Akhiri dulu Mode latihan"):
        workflow.create_plan([], by=trainee)


# --- where it goes ---


def test_an_exercise_is_published_in_the_sandbox(exercise, dewi, clock, ground):
    approve_in_training(exercise, dewi)
    clock.shift(4 * 3600 - 3500)
    for channel in tick():
        lane.run(channel)
    clock.shift(3600 * 2)
    Delivery.objects.update(deadline=factories.in_hours(5))
    for channel in tick():
        lane.run(channel)
    delivery = exercise.deliveries.get()
    assert delivery.status == Delivery.Status.PUBLISHED
    [entry] = ground.ledger()
    assert entry["account"] == delivery.channel.remote_id


def test_its_adapter_speaks_to_the_sandbox_wherever_the_platform_is(settings, trainee, ground):
    channel = own(trainee).get(platform="x")
    assert channel.adapter.way.base_url == ground.url.rstrip("/")
    assert channel.adapter is not Channel(adapter_key="x", platform="x").adapter


@pytest.mark.parametrize("address", ["", "https://api.x.com", "https://graph.facebook.com:443"])
def test_without_a_sandbox_at_home_an_exercise_goes_nowhere(settings, trainee, address):
    """Its pages are still drawn: whoever is in training meanwhile can read and leave."""
    settings.TRAINING_URL = address
    registry.adapter.cache_clear()
    channel = own(trainee).get(platform="x")
    assert channel.adapter.way.base_url == registry.NOWHERE
    assert browser(trainee).get(reverse("write")).status_code == 200


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8001", "http://[::1]:8001", "http://latihan:1"]
)
def test_home_is_this_machine_or_a_service_beside_ours(settings, address):
    settings.TRAINING_URL = address + "/"
    assert registry.training_url() == address


def test_beginning_again_opens_what_the_sandbox_had_forgotten(trainee, ground):
    own(trainee).update(refused_at=timezone.now(), sealed="gone:nothing opens this")
    training.start(trainee)
    for channel in own(trainee):
        assert channel.is_connected
        assert isinstance(channel.adapter.verify(channel.account()), Healthy)


def test_credentials_of_a_training_pass_no_proxy(settings, ground, sari, channels, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    training.start(sari)
    assert sari.in_training


def test_where_people_cannot_reach_the_sandbox_no_link_leads_there(settings, exercise, dewi):
    approve_in_training(exercise, dewi)
    public = {"status": Delivery.Status.PUBLISHED, "remote_id": "1"}
    exercise.deliveries.update(permalink="http://127.0.0.1:8001/x.com/1", **public)
    there = reverse("post", args=[exercise.pk])
    page = browser(exercise.author).get(there).content.decode()
    assert "Tayang di platform uji; warga tidak melihatnya." in page
    assert "x.com/1" not in page
    settings.DEMO = True
    assert "x.com/1" in browser(exercise.author).get(there).content.decode()


def test_an_approval_never_mixes_the_two_worlds(exercise, dewi, channels):
    workflow.submit(exercise, by=exercise.author, seen=exercise.version)
    Post.objects.filter(pk=exercise.pk).update(is_training=False)
    exercise.refresh_from_db()
    with pytest.raises(schedule.Mixture):
        factories.approve(exercise, dewi)
    assert not Delivery.objects.exists()


def test_a_delivery_between_the_worlds_is_held_before_the_call(exercise, dewi, clock, ground):
    approve_in_training(exercise, dewi)
    Post.objects.filter(pk=exercise.pk).update(is_training=False)
    clock.shift(3 * 3600)
    for channel in tick():
        lane.run(channel)
    assert exercise.deliveries.get().hold == Delivery.Hold.REVISION
    assert ground.ledger() == []


def test_a_copy_of_an_exercise_is_an_exercise(exercise):
    copied = workflow.copy(exercise, by=exercise.author)
    assert copied.is_training
    assert [v.channel.is_training for v in copied.variants.all()] == [True]
