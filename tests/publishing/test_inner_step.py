"""The inner step: what an agency's authors hand in goes to its head first, where it wants that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import people
from accounts.models import Agency, Role, User
from publishing import workflow
from publishing.models import Event, Post
from publishing.workflow.clock import expire
from tests import factories
from tests.publishing.reviewing import Chair, now, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def hendra(dinkes):
    Agency.objects.update(inner_step=True)
    dinkes.refresh_from_db()
    head = factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)
    return Chair(head)


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def item(hendra, sari, channels):
    sari.agency.refresh_from_db()
    return factories.make_submitted(sari, channels["x"])


def test_it_waits_with_the_head_and_not_in_the_queue(hendra, humas, item):
    assert now(item).with_head
    assert titles(humas.see("queue", tab="all")) == []
    assert "Menunggu Anda" in hendra.words("post", item.pk)
    assert "Masih menunggu penanggung jawab" in humas.words("review", item.pk)


@pytest.mark.parametrize("verb", ["approve", "send_back", "reject", "take", "amend"])
def test_the_reviewers_do_not_decide_before_the_head(humas, item, verb):
    assert humas.press(verb, item, note="x", reason="fact").status_code == 409
    assert (now(item).status, now(item).with_head) == ("submitted", True)


def test_before_the_head_no_reviewer_is_offered_to_send_it_back(humas, hendra, item):
    assert "Minta perbaikan" not in humas.words("review", item.pk)
    hendra.press("forward", item)
    assert "Minta perbaikan" in humas.words("review", item.pk)


def test_the_head_sends_it_on_and_the_clock_begins_then(hendra, humas, item, clock):
    clock.shift(timedelta(hours=1))
    hendra.press("forward", item)
    assert titles(humas.see("queue")) == [item.title]
    assert now(item).submitted_at == timezone.now()
    assert Event.objects.filter(verb="forward", actor=hendra.person).exists()
    assert humas.press("approve", now(item)).status_code == 302


def test_the_head_gives_it_back_with_words(hendra, sari, item):
    answer = hendra.press("send_back", item, note="Angkanya belum final.")
    assert answer.url == "/"
    assert (now(item).status, now(item).with_head) == ("returned", False)
    assert "Angkanya belum final." in Chair(sari).words("post", item.pk)


def test_a_head_without_a_word_stays_on_the_page_where_one_can_be_written(hendra, item):
    answer = hendra.press("send_back", item, reason="", note=" ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tulis apa yang perlu diperbaiki, atau pilih alasannya." in page
    assert page.count('id="keputusan"') == 1
    assert "Teruskan untuk ditinjau" in page
    assert now(item).status == "submitted"


def test_a_head_is_told_first_of_all_that_a_post_waits_for_them(hendra, sari, item):
    page = hendra.words("home")
    assert page.index("Menunggu Anda") < page.index(item.title) < page.index("Perlu Anda kerjakan")
    assert "Semua beres" not in page
    assert "Menunggu peninjau" not in page
    assert "Menunggu Anda" not in Chair(sari).words("home")


def test_what_the_head_sent_on_waits_for_a_reviewer(hendra, item):
    hendra.press("forward", item)
    page = hendra.words("home")
    assert "Menunggu Anda" not in page
    assert page.index("Menunggu peninjau") < page.index(item.title)


def test_the_head_gives_nothing_back_once_it_went_on(hendra, item):
    hendra.press("forward", item)
    assert hendra.press("send_back", now(item), note="Terlambat.").status_code == 403
    assert hendra.press("forward", now(item)).status_code == 409


def test_what_the_head_hands_in_needs_no_inner_step(hendra, humas, channels):
    own = factories.make_submitted(hendra.person, channels["x"])
    assert not now(own).with_head
    assert titles(humas.see("queue")) == [own.title]


def test_an_emergency_does_not_wait_for_the_head(hendra, sari, humas, channels):
    sari.agency.refresh_from_db()
    post = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    assert not now(post).with_head


def test_another_agencys_head_finds_nothing(item, budi):
    other = factories.make_person("wati@contoh.test", "Wati", Role.AGENCY_HEAD, budi.agency)
    assert Chair(other).press("forward", item).status_code == 404


def test_the_author_does_not_send_it_on(item, sari):
    assert Chair(sari).press("forward", item).status_code == 403


def test_its_hour_passes_before_the_head_as_before_anybody(item, clock):
    clock.shift(timedelta(hours=4))
    expire()
    assert Post.objects.get().status == "expired"


def test_taken_back_it_is_nobodys(item, sari):
    Chair(sari).press("withdraw", item)
    assert not now(item).with_head


# --- who edited it, and whether there is a head ---


def test_what_sari_changes_after_a_reviewer_opened_it_goes_to_the_head_again(
    hendra, humas, sari, item
):
    hendra.press("forward", item)
    humas.press("amend", now(item))
    factories.submit_checked(now(item), sari)
    assert now(item).with_head


def test_what_the_reviewer_hands_in_herself_does_not(hendra, humas, item):
    hendra.press("forward", item)
    humas.press("amend", now(item))
    factories.submit_checked(now(item), humas.person)
    assert not now(item).with_head


def test_without_a_head_it_goes_to_the_reviewers_at_once(hendra, humas, sari, channels):
    User.objects.filter(pk=hendra.person.pk).update(is_active=False)
    sari.agency.refresh_from_db()
    post = factories.make_submitted(sari, channels["x"])
    assert titles(humas.see("queue")) == [post.title]


def test_when_the_step_is_given_up_what_waits_goes_on_and_its_clock_begins(
    hendra, humas, item, dinkes, clock
):
    clock.shift(timedelta(hours=1))
    Chair(hendra.person).client.post(f"/review/agencies/{dinkes.pk}/inner_step/", {"wanted": "0"})
    assert titles(humas.see("queue")) == [item.title]
    assert now(item).submitted_at == timezone.now()
    line = Event.objects.get(verb="forward")
    assert (line.actor, "Tahap dalam tidak dipakai" in line.note) == (None, True)


def test_when_the_last_head_leaves_what_waits_goes_on(hendra, humas, item, dinkes):
    other = factories.make_person("wati@contoh.test", "Wati", Role.AGENCY_HEAD, dinkes)
    admin = factories.make_person("adi@contoh.test", "Adi", Role.ADMIN)
    people.deactivate(other, by=admin, heir=None, reason="pindah")
    assert now(item).with_head
    people.deactivate(hendra.person, by=admin, heir=None, reason="pindah")
    assert titles(humas.see("queue")) == [item.title]


def test_when_the_last_head_gets_another_role_what_waits_goes_on(hendra, humas, item, dinkes):
    admin = factories.make_person("adi@contoh.test", "Adi", Role.ADMIN)
    person = hendra.person
    people.change(person, by=admin, name="Hendra", role=Role.AGENCY_HEAD, agencies=[dinkes])
    assert now(item).with_head, "another name changes nothing"
    people.change(person, by=admin, name="Hendra", role=Role.AUTHOR, agencies=[dinkes])
    assert titles(humas.see("queue")) == [item.title]


def test_a_head_of_two_agencies_is_asked_also_while_at_work_for_the_other(
    sari, hendra, channels, dinkes, budi
):
    hendra.person.agencies.add(dinkes, budi.agency)
    hendra.person.work_for(budi.agency)
    hendra.person.save()
    assert now(factories.make_submitted(sari, channels["x"])).with_head


def test_what_ran_out_of_time_before_a_head_who_is_gone_comes_back_to_the_reviewers(
    hendra, humas, sari, item, clock
):
    clock.shift(timedelta(hours=4))
    expire()
    User.objects.filter(pk=hendra.person.pk).update(is_active=False)
    post = now(item)
    workflow.reschedule(post, by=sari, seen=post.version, to=factories.in_hours(5))
    assert titles(humas.see("queue")) == [item.title]


def test_what_ran_out_of_time_before_the_head_goes_before_the_head_again(hendra, sari, item, clock):
    clock.shift(timedelta(hours=4))
    expire()
    post = now(item)
    workflow.reschedule(post, by=sari, seen=post.version, to=factories.in_hours(5))
    assert now(item).with_head
