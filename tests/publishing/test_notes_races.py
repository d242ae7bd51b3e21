"""Two people at one note at the same moment: they speak in turn, and who comes late is told."""

from functools import partial

import pytest

from accounts.models import Role
from publishing import workflow
from publishing.models import Note, Post
from publishing.workflow import Stale, TooLate
from tests import factories
from tests.publishing.noted import kinds, newest, write
from tests.publishing.test_races import at_once, into_each_other

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def yuli(db):
    return factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER)


@pytest.fixture
def submitted(sari, channels):
    return factories.make_submitted(sari, channels["x"])


def told(deed):
    """What came of it: its word, or why not."""
    try:
        return deed()
    except (TooLate, Stale) as reason:
        return reason


def test_of_two_who_settle_at_once_the_second_is_told_by_whom(dewi, yuli, submitted):
    for n in range(ROUNDS):
        note = write(submitted, dewi, f"Catatan {n}")
        deeds = [partial(workflow.settle_note, submitted, note.pk, by=who) for who in (dewi, yuli)]
        came = at_once(*(partial(told, deed) for deed in deeds))
        assert sorted(type(one).__name__ for one in came) == ["Note", "TooLate"]
        late = next(one for one in came if isinstance(one, TooLate))
        first = next(one for one in came if isinstance(one, Note))
        assert str(first.by) in str(late)
        assert kinds(note) == ["settled"]


def test_the_same_note_pressed_twice_at_once_is_there_once(dewi, submitted):
    at_once(*[partial(write, submitted, dewi)] * 3)
    assert Note.objects.count() == 1


def test_a_note_that_meets_a_decision_is_in_it_or_told(dewi, yuli, submitted):
    send_back = partial(
        workflow.send_back,
        submitted,
        by=dewi,
        seen=submitted.version,
        revision=newest(submitted).sha256,
        note="Mohon cek.",
    )
    _, late = into_each_other(send_back, partial(told, partial(write, submitted, yuli)))
    assert isinstance(late, Stale)
    assert "dikembalikan untuk perbaikan oleh Dewi Contoh" in str(late)
    assert not Note.objects.exists()


def test_a_settlement_that_meets_an_approval_is_told(dewi, yuli, submitted):
    note = write(submitted, dewi)
    approve = partial(factories.approve, Post.objects.get(pk=submitted.pk), dewi)
    settle = partial(workflow.settle_note, submitted, note.pk, by=yuli)
    _, late = into_each_other(approve, partial(told, settle))
    assert isinstance(late, Stale)
    assert kinds(note) == []


def test_two_who_answer_at_once_are_both_heard(sari, rina, dewi, submitted):
    note = write(submitted, dewi)
    submitted.refresh_from_db()
    revision = newest(submitted).sha256
    workflow.send_back(submitted, by=dewi, seen=submitted.version, revision=revision)
    deeds = [
        partial(workflow.answer_note, submitted, note.pk, by=who, kind="explained", words=f"{who}")
        for who in (sari, rina)
    ]
    at_once(*deeds)
    assert kinds(note) == ["explained", "explained"]
