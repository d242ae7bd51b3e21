"""Two yeses where one is not enough; and the joint release of an emergency that nobody decided."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import history, rulebook, tracks, workflow
from publishing.models import Delivery, Duty, Event, Faces, Media, Period, Review, Signature
from publishing.workflow.clock import expire
from tests import factories
from tests.publishing.reviewing import Chair, now, titles

pytestmark = pytest.mark.django_db
CLARIFIED = {
    "statement": "Vaksin berbayar",
    "label": "hoax",
    "fact": "Vaksinasi tetap gratis",
    "reference": "Siaran pers Dinas Kesehatan, 24/11/2026",
}


def person(name, role, agency=None):
    return factories.make_person(f"{name.lower()}@contoh.test", f"{name} Contoh", role, agency)


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def fajar(db):
    return Chair(person("Fajar", Role.REVIEWER))


@pytest.fixture
def ratna(db):
    return Chair(person("Ratna", Role.COORDINATOR))


@pytest.fixture
def hendra(dinkes):
    return Chair(person("Hendra", Role.AGENCY_HEAD, dinkes))


@pytest.fixture
def grave(sari, channels):
    """An emergency, to go out as soon as it is approved."""
    return factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))


# --- what needs two ---


def demand(post):
    return tracks.of(now(post), post.revisions.last())


def test_an_ordinary_post_needs_one(sari, channels):
    assert demand(factories.make_submitted(sari, channels["x"])) == tracks.Demand(1)


def test_an_emergency_needs_two(grave):
    assert demand(grave) == tracks.Demand(2, ("darurat",))


@pytest.mark.parametrize(("trusted", "needed"), [(False, 2), (True, 1)])
def test_an_answer_of_a_trusted_agency_needs_one(dinkes, sari, channels, trusted, needed):
    said = {"kind": "reply", "details": {"question": "Kapan jalan diperbaiki?"}}
    post = factories.make_checked(sari, channels["x"], **said)
    type(dinkes).objects.update(trusted=trusted)
    assert demand(post).approvers == needed


def test_being_trusted_does_not_help_a_clarification(dinkes, sari, channels):
    type(dinkes).objects.update(trusted=True)
    post = factories.make_checked(sari, channels["x"], kind="clarification", details=CLARIFIED)
    assert demand(post).why == ("klarifikasi",)


def test_a_picture_with_children_needs_two(sari, channels, picture_file):
    post = factories.make_submitted(sari, channels["x"], pictures=[picture_file()])
    Media.objects.update(faces=Faces.CONSENTED)
    assert demand(post).why == ("orang yang dilindungi tampak di gambar",)


@pytest.mark.parametrize(("kind", "needed"), [("stages", 2), ("quiet", 2), ("mourning", 1)])
def test_the_time_of_an_election_needs_two(sari, channels, kind, needed):
    post = factories.make_submitted(sari, channels["x"])
    day = timezone.localdate(post.publish_at)
    Period.objects.create(kind=kind, name="Masa", starts_on=day, ends_on=day)
    rulebook.changed()
    assert demand(post).approvers == needed
    Period.objects.update(starts_on=date(2020, 1, 1), ends_on=day - timedelta(days=1))
    rulebook.changed()
    assert demand(post).approvers == 1


# --- two yeses ---


def test_the_first_yes_sends_nothing_and_the_second_does(humas, fajar, grave):
    assert "Setujui sebagai peninjau pertama" in humas.words("review", grave.pk)
    humas.press("approve", grave)
    assert (now(grave).status, Delivery.objects.count()) == ("submitted", 0)
    assert "1 dari 2 persetujuan" in fajar.words("queue")
    page = fajar.words("review", grave.pk)
    assert "Dewi Contoh sudah menyetujui" in page
    assert "Setujui & jadwalkan" in page.replace("&amp;", "&")
    fajar.press("approve", now(grave))
    assert now(grave).status == "approved"
    assert Delivery.objects.get().status == "waiting"
    assert Review.objects.get().decided_by == fajar.person


def test_one_person_is_not_two(humas, grave):
    humas.press("approve", grave)
    refused = humas.press("approve", now(grave))
    assert refused.status_code == 409
    assert "Anda sudah menyetujuinya" in refused.content.decode()
    assert titles(humas.see("queue")) == [], "it is somebody else's turn"


def test_the_first_approver_is_told_so_and_not_offered_the_second_yes(humas, grave):
    humas.press("approve", grave)
    page = humas.words("review", grave.pk)
    assert "Persetujuan Anda tercatat. Menunggu peninjau kedua." in page
    assert 'data-key="a"' not in page
    assert "Saya yang periksa" not in page
    assert "Minta perbaikan" in page


def test_the_queue_says_in_words_why_two_are_needed(humas, grave):
    assert "Dua peninjau: darurat" in humas.words("queue")


def test_the_first_yes_needs_the_checklist_too(humas, grave):
    assert humas.press("approve", grave, checked="").status_code == 422
    assert not Signature.objects.exists()


def test_of_two_first_yeses_on_one_page_the_later_is_told(humas, fajar, grave):
    humas.press("approve", grave)
    late = fajar.press("approve", grave)  # the page of before
    assert late.status_code == 409
    assert "disetujui peninjau pertama oleh Dewi Contoh" in late.content.decode()
    assert fajar.press("approve", now(grave)).status_code == 302


def test_dewi_takes_her_first_yes_back_within_ten_seconds(humas, fajar, grave, clock):
    to = humas.press("approve", grave).url
    assert "Persetujuan pertama tercatat." in humas.client.get(to).content.decode()
    humas.press("undo", now(grave))
    assert not Signature.objects.exists()
    fajar.press("approve", now(grave))
    assert now(grave).status == "submitted", "his is the first one now"
    clock.shift(timedelta(seconds=11))
    assert fajar.press("undo", now(grave)).status_code == 409


def test_the_second_yes_taken_back_leaves_the_first(humas, fajar, grave):
    humas.press("approve", grave)
    fajar.press("approve", now(grave))
    fajar.press("undo", now(grave))
    assert now(grave).status == "submitted"
    assert [one.by for one in Signature.objects.all()] == [humas.person]
    assert Delivery.objects.get().status == "cancelled"


def test_the_second_reviewer_may_send_it_back_and_a_new_submission_needs_two_again(
    humas, fajar, sari, grave
):
    humas.press("approve", grave)
    fajar.press("send_back", now(grave), note="Sebut sumbernya.")
    factories.submit_checked(now(grave), sari)
    fajar.press("approve", now(grave))
    assert now(grave).status == "submitted"
    humas.press("approve", now(grave))
    assert now(grave).status == "approved"


# --- a new hour ---


def election(day) -> None:
    Period.objects.create(kind="stages", name="Masa", starts_on=day, ends_on=day)
    rulebook.changed()


def test_one_yes_does_not_carry_a_post_into_the_time_of_an_election(humas, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    humas.press("approve", post)
    to = factories.in_hours(123)
    election(timezone.localdate(to))
    local = timezone.localtime(to)
    asked = {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}
    for route in ("reschedule", "calendar_move"):
        refused = Chair(sari).press(route, now(post), **asked)
        assert refused.status_code == 422
        assert "Pada waktu itu perlu dua persetujuan (masa pemilihan)." in refused.content.decode()
        assert now(post).publish_at == post.publish_at
        assert Delivery.objects.get().not_before == post.publish_at


def test_nor_does_it_carry_what_was_missed(humas, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    humas.press("approve", post)
    to = factories.in_hours(123)
    election(timezone.localdate(to))
    Delivery.objects.update(status="missed", next_at=None)
    delivery, local = Delivery.objects.get(), timezone.localtime(to)
    asked = {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "version": delivery.version}
    refused = humas.client.post(reverse("put_off", args=[delivery.pk]), asked)
    assert refused.status_code == 422
    assert "perlu dua persetujuan (masa pemilihan)." in refused.content.decode()
    election(timezone.localdate())
    refused = humas.client.post(reverse("resume", args=[delivery.pk]), asked)
    assert refused.status_code == 409
    assert "perlu dua persetujuan (masa pemilihan)." in refused.content.decode()
    assert Delivery.objects.get().status == "missed"


def test_two_yeses_carry_it_through_and_one_carries_it_out(humas, fajar, sari, channels):
    day = timezone.localdate(factories.in_hours(30))
    election(day)
    post = factories.make_submitted(sari, channels["x"], publish_at=factories.in_hours(30))
    humas.press("approve", post)
    fajar.press("approve", now(post))
    moved = now(post)
    workflow.reschedule(moved, by=sari, seen=moved.version, to=factories.in_hours(30.2))
    workflow.reschedule(moved, by=sari, seen=moved.version, to=factories.in_hours(90))
    assert Delivery.objects.get().not_before == now(post).publish_at


@pytest.mark.parametrize("expires", [False, True])
def test_a_first_yes_outlives_a_new_hour_also_of_what_ran_out_of_time(
    humas, fajar, sari, channels, clock, expires
):
    post = factories.make_checked(sari, channels["x"], **factories.urgent())
    humas.press("approve", post)
    if expires:
        clock.shift(timedelta(hours=4))
        expire()
    moved = now(post)
    workflow.reschedule(moved, by=sari, seen=moved.version, to=factories.in_hours(6))
    assert titles(humas.see("queue")) == []
    fajar.press("approve", now(post))
    assert now(post).status == "approved"


def test_the_signatures_of_an_approval_that_stood_are_never_lost(
    humas, fajar, sari, channels, clock
):
    post = factories.make_checked(sari, channels["x"], **factories.urgent())
    humas.press("approve", post)
    fajar.press("approve", now(post))
    Chair(sari).press("reopen", now(post))
    factories.submit_checked(now(post), sari)
    clock.shift(timedelta(hours=4))
    expire()
    again = now(post)
    workflow.reschedule(again, by=sari, seen=again.version, to=factories.in_hours(6))
    [kept] = Signature.objects.all()
    assert (kept.by, kept.review.revision.number) == (humas.person, 1)


# --- decisions that are taken back ---


@pytest.mark.parametrize(
    ("verb", "said"), [("send_back", "Dikembalikan kepada"), ("reject", "Ditolak.")]
)
def test_a_no_is_taken_back_within_ten_seconds(humas, sari, channels, verb, said, clock):
    post = factories.make_submitted(sari, channels["x"])
    to = humas.press(verb, post, note="Keliru.", reason="fact").url
    assert said in humas.client.get(to).content.decode()
    humas.press("undo", now(post))
    assert (now(post).status, Review.objects.get().decision) == ("submitted", "")
    humas.press(verb, now(post), note="Keliru.", reason="fact")
    clock.shift(timedelta(seconds=11))
    assert humas.press("undo", now(post)).status_code == 409


def test_a_no_that_the_author_went_on_with_is_not_taken_back(humas, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    humas.press("send_back", post, note="Sebut jamnya.")
    returned = now(post)
    factories.submit_checked(now(post), sari)
    assert humas.press("undo", returned).status_code == 409
    assert now(post).status == "submitted"


def test_nobody_takes_back_what_another_decided(humas, fajar, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    humas.press("send_back", post, note="Sebut jamnya.")
    assert fajar.press("undo", now(post)).status_code == 409


@pytest.mark.parametrize(
    ("verb", "then"),
    [
        ("approve", "Buka lagi untuk disunting"),
        ("send_back", "Putuskan lagi bila diajukan ulang."),
        ("reject", "dapat membuat salinannya"),
    ],
)
def test_who_is_too_late_to_take_it_back_hears_what_is_left_to_do(
    humas, sari, channels, verb, then, clock
):
    post = factories.make_submitted(sari, channels["x"])
    humas.press(verb, post, note="Keliru.", reason="fact")
    clock.shift(timedelta(seconds=11))
    told = humas.press("undo", now(post)).content.decode()
    assert "Sudah lewat 10 detik." in told
    assert then in told
    assert (verb == "approve") == ("Batalkan unggahan" in told)


def test_who_is_too_late_for_a_first_yes_may_still_ask_for_changes(humas, grave, clock):
    humas.press("approve", grave)
    clock.shift(timedelta(seconds=11))
    told = humas.press("undo", now(grave)).content.decode()
    assert "Anda dapat meminta perbaikan" in told
    assert humas.press("send_back", now(grave), note="Keliru.").status_code == 302


def test_when_somebody_acted_within_the_ten_seconds_it_is_told_who(humas, sari, channels):
    post = factories.make_submitted(sari, channels["x"])
    humas.press("approve", post)
    Chair(sari).press("reopen", now(post))
    told = humas.press("undo", now(post)).content.decode()
    assert "dibuka lagi oleh Sari Contoh" in told
    assert "10 detik" not in told


def test_a_no_taken_back_leaves_the_first_yes_of_before(humas, grave):
    humas.press("approve", grave)
    humas.press("reject", now(grave), note="Keliru.", reason="fact")
    humas.press("undo", now(grave))
    assert [one.by for one in Signature.objects.all()] == [humas.person]


# --- the joint release ---


def on_duty(who: Chair, hours=8) -> Duty:
    begins = timezone.now() - timedelta(hours=1)
    ends = timezone.now() + timedelta(hours=hours)
    return Duty.objects.create(person=who.person, begins=begins, ends=ends, named_by=who.person)


def test_after_a_quarter_of_an_hour_head_and_duty_release_it_together(
    hendra, fajar, ratna, grave, clock
):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    assert "Rilis bersama" in hendra.words("post", grave.pk)
    hendra.press("release", grave)
    assert (now(grave).status, Delivery.objects.count()) == ("submitted", 0)
    assert "Rilis bersama: penanggung jawab" in fajar.words("post", grave.pk)
    fajar.press("release", now(grave))
    assert now(grave).status == "approved"
    assert Delivery.objects.get().not_before <= timezone.now() + timedelta(seconds=10)
    review = Review.objects.get()
    assert (review.jointly, review.afterwards_at) == (True, None)
    assert "Dirilis bersama tanpa tinjauan" in ratna.words("queue")


def test_the_review_page_leads_to_the_joint_release(humas, sari, channels, grave):
    assert f'href="/posts/{grave.pk}/#rilis"' in humas.words("review", grave.pk)
    plain = factories.make_submitted(sari, channels["x"], publish_at=None)
    assert "#rilis" not in humas.words("review", plain.pk)


def test_it_works_the_other_way_round(hendra, fajar, grave, clock):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    fajar.press("release", grave)
    hendra.press("release", now(grave))
    assert now(grave).status == "approved"
    assert "Fajar Contoh, Hendra Contoh" in Event.objects.get(verb="joint").note


def test_not_before_a_quarter_of_an_hour(hendra, grave, clock):
    clock.shift(timedelta(minutes=14, seconds=59))
    assert "Rilis bersama" not in hendra.words("post", grave.pk)
    assert hendra.press("release", grave).status_code == 409


def test_only_an_emergency(hendra, sari, channels, clock):
    post = factories.make_submitted(sari, channels["x"], publish_at=None)
    clock.shift(timedelta(hours=1))
    assert hendra.press("release", post).status_code == 409


def test_who_is_not_on_duty_does_not_sign(hendra, fajar, ratna, grave, clock):
    over = on_duty(ratna)
    Duty.objects.filter(pk=over.pk).update(ends=timezone.now())
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    assert fajar.press("release", now(grave)).status_code == 403
    assert ratna.press("release", now(grave)).status_code == 403
    assert now(grave).status == "submitted"


def test_one_side_alone_does_not_release_it(hendra, grave, clock, dinkes):
    other = Chair(person("Wati", Role.AGENCY_HEAD, dinkes))
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    hendra.press("release", now(grave))
    other.press("release", now(grave))
    assert now(grave).status == "submitted"


def test_neither_may_have_written_it(dinkes, channels, fajar, clock):
    hendra = person("Hendra", Role.AGENCY_HEAD, dinkes)
    own = factories.make_checked(hendra, channels["x"], **factories.urgent(publish_at=None))
    clock.shift(timedelta(minutes=15))
    assert Chair(hendra).press("release", own).status_code == 403


def test_a_signature_without_the_tick_is_refused(hendra, grave, clock):
    clock.shift(timedelta(minutes=15))
    refused = hendra.press("release", grave, checked="")
    assert refused.status_code == 422
    assert "Belum diperiksa" in refused.content.decode()
    assert not Signature.objects.exists()


def test_the_coordinator_looks_at_it_afterwards_in_words(hendra, fajar, ratna, grave, clock):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    fajar.press("release", now(grave))
    assert fajar.press("look_afterwards", grave, words="Sesuai.").status_code == 403
    assert ratna.press("look_afterwards", grave, words=" ").status_code == 422
    assert ratna.press("look_afterwards", grave, words="Sesuai keterangan BPBD.").status_code == 302
    assert "Sesuai keterangan BPBD." in ratna.words("post", grave.pk)
    assert "Dirilis bersama tanpa tinjauan" not in ratna.words("queue")
    assert ratna.press("look_afterwards", grave, words="Lagi.").status_code == 409


@pytest.fixture
def released(hendra, ratna, grave, clock):
    """Ratna, the coordinator, was on duty and signed it herself."""
    on_duty(ratna)
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    ratna.press("release", now(grave))
    return now(grave)


def test_who_signed_it_is_not_the_one_who_looks_at_it_afterwards(ratna, released):
    refused = ratna.press("look_afterwards", released, words="Sesuai.")
    assert refused.status_code == 403
    assert "Koordinator lain yang meninjaunya." in refused.content.decode()
    assert "Hasil peninjauan" not in ratna.words("post", released.pk)
    assert "Dirilis bersama tanpa tinjauan" not in ratna.words("queue")
    rudi = Chair(person("Rudi", Role.COORDINATOR))
    assert "Dirilis bersama tanpa tinjauan" in rudi.words("queue")
    assert "Hasil peninjauan" in rudi.words("post", released.pk)
    assert rudi.press("look_afterwards", released, words="Sesuai.").status_code == 302


def test_the_look_is_still_owed_and_possible_when_it_was_opened_and_handed_in_again(
    hendra, fajar, ratna, sari, grave, clock
):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    fajar.press("release", now(grave))
    Chair(sari).press("reopen", now(grave))
    factories.submit_checked(now(grave), sari)
    assert "Dirilis bersama tanpa tinjauan" in ratna.words("queue")
    assert "Hasil peninjauan" in ratna.words("post", grave.pk)
    ratna.press("look_afterwards", grave, words="Sesuai.")
    assert "Dirilis bersama tanpa tinjauan" not in ratna.words("queue")


def test_both_signatures_are_kept_and_the_history_says_how_each_looked(hendra, fajar, grave, clock):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    fajar.press("release", now(grave), **{"check-hoax": "ok"})
    assert {one.by for one in Signature.objects.all()} == {hendra.person, fajar.person}
    told = [(one.by, one.checked) for one in history.moments(grave) if one.checked]
    assert told == [
        ("Fajar Contoh", "Diperiksa sekaligus, 1 hal tersendiri."),
        ("Hendra Contoh", "Diperiksa sekaligus."),
    ]


def test_the_history_says_how_the_first_yes_looked_at_it_and_that_it_was_taken_back(
    humas, fajar, grave
):
    humas.press("approve", grave, **{"check-hoax": "ok"})
    fajar.press("approve", now(grave))
    told = [(one.by, one.checked) for one in history.moments(grave) if one.checked]
    assert told == [
        ("Fajar Contoh", "Diperiksa sekaligus."),
        ("Dewi Contoh", "Diperiksa sekaligus, 1 hal tersendiri."),
    ]


def test_a_first_yes_that_was_taken_back_is_told_without_its_ticks(humas, grave):
    humas.press("approve", grave)
    humas.press("undo", now(grave))
    assert [one.checked for one in history.moments(grave) if one.checked] == []


def test_a_decision_meanwhile_ends_the_joint_release(hendra, fajar, humas, grave, clock):
    on_duty(fajar)
    clock.shift(timedelta(minutes=15))
    hendra.press("release", grave)
    humas.press("reject", now(grave), note="Kabar bohong.", reason="fact")
    assert fajar.press("release", now(grave)).status_code == 409
    assert now(grave).status == "rejected"
