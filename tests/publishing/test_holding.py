"""Who looks at an item: taken for half an hour, taken over, handed on, edited by its reviewer."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Role
from publishing import workflow
from publishing.models import Event, Post, Signature
from tests import factories
from tests.publishing.reviewing import Chair, now, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def fajar(db):
    return Chair(factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER))


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def item(sari, channels):
    return factories.make_submitted(sari, channels["x"])


@pytest.fixture
def grave(sari, channels):
    """It needs two yeses."""
    return factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))


# --- "saya yang periksa" ---


def test_what_dewi_took_fajar_reads_but_does_not_decide(humas, fajar, item, clock):
    clock.move_to(datetime(2026, 11, 25, 7, 5, tzinfo=UTC), tick=False)  # 14.05 WIB
    humas.press("take", item)
    assert "Anda yang memeriksa, sampai 14.35." in humas.words("review", item.pk)
    assert "Sedang ditinjau Dewi Contoh" in fajar.words("review", item.pk)
    refused = fajar.press("approve", item)
    assert refused.status_code == 409
    assert "Dewi Contoh sedang memeriksa unggahan ini" in refused.content.decode()
    assert now(item).status == "submitted"
    assert titles(fajar.see("queue")) == []
    assert "diperiksa Dewi" in fajar.words("queue", tab="all")


@pytest.mark.parametrize("verb", ["send_back", "reject", "amend", "cancel"])
def test_no_decision_passes_by_whoever_holds_it(humas, fajar, item, verb):
    humas.press("take", item)
    assert fajar.press(verb, item, note="Keliru.", reason="fact").status_code == 409
    assert (now(item).status, now(item).holder) == ("submitted", humas.person)


def test_not_even_the_first_of_two_yeses_passes_by_whoever_holds_it(humas, fajar, grave):
    humas.press("take", grave)
    refused = fajar.press("approve", grave)
    assert refused.status_code == 409
    assert "Dewi Contoh sedang memeriksa" in refused.content.decode()
    assert now(grave).holder == humas.person
    assert not Signature.objects.exists()


def test_after_her_own_first_yes_it_is_free_for_the_second(humas, fajar, grave):
    humas.press("take", grave)
    humas.press("approve", grave)
    assert now(grave).taken_by is None
    assert fajar.press("approve", now(grave)).status_code == 302
    assert now(grave).status == "approved"


def test_its_agency_gives_it_up_while_somebody_looks_at_it(humas, sari, item):
    humas.press("take", item)
    assert Chair(sari).press("cancel", item).status_code == 302
    assert now(item).status == "cancelled"


def test_what_she_sent_back_is_not_hers_to_keep(humas, fajar, item):
    humas.press("take", item)
    humas.press("send_back", item, note="Sebut jamnya.")
    assert fajar.press("cancel", now(item)).status_code == 302


def test_dewi_herself_decides_what_she_took(humas, item):
    humas.press("take", item)
    assert humas.press("approve", item).status_code == 302
    assert now(item).status == "approved"


def test_after_half_an_hour_it_is_free_again(humas, fajar, item, clock):
    humas.press("take", item)
    clock.shift(timedelta(minutes=29, seconds=59))
    assert fajar.press("take", item).status_code == 409
    clock.shift(timedelta(seconds=1))
    assert fajar.press("take", item).status_code == 302
    assert now(item).taken_by == fajar.person


def test_fajar_takes_over_from_whom_he_saw(humas, fajar, item):
    humas.press("take", item)
    taken = fajar.press("take", item, instead_of=humas.person.pk)
    assert taken.status_code == 302
    assert now(item).holder == fajar.person
    line = Event.objects.filter(verb="take").latest("pk")
    assert (line.actor, line.note) == (fajar.person, "Diambil alih dari Dewi Contoh.")


def test_nobody_takes_over_from_another_than_they_saw(humas, fajar, item):
    third = Chair(factories.make_person("tina@contoh.test", "Tina Contoh", Role.REVIEWER))
    humas.press("take", item)
    third.press("take", item, instead_of=humas.person.pk)
    late = fajar.press("take", item, instead_of=humas.person.pk)
    assert late.status_code == 409
    assert "Tina Contoh sedang memeriksa" in late.content.decode()


def test_taking_again_lengthens_it_and_says_nothing_twice(humas, item, clock):
    humas.press("take", item)
    clock.shift(timedelta(minutes=20))
    humas.press("take", item)
    clock.shift(timedelta(minutes=20))
    assert now(item).holder == humas.person
    assert Event.objects.filter(verb="take").count() == 1


def test_put_back_lets_the_next_one_decide(humas, fajar, item):
    humas.press("take", item)
    fajar.press("put_back", item)  # not his to put back
    assert now(item).holder == humas.person
    humas.press("put_back", item)
    assert fajar.press("approve", item).status_code == 302


def test_what_was_taken_back_by_its_author_is_not_taken(humas, sari, item):
    Chair(sari).press("withdraw", item)
    refused = humas.press("take", now(item))
    assert refused.status_code == 409
    assert "ditarik kembali oleh Sari Contoh" in refused.content.decode()


def test_sari_may_not_take_and_nobody_takes_their_own(sari, dinkes, channels, item):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER, dinkes)
    own = factories.make_submitted(yuli, channels["x"])
    assert Chair(sari).press("take", item).status_code == 403
    assert Chair(yuli).press("take", own).status_code == 403


# --- handing on ---


def test_an_item_handed_to_fajar_is_his_and_the_history_says_so(humas, fajar, item):
    assert "Fajar Contoh" in humas.words("hand_on", item.pk)
    humas.press("assign", item, to=fajar.person.pk, note="Dia yang liputan.")
    assert now(item).assigned_to == fajar.person
    line = Event.objects.get(verb="assign")
    assert line.note == "kepada Fajar Contoh. Dia yang liputan."
    assert "Dialihkan kepada Fajar Contoh." in humas.words("review", item.pk)
    assert titles(fajar.see("queue")) == [item.title]
    assert titles(humas.see("queue")) == []


def test_handing_on_lets_go_of_it(humas, fajar, item):
    humas.press("take", item)
    humas.press("assign", item, to=fajar.person.pk)
    assert fajar.press("approve", item).status_code == 302


def test_nobody_hands_on_what_somebody_else_looks_at(humas, fajar, item):
    third = factories.make_person("tina@contoh.test", "Tina Contoh", Role.REVIEWER)
    humas.press("take", item)
    refused = fajar.press("assign", item, to=third.pk)
    assert refused.status_code == 409
    assert "Dewi Contoh sedang memeriksa" in refused.content.decode()
    assert (now(item).holder, now(item).assigned_to) == (humas.person, None)


def test_it_is_not_handed_on_to_who_said_yes_already(humas, fajar, grave):
    humas.press("approve", grave)
    assert "Dewi Contoh</option>" not in fajar.words("hand_on", grave.pk)
    assert fajar.press("assign", now(grave), to=humas.person.pk).status_code == 403
    assert now(grave).assigned_to is None


def test_it_can_be_given_back_to_everybody(humas, fajar, item):
    humas.press("assign", item, to=fajar.person.pk)
    fajar.press("assign", item, to="all")
    assert titles(humas.see("queue")) == [item.title]


@pytest.mark.parametrize("to", ["", "abc", "999999", "-1"])
def test_nobody_is_handed_to_who_is_not_on_the_list(humas, item, to):
    answer = humas.press("assign", item, to=to, note="Tolong, Fajar.")
    assert answer.status_code == 422
    assert "Pilih peninjau dari daftar." in answer.content.decode()
    assert "Tolong, Fajar." in answer.content.decode()
    assert not Event.objects.filter(verb="assign").exists()


def test_nobody_is_chosen_before_dewi_chooses(humas, fajar, item):
    humas.press("assign", item, to=fajar.person.pk)
    page = humas.words("hand_on", item.pk)
    assert '<option value="">Pilih …</option>' in page
    assert "selected" not in page


def test_an_item_is_not_handed_to_its_author_or_to_who_does_not_review(humas, sari, item):
    assert humas.press("assign", item, to=sari.pk).status_code == 403
    assert now(item).assigned_to is None


# --- edited by its reviewer ---


def test_dewi_edits_it_and_somebody_else_approves(humas, fajar, sari, item, channels):
    opened = humas.press("amend", item)
    assert opened.url.endswith(f"/posts/{item.pk}/edit/")
    assert humas.see("edit", item.pk).status_code == 200
    assert now(item).status == "returned"
    assert "Sedang disunting Dewi Contoh" in fajar.words("review", item.pk)
    factories.submit_checked(now(item), humas.person)
    again = now(item)
    assert (again.status, again.amended_by) == ("submitted", None)
    assert humas.press("approve", again).status_code == 403
    assert fajar.press("approve", again).status_code == 302


def test_what_the_reviewer_changed_stands_in_the_diff(humas, fajar, item, channels):
    from_dewi = {channels["x"].pk: ""}
    humas.press("amend", item)
    post = now(item)
    changed = workflow.Draft(
        post.text.replace("Sabtu", "Minggu"),
        from_dewi,
        sources=[factories.SOURCE],
        publish_at=post.publish_at,
    )
    workflow.save_draft(post, changed, by=humas.person, seen=post.version)
    factories.submit_checked(now(item), humas.person)
    page = fajar.words("review", item.pk)
    assert "<del>Sabtu</del>" in page
    assert "<ins>Minggu</ins>" in page


def test_only_who_took_it_in_hand_may_edit_another_agencys_post(humas, fajar, item):
    humas.press("amend", item)
    assert fajar.see("edit", item.pk).status_code == 403
    assert humas.see("edit", item.pk).status_code == 200


def test_its_agency_may_go_on_with_what_a_reviewer_opened(humas, sari, item):
    humas.press("amend", item)
    factories.submit_checked(now(item), sari)
    assert humas.see("edit", item.pk).status_code == 403
    assert humas.press("approve", now(item)).status_code == 403, "she is one of its hands"


def test_a_reviewer_with_a_hand_in_it_does_not_open_it_again(humas, item):
    humas.press("amend", item)
    factories.submit_checked(now(item), humas.person)
    assert humas.press("amend", now(item)).status_code == 403
    assert Post.objects.get().status == "submitted"


@pytest.mark.parametrize("huge", ["9" * 30, "0", "१२"])
def test_numbers_that_are_nobodys_change_nothing(humas, fajar, item, huge):
    humas.press("take", item)
    assert fajar.press("take", item, instead_of=huge).status_code == 409
    assert humas.press("assign", item, to=huge).status_code == 422
    assert now(item).taken_by == humas.person
