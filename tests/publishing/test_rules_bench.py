"""Bangku uji: Dewi pastes a text and sees what the rules say, and why."""

import pytest
from django.utils import timezone

from publishing import rulebook
from publishing.models import Allowance, Finding, Post, Revision, WordEdit
from publishing.wording import MOST_CHARACTERS
from tests.publishing.humas import read

URL = "/rules/bench/"
RUDE = "Petugas itu tolol dan bodoh sekali.\nDasar tolol!"


@pytest.fixture
def humas(client, dewi):
    client.force_login(dewi)
    return client


def tried(client, text, **changes):
    today = timezone.localdate().isoformat()
    said = {"text": text, "kind": "announcement", "genre": "post", "platform": "", "day": today}
    return client.post(URL, said | changes)


def codes(answer):
    return [verdict.found.code for verdict in answer.context["outcome"].verdicts]


def test_what_is_found_is_marked_numbered_and_explained(humas):
    answer = tried(humas, RUDE)
    outcome = answer.context["outcome"]
    assert outcome.verdicts
    page = answer.content.decode()
    for number, verdict in enumerate(outcome.verdicts, start=1):
        assert f'id="temuan-{number}"' in page
        if verdict.found.words:
            assert f'href="#temuan-{number}"' in page
        assert verdict.rule.title in read(answer)
        assert verdict.found.code in read(answer)
    assert "milidetik" in read(answer)
    assert "Wajib diperbaiki" in read(answer) or "Perlu dicek" in read(answer)


def test_the_text_stands_there_as_it_was_pasted(humas):
    text = f"<script>alert(1)</script> & “{RUDE}”"
    answer = tried(humas, text)
    assert "".join(part.words for part in answer.context["outcome"].parts) == text
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_why_names_the_word_the_list_and_leads_there(humas):
    WordEdit.objects.create(list="insults", word="bebal")
    rulebook.changed()
    answer = tried(humas, "Petugas itu bebal.")
    entries = [entry for v in answer.context["outcome"].verdicts for entry in v.entries]
    assert ("insults", "bebal") in {(entry.list, entry.words) for entry in entries}
    assert 'href="/rules/words/insults/"' in answer.content.decode()
    assert "“bebal” cocok dengan daftar" in read(answer)


def test_a_disguised_word_is_traced_to_its_list_too(humas):
    answer = tried(humas, "Dasar t0l0l kamu.")
    assert any(v.entries for v in answer.context["outcome"].verdicts)


def test_a_list_that_humas_changed_is_the_one_that_counts(humas):
    WordEdit.objects.create(list="insults", word="tolol", is_removed=True)
    rulebook.changed()
    assert all(v.found.words != "tolol" for v in tried(humas, RUDE).context["outcome"].verdicts)


def test_nothing_found_says_so(humas):
    text = "Selamat pagi, Padang Aro."
    answer = tried(humas, text, sourced="on")
    graver = [v for v in answer.context["outcome"].verdicts if v.found.level != "info"]
    assert graver == []


def test_nothing_is_kept(humas):
    tried(humas, RUDE)
    assert not Finding.objects.exists()
    assert not Post.objects.exists()
    assert not Revision.objects.exists()


def test_what_the_rulebook_allows_reaches_the_rules(humas, monkeypatch):
    Allowance.objects.create(kind="phone", value="081234567890", owner="PSC")
    Allowance.objects.create(kind="figure", value="47 nagari")
    rulebook.changed()
    seen = []

    def look(text, context):
        seen.append(context)
        return []

    monkeypatch.setattr("publishing.rule_bench.check", look)
    tried(
        humas,
        "Hubungi kami.",
        day="2026-12-25",
        platform="x",
        genre="reply",
        kind="greeting",
        sourced="on",
    )
    (context,) = seen
    assert context.phones == {"081234567890"}
    assert context.figures == {"47 nagari"}
    assert context.holidays[context.day] == "Hari Raya Natal"
    assert (context.platform, context.genre, context.kind) == ("x", "reply", "greeting")
    assert len(context.sources) == 1
    assert context.commemorations


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Tempel atau tulis teks"),
        ({"text": "x" * (MOST_CHARACTERS + 1)}, "Paling panjang 70.000 huruf"),
        ({"day": "besok"}, "Tanggal ini tidak ada"),
        ({"kind": "entah"}, "pilihan"),
        ({"genre": "entah"}, "pilihan"),
    ],
)
def test_what_cannot_be_tried_is_told_and_not_lost(humas, changes, sentence):
    answer = tried(humas, **({"text": RUDE} | changes))
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert answer.context["outcome"] is None
    assert answer.context["form"]["text"].value() == changes.get("text", RUDE)


def test_the_longest_text_is_answered(humas):
    text = ("Petugas itu tolol, katanya. " * 3000)[:MOST_CHARACTERS]
    answer = tried(humas, text)
    assert answer.status_code == 200
    assert "".join(part.words for part in answer.context["outcome"].parts) == text


def test_nobody_reads_more_than_the_first_findings(humas, monkeypatch):
    monkeypatch.setattr("publishing.rule_bench.MOST_SHOWN", 3)
    answer = tried(humas, "Petugas itu tolol, katanya. " * 10)
    assert len(codes(answer)) == 3
    outcome = answer.context["outcome"]
    assert f"{outcome.all} temuan dalam" in read(answer)
    assert f"Dan {outcome.all - 3} temuan lagi" in read(answer)


def test_lines_of_a_browser_count_as_one_letter(humas):
    answer = tried(humas, "Satu\r\nDua")
    assert answer.context["outcome"].parts[0].words.startswith("Satu\nDua")
