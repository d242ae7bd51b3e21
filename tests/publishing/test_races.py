"""Two people, or a person and the worker, at the same moment: one wins, the other is told."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from publishing.delivery import call, lane, record
from publishing.models import Delivery, Event, Lane, Post, Review
from tests import factories
from tests.publishing.composing import edit, filled
from tests.publishing.errand import browser

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10
PATIENCE = 30  # seconds, an upper bound that only a failing test reaches
PUBLIC = "Sebagian unggahan ini sudah tayang atau sedang dikirim."

Deed = Callable[[], Any]


def alone(deed: Deed) -> Any:
    """Do it on a connection of its own, and leave none behind."""
    try:
        return deed()
    finally:
        connections.close_all()


def at_once(*deeds: Deed) -> list[Any]:
    """Do them all at the same moment, each in its own thread, connection and transaction."""
    gate = threading.Barrier(len(deeds))

    def through_the_gate(deed: Deed) -> Any:
        gate.wait(PATIENCE)
        return alone(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(through_the_gate, deeds))


def into_each_other(first: Deed, second: Deed) -> tuple[Any, Any]:
    """`first` has written but not committed; `second` runs into it, waits, and then goes on."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = first()
            other = pool.submit(alone, second)
            wait_until(lambda: other.done() or somebody_waits_for_us())
            assert not other.done(), "the second did not have to wait"
        return done, other.result(PATIENCE)


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return cursor.fetchone() is not None


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def press(client: Client, verb: str, post: Post, **fields: str) -> Deed:
    """The button of `verb` on a page that shows `post` as it is in memory."""
    newest = post.revisions.order_by("-number").first()
    seen = {"version": post.version, "revision": newest.sha256 if newest else ""}
    return lambda: client.post(reverse(verb, args=[post.pk]), seen | {"checked": "all"} | fields)


def said(response) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def yuli(db) -> User:
    """Yuli reviews, beside Dewi."""
    return factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER)


@pytest.fixture
def due(sari, dewi, channels):
    """Makes an approved post for X whose hour is now; each says something else."""

    def make(n: int) -> Delivery:
        text = f"Imunisasi gratis di Nagari ke-{n}."
        post = factories.make_approved(sari, dewi, channels["x"], text=text, publish_at=None)
        now = timezone.now()
        Delivery.objects.filter(post=post).update(not_before=now, next_at=now)
        return post.deliveries.select_related("post", "revision", "channel").get()

    return make


# --- people ---

WORDS = {"note": "Sudah tayang kemarin, batalkan saja.", "reason": "repeated"}
DONE = {"approve": "disetujui", "reject": "ditolak", "withdraw": "ditarik kembali"}
REACHED = {"approve": "approved", "reject": "rejected", "withdraw": "draft"}


def settle(post: Post, deeds: list[tuple[User, str]]) -> None:
    """Everybody presses at once; exactly one gets their way and each other hears whose it was."""
    buttons = [press(browser(user), verb, post, **WORDS) for user, verb in deeds]
    answers = at_once(*buttons)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    won = next(n for n, answer in enumerate(answers) if answer.status_code == 302)
    winner, verb = deeds[won]
    told = said(answers[1 - won])
    assert f"sudah berubah sejak Anda membukanya: {DONE[verb]} oleh {winner.name}." in told
    assert "Lihat keadaan sekarang" in told
    assert WORDS["note"] in told
    assert Post.objects.get(pk=post.pk).status == REACHED[verb]
    assert Event.objects.filter(post=post, verb__in=DONE).count() == 1
    assert Review.objects.get(revision__post=post).decided_by == winner
    assert post.deliveries.count() == (1 if verb == "approve" else 0)


def test_of_an_approval_and_a_rejection_at_once_one_counts_and_the_other_is_told(
    sari, dewi, yuli, channels, box
):
    for n in range(ROUNDS):
        post = factories.make_submitted(sari, channels["x"], text=f"Unggahan ke-{n}")
        settle(post, [(dewi, "approve"), (yuli, "reject")])
    assert box.ledger() == []


def test_of_an_approval_and_a_withdrawal_at_once_one_counts_and_the_other_is_told(
    sari, dewi, channels, box
):
    for n in range(ROUNDS):
        post = factories.make_submitted(sari, channels["x"], text=f"Unggahan ke-{n}")
        settle(post, [(dewi, "approve"), (sari, "withdraw")])
    assert box.ledger() == []


def test_of_two_saves_at_once_one_is_kept_and_the_other_sees_both_texts(sari, rina, channels):
    people = [sari, rina]
    for n in range(ROUNDS):
        post = factories.make_draft(sari, channels["x"])
        forms = [filled(post, text=f"Kata {who.name} ke-{n}") for who in people]
        desks = [browser(who) for who in people]
        saves = [
            partial(desk.post, edit(post), form) for desk, form in zip(desks, forms, strict=True)
        ]
        answers = at_once(*saves)
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        late = next(i for i, answer in enumerate(answers) if answer.status_code == 409)
        told = said(answers[late])
        assert forms[0]["text"] in told
        assert forms[1]["text"] in told
        assert "Tidak ada yang hilang" in told
        assert f"Versi {people[1 - late].name}" in told
        post.refresh_from_db()
        assert post.text == forms[1 - late]["text"]
        again = forms[late] | {"version": post.version}
        assert desks[late].post(edit(post), again).status_code == 302
        assert Post.objects.get(pk=post.pk).text == forms[late]["text"]


def test_of_two_who_hand_it_in_at_once_one_does_and_the_other_is_told(sari, rina, channels):
    for n in range(ROUNDS):
        post = factories.make_draft(sari, channels["x"], text=f"Unggahan ke-{n}")
        answers = at_once(*(press(browser(who), "submit", post) for who in (sari, rina)))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        told = said(next(answer for answer in answers if answer.status_code == 409))
        [winner] = Event.objects.filter(post=post, verb="submit").values_list("actor__name")
        assert f"diajukan oleh {winner[0]}." in told
        assert post.revisions.count() == 1
        assert Review.objects.filter(revision__post=post).count() == 1


UNDOING = {"reopen": ("sari", "draft", "held"), "cancel": ("yuli", "cancelled", "cancelled")}


@pytest.mark.parametrize("verb", UNDOING)
def test_of_an_undo_and_another_move_at_once_one_counts_and_the_other_is_told(
    request, sari, dewi, yuli, channels, box, verb
):
    who, reached, left = UNDOING[verb]
    other = request.getfixturevalue(who)
    for n in range(ROUNDS):
        text = f"Unggahan ke-{n}"
        post = factories.make_approved(sari, dewi, channels["x"], text=text, publish_at=None)
        undo = press(browser(dewi), "undo", post)
        answers = at_once(undo, press(browser(other), verb, post))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        undone = answers[0].status_code == 302
        winner = dewi if undone else other
        assert f"oleh {winner.name}." in said(answers[int(undone)])
        delivery = post.deliveries.get()
        now = (Post.objects.get(pk=post.pk).status, delivery.status)
        assert now == (("submitted", "cancelled") if undone else (reached, left))
        lane.run(delivery.channel_id)
    assert box.ledger() == []


# --- a person and the worker ---


def outcome(delivery: Delivery, answer, box) -> str:
    """What a person's taking back and a worker's sending came to: exactly one of the two."""
    delivery.refresh_from_db()
    post = Post.objects.get(pk=delivery.post_id)
    sent = [entry["id"] for entry in box.ledger() if entry["text"] == post.text]
    if answer.status_code == 409:
        assert PUBLIC in said(answer)
        assert "Lihat keadaan sekarang" in said(answer)
        assert (post.status, delivery.status, sent) == (
            "approved",
            "published",
            [delivery.remote_id],
        )
        return "sent"
    assert answer.status_code == 302
    assert sent == []
    assert not delivery.attempts.exists()
    return f"{post.status}, {delivery.status}"


TAKING_BACK = [("sari", "reopen", "draft, held"), ("dewi", "cancel", "cancelled, cancelled")]
taking_back = pytest.mark.parametrize(
    ("who", "verb", "reached"), TAKING_BACK, ids=["reopen", "cancel"]
)


@taking_back
def test_what_is_taken_back_while_the_worker_comes_is_sent_or_stopped_never_both(
    request, due, box, who, verb, reached
):
    client = browser(request.getfixturevalue(who))
    for n in range(ROUNDS):
        delivery = due(n)
        taking_back = press(client, verb, delivery.post)
        answer, _ = at_once(taking_back, partial(lane.run, delivery.channel_id))
        assert outcome(delivery, answer, box) in {"sent", reached}


@taking_back
def test_who_takes_it_back_just_after_the_worker_meant_to_send_is_told_that_it_is_too_late(
    request, due, box, who, verb, reached
):
    delivery = due(1)
    client = browser(request.getfixturevalue(who))
    holder = lane.claim(delivery.channel_id)
    assert holder
    job = call.job_for(delivery)
    intent, answer = into_each_other(
        lambda: call.intend(holder, delivery), press(client, verb, delivery.post)
    )
    record.outcome(holder, delivery, intent.attempt, call.call(delivery, job, intent))
    assert outcome(delivery, answer, box) == "sent"


@taking_back
def test_a_worker_that_comes_just_after_it_was_taken_back_sends_nothing(
    request, due, box, who, verb, reached
):
    delivery = due(1)
    client = browser(request.getfixturevalue(who))
    answer, _ = into_each_other(
        press(client, verb, delivery.post), partial(lane.run, delivery.channel_id)
    )
    assert outcome(delivery, answer, box) == reached


# --- workers ---


def test_of_eight_workers_that_claim_one_lane_at_once_one_gets_it(channels):
    Lane.objects.create(channel=channels["x"])
    for n in range(1, ROUNDS + 1):
        claims = at_once(*[partial(lane.claim, channels["x"].pk)] * 8)
        [holder] = [claim for claim in claims if claim]
        assert holder.fence == n
        lane.release(holder)


def test_eight_workers_at_one_lane_send_each_of_its_posts_once(due, box):
    first, second = due(1), due(2)
    at_once(*[partial(lane.run, first.channel_id)] * 8)
    lane.run(first.channel_id)
    assert [sent["text"] for sent in box.ledger()] == [first.post.text, second.post.text]
    assert set(Delivery.objects.values_list("status", "tries")) == {("published", 1)}
