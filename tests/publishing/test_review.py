"""Dewi at her queue: what she sees, what she decides, and what she is told when she is too late."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.models import Delivery, Post, Review
from tests import factories

pytestmark = pytest.mark.django_db

JUDGEMENTS = ["approve", "send_back", "reject", "undo"]


@pytest.fixture
def submitted(sari, channels):
    return factories.make_submitted(sari, channels["facebook"], channels["x"])


def see(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def decide(client, user, verb, post, **words):
    """Press the button of `verb` on the page that shows `post` as it is in memory."""
    client.force_login(user)
    seen = {"version": post.version, "revision": post.revisions.last().sha256, "checked": "all"}
    return client.post(reverse(verb, args=[post.pk]), seen | words)


def state(post):
    return Post.objects.get(pk=post.pk).status


# --- the queue ---


def test_the_nearest_schedule_stands_first(client, sari, dewi, channels):
    for hours, text in [(30, "Besok"), (2, "Segera"), (9, "Nanti malam")]:
        factories.make_submitted(
            sari, channels["x"], text=text, publish_at=factories.in_hours(hours)
        )
    page = see(client, dewi, "queue").content.decode()
    assert page.index("Segera") < page.index("Nanti malam") < page.index("Besok")


def test_only_reviewers_open_the_queue(client, sari, budi, dewi, submitted):
    assert see(client, sari, "queue").status_code == 403
    assert see(client, budi, "queue").status_code == 403
    assert see(client, dewi, "queue").status_code == 200


def test_an_empty_queue_says_when_something_was_last_approved(client, dewi, submitted):
    factories.approve(submitted, dewi)
    at = timezone.localtime(Review.objects.get().decided_at)
    page = see(client, dewi, "queue").content.decode()
    assert f"Antrean kosong. Unggahan terakhir disetujui pukul {at:%H.%M}." in page


def test_a_queue_that_never_held_anything_is_empty(client, dewi):
    page = see(client, dewi, "queue").content.decode()
    assert "Antrean kosong. Belum ada unggahan yang disetujui." in page


def test_what_was_sent_back_has_its_own_tab(client, dewi, submitted):
    decide(client, dewi, "send_back", submitted, note="Periksa tanggalnya.")
    waiting = client.get(reverse("queue"))
    returned = client.get(reverse("queue"), {"tab": "returned"})
    assert [row.post for row in waiting.context["rows"]] == []
    assert [row.post for row in returned.context["rows"]] == [submitted]


# --- who may look, who may decide ---


def test_dewi_reads_the_whole_submission(client, dewi, submitted, django_assert_max_num_queries):
    client.force_login(dewi)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("review", args=[submitted.pk])).content.decode()
    for words in (submitted.text, "Pengajuan ke-1", "Sari Contoh", factories.SOURCE.document):
        assert words in page


def test_budi_finds_nothing_and_sari_may_not_judge(client, sari, budi, submitted):
    assert see(client, budi, "review", submitted.pk).status_code == 404
    assert see(client, sari, "review", submitted.pk).status_code == 403


@pytest.mark.parametrize("verb", JUDGEMENTS)
def test_budi_gets_404_on_every_judgement(client, budi, submitted, verb):
    assert decide(client, budi, verb, submitted, note="x", reason="fact").status_code == 404
    assert state(submitted) == "submitted"


@pytest.mark.parametrize("verb", ["approve", "send_back", "reject"])
def test_sari_gets_403_on_every_judgement(client, sari, submitted, verb):
    assert decide(client, sari, verb, submitted, note="x", reason="fact").status_code == 403
    assert state(submitted) == "submitted"


@pytest.mark.parametrize("verb", JUDGEMENTS)
def test_a_judgement_is_never_a_link(client, dewi, submitted, verb):
    assert see(client, dewi, verb, submitted.pk).status_code == 405


def test_a_reviewer_may_read_but_not_approve_their_own_work(client, dinkes, channels):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER, dinkes)
    own = factories.make_submitted(yuli, channels["x"])
    page = see(client, yuli, "review", own.pk).content.decode()
    assert "Anda tidak dapat menyetujui unggahan sendiri." in page
    assert reverse("approve", args=[own.pk]) not in page
    assert decide(client, yuli, "approve", own).status_code == 403


@pytest.mark.parametrize(
    ("verb", "deed"),
    [
        ("approve", "menyetujui"),
        ("send_back", "mengembalikan"),
        ("reject", "menolak"),
        ("take", "memeriksa"),
        ("assign", "mengalihkan"),
        ("add_note", "memberi catatan pada"),
    ],
)
def test_what_nobody_does_with_their_own_work_is_called_by_its_name(
    client, dinkes, channels, verb, deed
):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER, dinkes)
    own = factories.make_submitted(yuli, channels["x"])
    refused = decide(client, yuli, verb, own, note="x", reason="fact")
    assert refused.status_code == 403
    assert f"Anda tidak dapat {deed} unggahan sendiri." in refused.content.decode()


# --- decisions ---


def test_an_approval_makes_deliveries_and_leads_to_the_next_post(
    client, sari, dewi, channels, submitted
):
    following = factories.make_submitted(
        sari, channels["x"], text="Jadwal donor darah", publish_at=factories.in_hours(9)
    )
    response = decide(client, dewi, "approve", submitted)
    assert response.url == reverse("review", args=[following.pk]) + "?decided"
    assert Delivery.objects.filter(post=submitted, status="waiting").count() == 2
    page = client.get(response.url).content.decode()
    assert "Disetujui." in page
    assert "Berikutnya: Jadwal donor darah." in page
    assert reverse("undo", args=[submitted.pk]) in page


def test_dewi_takes_her_approval_back_within_ten_seconds(client, dewi, submitted):
    decide(client, dewi, "approve", submitted)
    approved = Post.objects.get(pk=submitted.pk)
    assert decide(client, dewi, "undo", approved).url == reverse("review", args=[submitted.pk])
    assert state(submitted) == "submitted"
    assert not Delivery.objects.exclude(status="cancelled").exists()


def test_after_ten_seconds_the_server_says_that_it_is_too_late(client, dewi, submitted):
    decide(client, dewi, "approve", submitted)
    approved = Post.objects.get(pk=submitted.pk)
    client.force_login(dewi)
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        response = decide(client, dewi, "undo", approved)
    assert response.status_code == 409
    assert "Sudah lewat 10 detik" in response.content.decode()
    assert state(submitted) == "approved"


def test_sending_back_needs_a_word_why_and_keeps_what_was_written(client, dewi, submitted):
    response = decide(client, dewi, "send_back", submitted, note="  ")
    assert response.status_code == 422
    assert "Tulis apa yang perlu diperbaiki, atau pilih alasannya." in response.content.decode()
    response = decide(client, dewi, "reject", submitted, note="Sudah tayang kemarin")
    assert response.status_code == 422
    assert "Sudah tayang kemarin" in response.content.decode()
    assert state(submitted) == "submitted"


@pytest.mark.parametrize("words", [{"note": "Periksa tanggalnya."}, {"reason": "fact"}])
def test_dewi_asks_for_a_change_in_words_or_by_a_reason(client, dewi, submitted, words):
    assert (
        decide(client, dewi, "send_back", submitted, **words).url == reverse("queue") + "?decided"
    )
    assert state(submitted) == "returned"


def test_a_rejection_is_final(client, dewi, submitted):
    decide(client, dewi, "reject", submitted, note="Sudah tayang kemarin.", reason="repeated")
    assert state(submitted) == "rejected"


def test_dewi_sees_what_changed_since_she_sent_it_back(client, sari, dewi, submitted):
    decide(client, dewi, "send_back", submitted, note="Bukan Sabtu, tetapi Minggu.")
    post = Post.objects.get(pk=submitted.pk)
    draft = workflow.Draft(
        text=post.text.replace("Sabtu", "Minggu"),
        channels={v.channel_id: "" for v in post.variants.all()},
        sources=[factories.SOURCE],
        publish_at=post.publish_at,
    )
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    page = see(client, dewi, "review", post.pk).content.decode()
    assert "Perubahan sejak pengajuan ke-1" in page
    assert "<del>Sabtu</del><ins>Minggu</ins>" in page
    assert "Bukan Sabtu, tetapi Minggu." in page


def test_five_minutes_before_the_hour_dewi_is_given_three_ways(client, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=factories.in_hours(0.05))
    response = decide(client, dewi, "approve", post)
    page = response.content.decode()
    assert response.status_code == 409
    for way in ("Setujui dan kirim sekarang", "Ubah jadwal", "Minta perbaikan"):
        assert way in page
    assert state(post) == "submitted"
    assert decide(client, dewi, "approve", post, at_once="1").status_code == 302
    assert state(post) == "approved"


# --- somebody was quicker ---


def test_approve_after_withdraw_is_told_who_took_it_back(client, sari, dewi, submitted):
    as_dewi_saw_it = Post.objects.get(pk=submitted.pk)
    workflow.withdraw(submitted, by=sari, seen=submitted.version)
    response = decide(client, dewi, "approve", as_dewi_saw_it)
    page = response.content.decode()
    assert response.status_code == 409
    assert "ditarik kembali oleh Sari Contoh" in page
    assert see(client, dewi, "review", submitted.pk).status_code == 200


@pytest.mark.parametrize(("first", "second"), [("approve", "reject"), ("reject", "approve")])
def test_of_two_reviewers_the_second_is_told_and_keeps_the_note(
    client, dewi, submitted, first, second
):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER)
    as_both_saw_it = Post.objects.get(pk=submitted.pk)
    words = {"note": "Menurut saya sudah pernah tayang.", "reason": "repeated"}
    assert decide(client, yuli, first, as_both_saw_it, **words).status_code == 302
    response = decide(client, dewi, second, as_both_saw_it, **words)
    assert response.status_code == 409
    assert "oleh Yuli Contoh" in response.content.decode()
    assert words["note"] in response.content.decode()


def test_an_approval_of_another_text_than_was_seen_is_refused(client, dewi, submitted):
    client.force_login(dewi)
    seen = {"version": submitted.version, "revision": "0" * 64}
    response = client.post(reverse("approve", args=[submitted.pk]), seen)
    assert response.status_code == 409
    assert state(submitted) == "submitted"
