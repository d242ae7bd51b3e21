"""Several approved at once: only what was opened, is clean, and waits for this person."""

import pytest
from django.urls import reverse

from accounts.models import Role
from publishing.models import Delivery, Post, Reading
from publishing.workflow import bulk
from tests import factories
from tests.publishing.judged import LOUD
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
    assert f"#{posts[0].pk}: Berubah sementara itu" in page


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
