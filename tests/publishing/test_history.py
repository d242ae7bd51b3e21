"""What Sari wrote can be found again: kept states, what differs, what a session or a kind took."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing import media, workflow
from publishing.calendar import spoken
from publishing.models import Kind, Media, Post, SavedDraft
from publishing.workflow import Placed, SourceLine
from publishing.workflow.differences import between
from tests import factories
from tests.publishing.composing import WORDS, edit, filled, page
from tests.publishing.errand import browser

LONG = "Keterangan yang ditulis Sari sepanjang pagi untuk peninjau dan pembaca."


def save(post, by, draft):
    post.refresh_from_db()
    workflow.save_draft(post, draft, by=by, seen=post.version)
    return post


def states(post):
    return [state.content for state in SavedDraft.objects.filter(post=post)]


# --- what begins a state of its own ---


@pytest.fixture
def full(draft, sari, channels, picture_file):
    """Sari's draft with words in every place, as it was kept a moment ago."""
    picture = media.accept(picture_file(), agency=sari.agency, by=sari)
    now = workflow.Draft(
        text=WORDS,
        channels={channels["x"].pk: LONG, channels["facebook"].pk: ""},
        pictures=[Placed(picture.pk, LONG)],
        sources=[SourceLine("Jadwal imunisasi", "400.7", supports=LONG), SourceLine("Tabel")],
        note=LONG,
        kind=Kind.EVENT,
        details={"what": LONG, "who": "Balita"},
    )
    save(draft, sari, now)
    return draft, now


LOSSES = {
    "own text emptied": lambda d: {"channels": dict.fromkeys(d.channels, "")},
    "note emptied": lambda d: {"note": ""},
    "note halved": lambda d: {"note": LONG[:30]},
    "answer emptied": lambda d: {"details": {"what": "", "who": "Balita"}},
    "alt text emptied": lambda d: {"pictures": [Placed(d.pictures[0].media, "")]},
    "quotes emptied": lambda d: {"sources": [replace(d.sources[0], supports=""), d.sources[1]]},
    "source removed": lambda d: {"sources": d.sources[:1]},
    "picture removed": lambda d: {"pictures": []},
    "channel removed": lambda d: {"channels": dict(list(d.channels.items())[:1])},
    "text replaced by one as long": lambda d: {"text": "x" * 20 + " " + "y" * (len(d.text) - 21)},
    "another kind": lambda d: {"kind": Kind.GREETING},
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_whatever_is_lost_within_five_minutes_is_found_in_the_history(full, sari, loss):
    draft, now = full
    before = states(draft)
    save(draft, sari, replace(now, **loss(now)))
    assert len(states(draft)) == len(before) + 1
    assert states(draft)[1] == now.as_json()


EDITS = {
    "a word more": lambda d: {"text": f"{d.text} Bawa buku KIA."},
    "a word put right": lambda d: {"text": d.text.replace("Sabtu", "Minggu")},
    "sentences change places": lambda d: {"note": " ".join(reversed(LONG.split()))},
    "a first answer": lambda d: {"details": {**d.details, "when": "Sabtu"}},
    "one source more": lambda d: {"sources": [*d.sources, SourceLine("Edaran")]},
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_writing_on_goes_into_the_same_state(full, sari, change):
    draft, now = full
    before = len(states(draft))
    save(draft, sari, replace(now, **change(now)))
    assert len(states(draft)) == before


def test_seventy_thousand_replaced_characters_are_compared_at_once(full, sari):
    draft, now = full
    save(draft, sari, replace(now, text="ab cd " * 11_000))
    began = timezone.now()
    save(draft, sari, replace(now, text="cd ef " * 11_000))
    assert timezone.now() - began < timedelta(seconds=2)
    assert states(draft)[1]["text"].startswith("ab cd")


# --- what the history shows ---


@pytest.fixture
def morning(full, clock, sari, channels):
    """A draft of which everything was changed since; the state of before."""
    draft, now = full
    clock.shift(timedelta(minutes=10))
    changed = replace(
        now,
        text="Teks siang",
        channels={channels["x"].pk: "Versi X siang", channels["instagram"].pk: ""},
        pictures=[],
        sources=[SourceLine("Jadwal imunisasi", "999", supports=LONG)],
        note="Catatan siang",
        kind=Kind.GREETING,
        details={"occasion": "Hari Guru"},
        publish_at=timezone.now() + timedelta(days=9),
    )
    save(draft, sari, changed)
    return SavedDraft.objects.filter(post=draft)[1]


def look(desk, state):
    return desk.get(reverse("drafts", args=[state.post_id]), {"state": state.pk})


def test_a_kept_state_shows_everything_that_differs_from_now(desk, morning):
    response = look(desk, morning)
    labels = {str(one.label) for one in response.context["differences"]}
    assert {
        "Jenis unggahan",
        "Peristiwa",
        "Apa",
        "Pilar",
        "Kanal",
        "Teks unggahan untuk semua kanal",
        "Gambar 1",
        "Teks alternatif gambar 1",
        "Sumber 1",
        "Sumber 2",
        "Waktu tayang",
        "Catatan untuk peninjau",
    } <= labels
    told = page(response)
    assert Media.objects.get().thumb in told
    for words in ("999", "400.7", "Hari Guru", "Versi", "<del>Teks siang</del>", "siang", LONG):
        assert words in told


def test_a_picture_that_is_gone_is_no_error(desk, morning):
    Media.objects.all().delete()
    assert look(desk, morning).status_code == 200


def test_a_state_that_says_the_same_says_so(desk, draft):
    response = look(desk, SavedDraft.objects.filter(post=draft)[0])
    assert "Tidak berbeda dari sekarang." in page(response)
    assert "Kembalikan keadaan ini" not in page(response)


def test_looking_at_a_state_costs_the_same_however_much_differs(
    desk, draft, morning, django_assert_num_queries
):
    now, then = workflow.kept(draft), workflow.Draft.from_json(morning.content)
    then = replace(then, sources=[SourceLine(f"Dokumen {n}") for n in range(15)])
    with django_assert_num_queries(2):  # channels, pictures
        between(draft, now, then)


def test_names_of_another_agency_are_not_told(draft, budi, picture_file):
    theirs = media.accept(picture_file("rahasia.jpg"), agency=budi.agency, by=budi)
    channel = factories.make_channel(budi.agency, "x")
    fact = factories.make_fact(budi, name="Fakta rahasia")
    now = workflow.kept(draft)
    other = replace(
        now,
        channels={**now.channels, channel.pk: ""},
        pictures=[Placed(theirs.pk)],
        facts=[fact.pk],
    )
    assert between(draft, now, other) == []


def test_the_day_and_the_hour_of_what_came_back_are_named(desk, morning):
    draft = Post.objects.get()
    sent = {"state": morning.pk, "version": draft.version}
    told = page(desk.post(reverse("restore", args=[draft.pk]), sent, follow=True))
    assert f"Draf dikembalikan ke keadaan {spoken(morning.at)}." in told


# --- somebody saved meanwhile ---


def test_the_conflict_lists_what_the_next_save_would_overwrite_unseen(desk, draft, rina, channels):
    mine = filled(draft, channels=[channels["x"].pk], note="Catatan Sari")
    theirs = filled(draft, channels=[channels["facebook"].pk], note="Catatan Rina")
    theirs |= {"source-0-document": "Edaran Rina", "kind": "greeting", "about_occasion": "Dukacita"}
    browser(rina).post(edit(draft), theirs | {"time": "10:30"})
    response = desk.post(edit(draft), mine)
    assert response.status_code == 409
    labels = {str(one.label) for one in response.context["differences"]}
    assert labels >= {
        "Kanal",
        "Sumber 1",
        "Waktu tayang",
        "Jenis unggahan",
        "Peristiwa",
        "Catatan untuk peninjau",
    }
    for words in ("Edaran", "Dukacita", "10.30", "Rina"):
        assert words in page(response)


def test_a_conflict_between_the_same_words_lists_nothing(desk, draft, rina, channels):
    chosen = list(draft.variants.values_list("channel_id", flat=True))
    sent = filled(draft, channels=chosen)
    browser(rina).post(edit(draft), sent)
    assert desk.post(edit(draft), sent).context["differences"] == []


# --- words that can only be copied ---


EVERYWHERE = {
    "kind": "event",
    "about_what": "Posyandu balita",
    "media": ["7"],
    "alt_7": "Poster di balai",
    "source-0-document": "SK Bupati",
    "source-0-supports": "Kutipan penting",
    "note": "Mohon cepat",
}
PLACES = {
    "Apa": "Posyandu balita",
    "Teks alternatif gambar 1": "Poster di balai",
    "Sumber 1": "Dokumen: SK Bupati\nPernyataan yang didukung: Kutipan penting",
    "Catatan untuk peninjau": "Mohon cepat",
    "Teks unggahan untuk semua kanal": WORDS,
}


def words_of(response):
    return {str(one.label): one.words for one in response.context["words"]}


def test_who_was_signed_out_finds_every_word_with_its_label(draft, channels):
    own = {f"text_{channels['x'].pk}": "Versi X"}
    answer = Client().post(edit(draft), filled(draft) | EVERYWHERE | own)
    assert answer.status_code == 401
    assert words_of(answer) == PLACES | {"Teks khusus kanal (1)": "Versi X"}
    assert "contoh_dinkes" not in page(answer)  # nobody is signed in: no handle is told
    for words in ("Poster di balai", "Kutipan penting", "Posyandu balita"):
        assert words in page(answer)


def test_words_for_a_post_that_was_handed_in_meanwhile_can_all_be_copied(
    desk, draft, sari, channels
):
    own = {f"text_{channels['x'].pk}": "Versi X"}
    sent = filled(draft) | EVERYWHERE | own
    workflow.submit(draft, by=sari, seen=draft.version)
    answer = desk.post(edit(draft), sent)
    assert answer.status_code == 409
    assert words_of(answer) == PLACES | {f"Teks khusus {channels['x']}": "Versi X"}
    assert "Kutipan penting" in page(answer)


# --- answers of another kind ---


def about(post, do="save", **changes):
    return filled(post, do=do, **changes)


def test_a_kind_that_was_tried_gives_the_answers_back_of_the_one_before(desk, draft):
    desk.post(edit(draft), about(draft, kind="event", about_what="Posyandu", about_who="Balita"))
    draft.refresh_from_db()
    desk.post(edit(draft), about(draft, do="autosave", kind="greeting", about_occasion="HUT"))
    draft.refresh_from_db()
    assert draft.details["occasion"] == "HUT"
    response = desk.post(edit(draft), about(draft, do="kind", kind="event"))
    assert 'value="Posyandu"' in page(response)
    desk.post(edit(draft), about(draft, do="autosave", kind="event"))
    draft.refresh_from_db()
    assert (draft.details["what"], draft.details["who"]) == ("Posyandu", "Balita")


def test_answers_that_were_never_saved_outlive_a_change_of_kind(desk, draft):
    sent = about(draft, do="autosave", kind="greeting", about_what="Posyandu")
    desk.post(edit(draft), sent)
    draft.refresh_from_db()
    assert draft.details["what"] == "Posyandu"


def test_an_answer_that_was_emptied_stays_empty(desk, draft):
    desk.post(edit(draft), about(draft, kind="event", about_what="Posyandu"))
    draft.refresh_from_db()
    desk.post(edit(draft), about(draft, kind="event", about_what=""))
    draft.refresh_from_db()
    assert draft.details["what"] == ""


def test_only_the_answers_of_its_kind_are_handed_in_and_nothing_unknown_is_kept(draft, sari):
    kept = replace(
        workflow.kept(draft),
        kind=Kind.GREETING,
        details={"occasion": "HUT", "what": "Posyandu", "hidden": "x"},
    )
    save(draft, sari, kept)
    assert draft.details == {"occasion": "HUT", "what": "Posyandu"}
    revision = workflow.submit(draft, by=sari, seen=draft.version)
    assert revision.content["details"] == {"occasion": "HUT"}


# --- what no database can keep ---


def test_history_keeps_what_the_draft_keeps_also_of_a_plan_with_nul(desk, channels):
    day = (timezone.localdate() + timedelta(days=30)).strftime("%d/%m/%Y")
    text = f"tanggal;kanal;teks;catatan\r\n{day};X;Donor\0 darah;Untuk\0 Humas"
    assert desk.post("/plan/import/", {"plan": text, "do": "make"}).status_code == 302
    (state,) = SavedDraft.objects.all()
    post = Post.objects.get()
    assert (state.content["text"], state.content["note"]) == (post.text, post.note)
    assert post.note == "Untuk Humas"


def test_a_draft_is_clean_wherever_its_words_come_from(draft, sari, channels):
    dirty = workflow.Draft(
        "Teks\0\r\nBaru",
        {channels["x"].pk: "X\0"},
        [Placed(1, "Alt\0")],
        [SourceLine("SK\0", date=date(2026, 11, 2))],
        details={"what": "Apa\0"},
    )
    assert "\\x00" not in str(dirty.as_json())
    assert dirty.text == "Teks\nBaru"
    save(draft, sari, dirty)
    assert states(draft)[0] == dirty.as_json()
