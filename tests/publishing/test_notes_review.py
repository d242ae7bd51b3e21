"""Dewi notes what she finds beside its place, and sends it back with her notes only."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Role
from publishing import workflow
from publishing.models import Event, Note, Post
from tests import factories
from tests.publishing.composing import page
from tests.publishing.judged import approve
from tests.publishing.noted import QUOTE, add, kinds, newest, seen, send, text_of, write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def submitted(sari, channels, picture_file):
    return factories.make_submitted(
        sari, channels["facebook"], channels["x"], pictures=[picture_file()]
    )


@pytest.fixture
def media(submitted):
    return submitted.attachments.get().media_id


@pytest.fixture
def yuli(db):
    return factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER)


def open_review(client, user, post):
    client.force_login(user)
    return page(client.get(reverse("review", args=[post.pk])))


def test_a_note_on_words_stands_beside_them(client, dewi, submitted):
    sent = {"place": text_of(submitted), "quote": QUOTE, "words": "Balainya dipakai acara lain."}
    told = page(add(client, dewi, submitted, **sent))
    note = Note.objects.get()
    entries = newest(submitted).content["channels"]
    assert note.channels == [entry["channel"] for entry in entries]
    assert entries[0]["text"][note.start :].startswith(QUOTE)
    ranges = " ".join(f"{c}:{note.start}:{note.start + len(QUOTE)}" for c in note.channels)
    assert f'data-ranges="{ranges}"' in told
    assert "Balainya dipakai acara lain." in told


def test_a_note_on_a_point_of_a_picture(client, dewi, submitted, media):
    channel = newest(submitted).content["channels"][1]["channel"]
    point = f"{channel}:430:200"
    told = page(add(client, dewi, submitted, place=f"picture:{media}", point=point, words="Buram."))
    assert f'data-point="{channel}:430:200"' in told
    assert "Gambar 1" in told


def test_a_note_on_the_whole_may_be_a_coded_reason_alone(client, dewi, submitted):
    assert add(client, dewi, submitted, reason="source").status_code == 200
    note = Note.objects.get()
    assert (note.place, note.reason, note.words) == ("whole", "source", "")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "  "}, "Tulis catatannya, atau pilih alasannya."),
        ({"words": "x" * 2001}, "2000"),
        ({"words": "y", "place": "text:999"}, "Tempat ini tidak ada di pengajuan ini."),
        ({"words": "y", "place": "picture:999"}, "Tempat ini tidak ada di pengajuan ini."),
        ({"words": "y", "place": "TEXT", "quote": "kata lain"}, "tidak ada di teks ini"),
        ({"words": "y", "quote": "Imunisasi"}, "Pilih teks yang memuat kata-kata itu."),
        ({"words": "y", "place": "TEXT", "quote": "q" * 1001}, "Kutipannya terlalu panjang."),
        ({"words": "y", "place": "PICTURE", "point": "1:2000:3"}, "Titiknya di luar gambar."),
        ({"words": "y", "place": "PICTURE", "point": "1:-5:3"}, "Titiknya di luar gambar."),
        ({"words": "y", "place": "PICTURE", "point": "a:b"}, "Titiknya di luar gambar."),
        ({"words": "y", "place": "PICTURE", "point": "9" * 30 + ":1:1"}, "Titiknya di luar"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_on_the_page(
    client, dewi, submitted, media, sent, said
):
    places = {"TEXT": text_of(submitted), "PICTURE": f"picture:{media}"}
    asked = sent.get("place", "whole")
    sent = sent | {"place": places.get(asked, asked)}
    response = add(client, dewi, submitted, **sent)
    assert response.status_code == 422
    assert said in page(response)
    assert sent["words"].strip() in page(response)
    assert not Note.objects.exists()


def test_zero_bytes_and_turning_marks_are_gone(client, dewi, submitted):
    assert add(client, dewi, submitted, words="Cek\0 \u202eini").status_code == 200
    assert Note.objects.get().words == "Cek ini"


def test_an_offset_from_nowhere_is_forgiven(client, dewi, submitted):
    sent = {"place": text_of(submitted), "quote": QUOTE, "words": "x"}
    for near in ("-1", "1e9", "9" * 40, "٣", ""):
        assert add(client, dewi, submitted, **sent, near=near).status_code == 200
    assert Note.objects.count() == 1  # and the same note is there once


def test_a_picture_of_another_post_is_no_place(
    client, sari, dewi, submitted, channels, picture_file
):
    other = factories.make_submitted(
        sari, channels["x"], pictures=[picture_file("lain.jpg", color="red")], text="Lain."
    )
    foreign = other.attachments.get().media_id
    response = add(client, dewi, submitted, place=f"picture:{foreign}", words="x")
    assert response.status_code == 422


def test_what_was_ticked_and_typed_beside_a_note_stays(client, dewi, submitted):
    sent = {
        "note-place": "whole",
        "note-words": "Catatan.",
        "check-hoax": "bad",
        "note": "Setengah jadi",
    }
    told = page(send(client, dewi, "add_note", submitted, **sent))
    assert "Setengah jadi" in told
    assert 'name="check-hoax" value="bad" form="keputusan" checked' in told


def test_a_script_gets_the_notes_only(client, dewi, submitted):
    told = page(add(client, dewi, submitted, HTMX, words="Catatan."))
    assert told.lstrip().startswith("<div")
    assert "<html" not in told
    assert "Tersimpan." in told
    told = page(add(client, dewi, submitted, HTMX, words=""))
    assert "Tulis catatannya, atau pilih alasannya." in told


def test_a_dozen_notes_are_enough(client, dewi, submitted):
    for n in range(12):
        write(submitted, dewi, f"Catatan {n}")
    response = add(client, dewi, submitted, words="Satu lagi")
    assert response.status_code == 422
    assert "Sudah ada 12 catatan" in page(response)
    assert "Satu lagi" in page(response)


# --- who may ---


def test_only_reviewers_without_a_hand_in_it_write_notes(client, sari, budi, dinkes, submitted):
    own = factories.make_person("yani@contoh.test", "Yani", Role.REVIEWER, dinkes)
    post = factories.make_submitted(own, *[v.channel for v in submitted.variants.all()][:1])
    assert add(client, budi, submitted, words="x").status_code == 404
    assert add(client, sari, submitted, words="x").status_code == 403
    assert add(client, own, post, words="x").status_code == 403
    assert not Note.objects.exists()


@pytest.mark.parametrize("name", ["reply_note", "settle_note", "reopen_note", "withdraw_note"])
def test_sari_decides_nothing_about_a_note(client, sari, budi, dewi, submitted, name):
    note = write(submitted, dewi)
    sent = {"thread": note.pk, f"reply-{note.pk}": "x"}
    assert send(client, sari, name, submitted, **sent).status_code == 403
    assert send(client, budi, name, submitted, **sent).status_code == 404
    assert kinds(note) == []


def test_a_number_that_is_no_thread_is_answered_plainly(client, dewi, sari, submitted, channels):
    assert send(client, dewi, "settle_note", submitted, thread="x").status_code == 400
    foreign = write(factories.make_submitted(sari, channels["x"], text="Lain."), dewi)
    for thread in (foreign.pk, 10**17):
        assert send(client, dewi, "settle_note", submitted, thread=thread).status_code == 409
    assert kinds(foreign) == []


# --- what becomes of them ---


def test_dewi_takes_back_her_own_note_and_yuli_cannot(client, dewi, yuli, submitted):
    note = write(submitted, dewi)
    assert send(client, yuli, "withdraw_note", submitted, thread=note.pk).status_code == 403
    told = page(send(client, dewi, "withdraw_note", submitted, thread=note.pk))
    assert note.words not in told
    assert Note.objects.filter(pk=note.pk).exists()  # nothing is deleted
    assert send(client, dewi, "settle_note", submitted, thread=note.pk).status_code == 409


def test_a_note_that_yuli_replied_to_is_not_taken_back(client, dewi, yuli, submitted):
    note = write(submitted, dewi)
    sent = {"thread": note.pk, f"reply-{note.pk}": "Setuju, sejak pukul 08.00."}
    assert "Setuju, sejak" in page(send(client, yuli, "reply_note", submitted, **sent))
    assert send(client, dewi, "withdraw_note", submitted, thread=note.pk).status_code == 409


def test_settled_and_opened_again_by_another_reviewer(client, dewi, yuli, submitted):
    note = write(submitted, dewi)
    assert "1 catatan selesai" in page(send(client, yuli, "settle_note", submitted, thread=note.pk))
    late = send(client, dewi, "settle_note", submitted, thread=note.pk)
    assert late.status_code == 409
    assert "sudah ditandai selesai oleh Yuli Contoh" in page(late)
    assert send(client, dewi, "reopen_note", submitted, thread=note.pk).status_code == 200
    assert send(client, dewi, "reopen_note", submitted, thread=note.pk).status_code == 409
    assert kinds(note) == ["settled", "reopened"]


def test_what_was_settled_can_be_noted_again_in_the_same_words(client, dewi, submitted):
    note = write(submitted, dewi)
    assert write(submitted, dewi) == note, "twice the same is once, as long as it is open"
    send(client, dewi, "settle_note", submitted, thread=note.pk)
    again = write(submitted, dewi)
    assert again != note
    assert kinds(again) == []


def test_a_script_that_comes_too_late_is_told_beside_the_notes(client, dewi, submitted):
    note = write(submitted, dewi)
    send(client, dewi, "settle_note", submitted, thread=note.pk)
    late = send(client, dewi, "settle_note", submitted, HTMX, thread=note.pk)
    assert late.status_code == 200
    assert "sudah ditandai selesai" in page(late)


def test_a_reply_needs_words(client, dewi, submitted):
    note = write(submitted, dewi)
    response = send(client, dewi, "reply_note", submitted, thread=note.pk)
    assert response.status_code == 422
    assert "Tulis catatannya" in page(response)


# --- the decision ---


def test_notes_alone_send_it_back(client, dewi, submitted):
    write(submitted, dewi)
    assert send(client, dewi, "send_back", submitted).status_code == 302
    submitted.refresh_from_db()
    assert submitted.status == "returned"
    assert Event.objects.filter(verb="send_back").get().note == "1 catatan"


def test_without_a_word_a_reason_or_a_note_nothing_goes_back(client, dewi, submitted):
    note = write(submitted, dewi)
    workflow.withdraw_note(submitted, note.pk, by=dewi)
    assert send(client, dewi, "send_back", submitted).status_code == 422


@pytest.mark.parametrize("verb", ["approve", "send_back", "reject"])
def test_no_decision_swallows_a_note_that_is_being_written(client, dewi, submitted, verb):
    sent = {"note": "Alasan.", "reason": "fact", "checked": "all"}
    response = send(client, dewi, verb, submitted, **sent, **{"note-words": "Belum disimpan"})
    assert response.status_code == 422
    assert "Belum disimpan" in page(response)
    assert "Ada catatan yang belum disimpan." in page(response)
    assert Post.objects.get().status == "submitted"


def test_the_refusal_stands_at_the_decision_and_leads_to_the_note(client, dewi, submitted):
    note = write(submitted, dewi)
    for sent, goal in (
        ({"note-words": "Belum disimpan"}, "id_note-words"),
        ({"note-reason": "fact"}, "id_note-words"),
        ({f"reply-{note.pk}": "Belum disimpan"}, f"catatan-{note.pk}"),
    ):
        told = page(send(client, dewi, "approve", submitted, checked="all", **sent))
        decision = told[told.index('id="putusan"') :]
        assert "Ada catatan yang belum disimpan." in decision
        assert f'href="#{goal}"' in decision
        assert f'id="{goal}"' in told


def test_a_quote_that_nobody_wrote_about_is_no_note(client, dewi, submitted):
    sent = {"checked": "all", "note-place": text_of(submitted), "note-quote": QUOTE}
    assert send(client, dewi, "approve", submitted, **sent).status_code == 302


def test_after_the_decision_no_note_is_added_and_its_words_are_shown(client, dewi, submitted):
    as_dewi_saw_it = seen(submitted)
    approve(client_of(client, dewi), submitted)
    client.force_login(dewi)
    sent = as_dewi_saw_it | {"note-place": "whole", "note-words": "Terlambat ditulis"}
    response = client.post(reverse("add_note", args=[submitted.pk]), sent)
    assert response.status_code == 409
    assert "Terlambat ditulis" in page(response)
    told = page(client.post(reverse("add_note", args=[submitted.pk]), sent, headers=HTMX))
    assert "Terlambat ditulis" in told
    assert "disetujui oleh Dewi Contoh" in told


def client_of(client, user):
    client.force_login(user)
    return client


def test_a_note_on_what_was_changed_meanwhile_is_refused(client, sari, dewi, submitted):
    as_dewi_saw_it = seen(submitted)
    workflow.withdraw(submitted, by=sari, seen=submitted.version)
    Post.objects.filter(pk=submitted.pk).update(text="Lain sama sekali.")
    submitted.refresh_from_db()
    workflow.submit(submitted, by=sari, seen=submitted.version)
    client.force_login(dewi)
    sent = as_dewi_saw_it | {"note-place": "whole", "note-words": "x"}
    assert client.post(reverse("add_note", args=[submitted.pk]), sent).status_code == 409


def test_the_database_itself_keeps_notes_as_they_are(dewi, submitted):
    note = write(submitted, dewi)
    for sql in ("UPDATE publishing_note SET words = ''", "DELETE FROM publishing_note"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    note.refresh_from_db()
    assert note.words == "Mohon cek tempatnya."


def test_many_notes_cost_no_more_queries_than_one(
    client, dewi, submitted, django_assert_max_num_queries
):
    client.force_login(dewi)
    for n in range(20):
        note = write(submitted, dewi, f"Catatan {n}", quote=QUOTE)
        deed = workflow.settle_note if n < 8 else workflow.reply_note
        deed(submitted, note.pk, by=dewi, words="Begitu.")
    with django_assert_max_num_queries(20):
        told = client.get(reverse("review", args=[submitted.pk])).content
    assert len(told) <= 60 * 1024


def test_a_usual_review_with_notes_stays_light(client, dewi, submitted, media):
    for n in range(4):
        write(submitted, dewi, f"Catatan {n}", quote=QUOTE)
    write(submitted, dewi, "Buram.", media=media, point=(500, 500))
    assert len(open_review(client, dewi, submitted).encode()) <= 60 * 1024


def test_ready_sentences_are_there_for_every_reason(client, dewi, submitted):
    told = open_review(client, dewi, submitted)
    for sentence in ("Mohon sebutkan sumber angka ini", "Wajah ini dapat dikenali."):
        assert told.count(f"<li><span>{sentence}") == 2  # for sending back, and for refusing
    assert told.count('data-reason="') == 14
