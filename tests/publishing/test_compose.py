"""Tulis, at its doors: /posts/new/ and /posts/<pk>/edit/."""

import re

from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.models import Post
from tests import factories
from tests.publishing.composing import WORDS, edit, filled, page


def test_a_new_post_has_no_row_until_sari_saves_it(desk, channels):
    assert desk.get(reverse("write")).status_code == 200
    assert not Post.objects.exists()
    response = desk.post(reverse("write"), filled(channels=[channels["x"].pk]))
    post = Post.objects.get()
    assert response.url == edit(post)
    assert (post.text, post.status) == (WORDS, "draft")
    assert [variant.channel for variant in post.variants.all()] == [channels["x"]]


def test_sari_finds_everything_again_that_she_saved(desk, channels, picture_file):
    own = f"text_{channels['x'].pk}"
    chosen = [channels["instagram"].pk, channels["x"].pk]
    sent = filled(channels=chosen, no_claims="on", note="Foto sudah berizin.")
    desk.post(
        reverse("write"),
        sent | {own: "Imunisasi Sabtu!", "pictures": picture_file("poster.jpg")},
    )
    post = Post.objects.get()
    form = desk.get(edit(post)).context["form"]
    assert form["text"].value() == WORDS
    assert form["channels"].value() == chosen
    assert form[own].value() == "Imunisasi Sabtu!"
    assert form["note"].value() == "Foto sudah berizin."
    assert form["when"].value() == "at"
    assert timezone.localtime(post.publish_at).strftime("%H.%M") == "09.00"
    assert [row.media.name for row in form.picture_rows] == ["poster.jpg"]
    assert form.sources[0]["document"].value() == "Jadwal imunisasi Dinas Kesehatan"


def test_sari_hands_in_and_lands_on_the_post(desk, draft, channels):
    sent = filled(draft, do="submit", channels=[channels["x"].pk])
    response = desk.post(edit(draft), sent)
    draft.refresh_from_db()
    assert response.url == reverse("post", args=[draft.pk])
    assert draft.status == "submitted"
    assert draft.revisions.get().payload(channels["x"].pk).text == WORDS


def test_an_unfit_submission_says_each_thing_with_its_place_and_keeps_all(desk, draft, channels):
    sent = filled(draft, do="submit", channels=[channels["x"].pk], text="panjang " * 40)
    response = desk.post(edit(draft), sent | {"source-0-document": ""})
    draft.refresh_from_db()
    assert response.status_code == 422
    assert draft.text == "panjang " * 40
    assert 'href="#teks"' in page(response)
    assert 'href="#sumber"' in page(response)
    assert "kelebihan" in page(response)
    assert f'name="version" value="{draft.version}"' in page(response)


def test_a_new_post_that_is_unfit_is_kept_and_the_form_leads_to_it(desk, channels):
    response = desk.post(reverse("write"), filled(do="submit"))
    post = Post.objects.get()
    assert response.status_code == 422
    assert f'action="{edit(post)}"' in page(response)
    assert 'href="#kanal"' in page(response)


def test_enter_in_a_field_saves_for_it_presses_the_first_button(desk, sari, picture_file):
    post = factories.make_draft(sari, pictures=[picture_file()])
    form = page(desk.get(edit(post))).partition("data-composer")[2]
    buttons = re.findall(r"<button [^>]*name=\"do\" value=\"([^\"]+)\"", form)
    assert buttons[0] == "save"
    assert f"remove:{post.attachments.get().media_id}" in buttons


def test_only_spaces_are_no_post(desk, channels):
    response = desk.post(reverse("write"), filled(text="   \n  "))
    assert response.status_code == 422
    assert "Teks masih kosong" in page(response)
    assert not Post.objects.exists()


def test_a_date_that_does_not_exist_gets_a_sentence_and_the_text_stays(desk, draft):
    response = desk.post(edit(draft), filled(draft, text="Teks baru Sari", date="31/02"))
    assert response.status_code == 422
    assert "Tanggal ini tidak ada" in page(response)
    assert "Teks baru Sari" in page(response)
    assert 'value="31/02"' in page(response)


def test_a_time_in_the_past_is_kept_and_told_but_not_handed_in(desk, draft):
    desk.post(edit(draft), filled(draft, date="2020-01-01"))
    draft.refresh_from_db()
    assert "Waktu ini sudah lewat" in page(desk.get(edit(draft)))
    response = desk.post(edit(draft), filled(draft, do="submit", date="2020-01-01"))
    assert response.status_code == 422
    assert "Waktu ini sudah lewat" in page(response)
    assert WORDS in page(response)


def test_as_soon_as_approved_needs_no_date(desk, draft):
    desk.post(edit(draft), filled(draft, when="asap", date="", time=""))
    draft.refresh_from_db()
    assert draft.publish_at is None


def test_a_source_row_comes_and_goes_and_nothing_typed_is_lost(desk, draft):
    more = desk.post(edit(draft), filled(draft, do="add_source", text="Belum disimpan"))
    assert more.status_code == 200
    assert "source-1-document" in page(more)
    assert "Belum disimpan" in page(more)
    fewer = desk.post(edit(draft), filled(draft, do="remove_source:0"))
    assert "Jadwal imunisasi Dinas Kesehatan" not in page(fewer)
    assert draft.sources.exists()


def test_a_source_without_a_document_stays_in_the_draft(desk, draft):
    sent = filled(draft) | {"source-0-document": "", "source-0-number": "12/2026"}
    assert desk.post(edit(draft), sent).status_code == 302
    assert draft.sources.get().number == "12/2026"


def test_two_people_save_the_same_draft_and_both_texts_are_on_the_page(desk, rina, draft):
    theirs = workflow.Draft("Kata Rina tentang imunisasi", {})
    seen = draft.version
    workflow.save_draft(Post.objects.get(pk=draft.pk), theirs, by=rina, seen=seen)
    response = desk.post(edit(draft), filled(draft, text="Kata Sari tentang imunisasi"))
    assert response.status_code == 409
    assert "Kata Rina tentang imunisasi" in page(response)
    assert page(response).count("Kata Sari tentang imunisasi") > 1
    draft.refresh_from_db()
    assert draft.text == "Kata Rina tentang imunisasi"
    again = filled(draft, text="Kata Sari tentang imunisasi")
    assert f'name="version" value="{draft.version}"' in page(response)
    assert desk.post(edit(draft), again).status_code == 302


def test_words_typed_while_rina_hands_the_post_in_can_still_be_copied(desk, rina, draft):
    sent = filled(draft, text="Kata Sari yang terlambat")
    workflow.submit(draft, by=rina, seen=draft.version)
    response = desk.post(edit(draft), sent)
    assert response.status_code == 409
    assert "Kata Sari yang terlambat" in page(response)
    assert "Menunggu tinjauan" in page(response)


def test_a_post_under_review_opens_its_page_not_the_composer(desk, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    assert desk.get(edit(post)).url == reverse("post", args=[post.pk])


def test_what_dewi_asked_for_stands_above_the_returned_draft(desk, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])
    frozen = post.revisions.get().sha256
    workflow.send_back(
        post, by=dewi, seen=post.version, revision=frozen, note="Sebutkan jamnya.", reason="fact"
    )
    told = page(desk.get(edit(post)))
    assert "Dewi Contoh meminta perbaikan" in told
    assert "Sebutkan jamnya." in told
    assert "Fakta atau tanggal keliru" in told


def test_the_server_counts_as_each_platform_does(desk, sari, channels):
    text = "Info https://dinkes.contoh.go.id/imunisasi/jadwal-lengkap-nagari 💉"
    post = factories.make_draft(sari, channels["facebook"], channels["x"], text=text)
    told = page(desk.get(edit(post)))
    assert "31/280" in told
    assert f"{len(text)}/63.206" in told


def test_the_x_preview_marks_the_part_that_does_not_fit(desk, sari, channels):
    post = factories.make_draft(sari, channels["x"], text="a" * 280 + "ekor")
    assert "<mark>ekor</mark>" in page(desk.get(edit(post)))


def test_a_channel_without_credentials_may_be_chosen_and_says_that_it_will_be_held(
    desk, sari, dinkes
):
    channel = factories.make_channel(dinkes, "x", sealed="")
    told = page(desk.get(edit(factories.make_draft(sari, channel))))
    assert "Belum terhubung" in told
    assert "akan ditahan" in told


def test_an_agency_without_channels_can_still_write(desk):
    assert "belum memiliki kanal" in page(desk.get(reverse("write")))


def test_budi_finds_nothing_there_and_cannot_take_saris_channel(client, budi, draft, channels):
    client.force_login(budi)
    assert client.get(edit(draft)).status_code == 404
    assert client.post(edit(draft), filled(draft)).status_code == 404
    response = client.post(reverse("write"), filled(channels=[channels["x"].pk]))
    assert response.status_code == 422
    assert "Kanal ini bukan kanal OPD Anda" in page(response)


def test_dewi_writes_nothing_for_an_agency(client, dewi, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    client.force_login(dewi)
    assert client.get(reverse("write")).status_code == 403
    assert client.post(edit(post), filled(post)).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(reverse("write")).url.startswith(reverse("account_login"))
