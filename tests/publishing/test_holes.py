"""Holes that a peer product had; each test shows that this one does not have it."""

import logging
from datetime import timedelta

import pytest
import requests
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.delivery import call, lane, record, statements
from publishing.models import Delivery, Lane, Post
from publishing.workflow.clock import expire
from tests import factories
from tests.factories import in_hours, make_approved, make_draft, make_submitted
from tests.publishing.composing import edit, filled
from tests.publishing.errand import browser, words
from tests.publishing.test_delivery import in_hand, intended, now_of, work

pytestmark = pytest.mark.django_db
ANOTHER = "Teks yang tidak pernah disetujui siapa pun."


@pytest.fixture
def due(sari, dewi, channels, box, clock) -> Delivery:
    """Approved, for X, as soon as possible."""
    return make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()


def asked(box) -> int:
    """How many requests the platforms have seen."""
    return len(requests.get(f"{box.url}/__sandbox__/requests", timeout=5).json()["requests"])


def home(user) -> str:
    return words(browser(user).get(reverse("home")))


# --- the hour, and the review ---


def test_a_schedule_that_passes_its_review_is_not_sent_and_expires(
    sari, dewi, channels, box, clock
):
    post = make_submitted(sari, channels["x"])
    clock.shift(timedelta(hours=3))
    expire()
    work(clock)
    post.refresh_from_db()
    assert (post.status, post.deliveries.count(), box.ledger()) == ("expired", 0, [])
    with pytest.raises(workflow.Stale):
        factories.approve(post, dewi)
    assert "Lewat jadwal" in home(sari)


@pytest.mark.parametrize("moment", ["submitted", "approved", "scheduled"])
def test_a_text_that_is_changed_after_it_was_handed_in_is_not_what_goes_out(
    sari, dewi, channels, box, clock, moment
):
    post = make_submitted(sari, channels["x"])
    approved = post.text
    if moment != "submitted":
        factories.approve(post, dewi)
    clock.shift(timedelta(seconds=60 if moment == "scheduled" else 0))
    answer = browser(sari).post(edit(post), filled(post, text=ANOTHER))
    assert answer.status_code == 409
    with pytest.raises(workflow.Stale):
        workflow.save_draft(post, workflow.Draft(ANOTHER, {}), by=sari, seen=post.version)
    Post.objects.update(text=ANOTHER)  # and even past every door
    post.variants.update(text=ANOTHER)
    post.refresh_from_db()
    if moment == "submitted":
        factories.approve(post, dewi)
    work(clock, 3 * 3600)
    assert [entry["text"] for entry in box.ledger()] == [approved]


def test_what_sari_saves_after_it_expired_is_not_replaced_by_her_old_words(
    sari, dewi, channels, box, clock
):
    """Whatever "Beri jadwal baru" comes to: what Dewi is asked about is what Sari wrote last."""
    post = make_submitted(sari, channels["x"])
    clock.shift(timedelta(hours=4))
    expire()
    post.refresh_from_db()
    assert browser(sari).post(edit(post), filled(post, text="Jadi hari Minggu.")).status_code == 302
    post.refresh_from_db()
    hour = timezone.localtime(in_hours(5))
    sent = {"version": post.version, "date": f"{hour:%Y-%m-%d}", "time": f"{hour:%H:%M}"}
    browser(sari).post(reverse("reschedule", args=[post.pk]), sent)
    post.refresh_from_db()
    newest = post.revisions.filter(number=post.revisions.count()).get()
    handed_in = [entry["text"] for entry in newest.content["channels"]]
    assert post.status != "submitted" or handed_in == [post.text]


@pytest.mark.parametrize("way", ["at its hour", "as soon as possible", "at once", "after undo"])
def test_what_is_approved_is_always_scheduled_on_every_channel(sari, dewi, channels, clock, way):
    at = {"as soon as possible": None, "at once": in_hours(0.05)}.get(way, in_hours(3))
    both = [channels["x"], channels["facebook"]]
    post = make_submitted(sari, *both, publish_at=at)
    factories.approve(post, dewi, at_once=way == "at once")
    if way == "after undo":
        workflow.undo(post, by=dewi, seen=post.version)
        factories.approve(post, dewi)
    waiting = post.deliveries.filter(status="waiting")
    assert {row.channel for row in waiting} == set(both)
    wanted = at if at and way != "at once" else timezone.now()
    for row in waiting:
        assert row.next_at
        assert wanted <= row.not_before <= wanted + timedelta(seconds=10)
        assert row.next_at <= row.not_before < row.deadline


def test_nobody_approves_what_they_had_a_hand_in(dinkes, sari, channels):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER, dinkes)
    own = make_submitted(yuli, channels["x"])
    edited = make_draft(sari, channels["x"])
    words_of_hers = workflow.Draft(
        edited.text, {channels["x"].pk: ""}, sources=[factories.SOURCE], publish_at=in_hours(3)
    )
    workflow.save_draft(edited, words_of_hers, by=yuli, seen=edited.version)
    workflow.submit(edited, by=sari, seen=edited.version)
    for post in (own, edited):
        seen = {"version": post.version, "revision": post.revisions.get().sha256, "checked": "all"}
        answer = browser(yuli).post(reverse("approve", args=[post.pk]), seen)
        assert answer.status_code == 403
        assert Post.objects.get(pk=post.pk).status == "submitted"
        assert not post.deliveries.exists()


@pytest.mark.parametrize(
    ("platform", "text"), [("x", "kata " * 100), ("instagram", "Tanpa gambar.")]
)
def test_what_the_platform_would_refuse_cannot_be_scheduled(
    sari, channels, box, clock, platform, text
):
    post = make_draft(sari, channels[platform], text=text)
    seen = {"version": post.version}
    answer = browser(sari).post(reverse("submit", args=[post.pk]), seen, follow=True)
    assert answer.redirect_chain[-1][0] == edit(post)
    post.refresh_from_db()
    assert (post.status, post.revisions.count(), post.deliveries.count()) == ("draft", 0, 0)
    assert browser(sari).get(reverse("post", args=[post.pk])).status_code == 200


def test_no_move_into_the_past_publishes_at_once(sari, dewi, channels, box, clock):
    post = make_approved(sari, dewi, channels["x"])
    missed = make_approved(sari, dewi, channels["facebook"]).deliveries.get()
    Delivery.objects.filter(pk=missed.pk).update(status="missed", next_at=None)
    past = timezone.localtime(timezone.now() - timedelta(minutes=1))
    hour = {"date": f"{past:%Y-%m-%d}", "time": f"{past:%H:%M}", "version": post.version}
    for user in (sari, dewi):
        moved = browser(user).post(reverse("reschedule", args=[post.pk]), hour)
        assert moved.status_code == 422
    put_off = hour | {"version": missed.version}
    assert browser(dewi).post(reverse("put_off", args=[missed.pk]), put_off).status_code == 422
    draft = make_draft(sari, channels["x"])
    form = filled(draft, do="submit", channels=[channels["x"].pk], **hour | {"version": 1})
    assert browser(sari).post(edit(draft), form).status_code == 422
    work(clock, 60)
    assert box.ledger() == []
    assert Post.objects.get(pk=post.pk).publish_at == post.publish_at


def test_a_post_of_three_weeks_ago_does_not_fire_when_the_worker_comes_back(
    sari, dewi, channels, box, clock
):
    post = make_approved(sari, dewi, channels["x"], channels["facebook"])
    clock.shift(timedelta(days=21))
    for _ in range(5):
        work(clock, 60)
    assert set(post.deliveries.values_list("status", flat=True)) == {"missed"}
    assert box.ledger() == []
    assert "Terlewat" in home(dewi)


# --- trying again ---


def test_a_try_that_is_put_off_is_not_run_early_however_often_it_is_rung(due, box, clock):
    box.fault("x", "read", "503")
    work(clock, 11)
    due.refresh_from_db()
    before, seen = Delivery.objects.values().get(), asked(box)
    assert due.next_at > timezone.now()
    for _ in range(20):
        lane.run(due.channel_id)
    assert (Delivery.objects.values().get(), asked(box)) == (before, seen)


@pytest.mark.parametrize("failing", [1, 3])
@pytest.mark.django_db(transaction=True)
def test_a_database_that_stumbles_after_the_success_is_asked_again_and_nothing_is_resent(
    due, box, clock, failing
):
    with broken_books(times=failing):
        work(clock, 11)
    assert now_of(due) == "published"
    assert [entry["id"] for entry in box.ledger()] == [due.remote_id]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_after_the_success_leaves_a_line_in_the_log_and_one_post(
    due, box, clock, caplog
):
    with broken_books() as books:
        books.setattr(lane, "release", no_database)
        with pytest.raises(OperationalError):
            work(clock, 11)
    assert now_of(due) == "sending"
    [entry] = box.ledger()
    [line] = [said for said in caplog.records if said.levelno == logging.CRITICAL]
    assert f"delivery {due.pk} came to Published" in line.getMessage()
    assert entry["id"] in line.getMessage()
    work(clock, 181)  # its lease is over
    assert now_of(due) == "uncertain"
    work(clock, 31)
    assert now_of(due) == "published"
    assert [entry["id"] for entry in box.ledger()] == [due.remote_id]


def no_database(*_asked) -> None:
    raise OperationalError("server closed the connection unexpectedly")


class broken_books:  # noqa: N801 - reads as a sentence
    """For a while (`times`, or for ever) no success can be written down; the rest can."""

    def __init__(self, times: int | None = None) -> None:
        self.left, self.rows = times, statements.rows

    def __enter__(self) -> pytest.MonkeyPatch:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(statements, "rows", self.ask)
        self.patch.setattr(record, "WRITE_AGAIN", (0, 0, 0))
        return self.patch

    def __exit__(self, *_trouble) -> None:
        self.patch.undo()

    def ask(self, statement, values):
        if statement is statements.PUBLISHED and self.left != 0:
            self.left = self.left and self.left - 1
            no_database()
        return self.rows(statement, values)


@pytest.mark.parametrize("called", [True, False], ids=["after the call", "before it"])
@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_a_crash_leaves_nothing_in_sending_for_ever(
    sari, dewi, channels, box, clock, platform, called
):
    delivery = make_approved(sari, dewi, channels[platform], publish_at=None).deliveries.get()
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(delivery.channel_id)
    intent = intended(holder, delivery)
    if called:
        call.call(delivery, call.job_for(delivery), intent)
    for _ in range(12):
        work(clock, 31)
    asks_a_person = platform == "x" and not called
    assert now_of(delivery) == ("uncertain" if asks_a_person else "published")
    assert (delivery.next_at, Lane.objects.get(pk=holder.channel_id).lease_until) == (None, None)
    assert len(box.ledger()) == (0 if asks_a_person else 1)


def test_a_failure_tells_sari_and_dewi(sari, dewi, due, box, clock):
    box.fault("x", "publish", "forbidden")
    work(clock, 11)
    for reader in (sari, dewi):
        assert "Gagal tayang" in home(reader)
        assert due.post.title in home(reader)
