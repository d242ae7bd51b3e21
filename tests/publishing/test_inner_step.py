"""The inner step: what an agency's authors hand in goes to its head first, where it wants that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, Role
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


@pytest.mark.parametrize("verb", ["approve", "reject", "take", "amend"])
def test_the_reviewers_do_not_decide_before_the_head(humas, item, verb):
    assert humas.press(verb, item, note="x", reason="fact").status_code == 409
    assert now(item).status == "submitted"


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
