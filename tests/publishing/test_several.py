"""Several approved at once: only what was opened, is clean, and waits for this person."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from publishing import workflow
from publishing.models import Delivery, Post, Reading
from publishing.workflow import bulk
from tests import factories
from tests.publishing.judged import LOUD
from tests.publishing.noted import write
from tests.publishing.reviewing import Chair, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


def items(sari, channels, count, **fields):
    return [
        factories.make_submitted(sari, channels["x"], text=f"Nomor {n}", **fields)
        for n in range(count)
    ]


def marks(chair) -> list[str]:
    return list(chair.see("queue").context["several"].values())


def send(chair, ticked, **words):
    return chair.client.post(reverse("approve_several"), {"item": ticked} | words)


def confirm(chair, ticked):
    return send(chair, ticked, confirmed="1", checked="all")


def approved() -> list[str]:
    return [post.title for post in Post.objects.filter(status="approved").order_by("pk")]


def test_what_was_opened_and_is_clean_is_listed_first_and_then_approved(humas, sari, channels):
    posts = items(sari, channels, 3)
    for post in posts[:2]:
        humas.open(post)
    ticked = marks(humas)
    assert len(ticked) == 2, "the third was never opened"
    listed = send(humas, ticked).content.decode()
    assert "Nomor 0" in listed
    assert "Nomor 1" in listed
    assert approved() == []
    confirm(humas, ticked)
    assert approved() == ["Nomor 0", "Nomor 1"]
    assert Delivery.objects.filter(status="waiting").count() == 2


def test_without_the_tick_nothing_is_approved_and_the_list_stays(humas, sari, channels):
    [post] = items(sari, channels, 1)
    humas.open(post)
    answer = send(humas, marks(humas), confirmed="1")
    assert answer.status_code == 422
    assert "Centang dahulu" in answer.content.decode()
    assert approved() == []


def test_only_a_drawn_page_counts_as_opened(humas, sari, channels):
    [post] = items(sari, channels, 1)
    humas.see("review", post.pk)
    assert marks(humas) == []
    humas.press("review_opened", post)
    humas.press("review_opened", post)
    assert Reading.objects.count() == 1


def test_a_new_submission_has_to_be_opened_anew(humas, sari, channels):
    [post] = items(sari, channels, 1)
    humas.open(post)
    humas.press("send_back", post, note="Sebut jamnya.")
    factories.submit_checked(now(post), sari)
    assert marks(humas) == []


def test_what_has_findings_or_needs_two_is_left_out(humas, sari, channels):
    loud = factories.make_checked(sari, channels["facebook"], text=LOUD)
    grave = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    humas.open(loud)
    humas.open(grave)
    assert marks(humas) == []


def test_the_same_words_again_are_marked_and_left_out(humas, sari, channels):
    for post in (*items(sari, channels, 1), *items(sari, channels, 1)):
        humas.open(post)
    page = humas.see("queue")
    assert page.context["several"] == {}
    assert page.content.decode().count("Serupa") == 2


def test_the_same_words_that_were_refused_or_are_on_another_channel_are_not_alike(
    humas, sari, channels
):
    [refused] = items(sari, channels, 1)
    humas.press("reject", refused, note="Keliru.", reason="fact")
    factories.make_submitted(sari, channels["facebook"], text="Nomor 0")
    factories.make_draft(sari, channels["x"], text="Nomor 0")
    [post] = items(sari, channels, 1)
    humas.open(post)
    assert len(marks(humas)) == 1


def test_what_carries_an_open_note_is_left_out_until_it_is_settled(humas, sari, channels):
    [post] = items(sari, channels, 1)
    note = write(post, humas.person, "Sebut jamnya.")
    humas.press("send_back", post)
    workflow.answer_note(now(post), note.pk, by=sari, kind="fixed", words="")
    factories.submit_checked(now(post), sari)
    humas.open(now(post))
    assert marks(humas) == []
    assert "Catatan terbuka" in humas.words("queue")
    workflow.settle_note(now(post), note.pk, by=humas.person, words="")
    assert len(marks(humas)) == 1
    workflow.reopen_note(now(post), note.pk, by=humas.person, words="")
    assert marks(humas) == []


def test_a_withdrawn_note_stands_in_nobodys_way(humas, sari, channels):
    [post] = items(sari, channels, 1)
    note = write(post, humas.person, "Sebut jamnya.")
    workflow.withdraw_note(post, note.pk, by=humas.person)
    humas.open(post)
    assert len(marks(humas)) == 1


# --- taken back together ---


@pytest.fixture
def together(humas, sari, channels):
    """Three that were approved in one go, and the page to which that led."""
    for post in items(sari, channels, 3):
        humas.open(post)
    return humas.client.get(confirm(humas, marks(humas)).url)


def offered(page) -> list[str]:
    return re.findall(r'name="item" value="(\d+\.\d+)"', page.content.decode())


def test_ten_seconds_long_all_of_them_are_taken_back_with_one_press(humas, together, clock):
    assert "Urungkan semuanya" in together.content.decode()
    answer = humas.client.post(reverse("undo_several"), {"item": offered(together)})
    assert "3 persetujuan diurungkan." in humas.client.get(answer.url).content.decode()
    assert approved() == []
    assert not Delivery.objects.exclude(status="cancelled").exists()


def test_what_cannot_be_taken_back_is_named_and_the_rest_is_taken_back(humas, together):
    held = Post.objects.get(text="Nomor 1")
    Chair(held.author).press("reopen", held)
    answer = humas.client.post(reverse("undo_several"), {"item": offered(together)})
    page = humas.client.get(answer.url).content.decode()
    assert "2 persetujuan diurungkan." in page
    assert "Nomor 1: " in page
    assert approved() == []
    assert now(held).status == "draft"


def test_after_ten_seconds_none_is_taken_back(humas, together, clock):
    clock.shift(timedelta(seconds=11))
    assert offered(humas.see("queue", approved=offered(together))) == []
    answer = humas.client.post(reverse("undo_several"), {"item": offered(together)})
    page = humas.client.get(answer.url).content.decode()
    assert "Nomor 0: Sudah lewat 10 detik." in page
    assert len(approved()) == 3


def test_another_reviewer_takes_nothing_back(together):
    other = Chair(factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER))
    other.client.post(reverse("undo_several"), {"item": offered(together)})
    assert len(approved()) == 3


@pytest.mark.parametrize("mark", ["", "x", "1", "9.x", "²." + "9" * 30, "9" * 30 + ".1"])
def test_nonsense_takes_nothing_back(humas, together, mark):
    humas.client.post(reverse("undo_several"), {"item": [mark]})
    assert offered(humas.see("queue", approved=mark)) == []
    assert len(approved()) == 3


def test_what_is_due_in_minutes_is_left_out(humas, sari, channels):
    [post] = items(sari, channels, 1, publish_at=factories.in_hours(0.05))
    humas.open(post)
    assert marks(humas) == []


def test_what_changed_meanwhile_is_left_and_said(humas, sari, channels):
    posts = items(sari, channels, 2)
    for post in posts:
        humas.open(post)
    ticked = marks(humas)
    Chair(sari).press("withdraw", posts[0])
    page = humas.client.get(confirm(humas, ticked).url).content.decode()
    assert approved() == ["Nomor 1"]
    assert "1 unggahan disetujui." in page
    assert "Nomor 0: Sudah berubah. Buka dan putuskan sendiri-sendiri." in page


def test_another_reviewers_item_is_not_approved_along(humas, sari, channels):
    posts = items(sari, channels, 2)
    for post in posts:
        humas.open(post)
    ticked = marks(humas)
    other = factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER)
    Chair(other).press("take", posts[0])
    confirm(humas, ticked)
    assert approved() == ["Nomor 1"]


def test_ten_at_most(humas, sari, channels):
    for post in items(sari, channels, 12):
        humas.open(post)
    ticked = marks(humas)
    assert len(ticked) == 12
    assert "lebih dari 10" in send(humas, ticked).content.decode()
    confirm(humas, ticked)
    assert len(approved()) == bulk.MOST


@pytest.mark.parametrize(
    "ticked", [[], ["x"], ["9999.1.abc"], ["1"], ["-5.1.a"], ["²."], ["9" * 30 + ".1.a"]]
)
def test_nonsense_approves_nothing(humas, sari, channels, ticked):
    items(sari, channels, 1)
    assert send(humas, ticked).url == reverse("queue")
    confirm(humas, ticked)
    assert approved() == []


def test_sari_may_not(sari, channels):
    assert send(Chair(sari), []).status_code == 403
