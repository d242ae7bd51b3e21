"""Simpan otomatis: what Sari types is kept without a word lost, and never beyond her draft."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.models import Event, Post, SavedDraft
from tests import factories
from tests.publishing.composing import WORDS, edit, filled, page
from tests.publishing.errand import browser


def autosave(desk, post=None, **changes):
    address = edit(post) if post else reverse("write")
    return desk.post(address, filled(post, do="autosave", **changes))


def test_the_first_autosave_makes_the_draft_and_says_where_it_lives(desk, channels):
    answer = autosave(desk, channels=[channels["x"].pk]).json()
    post = Post.objects.get()
    assert answer["url"] == edit(post)
    assert answer["version"] == post.version
    assert answer["whole"] is True
    assert answer["said"] == f"Tersimpan {timezone.localtime():%H.%M}"
    assert (post.text, post.status) == (WORDS, "draft")


def test_every_autosave_after_it_goes_into_the_same_draft(desk, draft):
    answer = autosave(desk, draft, text="Teks kedua")
    draft.refresh_from_db()
    assert answer.json()["version"] == draft.version
    assert (Post.objects.count(), draft.text, draft.status) == (1, "Teks kedua", "draft")


def test_the_answer_says_what_is_still_missing(desk, draft):
    told = autosave(desk, draft).json()["todo"]
    assert 'href="#kanal"' in told
    assert "pilih kanal" in told


def test_a_field_that_holds_nonsense_is_left_out_and_named_and_the_rest_is_kept(desk, draft):
    before = timezone.localtime(draft.publish_at).date()
    answer = autosave(desk, draft, text="Teks baru", date="31/02/2026").json()
    draft.refresh_from_db()
    assert answer["whole"] is False
    assert "kecuali: Tanggal" in answer["said"]
    kept = timezone.localtime(draft.publish_at)
    assert (draft.text, kept.date(), kept.hour) == ("Teks baru", before, 9)


def test_an_empty_new_page_can_be_kept_too_when_only_a_date_is_wrong(desk):
    answer = autosave(desk, text="Baru mulai", date="kapan-kapan").json()
    post = Post.objects.get()
    assert (post.text, answer["whole"]) == ("Baru mulai", False)
    assert post.publish_at is not None


def test_sari_is_told_when_rina_saved_meanwhile_and_rinas_words_stand(desk, draft, rina):
    first = filled(draft, text="Tulisan Sari", do="autosave")
    browser(rina).post(edit(draft), filled(draft, text="Tulisan Rina"))
    answer = desk.post(edit(draft), first)
    assert answer.status_code == 409
    assert "Rina Contoh" in answer.json()["said"]
    draft.refresh_from_db()
    assert draft.text == "Tulisan Rina"


def test_the_button_that_compares_shows_both_versions_side_by_side(desk, draft, rina):
    mine = filled(draft, text="Tulisan Sari")
    browser(rina).post(edit(draft), filled(draft, text="Tulisan Rina"))
    answer = desk.post(edit(draft), mine)
    assert answer.status_code == 409
    assert "Tulisan Sari" in page(answer)
    assert "Tulisan Rina" in page(answer)
    assert "data-paused" in page(answer)  # no script saves over Rina


def test_nothing_is_autosaved_into_what_was_handed_in(desk, draft, sari, channels):
    sent = filled(draft, text="Terlambat", do="autosave")
    workflow.save_draft(
        draft,
        workflow.Draft(WORDS, {channels["x"].pk: ""}, sources=[factories.SOURCE]),
        by=sari,
        seen=draft.version,
    )
    workflow.submit(draft, by=sari, seen=draft.version)
    assert desk.post(edit(draft), sent).status_code == 409
    draft.refresh_from_db()
    assert (draft.text, draft.status) == (WORDS, "submitted")


def test_an_autosave_leaves_no_line_in_the_history_of_the_post(desk, draft):
    lines = Event.objects.count()
    autosave(desk, draft, text="Satu")
    assert Event.objects.count() == lines


def test_budi_cannot_autosave_saris_draft(draft, budi):
    answer = browser(budi).post(edit(draft), filled(draft, do="autosave", text="Milik Budi"))
    assert answer.status_code == 404
    draft.refresh_from_db()
    assert "Budi" not in draft.text


# --- a session that ended ---


def test_a_session_that_ended_is_said_to_the_script(draft):
    answer = Client().post(edit(draft), filled(draft, do="autosave"))
    assert (answer.status_code, answer.json()["said"]) == (401, "Sesi Anda berakhir.")


def test_without_a_script_the_words_come_back_to_be_copied(draft, channels):
    own = f"text_{channels['x'].pk}"
    sent = filled(draft, text="Dua jam menulis", **{own: "Versi X"})
    answer = Client().post(edit(draft), sent)
    assert answer.status_code == 401
    assert "Dua jam menulis" in page(answer)
    assert "Versi X" in page(answer)
    assert f"next={edit(draft)}" in page(answer).replace("%2F", "/")


def test_after_signing_in_again_the_text_is_brought_back_from_the_device(desk, draft):
    """The script sends what it kept as `recall`; nothing is saved until Sari says so."""
    answer = desk.post(edit(draft), filled(draft, do="recall", text="Dari perangkat"))
    assert answer.status_code == 200
    assert "Dari perangkat" in page(answer)
    assert "data-unsaved" in page(answer)
    draft.refresh_from_db()
    assert draft.text != "Dari perangkat"


# --- a poor line: answers that are lost, buttons pressed twice ---


def from_page(post=None, *, step, key="a1b2c3d4", **changes):
    return filled(post, page=f"{key}.{step}", **{"do": "autosave"} | changes)


def test_a_first_save_whose_answer_was_lost_is_not_a_second_post(desk):
    first = desk.post(reverse("write"), from_page(step=1, text="Satu")).json()
    again = desk.post(reverse("write"), from_page(step=2, text="Satu dan dua")).json()
    assert again["url"] == first["url"]
    assert Post.objects.get().text == "Satu dan dua"


def test_a_button_pressed_twice_hands_in_one_post_once(desk, channels):
    sent = from_page(step=1, do="submit", channels=[channels["x"].pk])
    first, second = (desk.post(reverse("write"), sent) for _ in range(2))
    post = Post.objects.get()
    assert first.url == second.url == reverse("post", args=[post.pk])
    assert (post.status, post.revisions.count()) == ("submitted", 1)


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(desk, draft):
    seen = draft.version
    desk.post(edit(draft), from_page(step=1, text="Satu", version=seen))
    answer = desk.post(edit(draft), from_page(step=2, text="Dua", version=seen))
    assert answer.status_code == 200
    assert Post.objects.get().text == "Dua"


def test_an_older_autosave_that_comes_late_changes_nothing(desk, draft):
    seen = draft.version
    desk.post(edit(draft), from_page(step=2, text="Yang lebih baru", version=seen))
    late = desk.post(edit(draft), from_page(step=1, text="Yang lama", version=seen))
    assert late.status_code == 409
    assert Post.objects.get().text == "Yang lebih baru"


def test_the_same_words_sent_again_are_no_second_save(desk, draft):
    sent = from_page(step=1, text="Sekali saja", version=draft.version)
    first, again = (desk.post(edit(draft), sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["version"] == again.json()["version"] == Post.objects.get().version


def test_going_back_and_writing_something_else_is_not_taken_for_a_repeat(desk, draft):
    """Without a script: save, back, change, save; the page's key and count are the same."""
    sent = from_page(draft, step=0, do="save", text="Yang pertama")
    assert desk.post(edit(draft), sent).status_code == 302
    answer = desk.post(edit(draft), sent | {"text": "Yang kedua"})
    assert answer.status_code == 409
    assert "Yang kedua" in page(answer)


def test_handing_in_and_going_back_shows_the_other_words_to_copy(desk, channels):
    sent = from_page(step=0, do="submit", channels=[channels["x"].pk])
    desk.post(reverse("write"), sent)
    answer = desk.post(reverse("write"), sent | {"text": "Unggahan yang lain sama sekali"})
    assert answer.status_code == 409
    assert "Unggahan yang lain sama sekali" in page(answer)


def test_a_conflict_stays_one_until_somebody_saves(desk, draft, rina):
    mine = filled(draft, text="Sari")
    browser(rina).post(edit(draft), filled(draft, text="Rina"))
    desk.post(edit(draft), mine)
    seen = Post.objects.get()
    row = page(desk.post(edit(draft), filled(seen, do="add_source", text="Sari", anew="1")))
    assert "data-paused" in row
    assert 'name="anew" value="1"' in row


def test_words_for_a_channel_that_is_not_ticked_are_told_not_dropped(desk, channels):
    own = f"text_{channels['x'].pk}"
    answer = desk.post(reverse("write"), filled(**{own: "Hanya untuk X"}))
    assert answer.status_code == 422
    assert "Centang kanal" in page(answer)
    assert "Hanya untuk X" in page(answer)


def test_an_open_page_of_a_session_that_ended_gets_no_login_form_inside_it(draft):
    answer = Client().post(reverse("editing", args=[draft.pk]), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_draft_of_before_the_history_keeps_what_it_said(desk, draft):
    SavedDraft.objects.all().delete()
    before = draft.text
    autosave(desk, draft, text="")
    assert texts(draft)[:2] == ["", before]


@pytest.mark.parametrize("field", ["date", "until"])
def test_the_year_one_is_no_year(desk, draft, field):
    day = "0001-01-01" if field == "date" else "0001-01-01T09:00"
    answer = desk.post(edit(draft), filled(draft, **{field: day}))
    assert answer.status_code == 422
    assert "Tahun ini terlalu jauh ke belakang" in page(answer)


def test_rinas_save_in_between_is_a_conflict_all_the_same(desk, draft, rina):
    seen = draft.version
    desk.post(edit(draft), from_page(step=1, text="Sari", version=seen))
    browser(rina).post(edit(draft), filled(Post.objects.get(), text="Rina"))
    answer = desk.post(edit(draft), from_page(step=2, text="Sari lagi", version=seen))
    assert answer.status_code == 409
    assert Post.objects.get().text == "Rina"


def test_budi_cannot_take_over_saris_post_with_the_key_of_her_page(desk, draft, budi):
    desk.post(reverse("write"), from_page(step=1, text="Sari"))
    answer = browser(budi).post(reverse("write"), from_page(step=2, text="Budi"))
    assert answer.status_code == 200
    assert Post.objects.get(text="Budi").agency == budi.agency
    assert Post.objects.filter(text="Sari").exists()


@pytest.mark.parametrize("page", ["", "x", "a.b", "<b>.1", "a" * 40 + ".1", "a1.²", "a1.9999999"])
def test_a_page_that_cannot_be_read_saves_by_its_version(desk, draft, page):
    assert desk.post(edit(draft), filled(draft, page=page, text="Satu")).status_code == 302
    stale = filled(draft, page=page, text="Dua")
    assert desk.post(edit(draft), stale).status_code == 409


def test_a_page_that_only_changed_its_form_carries_on_what_it_had_seen(desk, draft, rina):
    """Sari adds a source row on an old page: her next save must still meet Rina's."""
    old = filled(draft, do="add_source", text="Sari")
    browser(rina).post(edit(draft), filled(draft, text="Rina"))
    form = page(desk.post(edit(draft), old))
    assert f'name="version" value="{draft.version}"' in form
    assert desk.post(edit(draft), filled(draft, text="Sari")).status_code == 409


def test_a_page_with_an_error_carries_on_what_it_had_seen(desk, draft, rina):
    old = filled(draft, date="31/02/2026", text="Sari")
    browser(rina).post(edit(draft), filled(draft, text="Rina"))
    answer = desk.post(edit(draft), old)
    assert answer.status_code == 422
    assert f'name="version" value="{draft.version}"' in page(answer)


def test_the_save_after_a_conflict_leaves_the_other_version_in_the_history(desk, draft, rina):
    mine = filled(draft, text="Tulisan Sari yang sama panjang")
    browser(rina).post(edit(draft), filled(draft, text="Tulisan Rina yang sama panjang"))
    shown = page(desk.post(edit(draft), mine))
    assert 'name="anew" value="1"' in shown
    decided = filled(Post.objects.get(), text="Tulisan Sari yang sama panjang", anew="1")
    assert desk.post(edit(draft), decided).status_code == 302
    assert texts(draft)[:2] == ["Tulisan Sari yang sama panjang", "Tulisan Rina yang sama panjang"]


def test_a_save_that_is_refused_leaves_the_library_alone(desk, sari, rina, channels, picture_file):
    post = factories.make_draft(sari, channels["x"], pictures=[picture_file("a.jpg")])
    media = post.attachments.get().media
    sent = filled(post, do="autosave", media=media.pk)
    sent |= {f"asked_{media.pk}": "1", f"alt_{media.pk}": "Teks lama", f"on_{media.pk}": "1"}
    browser(rina).post(edit(post), filled(post, text="Rina"))
    assert desk.post(edit(post), sent).status_code == 409
    media.refresh_from_db()
    assert media.alt != "Teks lama"


# --- who is writing ---


def editing(client, post):
    return client.post(reverse("editing", args=[post.pk]))


def test_rina_reads_that_sari_is_writing(desk, draft, rina):
    assert "sedang menyunting" not in page(editing(desk, draft))
    told = page(editing(browser(rina), draft))
    assert "Sari Contoh sedang menyunting draf ini." in told
    assert "Sari Contoh sedang menyunting" in page(browser(rina).get(edit(draft)))


def test_sari_is_not_told_of_herself(desk, draft):
    editing(desk, draft)
    assert "sedang menyunting" not in page(editing(desk, draft))
    assert "sedang menyunting" not in page(desk.get(edit(draft)))


def test_a_minute_of_silence_frees_the_draft(desk, draft, rina):
    editing(desk, draft)
    Post.objects.update(editing_at=timezone.now() - timedelta(seconds=61))
    assert "sedang menyunting" not in page(editing(browser(rina), draft))
    assert "Rina Contoh sedang menyunting" in page(editing(desk, draft))


def test_only_its_agency_says_that_it_is_writing(draft, budi, dewi):
    assert editing(browser(budi), draft).status_code == 404
    assert editing(browser(dewi), draft).status_code == 404


# --- the history of a draft ---


def texts(post):
    return [state.content["text"] for state in SavedDraft.objects.filter(post=post)]


def test_five_minutes_of_typing_are_one_state(clock, desk, draft):
    for n in range(3):
        clock.shift(timedelta(seconds=90))
        autosave(desk, Post.objects.get(), text=f"Teks yang cukup panjang untuk dibaca, ke-{n}")
    assert texts(draft)[0].endswith("ke-2")
    kept = len(texts(draft))
    clock.shift(timedelta(minutes=6))
    autosave(desk, Post.objects.get(), text="Teks yang cukup panjang untuk dibaca, kemudian")
    assert len(texts(draft)) == kept + 1


def test_what_sari_deleted_by_mistake_a_minute_ago_is_still_there(clock, desk, draft):
    autosave(desk, Post.objects.get(), text="Tulisan panjang yang dikerjakan sepanjang pagi")
    clock.shift(timedelta(seconds=20))
    autosave(desk, Post.objects.get(), text="")
    assert texts(draft)[:2] == ["", "Tulisan panjang yang dikerjakan sepanjang pagi"]


def test_another_persons_save_is_a_state_of_its_own(desk, draft, rina):
    autosave(desk, draft, text="Tulisan Sari yang panjang")
    browser(rina).post(edit(draft), filled(Post.objects.get(), text="Tulisan Rina yang panjang"))
    assert texts(draft)[:2] == ["Tulisan Rina yang panjang", "Tulisan Sari yang panjang"]


def test_the_same_twice_is_no_new_state(clock, desk, draft):
    same = {"text": "Sama", "date": filled()["date"]}  # an hour later it may be another day
    autosave(desk, draft, **same)
    before = texts(draft)
    clock.shift(timedelta(hours=1))
    autosave(desk, Post.objects.get(), **same)
    assert texts(draft) == before


def test_fifty_states_are_kept_and_the_oldest_go(clock, desk, draft):
    for n in range(55):
        clock.shift(timedelta(minutes=6))
        autosave(desk, Post.objects.get(), text=f"Keadaan {n}")
    assert len(texts(draft)) == 50
    assert texts(draft)[0] == "Keadaan 54"


def test_sari_looks_at_a_state_and_brings_it_back_whole(clock, desk, draft, channels):
    autosave(desk, draft, text="Versi pagi", channels=[channels["x"].pk], note="Pagi")
    clock.shift(timedelta(minutes=10))
    autosave(desk, Post.objects.get(), text="Versi siang", note="Siang")
    morning = SavedDraft.objects.get(content__text="Versi pagi")
    looked = page(desk.get(reverse("drafts", args=[draft.pk]), {"state": morning.pk}))
    assert "Kembalikan keadaan ini" in looked
    post = Post.objects.get()
    sent = {"state": morning.pk, "version": post.version}
    assert desk.post(reverse("restore", args=[draft.pk]), sent).url == edit(draft)
    post.refresh_from_db()
    assert (post.text, post.note) == ("Versi pagi", "Pagi")
    assert [variant.channel for variant in post.variants.all()] == [channels["x"]]
    assert texts(draft)[:2] == ["Versi pagi", "Versi siang"]  # what it replaced can come back too


def test_a_state_is_not_brought_back_over_what_rina_saved_meanwhile(desk, draft, rina):
    autosave(desk, draft, text="Versi pagi")
    state, seen = SavedDraft.objects.filter(post=draft)[0], Post.objects.get().version
    browser(rina).post(edit(draft), filled(Post.objects.get(), text="Tulisan Rina"))
    sent = {"state": state.pk, "version": seen}
    assert desk.post(reverse("restore", args=[draft.pk]), sent).status_code == 409
    assert Post.objects.get().text == "Tulisan Rina"


def test_the_history_is_for_its_agency_alone(draft, budi, dewi):
    address = reverse("drafts", args=[draft.pk])
    assert browser(budi).get(address).status_code == 404
    assert browser(dewi).get(address).status_code == 404
