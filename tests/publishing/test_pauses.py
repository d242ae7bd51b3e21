"""The emergency stop: nothing begins after it, what was out is named, nothing goes on by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing.delivery import bulk, call, lane, pause
from publishing.delivery.pause import AlreadyEnded, NotYours, Target
from publishing.models import Delivery, Event, Pause
from tests import factories
from tests.publishing.errand import browser, words
from tests.publishing.test_delivery import in_hand, now_of, work
from tests.publishing.test_races import into_each_other

pytestmark = pytest.mark.django_db


@pytest.fixture
def rudi(db):
    """Rudi coordinates Humas."""
    return factories.make_person("rudi@contoh.test", "Rudi Contoh", Role.COORDINATOR)


@pytest.fixture
def due(sari, dewi, channels):
    """Approved, for X, as soon as possible."""
    return factories.make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()


def stop(by, **target) -> Pause:
    return pause.start(Target(**target), reason="Gempa: tunggu BPBD.", by=by)


def test_what_comes_due_during_a_pause_is_held_and_the_rest_is_not(
    sari, dewi, channels, box, clock, due
):
    later = factories.make_approved(sari, dewi, channels["x"], text="Besok.").deliveries.get()
    stop(dewi)
    work(clock, 11)
    assert (now_of(due), due.hold, now_of(later)) == ("held", "pause", "waiting")
    assert box.ledger() == []


def test_ending_a_pause_releases_nothing_by_itself(dewi, rudi, box, clock, due):
    begun = stop(dewi)
    work(clock, 11)
    pause.end(begun, by=rudi)
    for _ in range(3):
        work(clock, 60)
    assert (now_of(due), box.ledger()) == ("held", [])


def test_ending_a_pause_holds_what_came_due_while_the_scheduler_was_away(
    dewi, rudi, box, clock, due
):
    begun = stop(dewi)
    clock.shift(timedelta(seconds=11))  # its hour comes, and no tick
    pause.end(begun, by=rudi)
    assert (now_of(due), due.hold) == ("held", "pause")
    work(clock, 1)
    assert (now_of(due), box.ledger()) == ("held", [])


def test_an_intent_that_a_pause_refused_is_not_let_go_by_its_end(dewi, rudi, box, clock, due):
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(due.channel_id)
    begun = stop(dewi)
    assert call.intend(holder, delivery) is None
    pause.end(begun, by=rudi)
    call._not_now(holder, delivery)  # and only now the worker asks why it was refused
    lane.release(holder)
    work(clock, 30)
    assert (now_of(due), due.hold, box.ledger()) == ("held", "pause", [])


def test_no_number_of_deliveries_is_too_many_for_the_end_of_a_pause(
    dewi, rudi, box, clock, due, monkeypatch
):
    monkeypatch.setattr(bulk, "AT_ONCE", 0)  # as if a tick could take no more
    begun = stop(dewi)
    work(clock, 11)
    pause.end(begun, by=rudi)
    assert (now_of(due), due.hold) == ("held", "pause")


@pytest.mark.parametrize(
    ("target", "stopped"),
    [
        ("all", {"x", "facebook"}),
        ("platform", {"x"}),
        ("agency", {"x", "facebook"}),
        ("channel", {"x"}),
        ("other", set()),
    ],
)
def test_a_pause_stops_its_scope_and_nothing_else(
    sari, dewi, budi, dinkes, channels, box, clock, target, stopped
):
    chosen = {
        "all": {},
        "platform": {"platform": "x"},
        "agency": {"agency": dinkes},
        "channel": {"channel": channels["x"]},
        "other": {"agency": budi.agency},
    }
    post = factories.make_approved(sari, dewi, channels["x"], channels["facebook"], publish_at=None)
    stop(dewi, **chosen[target])
    work(clock, 11)
    held = post.deliveries.filter(status="held").values_list("channel__platform", flat=True)
    assert set(held) == stopped
    assert {sent["platform"] for sent in box.ledger()} == {"x", "facebook"} - stopped


def test_a_pause_between_claim_and_intent_stops_the_call(dewi, box, clock, due):
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(due.channel_id)
    assert call.prepare(holder, delivery, call.job_for(delivery))
    stop(dewi)
    assert call.intend(holder, delivery) is None
    assert not due.attempts.exists()
    lane.release(holder)
    lane.run(due.channel_id)
    assert (now_of(due), due.hold) == ("held", "pause")


def test_a_call_that_was_already_out_is_named(dewi, rudi, box, clock, due):
    clock.shift(timedelta(seconds=11))
    holder, delivery = in_hand(due.channel_id)
    assert call.prepare(holder, delivery, call.job_for(delivery))
    intent = call.intend(holder, delivery)
    begun = stop(rudi)
    assert intent
    assert [attempt.pk for attempt in begun.overtaken_by.all()] == [intent.attempt]
    told = words(browser(rudi).get(reverse("pauses")))
    assert "Sudah terlanjur dikirim saat jeda dimulai:" in told
    assert str(due.channel) in told


@pytest.mark.django_db(transaction=True)
def test_a_pause_waits_for_an_intent_that_is_being_written_and_then_names_it(dewi, box, due):
    """The intent has read that there is no pause and is not committed: the pause comes after it."""
    now = timezone.now()
    Delivery.objects.update(not_before=now, next_at=now)
    holder, delivery = in_hand(due.channel_id)
    intent, begun = into_each_other(lambda: call.intend(holder, delivery), lambda: stop(dewi))
    assert [attempt.pk for attempt in begun.overtaken_by.all()] == [intent.attempt]


def test_who_may_begin_and_who_may_end(sari, dewi, rudi, box):
    with pytest.raises(NotYours):
        stop(sari)
    begun = stop(dewi)
    with pytest.raises(NotYours):
        pause.end(begun, by=dewi)
    pause.end(begun, by=rudi)
    with pytest.raises(AlreadyEnded, match="Rudi Contoh"):
        pause.end(begun, by=rudi)
    verbs = Event.objects.filter(pause=begun).values_list("verb", "actor__name")
    assert list(verbs) == [("pause", "Dewi Contoh"), ("end_pause", "Rudi Contoh")]


# --- at the page ---


def press(user, name, *args, **fields):
    return browser(user).post(reverse(name, args=args), fields)


def test_dewi_stops_everything_and_everybody_reads_why(sari, dewi, box, due):
    answer = press(dewi, "pause", what="all", reason="Gempa: tunggu BPBD.")
    assert answer.url == reverse("pauses")
    for reader in (sari, dewi):
        told = browser(reader).get(reverse("home")).content.decode()
        assert "<b>Pengiriman dijeda: Semua kanal.</b> Gempa: tunggu BPBD." in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "all", "reason": "  "}, "Tulis alasan jeda"),
        ({"what": "channel:0", "reason": "Gempa."}, "Pilihan ini tidak ada lagi."),
        ({"reason": "Gempa."}, "Pilih apa yang dihentikan."),
    ],
)
def test_a_pause_without_a_reason_or_a_target_is_asked_again_and_keeps_what_was_written(
    dewi, box, asked, said
):
    answer = press(dewi, "pause", **asked)
    assert answer.status_code == 422
    assert said in words(answer)
    assert asked["reason"].strip() in words(answer)
    assert not Pause.objects.exists()


def test_sari_does_not_get_the_page_nor_its_buttons(sari, dewi, rudi, box):
    begun = stop(dewi)
    assert browser(sari).get(reverse("pauses")).status_code == 403
    assert press(sari, "pause", what="all", reason="Iseng.").status_code == 403
    assert press(sari, "end_pause", begun.pk).status_code == 403
    assert press(dewi, "end_pause", begun.pk).status_code == 403
    assert press(sari, "decide", choice="resume").status_code == 403
    assert Pause.objects.active().count() == 1


def test_two_who_end_it_at_once_are_both_told(dewi, rudi, box):
    begun = stop(dewi)
    assert press(rudi, "end_pause", begun.pk).status_code == 302
    answer = press(rudi, "end_pause", begun.pk)
    assert answer.status_code == 409
    assert "Jeda ini sudah diakhiri oleh Rudi Contoh." in answer.content.decode()


def ticks(*deliveries):
    for row in deliveries:
        row.refresh_from_db()
    return [f"{row.pk}.{row.version}" for row in deliveries]


@pytest.fixture
def held(sari, dewi, rudi, channels, box, clock):
    """Two deliveries that a pause held; it is over."""
    begun = stop(dewi)
    rows = [
        factories.make_approved(sari, dewi, channels[p], publish_at=None).deliveries.get()
        for p in ("x", "facebook")
    ]
    work(clock, 11)
    pause.end(begun, by=rudi)
    return rows


def test_dewi_lets_all_that_was_held_go_on_in_one_choice(dewi, box, clock, held):
    answer = press(dewi, "decide", delivery=ticks(*held), choice="resume")
    assert answer.url == reverse("pauses")
    work(clock, 1)
    assert [now_of(row) for row in held] == ["published", "published"]
    assert all(row.deadline - row.not_before == timedelta(hours=1) for row in held)


def test_dewi_gives_one_another_hour_and_calls_the_other_off(dewi, box, clock, held):
    day = timezone.localtime(timezone.now() + timedelta(days=1))
    hour = {"date": f"{day:%Y-%m-%d}", "time": "09:30"}
    press(dewi, "decide", delivery=ticks(held[0]), choice="put_off", **hour)
    press(dewi, "decide", delivery=ticks(held[1]), choice="call_off")
    assert [now_of(row) for row in held] == ["waiting", "cancelled"]
    assert timezone.localtime(held[0].not_before).strftime("%H:%M") == "09:30"
    assert box.ledger() == []


def test_an_hour_that_has_passed_is_answered_at_the_list(dewi, box, held):
    hour = {"date": "2020-01-01", "time": "09:30"}
    answer = press(dewi, "decide", delivery=ticks(*held), choice="put_off", **hour)
    assert answer.status_code == 422
    assert "Waktu ini sudah lewat" in words(answer)
    assert [now_of(row) for row in held] == ["held", "held"]


def test_what_changed_meanwhile_is_left_and_said(dewi, box, held):
    old = ticks(*held)
    press(dewi, "decide", delivery=old[:1], choice="call_off")
    press(dewi, "decide", delivery=old, choice="resume")
    assert [now_of(row) for row in held] == ["cancelled", "waiting"]


def test_while_the_pause_lasts_nothing_it_held_can_be_sent(sari, dewi, channels, box, clock, due):
    stop(dewi)
    work(clock, 11)
    press(dewi, "decide", delivery=ticks(due), choice="resume")
    assert (now_of(due), box.ledger()) == ("held", [])
