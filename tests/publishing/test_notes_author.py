"""Sari reads what Dewi noted, answers each note, and hands in again; Dewi sees and settles."""

from dataclasses import replace

import pytest
from django.urls import reverse

from publishing import anchors, threads, workflow
from publishing import media as library
from publishing.models import Faces, Media, Note, Post
from publishing.workflow import Placed, Unfit, kept
from tests import factories
from tests.publishing.composing import edit, filled, page
from tests.publishing.noted import QUOTE, answer, kinds, newest, send, send_back, write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def submitted(sari, channels, picture_file):
    return factories.make_submitted(
        sari, channels["facebook"], channels["x"], pictures=[picture_file()]
    )


@pytest.fixture
def note(submitted, dewi):
    """One note on words, and the post came back."""
    made = write(submitted, dewi, quote=QUOTE)
    send_back(submitted, dewi)
    return made


def see(client, user, name, post):
    client.force_login(user)
    return client.get(reverse(name, args=[post.pk]))


def mend(post, by, **changes):
    post.refresh_from_db()
    workflow.save_draft(post, replace(kept(post), **changes), by=by, seen=post.version)


def hand_in(post, by):
    post.refresh_from_db()
    workflow.submit(post, by=by, seen=post.version)


# --- what the agency sees ---


def test_a_note_is_read_by_its_agency_once_it_is_decided(client, sari, dewi, submitted):
    note = write(submitted, dewi, "Mohon cek tempatnya.")
    assert note.words not in page(see(client, sari, "post", submitted))
    send_back(submitted, dewi)
    for name in ("post", "notes"):
        assert note.words in page(see(client, sari, name, submitted))


def test_what_dewi_took_back_is_never_read(client, sari, dewi, submitted):
    note = write(submitted, dewi, "Keliru, abaikan.")
    write(submitted, dewi, "Yang ini benar.")
    workflow.withdraw_note(submitted, note.pk, by=dewi)
    send_back(submitted, dewi)
    assert "Keliru, abaikan." not in page(see(client, sari, "notes", submitted))


def test_a_colleague_may_answer_and_another_agency_finds_nothing(
    client, rina, budi, submitted, note
):
    assert see(client, budi, "notes", submitted).status_code == 404
    assert answer(client, budi, submitted, note).status_code == 404
    assert answer(client, rina, submitted, note).status_code == 302
    assert kinds(note) == ["fixed"]


def test_a_reviewer_answers_nothing_for_the_agency(client, dewi, submitted, note):
    assert answer(client, dewi, submitted, note).status_code == 403


def test_the_composer_links_to_the_field_that_is_meant(client, sari, dewi, channels):
    post = factories.make_submitted(
        sari, channels["facebook"], channels["x"], own_texts={"x": "Imunisasi gratis Sabtu."}
    )
    shared = write(post, dewi, quote=QUOTE)
    revision = newest(post)
    anchor = anchors.on_text(revision.content, channels["x"].pk, "gratis")
    own = workflow.add_note(
        post, by=dewi, revision=revision.sha256, anchor=anchor, words="Singkat."
    )
    send_back(post, dewi)
    client.force_login(sari)
    told = page(client.get(reverse("notes", args=[post.pk]), headers=HTMX))
    assert f'href="{edit(post)}#id_text"' in told
    assert f'href="{edit(post)}#id_text_{channels["x"].pk}" data-own="{channels["x"].pk}"' in told
    assert told.index(f"catatan-{shared.pk}") < told.index(f"catatan-{own.pk}")
    assert reverse("notes", args=[post.pk]) in page(client.get(edit(post)))


# --- answers ---


def test_fixed_needs_no_words_and_explained_does(client, sari, submitted, note):
    response = answer(client, sari, submitted, note, "explained", "  ")
    assert response.status_code == 422
    assert "Jelaskan mengapa, satu kalimat cukup." in page(response)
    assert (
        answer(client, sari, submitted, note, "explained", "Sudah dipastikan.").status_code == 302
    )
    assert answer(client, sari, submitted, note, "fixed").status_code == 302
    assert kinds(note) == ["explained", "fixed"]


def test_the_same_answer_twice_is_once(client, sari, submitted, note):
    for _ in range(2):
        answer(client, sari, submitted, note, "explained", "Sudah dipastikan.")
    assert kinds(note) == ["explained"]


def test_an_answer_that_is_too_long_stays_on_the_page(client, sari, submitted, note):
    response = answer(client, sari, submitted, note, "explained", "kata " * 600)
    assert response.status_code == 422
    assert "paling banyak 2.000 huruf" in page(response)
    assert page(response).count("kata kata") > 200


def test_the_composers_line_hears_that_nothing_is_missing_any_more(client, sari, submitted, note):
    client.force_login(sari)
    sent = {"thread": note.pk, "answer": "fixed"}
    told = page(client.post(reverse("answer_note", args=[submitted.pk]), sent, headers=HTMX))
    assert "Semua catatan sudah dijawab." in told
    assert "hx-swap-oob" in told
    assert "Lengkap. Siap diajukan." in told


def test_while_it_waits_nothing_is_answered(client, sari, dewi, submitted):
    note = write(submitted, dewi)
    assert answer(client, sari, submitted, note).status_code == 409
    assert kinds(note) == []


# --- handing in again ---


def test_unanswered_notes_stand_in_the_way_and_answered_ones_do_not(client, sari, submitted, note):
    client.force_login(sari)
    submitted.refresh_from_db()
    sent = filled(submitted, do="submit", channels=[v.channel_id for v in submitted.variants.all()])
    response = client.post(edit(submitted), sent)
    assert response.status_code == 422
    assert "1 catatan peninjau belum dijawab." in page(response)
    assert 'href="#catatan"' in page(response)
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    hand_in(submitted, sari)
    assert Post.objects.get().status == "submitted"


def test_every_other_entry_is_guarded_too(client, sari, submitted, note):
    with pytest.raises(Unfit, match="1 catatan peninjau"):
        hand_in(submitted, sari)
    assert send(client, sari, "submit", submitted).url == edit(submitted)


def test_a_settled_note_asks_for_nothing(sari, dewi, submitted):
    note = write(submitted, dewi)
    workflow.settle_note(submitted, note.pk, by=dewi)
    write(submitted, dewi, "Lain.")
    send_back(submitted, dewi)
    with pytest.raises(Unfit, match="1 catatan peninjau"):
        hand_in(submitted, sari)


def test_notes_on_what_sari_took_back_herself_are_answered_too(client, sari, dewi, submitted):
    write(submitted, dewi, "Mohon cek.")
    workflow.withdraw(submitted, by=sari, seen=submitted.version)
    assert "Mohon cek." in page(see(client, sari, "notes", submitted))
    with pytest.raises(Unfit, match="1 catatan peninjau"):
        hand_in(submitted, sari)


def test_a_new_draft_is_not_asked_about_notes(sari, draft, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert threads.unanswered(draft) == 0


# --- carried forward ---


def test_two_rounds_with_the_words_kept_and_then_changed(client, sari, dewi, submitted, note):
    workflow.answer_note(submitted, note.pk, by=sari, kind="explained", words="Balainya kosong.")
    mend(submitted, sari, text=f"Kabar baik. {submitted.text}")
    hand_in(submitted, sari)
    told = page(see(client, dewi, "review", submitted))
    start = newest(submitted).content["channels"][0]["text"].index(QUOTE)
    assert f":{start}:{start + len(QUOTE)}" in told
    assert "Balainya kosong." in told
    assert "Bagian ini sudah diubah." not in told
    send(client, dewi, "reply_note", submitted, **asked(note, "Tetap mohon diganti."))
    assert send(client, dewi, "send_back", submitted).status_code == 302  # a reply says why
    with pytest.raises(Unfit):
        hand_in(submitted, sari)
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    mend(submitted, sari, text="Imunisasi gratis Sabtu ini di Puskesmas Muara Labuh.")
    hand_in(submitted, sari)
    told = page(see(client, dewi, "review", submitted))
    assert "Bagian ini sudah diubah." in told
    assert f"<blockquote>{QUOTE}</blockquote>" in told
    assert send(client, dewi, "settle_note", submitted, thread=note.pk).status_code == 200
    assert kinds(note) == ["explained", "reply", "fixed", "settled"]


def asked(note, words):
    return {"thread": note.pk, f"reply-{note.pk}": words}


def test_a_note_on_a_picture_follows_it_and_says_when_it_is_gone(
    client, sari, dewi, dinkes, submitted, picture_file
):
    media = submitted.attachments.get().media_id
    note = write(submitted, dewi, "Buram.", media=media, point=(100, 900))
    send_back(submitted, dewi)
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    new = library.accept(picture_file("baru.jpg", color="red"), agency=dinkes, by=sari)
    Media.objects.filter(pk=new.pk).update(faces=Faces.NONE)
    both = [Placed(new.pk, factories.ALT), Placed(media, factories.ALT)]
    mend(submitted, sari, pictures=both)
    hand_in(submitted, sari)
    told = page(see(client, dewi, "review", submitted))
    assert "<b>Gambar 2</b>" in told
    assert ":100:900" in told
    workflow.reply_note(submitted, note.pk, by=dewi, words="Masih buram.")
    send_back(submitted, dewi)
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    mend(submitted, sari, pictures=both[:1])
    hand_in(submitted, sari)
    told = page(see(client, dewi, "review", submitted))
    assert "Gambar ini sudah diganti atau dihapus." in told
    assert ":100:900" not in told


def test_dewi_cannot_take_back_what_sari_already_read(client, sari, dewi, submitted, note):
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    hand_in(submitted, sari)
    assert send(client, dewi, "withdraw_note", submitted, thread=note.pk).status_code == 409


def test_sari_sees_that_it_is_settled_after_the_decision(client, sari, dewi, submitted, note):
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    hand_in(submitted, sari)
    workflow.settle_note(submitted, note.pk, by=dewi, words="Terima kasih.")
    assert "Terima kasih." not in page(see(client, sari, "post", submitted))
    submitted.refresh_from_db()
    factories.approve(submitted, dewi)
    told = page(see(client, sari, "post", submitted))
    assert "1 catatan selesai" in told
    assert "Terima kasih." in told


def test_history_loses_nothing(sari, dewi, submitted, note):
    workflow.answer_note(submitted, note.pk, by=sari, kind="fixed", words="")
    assert Note.objects.filter(post=submitted).count() == 2
