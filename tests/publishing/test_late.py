"""Late: until when a post may still go out by itself, and what outages and quotas make of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.delivery import lane, manual, places
from publishing.models import Delivery, Lane
from tests.factories import in_hours, make_approved, urgent
from tests.publishing.errand import browser, words
from tests.publishing.outage import outage
from tests.publishing.test_delivery import now_of, work

pytestmark = pytest.mark.django_db

MISSED = "Waktu tayang terlewat lebih dari batas. Tidak dikirim tanpa keputusan petugas."
NOT_VALID = "Unggahan ini sudah tidak berlaku pada waktu tayangnya. Ubah salah satu."


@pytest.fixture
def at_nine(sari, dewi, channels, box, clock):
    """Makes an approved post for X whose hour is in three hours."""

    def make(**fields) -> Delivery:
        return make_approved(sari, dewi, channels["x"], **fields).deliveries.get()

    return make


def after_its_hour(clock, delivery, **late) -> None:
    """No scheduler ran until then; now one does."""
    clock.move_to(delivery.not_before + timedelta(**late), tick=False)
    work(clock)


# --- grace ---

GRACES = [(dict, 60), (urgent, 15)]


@pytest.mark.parametrize(("fields", "minutes"), GRACES, ids=["ordinary", "urgent"])
def test_it_goes_out_until_its_grace_is_over_and_is_missed_from_that_minute_on(
    at_nine, clock, box, fields, minutes
):
    early, late = at_nine(**fields()), at_nine(text="Yang kedua.", **fields())
    Delivery.objects.filter(pk=late.pk).update(next_at=None)  # nobody comes for it
    after_its_hour(clock, early, minutes=minutes, seconds=-1)
    assert (now_of(early), now_of(late)) == ("published", "waiting")
    after_its_hour(clock, early, minutes=minutes)
    assert (now_of(late), late.reason) == ("missed", MISSED)
    assert len(box.ledger()) == 1


@pytest.mark.parametrize("fields", [dict, urgent])
def test_what_is_no_longer_valid_has_no_grace_at_all(at_nine, clock, box, fields):
    until = in_hours(3.1)
    delivery = at_nine(**fields(valid_until=until))
    Delivery.objects.update(next_at=None)
    clock.move_to(until - timedelta(seconds=1), tick=False)
    work(clock)
    assert now_of(delivery) == "waiting"
    clock.shift(timedelta(seconds=1))
    Delivery.objects.update(next_at=timezone.now())
    work(clock)
    assert (now_of(delivery), box.ledger()) == ("missed", [])


def test_a_validity_beyond_the_grace_does_not_lengthen_it(at_nine, clock):
    delivery = at_nine(valid_until=in_hours(20))
    assert delivery.deadline == delivery.not_before + timedelta(minutes=60)
    after_its_hour(clock, delivery, minutes=60)
    assert now_of(delivery) == "missed"


def test_a_worker_that_comes_before_the_scheduler_sends_nothing_late(at_nine, clock, box):
    delivery = at_nine(**urgent())
    clock.move_to(delivery.not_before + timedelta(minutes=15), tick=False)
    lane.run(delivery.channel_id)
    assert (now_of(delivery), box.ledger()) == ("waiting", [])


# --- a person's second chance ---


def test_dewi_sends_what_was_missed_and_it_has_a_fresh_grace(at_nine, clock, dewi):
    delivery = at_nine(**urgent())
    after_its_hour(clock, delivery, minutes=15)
    assert now_of(delivery) == "missed"
    manual.resume(delivery, by=dewi, seen=delivery.version)
    assert delivery.deadline == timezone.now() + timedelta(minutes=15)
    work(clock, 14 * 60)
    assert now_of(delivery) == "published"


def test_a_fresh_grace_never_reaches_past_the_validity(at_nine, clock, dewi):
    until = in_hours(4.25)
    delivery = at_nine(valid_until=until)
    after_its_hour(clock, delivery, minutes=60)
    delivery.refresh_from_db()
    manual.resume(delivery, by=dewi, seen=delivery.version)
    assert delivery.deadline == until
    Delivery.objects.update(next_at=None)
    clock.move_to(until, tick=False)
    work(clock)
    assert now_of(delivery) == "missed"


def test_dewi_is_not_offered_to_send_what_is_no_longer_valid(at_nine, clock, box, dewi):
    delivery = at_nine(valid_until=in_hours(3.5))
    after_its_hour(clock, delivery, minutes=30)
    assert now_of(delivery) == "missed"
    assert [move.verb for move in manual.available(dewi, delivery)] == ["call_off"]
    told = words(browser(dewi).get(reverse("post", args=[delivery.post_id])))
    assert "Kirim sekarang" not in told
    for verb in ("resume", "put_off"):
        pressed = browser(dewi).post(
            reverse(verb, args=[delivery.pk]),
            {"version": delivery.version, "date": "2026-12-31", "time": "09:00"},
        )
        assert pressed.status_code in {409, 422}
    work(clock, 60)
    assert (now_of(delivery), box.ledger()) == ("missed", [])


def test_nothing_is_moved_past_its_validity_and_the_page_says_why(at_nine, sari, dewi):
    post = at_nine(valid_until=in_hours(10)).post
    for user in (sari, dewi):
        post.refresh_from_db()
        with pytest.raises(workflow.BadTime, match="sudah tidak berlaku pada waktu tayangnya"):
            workflow.reschedule(post, by=user, seen=post.version, to=in_hours(11))
    hour = timezone.localtime(in_hours(11))
    sent = {"version": post.version, "date": f"{hour:%Y-%m-%d}", "time": f"{hour:%H:%M}"}
    answer = browser(dewi).post(reverse("reschedule", args=[post.pk]), sent)
    assert answer.status_code == 422
    assert NOT_VALID in words(answer)
    assert post.deliveries.get().not_before == post.publish_at


def test_nothing_missed_is_put_off_past_its_validity(at_nine, clock, dewi):
    delivery = at_nine(valid_until=in_hours(10))
    after_its_hour(clock, delivery, minutes=60)
    delivery.refresh_from_db()
    hour = timezone.localtime(in_hours(11))
    sent = {"version": delivery.version, "date": f"{hour:%Y-%m-%d}", "time": f"{hour:%H:%M}"}
    answer = browser(dewi).post(reverse("put_off", args=[delivery.pk]), sent)
    assert answer.status_code == 409
    assert "Unggahan ini hanya berlaku sampai sebelum waktu itu." in words(answer)
    assert now_of(delivery) == "missed"


def put_off(dewi, delivery, hours) -> None:
    delivery.refresh_from_db()
    hour = timezone.localtime(in_hours(hours))
    sent = {"version": delivery.version, "date": f"{hour:%Y-%m-%d}", "time": f"{hour:%H:%M}"}
    assert browser(dewi).post(reverse("put_off", args=[delivery.pk]), sent).status_code == 302


def test_what_was_missed_stands_on_the_calendar_at_its_new_hour(at_nine, clock, dewi):
    delivery = at_nine()
    after_its_hour(clock, delivery, minutes=60)
    put_off(dewi, delivery, 30)
    delivery.refresh_from_db()
    day = f"{timezone.localtime(delivery.not_before):%Y-%m-%d}"
    assert delivery.post.title in words(browser(dewi).get(reverse("calendar_day", args=[day])))


def test_a_channel_that_follows_later_leaves_the_post_where_the_other_went(
    sari, dewi, channels, clock
):
    post = make_approved(sari, dewi, channels["x"], channels["facebook"])
    hour, (late, out) = post.publish_at, post.deliveries.order_by("-channel__platform")
    Delivery.objects.filter(pk=out.pk).update(status="published", next_at=None, published_at=hour)
    Delivery.objects.filter(pk=late.pk).update(status="missed", next_at=None)
    put_off(dewi, late, 30)
    post.refresh_from_db()
    assert post.publish_at == hour


# --- outages ---


def waits_of(clock, delivery, *, for_minutes) -> list[int]:
    """Go from wake-up to wake-up; the seconds that it waited between its tries."""
    waits, end = [], timezone.now() + timedelta(minutes=for_minutes)
    while now_of(delivery) == "waiting" and timezone.now() < end:
        at = max(delivery.next_at or end, timezone.now() + timedelta(seconds=1))
        waits.append(round((at - timezone.now()).total_seconds()))
        clock.move_to(min(at, end), tick=False)
        work(clock)
    return waits


def test_each_try_during_an_outage_waits_longer_from_five_seconds_to_five_minutes(
    at_nine, clock, settings, monkeypatch
):
    monkeypatch.setattr("random.random", lambda: 1.0)
    delivery = at_nine(publish_at=None)
    clock.shift(timedelta(seconds=11))
    with outage(settings):
        work(clock)
        waits = waits_of(clock, delivery, for_minutes=20)
    assert waits[:7] == [5, 15, 45, 120, 300, 300, 300]


def test_the_jitter_is_full_and_never_nothing(monkeypatch):
    monkeypatch.setattr("random.random", lambda: 0.0)
    assert {places.back_off(tries) for tries in range(9)} == {timedelta(seconds=1)}


@pytest.fixture
def in_line(sari, dewi, channels, box, clock) -> list[Delivery]:
    """Three approved posts for X and three for Facebook, each as soon as possible."""
    return [
        make_approved(sari, dewi, channels[p], publish_at=None, text=f"Kabar {n}.").deliveries.get()
        for p in ("x", "facebook")
        for n in range(3)
    ]


def minutes_pass(clock, n) -> None:
    for _ in range(n):
        work(clock, 60)


def all_are_out(clock, box, rows) -> None:
    """What was kept waiting goes out within its grace, each once."""
    assert box.ledger() == []
    for _ in range(9 * 6):
        work(clock, 10)
    assert {now_of(row) for row in rows} == {"published"}
    assert len(box.ledger()) == len(rows)


def test_after_an_outage_shorter_than_the_grace_everything_is_sent(in_line, box, clock, settings):
    with outage(settings):
        minutes_pass(clock, 50)
    all_are_out(clock, box, in_line)


def test_after_platforms_that_failed_for_less_than_the_grace_everything_is_sent(
    in_line, box, clock
):
    for platform, step in (("facebook", "media"), ("facebook", "publish"), ("x", "read")):
        box.fault(platform, step, "503", times=0)
    minutes_pass(clock, 50)
    box.heal()
    all_are_out(clock, box, in_line)


def test_after_an_outage_longer_than_the_grace_everything_is_missed_and_dewi_is_told(
    in_line, sari, dewi, box, clock, settings
):
    with outage(settings):
        minutes_pass(clock, 61)
    minutes_pass(clock, 10)
    assert {now_of(row) for row in in_line} == {"missed"}
    assert box.ledger() == []
    for reader in (sari, dewi):
        home = words(browser(reader).get(reverse("home")))
        assert "Terlewat" in home
        assert all(row.post.title in home for row in in_line)


# --- rate limits and quotas ---


@pytest.mark.parametrize("reset", ["header", "retry_after"])
def test_a_rate_limit_keeps_its_channel_quiet_while_another_goes_on(
    sari, dewi, channels, box, clock, reset
):
    post = make_approved(sari, dewi, channels["x"], channels["facebook"], publish_at=None)
    on_x, on_facebook = (post.deliveries.get(channel=channels[p]) for p in ("x", "facebook"))
    box.fault("x", "publish", "429", reset_in=600, reset=reset)
    work(clock, 11)
    assert (now_of(on_x), now_of(on_facebook)) == ("waiting", "published")
    late = make_approved(sari, dewi, channels["facebook"], publish_at=None, text="Yang kedua.")
    work(clock, 585)
    assert (now_of(on_x), now_of(late.deliveries.get())) == ("waiting", "published")
    work(clock, 30)
    assert now_of(on_x) == "published"


def test_a_page_that_used_up_metas_patience_rests_while_the_other_channels_go_on(
    sari, dewi, channels, box, clock
):
    first, second, on_x = (
        make_approved(sari, dewi, channels[p], publish_at=None, text=text).deliveries.get()
        for p, text in (("facebook", "Satu."), ("facebook", "Dua."), ("x", "Tiga."))
    )
    box.fault("facebook", "publish", "usage", percent=100, reset_in=900)
    work(clock, 11)
    assert [now_of(row) for row in (first, second, on_x)] == ["published", "waiting", "published"]
    for _ in range(14):
        work(clock, 60)
    assert now_of(second) == "waiting"
    assert lane.claim(channels["facebook"].pk) is None
    work(clock, 61)
    assert now_of(second) == "published"


def test_what_a_quota_holds_is_sent_at_once_when_dewi_says_so(at_nine, clock, box, dewi):
    delivery = at_nine(publish_at=None)
    box.fault("x", "publish", "429", reset_in=2 * 3600)
    work(clock, 11)
    assert (now_of(delivery), delivery.hold) == ("held", "quota")
    work(clock, 60)
    seen = {"version": delivery.version}
    browser(dewi).post(reverse("resume", args=[delivery.pk]), seen)
    assert Lane.objects.get().held_until is None
    work(clock, 1)
    assert now_of(delivery) == "published"
    assert len(box.ledger()) == 1


def test_a_quota_that_comes_back_in_time_needs_nobody(at_nine, clock, box):
    delivery = at_nine(publish_at=None)
    box.fault("x", "publish", "429", reset_in=50 * 60)
    work(clock, 11)
    assert (now_of(delivery), delivery.hold) == ("waiting", "")
    work(clock, 50 * 60 + 1)
    assert now_of(delivery) == "published"
