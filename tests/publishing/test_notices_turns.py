"""Whose turn it is, and when it is no more: nobody waits in the dark or is called in vain."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.models import Event, Notice, Review, Signature
from publishing.notices import send, who
from publishing.notices.collect import collect
from publishing.workflow.clock import expire
from tests import factories
from tests.publishing.test_notices_collect import event, later, lines, send_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def fajar(db):
    return factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER)


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def submitted(sari, channels, clock):
    return factories.make_submitted(sari, channels["x"])


def unread(person) -> list[str]:
    return [one.sentence for one in Notice.objects.filter(person=person, read_at=None)]


def test_who_lost_an_item_hears_who_took_it(submitted, dewi, fajar, clock):
    workflow.take(submitted, by=dewi)
    collect()
    Notice.objects.all().delete()
    workflow.take(submitted, by=fajar, instead_of=dewi.pk)
    collect()
    sentence = f"Unggahan #{submitted.pk} yang Anda periksa diambil alih oleh Fajar Contoh."
    assert lines(dewi) == [sentence]
    assert lines(fajar) == []


def test_taking_what_is_free_tells_nobody(submitted, dewi, fajar):
    collect()
    Notice.objects.all().delete()
    workflow.take(submitted, by=dewi)
    collect()
    assert not Notice.objects.exists()


def test_the_inner_step_of_an_agency_whose_head_is_gone_reaches_the_coordinators(
    sari, dewi, ratna, channels, dinkes
):
    hendra = factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)
    dinkes.inner_step = True
    dinkes.save()
    factories.make_submitted(sari, channels["x"])
    type(hendra).objects.filter(pk=hendra.pk).update(is_active=False)
    collect()
    assert (len(lines(ratna)), len(lines(dewi))) == (1, 0)


def test_an_expired_post_with_a_new_hour_is_the_reviewers_turn_again(
    sari, rina, dewi, channels, clock
):
    post = factories.make_submitted(sari, channels["x"], publish_at=factories.in_hours(1))
    clock.shift(timedelta(hours=2))
    expire()
    collect()
    post.refresh_from_db()
    workflow.reschedule(post, by=sari, seen=post.version, to=factories.in_hours(5))
    later(clock)
    collect()
    again = f"Unggahan #{post.pk} dari Dinkes menunggu tinjauan lagi, dengan jadwal baru."
    assert again in unread(dewi)
    assert again not in lines(rina)
    assert not any("Beri jadwal baru" in said for said in unread(dewi) + unread(rina))


def test_another_hour_for_what_waits_already_calls_no_reviewer(submitted, sari, rina, dewi, clock):
    collect()
    Notice.objects.all().delete()
    to = submitted.publish_at + timedelta(hours=3)
    workflow.reschedule(submitted, by=sari, seen=submitted.version, to=to)
    later(clock)
    collect()
    assert lines(dewi) == []
    assert any("Jadwal" in said for said in lines(rina))


@pytest.mark.parametrize("verb", ["send_back", "withdraw"])
def test_what_is_decided_or_taken_back_is_nobodys_turn_and_no_letter_goes_out(
    submitted, sari, dewi, fajar, mailoutbox, clock, verb
):
    collect()
    assert len(unread(fajar)) == 1
    if verb == "send_back":
        send_back(submitted, dewi)
    else:
        workflow.withdraw(submitted, by=sari, seen=submitted.version)
    later(clock)
    collect()
    assert unread(fajar) == []
    clock.shift(timedelta(days=1, hours=12))
    send.send_due()
    assert [letter for letter in mailoutbox if letter.to == [fajar.email]] == []


def test_a_decision_that_was_undone_ends_no_turn(submitted, dewi, fajar, clock):
    collect()
    send_back(submitted, dewi)
    workflow.undo(submitted, by=dewi, seen=submitted.version)
    later(clock)
    collect()
    assert len(unread(fajar)) == 1


def test_an_author_who_works_elsewhere_by_now_is_told_nothing(submitted, sari, rina, budi, clock):
    sari.work_for(budi.agency)
    sari.save()
    event(submitted, Event.Verb.FAILED)
    collect()
    assert lines(sari) == []
    assert len(lines(rina)) == 1


# --- the second yes, and pools ---


@pytest.fixture
def pool_of_dewi(dewi, dinkes):
    return factories.make_pool(dinkes, dewi)


def test_in_a_pool_of_one_the_second_yes_is_asked_of_everybody_else(
    pool_of_dewi, sari, dewi, fajar, ratna, channels, clock
):
    post = factories.make_checked(sari, channels["x"])
    collect()
    asked = [len(unread(one)) for one in (dewi, fajar)]
    assert asked == [1, 0]
    event(post, Event.Verb.FIRST, dewi)
    later(clock)
    collect()
    second = f"Unggahan #{post.pk} disetujui Dewi Contoh dan memerlukan persetujuan kedua."
    assert unread(fajar) == unread(ratna) == [second]


def test_who_said_the_first_yes_is_not_asked_again_after_another_hour(
    pool_of_dewi, sari, dewi, fajar, channels, clock
):
    post = factories.make_checked(sari, channels["x"])
    Signature.objects.create(
        review=Review.objects.get(revision__post=post), by=dewi, kind=Signature.Kind.APPROVE
    )
    assert who.reviewers_of(post) == {fajar.pk}


def test_what_the_only_one_of_a_pool_amended_is_read_by_somebody_else(
    pool_of_dewi, submitted, sari, dewi, fajar, clock
):
    workflow.amend(submitted, by=dewi, seen=submitted.version)
    workflow.submit(submitted, by=dewi, seen=submitted.version)
    collect()
    assert any("untuk ditinjau" in said for said in unread(fajar))


# --- the inner step ---


@pytest.fixture
def hendra(dinkes):
    dinkes.inner_step = True
    dinkes.save()
    return factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)


def test_a_head_is_told_at_once_that_a_post_waits_for_them(
    hendra, sari, channels, mailoutbox, clock
):
    clock.move_to(timezone.localtime().replace(hour=10) + timedelta(days=1), tick=False)
    post = factories.make_submitted(sari, channels["x"])
    collect()
    send.send_due()
    assert [letter.to for letter in mailoutbox] == [[hendra.email]]
    assert "Teruskan atau kembalikan." in mailoutbox[0].body
    assert Notice.objects.get(person=hendra).path == f"/posts/{post.pk}/"


def test_what_expired_before_its_head_is_the_head_s_turn_again_and_no_reviewer_s(
    hendra, sari, dewi, channels, clock
):
    post = factories.make_submitted(sari, channels["x"], publish_at=factories.in_hours(1))
    collect()
    clock.shift(timedelta(hours=2))
    expire()
    collect()
    assert any("lewat jadwal" in said for said in unread(hendra))
    post.refresh_from_db()
    workflow.reschedule(post, by=sari, seen=post.version, to=factories.in_hours(5))
    later(clock)
    collect()
    assert any("menunggu penanggung jawabnya lagi" in said for said in unread(hendra))
    assert lines(dewi) == []


# --- what is done by now ---


def test_who_hands_in_again_at_once_is_not_told_that_it_was_sent_back_and_reviewers_are(
    submitted, sari, rina, dewi, fajar, mailoutbox, clock
):
    collect()
    send_back(submitted, dewi)
    later(clock, 4)
    workflow.submit(submitted, by=sari, seen=submitted.version)
    collect()
    later(clock, 8)
    collect()
    assert len(unread(fajar)) == 1
    assert lines(rina) == []
    clock.shift(timedelta(days=2))
    send.send_due()
    assert [fajar.email] in [letter.to for letter in mailoutbox]


def test_what_a_colleague_handed_in_again_is_nobody_s_to_mend_any_more(
    submitted, sari, rina, dewi, clock
):
    send_back(submitted, dewi)
    later(clock)
    collect()
    assert len(unread(rina)) == 1
    workflow.submit(submitted, by=sari, seen=submitted.version)
    collect()
    assert unread(rina) == []


def test_an_approval_that_was_taken_back_leaves_what_it_seemed_to_end(
    submitted, dewi, fajar, clock
):
    factories.approve(submitted, dewi)
    collect()
    workflow.undo(submitted, by=dewi, seen=submitted.version)
    collect()
    later(clock)
    collect()
    assert len(unread(fajar)) == 1


def test_its_agency_hears_that_a_reviewer_reopened_it_and_that_it_must_be_handed_in(
    sari, rina, dewi, channels, clock
):
    post = factories.make_approved(sari, dewi, channels["x"])
    later(clock)
    collect()
    workflow.reopen(post, by=dewi, seen=post.version)
    collect()
    said = f"Unggahan #{post.pk} dibuka lagi oleh Dewi Contoh; ajukan lagi agar tayang."
    assert unread(sari) == unread(rina) == [said]


def test_an_approval_that_was_reopened_within_seconds_is_told_as_reopened(
    submitted, sari, dewi, clock
):
    factories.approve(submitted, dewi)
    later(clock, 5)
    workflow.reopen(submitted, by=dewi, seen=submitted.version)
    collect()
    later(clock)
    collect()
    assert "dibuka lagi" in unread(sari)[0]


# --- moves in time ---


def move(post, by, hours) -> None:
    post.refresh_from_db()
    to = post.publish_at + timedelta(hours=hours)
    workflow.move(post, by=by, seen=post.version, to=to)


def test_the_hour_of_a_draft_is_told_to_nobody(sari, rina, channels, clock):
    move(factories.make_draft(sari, channels["x"]), sari, 2)
    later(clock)
    collect()
    assert not Notice.objects.exists()


def test_a_slip_in_the_calendar_that_is_undone_is_told_to_nobody(submitted, sari, rina, clock):
    was = submitted.publish_at
    move(submitted, sari, 24)
    collect()
    later(clock, 8)
    submitted.refresh_from_db()
    workflow.move_back(submitted, by=sari, seen=submitted.version, to=was)
    collect()
    later(clock)
    collect()
    assert lines(rina) == []


def test_a_move_that_stands_is_told_once_with_those_before_it(submitted, sari, rina, clock):
    was = submitted.publish_at
    move(submitted, sari, 24)
    later(clock, 4)
    submitted.refresh_from_db()
    workflow.move_back(submitted, by=sari, seen=submitted.version, to=was)
    later(clock, 4)
    move(submitted, sari, 48)
    later(clock)
    collect()
    assert lines(rina) == [f"Jadwal Unggahan #{submitted.pk} diubah oleh Sari Contoh."]
    assert Notice.objects.get(person=rina).count == 1
