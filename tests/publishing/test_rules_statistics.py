"""How the rules fared in ninety days, and which may be switched off."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from guidelines.rules import BY_CODE
from publishing import rule_statistics, rulebook
from publishing.models import Answer, Finding, Post, RetiredRule, Revision
from tests.factories import make_draft
from tests.publishing.humas import read, told

CODE = next(filter(rule_statistics.may_retire, BY_CODE))
URL = "/rules/statistics/"
NOW = timezone.now()
numbers = count(1)


@pytest.fixture
def humas(client, dewi):
    client.force_login(dewi)
    return client


@pytest.fixture
def post(sari, channels):
    return make_draft(sari, channels["x"])


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def submission(post, days=1.0):
    return Revision.objects.create(
        post=post,
        number=next(numbers),
        content={},
        sha256="",
        submitted_by=post.author,
        submitted_at=days_ago(days),
    )


def said(post, key, kind):
    return Answer.objects.create(
        post=post, key=key, code=CODE, kind=kind, words="Nama tempat.", by=post.author
    )


def found(post, stage, key="a", days=1.0, revision=None, answer=None, code=CODE):
    return Finding.objects.create(
        post=post,
        revision=revision,
        stage=stage,
        code=code,
        version=1,
        edition=1,
        level="warn",
        start=0,
        end=1,
        key=key,
        sentence="Kata ini kasar.",
        answer=answer,
        at=days_ago(days),
    )


def refused(post, key="a", days=2.0):
    return found(post, "refused", key, days)


def submitted(post, *keys, days=1.0, answer=None):
    """A submission in which these stood, answered so."""
    revision = submission(post, days)
    for key in keys:
        found(post, "submit", key, days, revision, said(post, key, answer) if answer else None)
    return revision


def fate(code=CODE):
    one = next(one for one in rule_statistics.fates() if one.rule.code == code)
    return (one.stood, one.mended, one.overridden)


# --- counting ---


def test_nothing_found_is_nothing_counted(db):
    assert fate() == (0, 0, 0)


def test_what_held_a_submission_up_and_is_gone_from_the_next_was_mended(post):
    refused(post)
    assert fate() == (1, 0, 0)
    submitted(post, "b")
    assert fate() == (2, 1, 0)


def test_what_is_answered_and_handed_in_all_the_same_was_overridden(post):
    refused(post)
    submitted(post, "a", answer="mistaken")
    assert fate() == (1, 0, 1)


def test_what_was_looked_into_and_is_right_does_not_speak_against_the_rule(humas, post):
    submitted(post, *(f"k{n}" for n in range(12)), answer="checked")
    assert fate() == (12, 0, 0)
    assert "12 temuan · 0 diperbaiki · 12 dicek benar · 0 salah tangkap" in read(humas.get(URL))
    assert not rule_statistics.proposed(rule_statistics.fates())


def test_what_a_reviewer_let_pass_was_overridden_too(post):
    submitted(post, "a", answer="waived")
    assert fate() == (1, 0, 1)


@pytest.mark.parametrize("kind", ["asked", "refused"])
def test_a_question_without_leave_overrides_nothing(post, kind):
    submitted(post, "a", answer=kind)
    assert fate() == (1, 0, 0)


def test_a_hint_that_nobody_answers_is_neither(post):
    submitted(post, "a")
    assert fate() == (1, 0, 0)


def test_the_same_words_in_the_same_post_count_once_in_another_post_again(post, sari, channels):
    for _n in range(3):
        refused(post)
        submitted(post, "a", answer="mistaken")
    assert fate() == (1, 0, 1)
    submitted(make_draft(sari, channels["x"], text="Lain."), "a", answer="mistaken")
    assert fate() == (2, 0, 2)


def test_an_earlier_submission_mends_nothing(post):
    submission(post, days=5)
    refused(post, days=2)
    assert fate() == (1, 0, 0)


def test_what_is_checked_on_approval_and_before_sending_is_no_attempt(post):
    revision = submission(post)
    for stage in ("approve", "send"):
        found(post, stage, revision=revision)
    assert fate() == (0, 0, 0)


def test_older_than_ninety_days_is_forgotten(post):
    refused(post, days=91)
    found(post, "submit", "b", days=89, revision=submission(post, 89))
    assert fate() == (1, 0, 0)


def test_training_counts_nowhere(post):
    refused(post)
    Post.objects.update(is_training=True)
    assert fate() == (0, 0, 0)


def test_a_finding_of_a_rule_that_is_no_more_disturbs_nothing(humas, post):
    found(post, "refused", code="DULU-ADA")
    assert humas.get(URL).status_code == 200


# --- proposing ---


@pytest.mark.parametrize(
    ("overridden", "stood", "is_proposed"),
    [(5, 9, False), (9, 9, False), (5, 10, False), (6, 10, True), (12, 20, True)],
)
def test_who_is_overruled_more_often_than_not_is_proposed(
    humas, post, overridden, stood, is_proposed
):
    keys = [f"k{n}" for n in range(stood)]
    submitted(post, *keys[:overridden], answer="mistaken")
    submitted(post, *keys[overridden:])
    assert ("Diusulkan dipensiunkan" in read(humas.get(URL))) == is_proposed
    assert ("Diusulkan dipensiunkan" in read(humas.get("/rules/"))) == is_proposed
    assert f"0 dicek benar · {overridden} salah tangkap" in read(humas.get(URL))


def test_a_retired_rule_is_not_proposed_again(humas, post):
    submitted(post, *(f"k{n}" for n in range(12)), answer="mistaken")
    RetiredRule.objects.create(code=CODE, reason="Terlalu sering keliru")
    assert not rule_statistics.proposed(rule_statistics.fates())


# --- switching off and on ---


def test_a_rule_is_switched_off_with_a_reason_and_on_again(humas, dewi):
    assert "dimatikan" in told(humas.post(f"{URL}{CODE}/off/", {"reason": " Sering\nkeliru "}))
    row = RetiredRule.objects.get()
    assert (row.code, row.reason, row.by) == (CODE, "Sering keliru", dewi)
    assert CODE in rulebook.current().retired
    assert "Sering keliru" in read(humas.get(URL))
    assert "berlaku lagi" in told(humas.post(f"{URL}{CODE}/on/"))
    assert rulebook.current().retired == frozenset()


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 301])
def test_without_a_reason_it_stays_on_and_nothing_typed_is_lost(humas, reason):
    answer = humas.post(f"{URL}{CODE}/off/", {"reason": reason})
    assert answer.status_code == 422
    assert "Tulis alasannya" in read(answer)
    assert f'value="{reason.strip()}"' in answer.content.decode()
    assert not RetiredRule.objects.exists()


def test_what_protects_people_is_never_switched_off(humas, monkeypatch):
    for code in ("PII-NIK", "MENGANCAM-WARGA", "SARA", "TUDUHAN-NAMA", "PEMILU", "TAUTAN-JUDOL"):
        monkeypatch.setitem(BY_CODE, code, BY_CODE[CODE])
        assert not rule_statistics.may_retire(code)
        answer = humas.post(f"{URL}{code}/off/", {"reason": "Mengganggu"})
        assert answer.status_code == 403
        assert "melindungi warga" in answer.content.decode()
    assert not RetiredRule.objects.exists()


def test_a_rule_that_is_none_cannot_be_switched_off(humas, dewi):
    assert humas.post(f"{URL}TIDAK-ADA/off/", {"reason": "x"}).status_code == 404
    assert not rule_statistics.may_retire("TIDAK-ADA")
    with pytest.raises(rule_statistics.NotSilenced):
        rule_statistics.retire("TIDAK-ADA", "x", by=dewi)


def test_authors_switch_nothing_off(client, sari):
    client.force_login(sari)
    assert client.post(f"{URL}{CODE}/off/", {"reason": "x"}).status_code == 403
    assert client.post(f"{URL}{CODE}/on/").status_code == 403
