"""Moves in the calendar: who moves what to when, the toast that takes it back, and two at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import workflow
from publishing.models import Delivery, Desk, Post
from publishing.workflow import NotAllowed, Stale, TooLate
from tests import factories
from tests.publishing.reviewing import Chair, now

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 09.00 WIB
LIVE = "Unggahan ini sudah tayang dan tidak dapat dipindahkan."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def wib(day, hour=9, minute=0):
    return timezone.make_aware(datetime(2026, 11, day, hour, minute))


def send(chair, post, day="2026-11-26", time="11:00", **more):
    """The form of the dialog, or what a drop sends, for `post` as it is in memory."""
    sent = {"version": post.version, "date": day, "time": time, "back": "?m=2026-11"} | more
    return chair.client.post(reverse("calendar_move", args=[post.pk]), sent)


def undo(chair, post, **more):
    sent = {"version": now(post).version, "back": "?m=2026-11"} | more
    return chair.client.post(reverse("calendar_move_back", args=[post.pk]), sent)


def page(chair, **query):
    return " ".join(chair.see("calendar", **query).content.decode().split())


# --- what moves ---


def test_an_authors_draft_moves_like_a_save_with_version_history_and_event(sari, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    answer = send(Chair(sari), post)
    assert answer.status_code == 302
    assert answer.url == reverse("calendar") + "?m=2026-11"
    moved = now(post)
    assert (moved.publish_at, moved.version, moved.status) == (wib(26, 11), 2, "draft")
    assert (moved.text, moved.sources.count()) == (post.text, 1)
    assert "2026-11-26T11:00" in moved.saved.all()[0].content["publish_at"]
    last = list(moved.events.all())[-1]
    assert (last.verb, last.actor) == ("reschedule", sari)
    assert last.note == "24-11-2026 09.00 WIB → 26-11-2026 11.00 WIB"


def test_a_returned_one_moves_too(sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    read = post.revisions.get().sha256
    workflow.send_back(post, by=dewi, seen=post.version, revision=read, note="Sebut jamnya.")
    send(Chair(sari), now(post))
    assert (now(post).publish_at, now(post).status) == (wib(26, 11), "returned")


def test_a_reviewer_moves_an_approved_one_and_its_deliveries_go_along(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(27))
    send(Chair(dewi), now(post))
    assert now(post).status == "approved"
    assert [d.not_before for d in post.deliveries.all()] == [wib(26, 11)]


def test_an_approval_at_once_that_waits_moves_and_stands_on_its_new_day(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=None)
    send(Chair(dewi), now(post))
    assert post.deliveries.get().not_before == wib(26, 11)


def test_one_that_ran_out_of_time_goes_back_to_the_queue(sari, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(24))
    Post.objects.filter(pk=post.pk).update(status="expired")
    send(Chair(sari), now(post))
    assert (now(post).status, now(post).publish_at) == ("submitted", wib(26, 11))


def test_a_missed_one_waits_for_its_new_hour(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(24))
    Delivery.objects.filter(post=post).update(status="missed")
    send(Chair(dewi), now(post))
    assert post.deliveries.get().status == "waiting"


@pytest.mark.parametrize("status", ["published", "sending", "uncertain"])
def test_what_is_live_never_moves(sari, dewi, channels, status):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(25))
    Delivery.objects.filter(post=post).update(status=status)
    chair = Chair(dewi)
    answer = send(chair, now(post))
    assert answer.status_code == 409
    assert LIVE in answer.content.decode()
    assert now(post).publish_at == wib(25)
    assert f'href="{reverse("calendar_move", args=[post.pk])}"' not in page(chair)
    assert "Anda tidak dapat memindahkannya." in chair.words("calendar_move", post.pk)


@pytest.mark.parametrize(
    ("status", "way"), [("failed", "“Kirim ulang”"), ("cancelled", "“Buka lagi untuk disunting”")]
)
def test_what_nothing_is_left_to_send_of_does_not_move_and_says_what_to_press(
    sari, dewi, channels, status, way
):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(25))
    Delivery.objects.filter(post=post).update(status=status)
    chair = Chair(dewi)
    for route in ("calendar_move", "reschedule"):
        asked = {"version": now(post).version, "date": "2026-11-26", "time": "11:00"}
        answer = chair.client.post(reverse(route, args=[post.pk]), asked)
        assert answer.status_code == 409
        assert way in answer.content.decode()
        assert now(post).publish_at == wib(25)
    assert f'href="{reverse("calendar_move", args=[post.pk])}"' not in page(chair)
    assert "Ubah jadwal" not in chair.words("post", post.pk)


def test_what_failed_on_one_channel_moves_on_the_other(sari, dewi, channels):
    both = (channels["x"], channels["facebook"])
    post = factories.make_approved(sari, dewi, *both, publish_at=wib(25))
    Delivery.objects.filter(channel=channels["x"]).update(status="failed")
    send(Chair(dewi), now(post))
    assert post.deliveries.get(channel=channels["facebook"]).not_before == wib(26, 11)
    assert post.deliveries.get(channel=channels["x"]).status == "failed"


# --- who moves ---


def test_handles_are_where_the_person_may_move_and_nowhere_else(sari, rina, dewi, channels):
    draft = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    waiting = factories.make_submitted(sari, channels["x"], publish_at=wib(25))

    def handles(person):
        shown = page(Chair(person))
        return [reverse("calendar_move", args=[p.pk]) in shown for p in (draft, waiting)]

    assert handles(sari) == [True, True]
    assert handles(rina) == [True, True]
    assert handles(dewi) == [False, True]
    auditor = factories.make_person("aud@contoh.test", "Aud", Role.AUDITOR)
    assert handles(auditor) == [False, False]
    coordinator = factories.make_person("koo@contoh.test", "Koo", Role.COORDINATOR)
    assert handles(coordinator) == [False, True]  # reads drafts, does not write them


def test_another_agency_finds_nothing_and_a_reader_may_not(sari, budi, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    assert send(Chair(budi), post).status_code == 404
    auditor = Chair(factories.make_person("aud@contoh.test", "Aud", Role.AUDITOR))
    assert send(auditor, post).status_code == 403
    assert auditor.see("calendar_move", post.pk).status_code == 403
    assert send(auditor, post, day="").status_code == 403  # asked before the form is read
    assert now(post).publish_at == wib(24)


# --- what is asked for ---


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("", "11:00", "Isi tanggalnya."),
        ("2026-11-26", "", "Isi jamnya."),
        ("2026-02-30", "11:00", "Tanggal ini tidak ada."),
        ("2026-11-26", "25:00", "Jam ini tidak ada."),
        ("0001-01-01", "00:00", "terlalu jauh"),
        ("2026-11-20", "11:00", "Waktu ini sudah lewat."),
        ("2028-11-20", "11:00", "lebih dari setahun lagi"),
    ],
)
def test_an_hour_that_cannot_be_had_is_told_on_the_form(sari, channels, day, time, said):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    answer = send(Chair(sari), post, day=day, time=time)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert now(post).publish_at == wib(24)


def test_an_author_only_puts_off_what_is_handed_in(sari, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(27))
    answer = send(Chair(sari), post)
    assert answer.status_code == 422
    assert "hanya dapat diundur" in answer.content.decode()


def test_a_draft_does_not_move_beyond_its_own_validity(sari, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24), valid_until=wib(25))
    assert send(Chair(sari), post).status_code == 422


def test_the_form_opens_at_the_hour_that_holds_or_on_the_day_it_was_dropped(sari, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24, 14, 30))
    chair = Chair(sari)
    shown = chair.words("calendar_move", post.pk)
    assert 'value="2026-11-24"' in shown
    assert 'value="14:30"' in shown
    assert 'value="2026-11-28"' in chair.words("calendar_move", post.pk, ke="2026-11-28")
    blank = factories.make_draft(sari, channels["x"], publish_at=None)
    assert 'value="09:00"' in chair.words("calendar_move", blank.pk, ke="2026-11-28")


def test_free_hours_of_the_agencys_week_are_offered(sari, dinkes, channels):
    slots = {str(channels["x"].pk): [[3, "10:00"]]}  # Thursdays
    Desk.objects.create(agency=dinkes, slots=slots)
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    assert "Kam, 26 Nov · 10.00" in Chair(sari).words("calendar_move", post.pk)


def test_only_this_calendar_is_gone_back_to(sari, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    answer = send(Chair(sari), post, back="https://contoh.test/?m=2026-12")
    assert answer.url.startswith(reverse("calendar") + "?")


# --- the toast ---


def test_the_toast_says_where_it_went_and_offers_to_take_it_back_for_ten_seconds(
    sari, channels, clock
):
    post, chair = factories.make_draft(sari, channels["x"], publish_at=wib(24)), Chair(sari)
    send(chair, post)
    shown = page(chair)
    assert "Dipindahkan ke Kamis, 26 November pukul 11.00" in shown
    assert "Urungkan" in shown
    clock.shift(timedelta(seconds=11))
    assert "Urungkan" not in page(chair)


def test_an_author_takes_back_a_move_that_she_could_not_make_again(sari, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(25))
    chair = Chair(sari)
    send(chair, post)
    assert undo(chair, post).status_code == 302
    moved = now(post)
    assert (moved.publish_at, moved.status) == (wib(25), "submitted")
    assert [e.verb for e in moved.events.all()][-2:] == ["reschedule", "reschedule"]
    assert "Kembali ke Rabu, 25 November pukul 09.00" in page(chair)


def test_a_draft_goes_back_to_no_hour_at_all(sari, channels):
    post, chair = factories.make_draft(sari, channels["x"], publish_at=None), Chair(sari)
    send(chair, post)
    undo(chair, post)
    assert now(post).publish_at is None


def test_an_approved_one_goes_back_with_its_deliveries(sari, dewi, channels):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=wib(27))
    chair = Chair(dewi)
    send(chair, now(post))
    undo(chair, post)
    assert post.deliveries.get().not_before == wib(27)


def test_it_cannot_be_taken_back_later_twice_or_by_somebody_else(sari, rina, channels, clock):
    post, chair = factories.make_draft(sari, channels["x"], publish_at=wib(24)), Chair(sari)
    send(chair, post)
    assert undo(Chair(rina), post).status_code == 409
    assert undo(chair, post).status_code == 302
    assert undo(chair, post).status_code == 409
    send(chair, now(post))
    clock.shift(timedelta(seconds=11))
    assert undo(chair, post).status_code == 409
    assert now(post).publish_at == wib(26, 11)


def test_it_is_not_taken_back_when_somebody_saved_meanwhile(sari, rina, channels):
    post, chair = factories.make_draft(sari, channels["x"], publish_at=wib(24)), Chair(sari)
    send(chair, post)
    seen = now(post).version
    workflow.move(now(post), by=rina, seen=seen, to=wib(27))
    answer = undo(chair, post, version=seen)
    assert answer.status_code == 409
    assert "Rina Contoh" in answer.content.decode()
    assert now(post).publish_at == wib(27)


def test_it_is_not_taken_back_to_an_hour_that_passed(sari, channels, clock):
    soon = timezone.now() + timedelta(seconds=5)
    post, chair = factories.make_draft(sari, channels["x"], publish_at=soon), Chair(sari)
    send(chair, post)
    clock.shift(timedelta(seconds=6))
    assert "Urungkan" not in page(chair)
    assert undo(chair, post).status_code == 409


def test_only_the_last_move_of_ones_own_is_taken_back(sari, rina, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    workflow.move(post, by=sari, seen=post.version, to=wib(26))
    with pytest.raises(NotAllowed):
        workflow.move_back(now(post), by=rina, seen=now(post).version, to=wib(24))
    moved = now(post)
    workflow.submit(moved, by=sari, seen=moved.version)
    with pytest.raises(Stale):
        workflow.move_back(now(post), by=sari, seen=now(post).version, to=wib(24))


# --- meanwhile ---


def test_who_comes_second_is_told_who_was_first_and_what_they_did(sari, rina, channels):
    post = factories.make_submitted(sari, channels["x"], publish_at=wib(24))
    old = now(post)
    send(Chair(rina), post)
    answer = send(Chair(sari), old, day="2026-11-27")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Rina Contoh" in said
    assert "jadwal diubah oleh Rina Contoh (24-11-2026 09.00 WIB → 26-11-2026 11.00 WIB)." in said
    assert now(post).publish_at == wib(26, 11)


def test_a_draft_that_was_handed_in_meanwhile_is_not_saved_over(sari, channels):
    post = factories.make_draft(sari, channels["x"], publish_at=wib(24))
    old = now(post)
    workflow.submit(post, by=sari, seen=post.version)
    with pytest.raises(Stale):
        workflow.move(old, by=sari, seen=old.version, to=wib(26))
    assert now(post).publish_at == wib(24)


def test_a_delivery_that_began_meanwhile_rolls_the_move_back(sari, dewi, channels):
    post = now(factories.make_approved(sari, dewi, channels["x"], publish_at=wib(25)))
    Delivery.objects.filter(post=post).update(status="sending")
    with pytest.raises(TooLate):
        workflow.move(post, by=dewi, seen=post.version, to=wib(26))
    assert now(post).publish_at == wib(25)
