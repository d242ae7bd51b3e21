"""Whose turn it is, and when it is no more: nobody waits in the dark or is called in vain."""

from datetime import timedelta

import pytest

from accounts.models import Role
from publishing import workflow
from publishing.models import Event, Notice
from publishing.notices import send
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
    collect()
    again = f"Unggahan #{post.pk} dari Dinkes menunggu tinjauan lagi, dengan jadwal baru."
    assert again in unread(dewi)
    assert again not in lines(rina)


def test_another_hour_for_what_waits_already_calls_no_reviewer(submitted, sari, dewi, clock):
    collect()
    Notice.objects.all().delete()
    to = submitted.publish_at + timedelta(hours=3)
    workflow.reschedule(submitted, by=sari, seen=submitted.version, to=to)
    collect()
    assert lines(dewi) == []


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
