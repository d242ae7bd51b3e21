"""Beranda and Unggahan, at their doors."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.models import Delivery, Post
from tests import factories
from tests.publishing.composing import page


def send_back(post, dewi, note):
    frozen = post.revisions.get().sha256
    workflow.send_back(post, by=dewi, seen=post.version, revision=frozen, note=note)


def settle(post, status, **fields):
    """What the worker would have left behind."""
    Delivery.objects.filter(post=post).update(status=status, **fields)


# --- Beranda ---


def test_sari_has_nothing_to_do_and_is_told_so(desk, channels):
    assert "Semua beres. Belum ada yang perlu Anda kerjakan." in page(desk.get(reverse("home")))


def test_sari_sees_what_dewi_asked_for(desk, sari, dewi, channels):
    send_back(factories.make_submitted(sari, channels["x"]), dewi, "Sebutkan jam mulainya.")
    told = page(desk.get(reverse("home")))
    assert "Sebutkan jam mulainya." in told
    assert "Dewi Contoh" in told
    assert "Semua beres" not in told


def test_sari_sees_a_failed_delivery_and_what_comes_next(desk, sari, dewi, channels):
    failed = factories.make_approved(sari, dewi, channels["x"], text="Yang gagal")
    settle(failed, "failed", reason="Ditolak", next_at=None)
    factories.make_approved(sari, dewi, channels["x"], text="Yang menyusul")
    writing = desk.get(reverse("home")).context["writing"]
    assert [post.text for post in writing["todo"]] == ["Yang gagal"]
    assert [post.text for post in writing["next"]] == ["Yang menyusul"]


def test_the_nearest_hour_comes_first(desk, sari, dewi, channels):
    for hours in (9, 3, 6):
        at = factories.in_hours(hours)
        factories.make_approved(sari, dewi, channels["x"], text=f"+{hours}", publish_at=at)
    listed = desk.get(reverse("home")).context["writing"]["next"]
    assert [post.text for post in listed] == ["+3", "+6", "+9"]


def test_what_went_live_shows_on_saris_page(desk, sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], text="Sudah di X")
    settle(post, "published", published_at=timezone.now(), next_at=None, remote_id="1")
    assert list(desk.get(reverse("home")).context["writing"]["live"]) == [post]


def test_sari_sees_which_channel_is_not_connected(desk, dinkes):
    factories.make_channel(dinkes, "x", sealed="")
    assert "Belum terhubung" in page(desk.get(reverse("home")))


def test_dewi_sees_the_queue_with_the_nearest_hour_on_top(client, sari, dewi, channels):
    for hours in (5, 2):
        at = factories.in_hours(hours)
        factories.make_submitted(sari, channels["x"], text=f"+{hours}", publish_at=at)
    client.force_login(dewi)
    response = client.get(reverse("home"))
    assert [post.text for post in response.context["reviewing"]["nearest"]] == ["+2", "+5"]
    assert reverse("queue") in page(response)
    assert reverse("write") not in page(response)


def test_dewi_sees_the_deliveries_that_wait_for_a_person(client, sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"])
    settle(post, "uncertain", next_at=None)
    client.force_login(dewi)
    assert list(client.get(reverse("home")).context["reviewing"]["trouble"]) == [post]


def test_a_leader_reads_a_plain_sentence(client, db):
    client.force_login(factories.make_person("bupati@contoh.test", "Tuti Contoh", Role.LEADER))
    response = client.get(reverse("home"))
    assert "Bulan ini belum ada OPD yang menayangkan unggahan." in page(response)
    assert response.context["writing"] is None


# --- Unggahan ---


def listed(client, **asked):
    return {post.text for post in client.get(reverse("posts"), asked).context["page"]}


def test_sari_lists_her_agencys_posts_and_not_budis(desk, sari, budi, rina, channels):
    factories.make_draft(sari, channels["x"], text="Punya Sari")
    factories.make_draft(rina, channels["x"], text="Punya Rina")
    factories.make_draft(budi, text="Punya Budi")
    assert listed(desk) == {"Punya Sari", "Punya Rina"}


def test_dewi_lists_what_was_handed_in_with_its_agency(client, sari, dewi, channels):
    factories.make_draft(sari, channels["x"], text="Masih draf")
    factories.make_submitted(sari, channels["x"], text="Sudah diajukan")
    client.force_login(dewi)
    assert listed(client) == {"Sudah diajukan"}
    assert "Dinkes" in page(client.get(reverse("posts")))


def test_sari_narrows_by_state_channel_and_words(desk, sari, dewi, channels):
    own = {"x": "Vaksin datang"}
    factories.make_draft(sari, channels["x"], text="Rencana posyandu", own_texts=own)
    factories.make_submitted(sari, channels["facebook"], text="Jadwal posyandu")
    shown = factories.make_approved(sari, dewi, channels["x"], text="Donor darah")
    settle(shown, "published", published_at=timezone.now(), next_at=None, remote_id="1")
    assert listed(desk, status="draft") == {"Rencana posyandu"}
    assert listed(desk, status="live") == {"Donor darah"}
    assert listed(desk, channel=channels["facebook"].pk) == {"Jadwal posyandu"}
    assert listed(desk, q="POSYANDU") == {"Rencana posyandu", "Jadwal posyandu"}
    assert listed(desk, q="vaksin") == {"Rencana posyandu"}


def test_an_x_text_is_found_by_the_words_it_has_now(desk, sari, channels):
    own = {"x": "Vaksin datang"}
    post = factories.make_draft(sari, channels["x"], text="Rencana posyandu", own_texts=own)
    draft = workflow.Draft("Rencana posyandu", {channels["x"].pk: "Vaksin habis"})
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    assert listed(desk, q="datang") == set()
    assert listed(desk, q="habis") == {"Rencana posyandu"}


def test_a_question_that_makes_no_sense_narrows_nothing(desk, sari, channels):
    factories.make_draft(sari, channels["x"], text="Ada")
    assert listed(desk, status="entah", channel="x", older="999") == {"Ada"}


def test_the_list_turns_its_pages_at_twenty_five(desk, sari, channels):
    for n in range(26):
        factories.make_draft(sari, channels["x"], text=f"Unggahan {n}")
    first = desk.get(reverse("posts")).context["page"]
    assert (len(first.object_list), first.newer) == (25, "")
    last = desk.get(reverse("posts"), {"older": first.older}).context["page"]
    assert [post.text for post in last] == ["Unggahan 0"]
    assert last.older == ""
    again = desk.get(reverse("posts"), {"newer": last.newer}).context["page"]
    assert list(again) == list(first)
    assert again.newer == ""


def test_empty_lists_say_why_they_are_empty(desk, sari, channels):
    assert "Belum ada unggahan" in page(desk.get(reverse("posts")))
    factories.make_draft(sari, channels["x"])
    assert "Tidak ada yang cocok" in page(desk.get(reverse("posts"), {"q": "zzz"}))


@pytest.mark.parametrize(("name", "most"), [("home", 10), ("posts", 10)])
def test_more_posts_cost_no_more_queries(
    desk, sari, dewi, channels, picture_file, name, most, django_assert_max_num_queries
):
    for _n in range(3):
        shown = {"pictures": [picture_file(size=(400, 500))]}
        send_back(factories.make_submitted(sari, channels["x"], **shown), dewi, "Ubah")
        shown = {"pictures": [picture_file(size=(400, 500))]}
        factories.make_approved(sari, dewi, *channels.values(), **shown)
    assert Post.objects.count() == 6
    with django_assert_max_num_queries(most):
        desk.get(reverse(name))
