"""The guidelines at the desk: what is marked, what stops a submission, and what is remembered."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Role, User
from publishing import findings, rulebook, workflow
from publishing.models import Answer, Finding, Post
from tests import factories
from tests.publishing.composing import edit, page
from tests.publishing.errand import browser, words
from tests.publishing.judged import (
    LOUD,
    RUDE,
    answer,
    asked,
    banned,
    decide,
    found,
    hand_in,
)

pytestmark = pytest.mark.django_db


# --- while it is written ---


def test_a_rude_word_is_marked_in_the_text_and_listed_with_what_to_do(desk, rude):
    answered = found(desk, rude)
    assert "<mark" in page(answered)
    said = words(answered)
    assert "Wajib diperbaiki Ini kata kasar. goblok" in said
    assert "Tulis dengan kata yang sopan, atau hapus." in said


def test_words_without_fault_are_told_so(desk, draft):
    assert "Tidak ada temuan pedoman." in words(found(desk, draft))


def test_the_words_of_one_channel_and_of_a_picture_are_read_too(sari, desk, channels, picture_file):
    post = factories.make_draft(
        sari,
        *channels.values(),
        pictures=[picture_file("a.jpg")],
        own_texts={"x": "Jangan bego, ikut imunisasi."},
    )
    post.attachments.update(alt="Poster dengan tulisan tolol di tengahnya")
    said = words(found(desk, post))
    assert "Teks khusus X" in said
    assert "bego" in said
    assert "Teks alternatif gambar" in said
    assert "tolol" in said


def test_the_line_of_what_is_missing_counts_what_the_guidelines_stop(desk, rude):
    kept = hand_in(desk, rude, do="autosave", text=RUDE)
    assert "1 wajib diperbaiki" in kept.json()["todo"]
    kept = hand_in(desk, rude, do="autosave")
    assert "Lengkap. Siap diajukan." in kept.json()["todo"]


def test_a_page_that_nobody_judged_yet_does_not_promise_that_all_is_well(desk, rude):
    assert "Siap diajukan" not in page(desk.get(edit(rude)))


def test_text_that_looks_like_a_page_is_shown_as_text(desk, sari, channels):
    post = factories.make_draft(
        sari, channels["facebook"], text="<script>alert(1)</script> goblok <b>"
    )
    assert "<script>alert" not in page(found(desk, post))


# --- handing it in ---


def test_what_blocks_stops_the_submission_and_nothing_is_lost(desk, rude):
    answered = hand_in(desk, rude, text=RUDE)
    assert answered.status_code == 422
    assert "Pedoman: 1 hal wajib diperbaiki. Ini kata kasar." in words(answered)
    assert RUDE in page(answered)
    rude.refresh_from_db()
    assert rude.status == Post.Status.DRAFT


def test_what_stopped_it_is_kept_with_rule_version_and_place_once(desk, rude):
    hand_in(desk, rude, text=RUDE)
    hand_in(desk, rude, text=RUDE)
    kept = Finding.objects.get(stage="refused", level="block")
    assert (kept.code, kept.version, kept.words) == ("MAKIAN", 1, "goblok")
    assert RUDE[kept.start : kept.end] == "goblok"


def test_a_mended_text_goes_in(desk, rude):
    hand_in(desk, rude, text=RUDE)
    assert hand_in(desk, rude).status_code == 302
    rude.refresh_from_db()
    assert rude.status == Post.Status.SUBMITTED


def test_what_is_found_cannot_be_rewritten_afterwards(desk, rude):
    hand_in(desk, rude, text=RUDE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Finding.objects.update(words="sopan")


# --- a warning, answered in one tap ---


def test_a_warning_waits_for_an_answer(desk, loud):
    answered = hand_in(desk, loud, text=LOUD)
    assert answered.status_code == 422
    assert "hal perlu dicek" in words(answered)


def test_one_tap_says_that_it_was_checked_and_by_whom(desk, sari, loud):
    hand_in(desk, loud, text=LOUD)
    for warning in loud.findings.filter(level="warn"):
        answer(desk, loud, warning.key, tap="Sudah dicek: memang benar demikian.")
    assert hand_in(desk, loud, text=LOUD).status_code == 302
    kept = loud.findings.filter(stage="submit", level="warn")
    assert kept
    for finding in kept:
        assert finding.answer.by == sari
        assert finding.answer.words == "Sudah dicek: memang benar demikian."


def test_the_reviewer_reads_what_was_answered(desk, dewi, loud):
    hand_in(desk, loud, text=LOUD)
    for warning in loud.findings.filter(level="warn"):
        answer(desk, loud, warning.key, because="Kata viral dipakai di nama lombanya.")
    hand_in(desk, loud, text=LOUD)
    said = words(browser(dewi).get(reverse("review", args=[loud.pk])))
    assert "Sudah dicek · Sari Contoh: Kata viral dipakai di nama lombanya." in said


def test_a_rule_that_is_wrong_about_the_words_is_told_so(desk, loud):
    hand_in(desk, loud, text=LOUD)
    for warning in loud.findings.filter(level="warn"):
        answer(desk, loud, warning.key, mistaken="1", tap="Bukan itu yang dimaksud.")
    assert hand_in(desk, loud, text=LOUD).status_code == 302
    kept = loud.findings.filter(stage="submit", level="warn")
    assert {finding.answer.kind for finding in kept} == {Answer.Kind.MISTAKEN}


def test_an_answer_holds_only_as_long_as_its_words(desk, loud):
    hand_in(desk, loud, text=LOUD)
    for warning in loud.findings.filter(level="warn"):
        answer(desk, loud, warning.key, tap="Salah tangkap.")
    other = LOUD.replace("VIRAL!!!", "HEBOH!!!")
    assert hand_in(desk, loud, text=other).status_code == 422


def test_an_answer_without_a_reason_is_asked_for_one(desk, loud):
    hand_in(desk, loud, text=LOUD)
    key = loud.findings.filter(level="warn").first().key
    answered = answer(desk, loud, key, because="  ")
    assert answered.status_code == 422
    assert "Tulis alasannya, satu kalimat cukup." in words(answered)


def test_an_answer_to_words_that_are_gone_says_so(desk, draft):
    answered = answer(desk, draft, "000000000000", because="Benar.")
    assert "Bagian itu sudah diubah." in words(answered)
    assert not Answer.objects.exists()


# --- what blocks: the author asks, a reviewer decides ---


def test_the_author_cannot_let_it_pass_but_may_ask(desk, rude):
    asked(desk, rude)
    assert Answer.objects.get().kind == Answer.Kind.ASKED
    answered = hand_in(desk, rude, text=RUDE)
    assert answered.status_code == 422
    assert "Menunggu jawaban" in words(answered)


def test_the_reviewer_sees_the_request_with_the_words_around(desk, dewi, rude):
    asked(desk, rude)
    said = words(browser(dewi).get(reverse("exceptions")))
    assert "Judul buku di perpustakaan." in said
    assert "Petugas tidak goblok. Imunisasi" in said
    assert "1 permintaan pengecualian" in words(browser(dewi).get(reverse("queue")))


def test_a_reviewer_lets_it_pass_with_a_reason_and_it_goes_in(desk, dewi, rude):
    key = asked(desk, rude)
    decide(browser(dewi), rude, key)
    assert hand_in(desk, rude, text=RUDE).status_code == 302
    kept = rude.findings.get(stage="submit", code="MAKIAN")
    assert (kept.answer.kind, kept.answer.by) == (Answer.Kind.WAIVED, dewi)
    assert "Tidak ada permintaan" in words(browser(dewi).get(reverse("exceptions")))


def test_a_refused_exception_is_told_to_its_author(desk, dewi, rude):
    key = asked(desk, rude)
    decide(browser(dewi), rude, key, do="refuse", because="Tetap kasar.")
    said = words(found(desk, rude))
    assert "Tidak diizinkan · Dewi Contoh" in said
    assert "Tetap kasar." in said
    assert hand_in(desk, rude, text=RUDE).status_code == 422


def test_no_exception_without_a_reason(desk, dewi, rude):
    key = asked(desk, rude)
    decide(browser(dewi), rude, key, because=" ")
    assert not Answer.objects.filter(kind=Answer.Kind.WAIVED).exists()


def test_nobody_lets_pass_what_they_wrote(desk, sari, dewi, rude):
    key = asked(desk, rude)
    rude.writers.add(dewi)
    assert decide(browser(dewi), rude, key).status_code == 403
    assert decide(desk, rude, key).status_code == 403
    assert "Tidak ada permintaan" in words(browser(dewi).get(reverse("exceptions")))


def test_its_author_is_asked_nothing_even_as_a_reviewer(desk, sari, rude):
    """Who wrote it may have become a reviewer since, and their name may be on no other list."""
    asked(desk, rude)
    User.objects.filter(pk=sari.pk).update(role=Role.REVIEWER, agency=None)
    rude.writers.clear()
    sari.refresh_from_db()
    assert "Tidak ada permintaan" in words(browser(sari).get(reverse("exceptions")))


def test_a_request_about_words_that_were_mended_is_over_when_it_is_handed_in(desk, dewi, rude):
    asked(desk, rude)
    assert hand_in(desk, rude).status_code == 302
    assert Answer.objects.latest("pk").kind == Answer.Kind.LAPSED
    rude.refresh_from_db()
    workflow.withdraw(rude, by=rude.author, seen=rude.version)
    assert "Tidak ada permintaan" in words(browser(dewi).get(reverse("exceptions")))


def test_deciding_about_words_that_are_gone_says_so_and_ends_the_request(desk, dewi, rude):
    key = asked(desk, rude)
    hand_in(desk, rude, do="save")
    reviewer = browser(dewi)
    decide(reviewer, rude, key)
    assert Answer.objects.latest("pk").kind == Answer.Kind.LAPSED
    shown = reviewer.get(reverse("exceptions"))
    assert "Bagian itu sudah diubah." in page(shown)
    assert "Tidak ada permintaan" in words(shown)


def test_after_that_the_same_words_must_be_asked_about_again(desk, dewi, rude):
    key = asked(desk, rude)
    hand_in(desk, rude, do="save")
    decide(browser(dewi), rude, key)
    assert "1 hal wajib diperbaiki" in words(hand_in(desk, rude, text=RUDE))
    answer(desk, rude, key, because="Judul buku itu lagi.")
    assert "Judul buku itu lagi." in words(browser(dewi).get(reverse("exceptions")))


def test_leave_for_one_lack_is_no_leave_for_the_next(desk, sari, dewi, channels):
    """A clarification that lacks its date was let pass; then it lost its fact too."""
    said = {"statement": "Beredar kabar air keruh.", "label": "salah", "fact": "Air jernih."}
    post = factories.make_draft(
        sari, channels["facebook"], kind="clarification", details=said, sources=[], no_claims=True
    )
    [lack] = banned(post)
    workflow.decide(post, lack.key, by=dewi, waive=True, words="Tanggal menyusul.")
    assert findings.unsettled(findings.now(post)) == []
    Post.objects.filter(pk=post.pk).update(details=said | {"fact": ""})
    post.refresh_from_db()
    [worse] = findings.unsettled(findings.now(post))
    assert worse.found.code == lack.code
    assert "faktanya" in worse.found.sentence


def test_another_agency_knows_nothing_of_it(rude, budi):
    other = browser(budi)
    assert found(other, rude).status_code == 404
    assert answer(other, rude, "x", because="Benar.").status_code == 404
    assert decide(other, rude, "x").status_code == 404
    assert other.get(reverse("exceptions")).status_code == 403


def test_the_composers_part_costs_few_queries(desk, rude, django_assert_max_num_queries):
    rulebook.current()
    with django_assert_max_num_queries(16):
        desk.get(reverse("findings", args=[rude.pk]), headers={"HX-Request": "true"})
