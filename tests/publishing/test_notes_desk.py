"""Notes meet the rest of the review desk: two approvers, the inner step, a reviewer who edits."""

import pytest

from accounts.models import Agency, Role
from publishing import workflow
from publishing.workflow import Unfit
from tests import factories
from tests.publishing.noted import kinds, write
from tests.publishing.reviewing import Chair, now

pytestmark = pytest.mark.django_db
WORDS = {"note-place": "whole", "note-words": "Mohon cek."}
CARRIER = 'id="keputusan"'


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def yuli(db):
    return Chair(factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER))


def test_the_form_that_carries_notes_stands_on_the_page_once(humas, sari, channels):
    item = factories.make_submitted(sari, channels["x"])
    assert humas.words("review", item.pk).count(CARRIER) == 1
    assert humas.press("add_note", item, **WORDS).content.decode().count(CARRIER) == 1


def test_who_gave_the_first_yes_may_still_write_a_note(humas, yuli, sari, channels):
    item = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    assert humas.press("approve", item).status_code == 302
    assert humas.words("review", item.pk).count(CARRIER) == 1
    assert humas.press("add_note", now(item), **WORDS).status_code == 200
    assert "Mohon cek." in yuli.words("review", item.pk)


def test_what_still_lies_with_its_head_gets_no_notes(humas, dinkes, sari, channels):
    Agency.objects.update(inner_step=True)
    factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)
    sari.agency.refresh_from_db()
    item = factories.make_submitted(sari, channels["x"])
    assert "Tambah catatan" not in humas.words("review", item.pk)
    assert humas.press("add_note", item, **WORDS).status_code == 409


def test_a_reviewer_who_edits_answers_the_notes(humas, yuli, dewi, sari, channels):
    item = factories.make_submitted(sari, channels["x"])
    note = write(item, yuli.person, "Sebut jamnya.")
    humas.press("amend", item)
    with pytest.raises(Unfit, match="1 catatan peninjau"):
        workflow.submit(now(item), by=dewi, seen=now(item).version)
    answer = {"thread": note.pk, "answer": "fixed"}
    assert humas.press("answer_note", now(item), **answer).status_code == 302
    workflow.submit(now(item), by=dewi, seen=now(item).version)
    assert humas.press("settle_note", now(item), thread=note.pk).status_code == 403  # own work now
    assert yuli.press("settle_note", now(item), thread=note.pk).status_code == 200
    assert kinds(note) == ["fixed", "settled"]


def test_an_undone_decision_brings_the_notes_back_to_the_desk(humas, dewi, sari, channels):
    item = factories.make_submitted(sari, channels["x"])
    note = write(item, dewi, "Sebut jamnya.")
    assert humas.press("send_back", item).status_code == 302
    assert humas.press("undo", now(item)).status_code == 302
    author = Chair(sari)
    assert "Sebut jamnya." not in author.words("post", item.pk)
    assert humas.press("withdraw_note", now(item), thread=note.pk).status_code == 200
