"""Words that no one should paste, and some do: each gets a sentence, and stays on the page."""

import pytest
from django.urls import reverse

from publishing.models import Post
from tests.publishing.composing import edit, filled, page

MEGABYTE = 1024 * 1024


def test_thirty_megabytes_get_a_page_that_says_what_to_do(desk, draft):
    sent = filled(draft, text="a" * 30 * MEGABYTE)
    answer = desk.post(edit(draft), sent)
    assert answer.status_code == 400
    assert "lebih dari 2 MB" in page(answer)
    assert "tulisan Anda masih ada di sana" in page(answer)
    assert len(Post.objects.get().text) < 100


def test_thirty_megabytes_are_not_autosaved_and_the_script_is_told(desk, draft):
    sent = filled(draft, text="a" * 30 * MEGABYTE, do="autosave")
    assert desk.post(edit(draft), sent).status_code == 400


def test_a_text_longer_than_any_platform_takes_stays_on_the_page(desk, draft):
    answer = desk.post(edit(draft), filled(draft, text="kata " * 20_000))
    assert answer.status_code == 422
    assert "paling banyak 70000. Pendekkan dahulu." in page(answer)
    assert page(answer).count("kata kata kata") > 1000
    assert 'maxlength="' not in page(answer).partition('name="text"')[2].partition(">")[0]


def test_two_hundred_emoji_count_four_hundred_on_x(desk, draft, channels):
    chosen = [channels["x"].pk]
    answer = desk.post(edit(draft), filled(draft, do="submit", text="🎉" * 200, channels=chosen))
    assert answer.status_code == 422
    assert "400/280" in page(answer)
    assert "teks X terlalu panjang" in page(answer)


def test_marks_that_turn_the_writing_around_are_gone_before_dewi_reads(desk, draft, channels):
    chosen = [channels["x"].pk]
    turned = "Biaya \u202e000.05 pR\u202c untuk warga"
    sent = filled(draft, do="submit", text=turned, channels=chosen)
    assert desk.post(edit(draft), sent).status_code == 302
    draft.refresh_from_db()
    said = draft.revisions.get().entry(channels["x"].pk)["text"]
    assert said == draft.text == "Biaya 000.05 pR untuk warga"


@pytest.mark.parametrize("field", ["text", "note"])
def test_zero_bytes_from_a_broken_document_lose_nothing(desk, draft, field):
    answer = desk.post(edit(draft), filled(draft, **{field: "sebelum\0sesudah"}))
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert getattr(draft, field) == "sebelumsesudah"


def test_four_hundred_tags_are_saved_and_instagram_says_its_limit(
    desk, draft, channels, picture_file
):
    tags = " ".join(f"#tagar{n}" for n in range(400))
    chosen = [channels["instagram"].pk]
    sent = filled(draft, text=tags[:2100], channels=chosen)
    assert desk.post(edit(draft), sent | {"pictures": picture_file("a.jpg")}).status_code == 302
    media = draft.attachments.get().media_id
    again = filled(Post.objects.get(), do="submit", text=tags[:2100], channels=chosen)
    about = {"media": media, f"alt_{media}": "Poster", f"faces_{media}": "none"}
    answer = desk.post(edit(draft), again | about | {f"asked_{media}": "1", f"on_{media}": chosen})
    assert answer.status_code == 422
    assert "30 tagar" in page(answer)
    assert "#tagar100" in page(answer)


def test_odd_numbers_in_hidden_fields_are_no_numbers(desk, draft):
    odd = {"media": ["²", "9" * 40, "-1"], "facts": ["²", "9" * 40], "source-0-file": "9" * 40}
    assert desk.post(edit(draft), filled(draft) | odd).status_code in {302, 422}
    draft.refresh_from_db()
    assert (draft.attachments.count(), draft.facts.count()) == (0, 0)


def test_a_programme_and_a_place_that_do_not_exist_are_told(desk, draft):
    answer = desk.post(edit(draft), filled(draft, programme="9" * 30, place="atlantis"))
    assert answer.status_code == 422
    assert "Kecamatan atau nagari" in page(answer)


def test_two_tabs_of_one_person_do_not_write_over_each_other(desk, draft):
    first, second = filled(draft, text="Tab pertama"), filled(draft, text="Tab kedua")
    assert desk.post(edit(draft), first).status_code == 302
    answer = desk.post(edit(draft), second)
    assert answer.status_code == 409
    assert "Tab pertama" in page(answer)
    assert "Tab kedua" in page(answer)


def test_a_new_post_from_two_tabs_becomes_two_drafts(desk, channels):
    for words in ("Tab pertama", "Tab kedua"):
        desk.post(reverse("write"), filled(text=words, do="autosave"))
    assert {post.text for post in Post.objects.all()} == {"Tab pertama", "Tab kedua"}
