"""What Dewi looks at before she decides: asked of every approval, kept with every decision."""

from html import unescape

import pytest
from django.urls import reverse

from publishing import checklist, history, workflow
from publishing.checklist import AT_ONCE, Unchecked
from publishing.models import Delivery, Faces, Post, Review
from tests import factories
from tests.publishing.errand import browser

pytestmark = pytest.mark.django_db

FORBIDDEN = ["Provokasi", "Memecah belah", "Menghakimi", "Fitnah", "Hoaks"]
PRINCIPLES = [
    *("Kredibel", "Integritas", "Profesional", "Responsif", "Terintegrasi", "Keterwakilan"),
]
PICTURES = ["Wajah anak", "Pasien, korban, penerima bantuan", "Dokumen"]
HOAX = "Yang ditandai: Hoaks – apakah tiap klaim punya sumber yang dapat dibuka?"


@pytest.fixture
def submitted(sari, channels):
    return factories.make_submitted(sari, channels["facebook"], channels["x"])


@pytest.fixture
def reviewer(dewi):
    """Dewi at her browser."""
    return browser(dewi)


def words(answer) -> str:
    return unescape(answer.content.decode())


def page(reviewer, post) -> str:
    return words(reviewer.get(reverse("review", args=[post.pk])))


def decide(reviewer, verb, post, **sent):
    """Press the button of `verb` on the page that shows `post` as it is in memory."""
    seen = {"version": post.version, "revision": post.revisions.last().sha256}
    return reviewer.post(reverse(verb, args=[post.pk]), seen | sent)


def each(post, **but) -> dict[str, str]:
    """Every item ticked by itself as the form sends it."""
    keys = [i.key for group in checklist.for_revision(post.revisions.last()) for i in group.items]
    return {f"check-{key}": but.get(key, "ok") for key in keys}


def state(post) -> str:
    return Post.objects.get(pk=post.pk).status


def kept(post):
    return Review.objects.filter(revision__post=post).latest("pk").checklist


def asked(post) -> list[str]:
    groups = checklist.for_revision(post.revisions.last())
    return [str(item.name) for group in groups for item in group.items]


def test_the_five_forbidden_classes_and_the_six_principles_are_asked_of_every_post(
    reviewer, submitted
):
    assert asked(submitted) == FORBIDDEN + PRINCIPLES
    shown = page(reviewer, submitted)
    for name in FORBIDDEN + PRINCIPLES:
        assert f"<b>{name}:</b> apakah " in shown
    assert "Wajah anak" not in shown


def test_a_post_with_pictures_is_asked_who_and_what_they_show(sari, channels, picture_file):
    post = factories.make_submitted(sari, channels["facebook"], pictures=[picture_file()])
    assert asked(post) == FORBIDDEN + PRINCIPLES + PICTURES
    assert post.attachments.get().media.faces == Faces.NONE, "the agency's word does not settle it"


def test_a_clean_post_is_decided_by_opening_it_one_tick_and_the_button(reviewer, submitted):
    assert "Semua sudah saya periksa" in page(reviewer, submitted)
    assert decide(reviewer, "approve", submitted, checked="all").status_code == 302
    assert state(submitted) == "approved"
    assert kept(submitted) == {"all": True}, "it is not told as if each had been looked at"


def test_who_looks_at_each_item_needs_no_tick_for_all(reviewer, submitted):
    assert decide(reviewer, "approve", submitted, **each(submitted)).status_code == 302
    assert kept(submitted) == dict.fromkeys(
        [i.key for g in (checklist.FORBIDDEN, checklist.PRINCIPLES) for i in g.items], "ok"
    )


def test_an_approval_without_a_look_is_refused_and_says_what_is_open(reviewer, submitted):
    refused = decide(reviewer, "approve", submitted)
    assert refused.status_code == 422
    assert "Belum diperiksa: Provokasi, Memecah belah, Menghakimi, dan 8 hal lain." in words(
        refused
    )
    assert state(submitted) == "submitted"
    assert kept(submitted) == {}
    assert not Delivery.objects.exists()


def test_the_first_open_item_has_the_focus_and_the_answers_stay(reviewer, submitted):
    sent = each(submitted)
    del sent["check-slander"], sent["check-responsive"]
    shown = words(decide(reviewer, "approve", submitted, note="Tinggal ini.", **sent))
    assert "Belum diperiksa: Fitnah dan Responsif." in shown
    assert 'href="#periksa-slander"' in shown
    [focused] = [line for line in shown.splitlines() if "autofocus" in line]
    assert 'name="check-slander" value="ok"' in focused
    assert shown.count("checked>") + shown.count("checked >") == len(sent)
    assert "Tinggal ini." in shown


@pytest.mark.parametrize("all_of_it", [{}, {"checked": "all"}])
def test_a_marked_item_refuses_the_approval_whatever_else_is_ticked(reviewer, submitted, all_of_it):
    refused = decide(reviewer, "approve", submitted, **each(submitted, hoax="bad"), **all_of_it)
    assert refused.status_code == 422
    assert "Anda menandai Hoaks. Minta perbaikan, atau ubah penilaian." in words(refused)
    assert state(submitted) == "submitted"


def test_the_move_itself_refuses_and_not_only_its_page(dewi, submitted):
    seen = {"seen": submitted.version, "revision": submitted.revisions.get().sha256}
    for answers in ({}, {"hoax": "ok"}, {"all": True, "hoax": "bad"}):
        with pytest.raises(Unchecked):
            workflow.approve(submitted, by=dewi, checklist=answers, **seen)
        submitted.refresh_from_db()
        assert submitted.status == "submitted"
    with pytest.raises(TypeError):
        workflow.approve(submitted, by=dewi, **seen)


def test_who_may_not_approve_is_told_that_and_not_what_to_tick(sari, submitted):
    assert decide(browser(sari), "approve", submitted).status_code == 403


def test_answers_to_questions_that_are_not_asked_are_not_kept(reviewer, submitted):
    sent = {"check-children": "bad", "check-hoax": "mungkin", "check-x": "ok", "checked": "all"}
    assert decide(reviewer, "approve", submitted, **sent).status_code == 302
    assert kept(submitted) == {"all": True}


# --- decisions against the post ---


@pytest.mark.parametrize("verb", ["send_back", "reject"])
def test_a_decision_against_a_post_needs_no_ticks_and_keeps_the_marks(
    reviewer, sari, submitted, verb
):
    sent = {"note": "Sebut sumbernya.", "reason": "source", "check-hoax": "bad"}
    assert decide(reviewer, verb, submitted, **sent).status_code == 302
    assert kept(submitted) == {"hoax": "bad"}
    [remark] = history.remarks(submitted.revisions.select_related("review__decided_by"))
    assert (remark.words, remark.marked) == ("Sebut sumbernya.", HOAX)
    author = browser(sari)
    assert HOAX in words(author.get(reverse("post", args=[submitted.pk])))
    if verb == "send_back":
        assert HOAX in words(author.get(reverse("edit", args=[submitted.pk])))


def test_marks_are_kept_on_the_page_when_the_reason_is_missing(reviewer, submitted):
    refused = decide(reviewer, "send_back", submitted, **{"check-hoax": "bad"})
    assert refused.status_code == 422
    assert 'name="check-hoax" value="bad" form="keputusan" checked' in words(refused)


def test_one_form_carries_both_decisions_and_each_takes_its_own_words(reviewer, submitted):
    two = {"note": ["Sebut sumbernya.", "Sudah tayang."], "reason": ["source", "repeated"]}
    missing = decide(reviewer, "reject", submitted, note=["Sebut sumbernya.", ""], reason=["", ""])
    assert missing.status_code == 422
    assert "Sebut sumbernya." in words(missing)
    assert decide(reviewer, "reject", submitted, **two).status_code == 302
    review = Review.objects.get()
    assert (review.note, review.reason) == ("Sudah tayang.", "repeated")


def test_the_note_is_given_back_when_somebody_was_quicker(reviewer, sari, submitted):
    seen = Post.objects.get()
    workflow.withdraw(submitted, by=sari, seen=submitted.version)
    late = decide(reviewer, "send_back", seen, note=["Sebut sumbernya.", ""], reason=["", ""])
    assert late.status_code == 409
    assert "Sebut sumbernya." in words(late)


# --- afterwards ---


def test_a_new_submission_is_looked_at_anew(reviewer, sari, submitted):
    sent = {**each(submitted, hoax="bad"), "note": "Sebut sumbernya."}
    decide(reviewer, "send_back", submitted, **sent)
    post = Post.objects.get()
    draft = workflow.Draft(
        "Imunisasi gratis Minggu ini.",
        {v.channel_id: "" for v in post.variants.all()},
        sources=[factories.SOURCE],
        publish_at=factories.in_hours(3),
    )
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    shown = page(reviewer, post)
    assert "checked>" not in shown
    assert "checked >" not in shown
    assert HOAX in shown, "what was marked is remembered as a remark"
    assert decide(reviewer, "approve", post).status_code == 422


def told(post) -> list[str]:
    return [moment.checked for moment in history.moments(post) if moment.checked]


def test_the_history_says_how_each_decision_was_checked(reviewer, dewi, sari, submitted):
    decide(reviewer, "send_back", submitted, note="Sebut.", **{"check-hoax": "bad"})
    post = Post.objects.get()
    workflow.submit(post, by=sari, seen=post.version)
    factories.approve(post, dewi)
    assert told(post) == ["Diperiksa sekaligus.", f"Diperiksa satu per satu: 1 hal. {HOAX}"]
    past = reviewer.get(reverse("review_past", args=[post.pk]))
    assert "Diperiksa sekaligus." in words(past)


def test_an_approval_taken_back_is_told_without_its_ticks(dewi, submitted):
    factories.approve(submitted, dewi)
    workflow.undo(submitted, by=dewi, seen=submitted.version)
    assert told(submitted) == []
    assert kept(submitted) == {}
    factories.approve(submitted, dewi, checklist={**AT_ONCE, "hoax": "ok"})
    assert told(submitted) == ["Diperiksa sekaligus, 1 hal tersendiri."]


def test_what_was_decided_before_there_was_a_checklist_says_nothing_of_it(dewi, submitted):
    factories.approve(submitted, dewi)
    Review.objects.update(checklist={})
    assert told(submitted) == []


def test_nobody_is_asked_who_has_nothing_to_decide(reviewer, dewi, submitted):
    factories.approve(submitted, dewi)
    assert "Daftar periksa" not in page(reviewer, submitted)
