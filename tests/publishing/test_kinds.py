"""Jenis unggahan: each kind asks its own questions, and offers its own skeleton."""

import pytest
from django.urls import reverse

from publishing import kinds, workflow
from publishing.models import Desk, Kind, Pillar, Post, Programme
from tests import factories
from tests.publishing.composing import WORDS, edit, filled, page
from tests.publishing.errand import browser, words

pytestmark = pytest.mark.django_db

ANSWERS = {
    "event": {
        "what": "Posyandu balita",
        "who": "Balita 0–59 bulan",
        "where": "Balai Nagari Koto Baru",
        "when": "Sabtu, 28 November 2026",
    },
    "clarification": {
        "statement": "Vaksin berbayar mulai Senin",
        "label": "hoax",
        "fact": "Vaksinasi di puskesmas gratis",
        "reference": "Siaran pers Dinas Kesehatan, 24/11/2026",
    },
}


def about(kind, **changes):
    return {f"about_{key}": answer for key, answer in (ANSWERS[kind] | changes).items()}


def anchors(post):
    return [gap.anchor for gap in workflow.lacking(post)]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_pattern_whose_skeleton_fills_with_its_answers(kind):
    pattern = kinds.of(kind)
    keys = [question.key for question in pattern.questions]
    assert len(keys) == len(set(keys))
    empty = kinds.skeleton(kind, {})
    assert "{" not in empty
    full = kinds.skeleton(kind, {key: f"<{key}>" for key in keys if key != "label"})
    for key in keys:
        if f"{{{key}}}" in str(pattern.skeleton) and key != "label":
            assert f"<{key}>" in full


def test_an_event_asks_what_who_where_and_when_before_it_is_handed_in(desk, draft):
    sent = filled(draft, do="submit", kind="event")
    answer = desk.post(edit(draft), sent)
    assert answer.status_code == 422
    for question in ("Apa", "Siapa", "Di mana", "Kapan"):
        assert f"Isi “{question}”." in page(answer)
    draft.refresh_from_db()
    assert (draft.status, draft.kind) == ("draft", "event")


def test_an_event_with_its_answers_is_handed_in_and_dewi_reads_them(desk, draft, channels, dewi):
    chosen = {"channels": [channels["x"].pk]}
    sent = filled(draft, do="submit", kind="event", **about("event"), **chosen)
    assert desk.post(edit(draft), sent).status_code == 302
    content = draft.revisions.get().content
    assert (content["kind"], content["details"]) == ("event", ANSWERS["event"])
    told = words(browser(dewi).get(reverse("review", args=[draft.pk])))
    assert "Kegiatan" in told
    assert "Balita 0–59 bulan" in told


def test_an_announcement_freezes_as_it_did_before_there_were_kinds(sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    assert set(post.revisions.get().content) == {"channels", "sources", "no_claims"}


def test_changing_the_kind_brings_its_questions_and_keeps_every_word(desk, draft):
    sent = filled(draft, do="kind", kind="clarification", text="Sudah ditulis")
    answer = desk.post(edit(draft), sent)
    shown = page(answer)
    assert answer.status_code == 200
    assert 'name="about_statement"' in shown
    assert "Hoaks" in shown
    assert "Sudah ditulis" in shown
    draft.refresh_from_db()
    assert draft.kind == "announcement"  # not saved yet


def test_a_kind_that_does_not_exist_loses_nothing(desk, draft):
    answer = desk.post(edit(draft), filled(draft, kind="rahasia", text="Tetap ada"))
    assert answer.status_code == 422
    assert "Tetap ada" in page(answer)


def test_the_skeleton_holds_the_answers_and_comes_below_what_is_written(desk, draft):
    sent = filled(draft, do="skeleton", kind="event", text="Pembuka", **about("event"))
    text = desk.post(edit(draft), sent).context["form"]["text"].value()
    assert text.startswith("Pembuka\n\nPosyandu balita")
    assert "📍 Balai Nagari Koto Baru" in text


def test_a_clarification_says_its_label_in_words(desk, draft):
    sent = filled(draft, do="skeleton", kind="clarification", text="", **about("clarification"))
    text = desk.post(edit(draft), sent).context["form"]["text"].value()
    assert text.startswith("[Hoaks] Vaksin berbayar mulai Senin")


def test_an_emergency_needs_its_reference_its_time_and_its_end(sari, channels):
    post = factories.make_draft(sari, channels["x"], kind="emergency")
    assert anchors(post) == ["jenis", "jenis", "jadwal"]
    whole = factories.make_draft(sari, channels["x"], **factories.urgent())
    assert anchors(whole) == []
    assert whole.urgent


def test_a_programme_post_names_its_programme(sari, channels):
    details = {"result": "1.323 UMKM naik kelas"}
    post = factories.make_draft(sari, channels["x"], kind="programme", details=details)
    assert [gap.short for gap in workflow.lacking(post)] == ["pilih program"]
    programme = Programme.objects.create(name="UMKM naik kelas")
    post = factories.make_draft(
        sari, channels["x"], kind="programme", details=details, programme=programme.pk
    )
    assert workflow.lacking(post) == []


def test_a_correction_is_begun_from_the_wrong_post(sari, channels):
    details = {"wrong": "Sabtu, 27 November", "right": "Sabtu, 28 November"}
    post = factories.make_draft(sari, channels["x"], kind="correction", details=details)
    assert "Buat ralat" in workflow.lacking(post)[0].sentence


def test_the_pillar_follows_the_kind_until_sari_chooses_another(desk, draft):
    desk.post(edit(draft), filled(draft, kind="clarification"))
    draft.refresh_from_db()
    assert draft.pillar == Pillar.CLARIFICATION
    assert desk.get(edit(draft)).context["form"]["pillar"].value() == ""
    desk.post(edit(draft), filled(draft, kind="clarification", pillar="education"))
    draft.refresh_from_db()
    assert draft.pillar == Pillar.EDUCATION
    assert desk.get(edit(draft)).context["form"]["pillar"].value() == "education"


def test_what_the_reports_count_by_is_recorded(desk, draft):
    programme = Programme.objects.create(name="Satu jorong satu rumah tahfidz")
    labels = {"value": "honesty", "programme": programme.pk, "place": "sangir/lubuk-gadang"}
    assert desk.post(edit(draft), filled(draft, **labels)).status_code == 302
    draft.refresh_from_db()
    assert (draft.value, draft.programme, draft.place) == (
        "honesty",
        programme,
        "sangir/lubuk-gadang",
    )
    again = page(desk.get(edit(draft)))
    assert '<option value="sangir/lubuk-gadang" selected>' in again


def test_a_link_from_the_plan_opens_a_new_post_of_that_kind_and_pillar(desk, channels):
    form = desk.get(reverse("write"), {"kind": "event", "pillar": "culture"}).context["form"]
    assert (form["kind"].value(), form["pillar"].value()) == ("event", "culture")
    assert next(field.name for field in form.questions) == "about_what"
    odd = desk.get(reverse("write"), {"kind": "<b>", "pillar": "x"})
    assert odd.status_code == 200


def test_answers_of_another_kind_are_kept_aside_and_unknown_ones_are_not(desk, draft):
    more = {"about_fact": "Faktanya", "about_secret": "Bukan ini"}
    desk.post(edit(draft), filled(draft, kind="event", **about("event"), **more))
    draft.refresh_from_db()
    assert draft.details == ANSWERS["event"] | {"fact": "Faktanya"}


# --- phrases of the agency ---


@pytest.fixture
def phrases(dinkes):
    return Desk.objects.create(
        agency=dinkes,
        tags="#DinkesSolokSelatan #Sehat",
        closing="Salam sehat.",
        snippets=[{"title": "Jam layanan", "text": "Buka Senin–Jumat, 08.00–15.00 WIB."}],
    )


@pytest.mark.parametrize(
    ("do", "phrase"),
    [
        ("tags", "#DinkesSolokSelatan #Sehat"),
        ("closing", "Salam sehat."),
        ("snippet:0", "Buka Senin–Jumat, 08.00–15.00 WIB."),
    ],
)
def test_a_phrase_comes_below_the_text_once(desk, draft, phrases, do, phrase):
    answer = desk.post(edit(draft), filled(draft, do=do))
    text = answer.context["form"]["text"].value()
    assert text == f"{WORDS}\n\n{phrase}"
    again = desk.post(edit(draft), filled(draft, do=do, text=text))
    assert again.context["form"]["text"].value() == text


@pytest.mark.parametrize("do", ["snippet:9", "snippet:x", "snippet:", "slot:kapan", "fact:x"])
def test_a_button_that_does_not_exist_changes_nothing(desk, draft, phrases, do):
    answer = desk.post(edit(draft), filled(draft, do=do))
    assert answer.status_code == 200
    assert answer.context["form"]["text"].value() == WORDS


def test_a_free_hour_is_taken_over_into_the_form(desk, draft):
    sent = filled(draft, do="slot:2026-12-05T16:30", when="asap")
    form = desk.post(edit(draft), sent).context["form"]
    chosen = [form[name].value() for name in ("when", "date", "time")]
    assert chosen == ["at", "2026-12-05", "16:30"]
    assert Post.objects.get().publish_at == draft.publish_at  # not saved yet
