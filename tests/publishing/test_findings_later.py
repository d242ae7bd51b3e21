"""What the guidelines find after a submission: at the approval, and before each call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import rulebook, workflow
from publishing.delivery import call, fit, lane
from publishing.delivery.tick import tick
from publishing.models import Answer, Delivery, Event, Finding, Post, WordEdit
from tests import factories
from tests.publishing.composing import page
from tests.publishing.errand import browser, words
from tests.publishing.judged import approve, ban, banned, decide, found

pytestmark = pytest.mark.django_db


# --- between the submission and the approval ---


@pytest.fixture
def handed_in(sari, channels):
    return factories.make_submitted(sari, channels["facebook"])


def waive(client, post, because="Nama layanannya memang begitu.", **sent):
    """The button “Izinkan” beside what stops the approval, in the form of the whole review."""
    [key] = {one.key for one in banned(post)}
    sent = {"version": post.version, "waive": key, f"because-{key}": because} | sent
    return client.post(reverse("waive", args=[post.pk]), sent)


def test_a_word_that_was_banned_meanwhile_stops_the_approval(handed_in, dewi):
    ban("imunisasi")
    answered = approve(browser(dewi), handed_in)
    assert answered.status_code == 422
    assert "Pedoman menahan 1 hal." in words(answered)
    assert not Delivery.objects.exists()


def test_what_stopped_an_approval_is_remembered_once(handed_in, dewi):
    ban("imunisasi")
    for _ in range(2):
        approve(browser(dewi), handed_in)
    kept = handed_in.findings.get(stage=Finding.Stage.STOPPED)
    assert (kept.code, kept.revision) == ("MAKIAN", handed_in.revisions.get())
    assert kept.edition == rulebook.current().edition
    assert handed_in.status == Post.Status.SUBMITTED


def test_the_reviewer_may_let_it_pass_on_the_spot(handed_in, dewi):
    ban("imunisasi")
    approve(browser(dewi), handed_in)
    answered = waive(browser(dewi), handed_in)
    assert "Diizinkan." in page(answered)
    assert "Pedoman menahan" not in words(answered)
    assert approve(browser(dewi), handed_in).status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.status == Post.Status.APPROVED
    kept = handed_in.findings.get(stage="approve", code="MAKIAN").answer
    assert kept is not None
    assert (kept.by, kept.words) == (dewi, "Nama layanannya memang begitu.")


def test_what_was_ticked_and_written_stays_when_something_is_let_pass(handed_in, dewi):
    ban("imunisasi")
    answered = waive(
        browser(dewi), handed_in, **{"check-hoax": "bad", "checked": "all", "note": "Cek lagi."}
    )
    shown = page(answered)
    assert 'name="check-hoax" value="bad" form="keputusan" checked' in shown
    assert 'name="checked" value="all" form="keputusan" checked' in shown
    assert "Cek lagi." in shown


def test_nothing_passes_without_a_reason(handed_in, dewi):
    ban("imunisasi")
    answered = waive(browser(dewi), handed_in, because="  ")
    assert answered.status_code == 422
    assert "Tulis alasannya, satu kalimat cukup." in page(answered)
    assert "Pedoman menahan 1 hal." in words(answered)
    assert not Answer.objects.exists()


def test_what_was_let_pass_does_not_count_once_that_person_wrote_at_it(handed_in, dewi):
    other = factories.make_person("yuni@contoh.test", "Yuni Contoh", Role.REVIEWER)
    ban("imunisasi")
    waive(browser(dewi), handed_in)
    handed_in.writers.add(dewi)
    assert approve(browser(other), handed_in).status_code == 422
    assert not Delivery.objects.exists()


def test_a_rulebook_that_changes_during_the_approval_is_looked_at_before_sending(
    handed_in, dewi, monkeypatch
):
    """What was checked under the old edition is never certified for the new one."""
    before, checked = rulebook.current().edition, workflow.seen.check_words

    def meanwhile(*args):
        checked(*args)
        ban("imunisasi")

    monkeypatch.setattr("publishing.workflow.review.check_words", meanwhile)
    approve(browser(dewi), handed_in)
    delivery = handed_in.deliveries.get()
    assert delivery.fit_edition == before
    assert "Pedoman berubah sejak disetujui." in fit.trouble(delivery)


# --- between the approval and the call ---


@pytest.fixture
def approved(sari, dewi, channels, box, clock):
    post = factories.make_approved(sari, dewi, channels["facebook"], publish_at=None)
    clock.shift(20)
    return post


def run(post):
    for channel in tick():
        lane.run(channel)
    return post.deliveries.latest("pk")


def test_what_was_approved_and_still_holds_goes_out(approved, box):
    assert run(approved).status == "published"


def test_a_word_that_was_banned_meanwhile_holds_the_delivery_and_tells(approved, box, sari, dewi):
    ban("imunisasi")
    delivery = run(approved)
    assert (delivery.status, delivery.hold) == ("held", "guidelines")
    assert box.ledger() == []
    assert Event.objects.filter(verb="held", post=approved).exists()
    assert approved.findings.get(stage="send").code == "MAKIAN"
    for reader in (sari, dewi):
        said = words(browser(reader).get(reverse("post", args=[approved.pk])))
        assert "Pedoman berubah sejak disetujui." in said


def test_it_is_not_sent_before_somebody_let_it_pass(approved, box, dewi):
    ban("imunisasi")
    delivery, reviewer = run(approved), browser(dewi)
    send = reverse("resume", args=[delivery.pk])
    assert reviewer.post(send, {"version": delivery.version}).status_code == 409
    offered = page(found(reviewer, approved))
    assert reverse("decide_finding", args=[approved.pk]) in offered
    decide(reviewer, approved, approved.findings.get(stage="send").key)
    assert reviewer.post(send, {"version": delivery.version}).status_code == 302
    assert run(approved).status == "published"
    assert len(box.ledger()) == 1


def test_another_edition_without_new_findings_is_checked_once(approved, box):
    ban("kata lain")
    delivery = run(approved)
    assert delivery.status == "published"
    assert delivery.fit_edition == rulebook.current().edition


def test_what_was_approved_before_there_were_guidelines_goes_out_as_it_was_approved(approved, box):
    Delivery.objects.update(fit_edition=0, fit_on=None)
    ban("imunisasi")
    assert run(approved).status == "published"


def test_a_word_that_is_banned_while_a_post_is_prepared_holds_it(approved, box, monkeypatch):
    prepare = call.prepare

    def slowly(*args):
        ready = prepare(*args)
        ban("imunisasi")
        return ready

    monkeypatch.setattr(call, "prepare", slowly)
    delivery = run(approved)
    assert (delivery.status, delivery.hold) == ("held", "guidelines")
    assert box.ledger() == []


def test_the_last_word_of_a_reviewer_counts_also_when_it_takes_the_first_back(approved, box, dewi):
    ban("imunisasi")
    delivery = run(approved)
    key = approved.findings.get(stage="send").key
    decide(browser(dewi), approved, key)
    assert fit.unwaived(delivery) == []
    Answer.objects.create(post=approved, key=key, code="MAKIAN", kind="refused", by=dewi)
    assert [one.finding.key for one in fit.unwaived(delivery)] == [key]


def test_another_hour_is_another_look(approved, box, dewi, clock):
    """Held by what held only then: rescheduled, it is judged anew and goes out by itself."""
    ban("imunisasi")
    run(approved)
    rulebook_forgives()
    approved.refresh_from_db()
    to = timezone.now() + timedelta(hours=2)
    workflow.reschedule(approved, by=dewi, seen=approved.version, to=to)
    assert approved.deliveries.get().status == "waiting"
    clock.shift(timedelta(hours=2, seconds=1))
    assert run(approved).status == "published"


def rulebook_forgives():
    WordEdit.objects.all().delete()
    rulebook.changed()
