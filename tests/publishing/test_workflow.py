"""The moves of a post: who may, from where, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from publishing import workflow
from publishing.checklist import AT_ONCE
from publishing.models import Delivery, Event, Post, Review
from publishing.workflow import clock
from publishing.workflow.review import ReasonNeeded
from tests.factories import approve, in_hours, make_approved, make_draft, make_submitted

Status = Post.Status


def newest(post):
    return post.revisions.order_by("-number")[0]


def decide(move, post, by, **words):
    move(post, by=by, seen=post.version, revision=newest(post).sha256, **words)


def test_sari_submits_and_the_words_are_frozen(sari, channels):
    post = make_submitted(sari, channels["x"], own_texts={"x": "Imunisasi gratis Sabtu."})
    assert post.status == Status.SUBMITTED
    assert newest(post).payload(channels["x"].pk).text == "Imunisasi gratis Sabtu."
    assert newest(post).is_intact()


def test_dewi_approves_and_nothing_is_left_idle(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"], channels["facebook"])
    assert post.status == Status.APPROVED
    assert {d.status for d in post.deliveries.all()} == {"waiting"}
    assert all(d.revision == newest(post) for d in post.deliveries.all())
    assert all(d.not_before == post.publish_at for d in post.deliveries.all())


def test_an_approval_at_once_still_leaves_ten_seconds_to_undo(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"], publish_at=None)
    assert post.deliveries.get().not_before >= timezone.now() + timedelta(seconds=9)


def test_dewi_undoes_within_ten_seconds_and_the_deliveries_are_cancelled(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"])
    workflow.undo(post, by=dewi, seen=post.version)
    assert post.status == Status.SUBMITTED
    assert post.deliveries.get().status == "cancelled"
    assert Review.objects.get(revision__post=post).decision == ""


def test_dewi_cannot_undo_after_ten_seconds(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"])
    later = time_machine.travel(timezone.now() + timedelta(seconds=11))
    with later, pytest.raises(workflow.TooLate):
        workflow.undo(post, by=dewi, seen=post.version)


def test_dewi_sends_it_back_and_sari_submits_again(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    decide(workflow.send_back, post, dewi, note="Tanggalnya keliru.")
    assert post.status == Status.RETURNED
    workflow.submit(post, by=sari, seen=post.version)
    assert [r.number for r in post.revisions.all()] == [1, 2]
    assert Review.objects.get(revision__number=1).decision == "returned"


def test_sending_back_without_a_word_is_refused(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    with pytest.raises(ReasonNeeded):
        decide(workflow.send_back, post, dewi, note="  ")
    assert Post.objects.get().status == Status.SUBMITTED


def test_a_rejection_is_final_and_says_why(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    decide(workflow.reject, post, dewi, reason="repeated", note="Sudah tayang Senin lalu.")
    assert post.status == Status.REJECTED
    assert workflow.available(sari, post) == []


def test_nobody_approves_a_post_they_ever_saved(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    post.writers.add(dewi)
    with pytest.raises(workflow.NotAllowed, match="unggahan sendiri"):
        approve(post, dewi)


def test_an_approval_names_the_revision_it_saw(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    with pytest.raises(workflow.Stale):
        workflow.approve(post, by=dewi, seen=post.version, revision="0" * 64, checklist=AT_ONCE)


def test_approve_after_withdraw_is_told_that_sari_took_it_back(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    seen, revision = post.version, newest(post).sha256
    workflow.withdraw(post, by=sari, seen=seen)
    with pytest.raises(workflow.Stale, match="ditarik kembali oleh Sari Contoh"):
        workflow.approve(post, by=dewi, seen=seen, revision=revision, checklist=AT_ONCE)
    assert not Delivery.objects.exists()


def test_an_approval_three_minutes_before_the_hour_asks_how_to_go_on(sari, dewi, channels):
    post = make_submitted(sari, channels["x"], publish_at=in_hours(0.05))
    with pytest.raises(workflow.TooClose):
        approve(post, dewi)
    approve(Post.objects.get(), dewi, at_once=True)
    assert Delivery.objects.get().not_before < in_hours(0.01)


def test_a_reopened_post_holds_its_deliveries_and_a_new_approval_replaces_them(
    sari, dewi, channels
):
    post = make_approved(sari, dewi, channels["x"])
    workflow.reopen(post, by=sari, seen=post.version)
    assert post.deliveries.get().status == "held"
    workflow.submit(post, by=sari, seen=post.version)
    approve(post, dewi)
    assert [d.status for d in post.deliveries.order_by("pk")] == ["cancelled", "waiting"]


def test_nothing_is_reopened_once_a_part_of_it_may_be_public(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"], channels["facebook"])
    post.deliveries.filter(channel=channels["x"]).update(status="uncertain")
    with pytest.raises(workflow.TooLate):
        workflow.reopen(post, by=sari, seen=post.version)
    assert set(post.deliveries.values_list("status", flat=True)) == {"uncertain", "waiting"}


def test_sari_may_put_an_approved_post_off_but_not_bring_it_forward(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"])
    with pytest.raises(workflow.BadTime):
        workflow.reschedule(post, by=sari, seen=post.version, to=in_hours(1))
    workflow.reschedule(post, by=sari, seen=post.version, to=in_hours(48))
    assert post.status == Status.APPROVED
    assert post.deliveries.get().not_before == post.publish_at


def test_a_time_in_the_past_is_refused_at_every_door(sari, dewi, channels):
    post = make_approved(sari, dewi, channels["x"])
    with pytest.raises(workflow.BadTime, match="sudah lewat"):
        workflow.reschedule(post, by=dewi, seen=post.version, to=in_hours(-1))


def test_a_submission_whose_hour_passed_expires_and_comes_back_with_a_new_one(sari, channels):
    post = make_submitted(sari, channels["x"], publish_at=in_hours(1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        clock.expire()
        post.refresh_from_db()
        assert post.status == Status.EXPIRED
        workflow.reschedule(post, by=sari, seen=post.version, to=in_hours(5))
    assert post.status == Status.SUBMITTED
    assert Review.objects.get(revision__post=post).decision == ""


def test_two_people_saving_the_same_draft_lose_nothing(sari, rina, channels):
    post = make_draft(sari, channels["x"])
    seen = post.version
    workflow.save_draft(post, workflow.Draft("Tulisan Sari", {}), by=sari, seen=seen)
    with pytest.raises(workflow.Stale):
        workflow.save_draft(post, workflow.Draft("Tulisan Rina", {}), by=rina, seen=seen)
    assert Post.objects.get().text == "Tulisan Sari"


@pytest.mark.parametrize(
    ("fields", "anchor"),
    [
        ({"text": "  \n "}, "teks"),
        ({"text": "a" * 281}, "teks"),
        ({"sources": []}, "sumber"),
        ({"publish_at": in_hours(-1)}, "jadwal"),
        ({"channels": {}}, "kanal"),
    ],
)
def test_a_draft_that_lacks_something_is_not_handed_in(sari, channels, fields, anchor):
    post = make_draft(sari, channels["x"], **fields)
    with pytest.raises(workflow.Unfit) as unfit:
        workflow.submit(post, by=sari, seen=post.version)
    assert anchor in [gap.anchor for gap in unfit.value.gaps]
    assert Post.objects.get().status == Status.DRAFT
    assert not post.revisions.exists()


def test_a_picture_without_alternative_text_is_not_handed_in(sari, channels, picture_file):
    post = make_draft(sari, channels["facebook"], pictures=[picture_file()])
    post.attachments.update(alt=" ")
    assert [gap.anchor for gap in workflow.lacking(post)] == ["media"]


def test_a_post_without_claims_needs_no_source(sari, channels):
    post = make_draft(sari, channels["x"], sources=[], no_claims=True)
    assert workflow.lacking(post) == []


def test_instagram_wants_a_picture(sari, channels):
    post = make_draft(sari, channels["instagram"])
    assert [gap.anchor for gap in workflow.lacking(post)] == ["media"]


@pytest.mark.parametrize("move", workflow.MOVES, ids=lambda move: move.label)
def test_budi_is_offered_nothing_on_another_agencys_post(move, sari, budi, channels):
    post = make_draft(sari, channels["x"])
    for status in Status:
        post.status = status
        assert move not in workflow.available(budi, post)


def test_history_is_written_once(sari, channels):
    make_submitted(sari, channels["x"])
    for change in (
        lambda: Event.objects.update(note="lain"),
        lambda: Event.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE publishing_revision SET sha256 = ''"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_may_not_decide_is_told_that_and_not_that_something_changed(sari, channels):
    post = make_submitted(sari, channels["x"])
    with pytest.raises(workflow.NotAllowed, match="Peran Anda"):
        workflow.approve(post, by=sari, seen=1, revision="tebakan", checklist=AT_ONCE)
