"""The clock of a review, in working time: who is told at half, at 80 and at 100 percent."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from publishing import calendar, due, kinds, rulebook, workflow
from publishing.models import Alarm, Duty, Holiday, Kind, Notice, Post
from publishing.notices import clocks
from publishing.notices.clocks import share_of, watch
from publishing.notices.collect import collect
from publishing.notices.send import send_due
from publishing.workflow.clock import expire
from tests import factories

pytestmark = pytest.mark.django_db


def wib(day, hour, minute=0):
    """In December 2026: the 2nd is a Wednesday."""
    return timezone.make_aware(datetime(2026, 12, day, hour, minute))


@pytest.fixture
def clock():
    with time_machine.travel(wib(2, 8), tick=False) as traveller:
        yield traveller


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def post(sari, channels, clock):
    """Handed in at eight on a Wednesday, with two working hours; for Friday."""
    return factories.make_submitted(sari, channels["x"], publish_at=wib(4, 14))


def to(clock, *moment) -> None:
    clock.move_to(wib(*moment), tick=False)


def told(person) -> list[str]:
    return [one.sentence for one in Notice.objects.filter(person=person)]


# --- the share ---


@pytest.mark.parametrize(
    ("start", "now", "share"),
    [
        ((2, 8), (2, 8), 0.0),
        ((2, 8), (2, 9), 0.5),
        ((2, 8), (2, 10), 1.0),
        ((2, 15), (2, 16), 0.5),  # an hour before it closes
        ((2, 15), (2, 23), 0.5),  # a night does not run
        ((2, 15), (3, 8), 0.75),
        ((4, 16), (6, 12), 0.25),  # a Friday afternoon, and the weekend after it
        ((4, 16), (7, 8), 0.5),
        ((5, 12), (7, 8, 30), 0.5),  # handed in on a Saturday
    ],
)
def test_two_working_hours_run_only_while_humas_works(start, now, share):
    track = kinds.of(Kind.ANNOUNCEMENT).track
    begin = wib(*start)
    due = calendar.review_due(track, begin, None)
    assert calendar.share_run(track, begin, due, wib(*now)) == pytest.approx(share)


def test_a_holiday_does_not_run_either(db, dewi):
    Holiday.objects.create(on=wib(3, 0).date(), name="Libur daerah")
    rulebook.forget()
    track = kinds.of(Kind.ANNOUNCEMENT).track
    begin = wib(2, 15)
    due = calendar.review_due(track, begin, None)
    assert calendar.share_run(track, begin, due, wib(3, 12)) == pytest.approx(0.5)


def test_an_emergency_runs_by_night():
    track = kinds.of(Kind.EMERGENCY).track
    begin = wib(5, 23)
    due = calendar.review_due(track, begin, None)
    assert calendar.share_run(track, begin, due, wib(5, 23, 12)) == pytest.approx(0.8)


def test_the_share_of_a_post_ends_half_an_hour_before_its_own_hour(post, clock):
    Post.objects.filter(pk=post.pk).update(publish_at=wib(2, 9, 30))
    post.refresh_from_db()
    to(clock, 2, 8, 30)
    assert share_of(post) == pytest.approx(0.5)


# --- who is told ---


def test_at_half_only_who_holds_it_is_told(post, dewi, ratna, clock):
    workflow.take(post, by=dewi)
    to(clock, 2, 9)
    watch()
    assert told(dewi) == [f"Waktu tinjauan Unggahan #{post.pk} dari Dinkes sudah terpakai 50%."]
    assert told(ratna) == []


def test_at_half_of_what_nobody_holds_nobody_is_told(post, dewi, ratna, clock):
    to(clock, 2, 9)
    watch()
    assert not Notice.objects.exists()


def test_at_eighty_all_reviewers_are_told_and_at_the_end_who_leads(post, dewi, ratna, sari, clock):
    to(clock, 2, 9, 40)
    watch()
    assert "80%" in told(dewi)[0]
    assert "80%" in told(ratna)[0]
    to(clock, 2, 10)
    watch()
    assert "80%" in told(dewi)[0]
    assert told(ratna) == [f"Waktu tinjauan Unggahan #{post.pk} dari Dinkes sudah habis."]
    assert told(sari) == []


def test_each_stage_is_told_once_and_a_late_look_tells_only_the_last(post, dewi, ratna, clock):
    to(clock, 2, 12)
    assert watch() == 1
    assert watch() == 0
    assert told(dewi) == []
    assert Notice.objects.get(person=ratna).count == 1
    assert Alarm.objects.count() == len(clocks.STAGES)


def test_what_is_handed_in_again_has_a_new_clock(post, sari, dewi, ratna, clock):
    to(clock, 2, 10)
    watch()
    post.refresh_from_db()
    workflow.withdraw(post, by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    assert watch() == 0
    clock.move_to(timezone.now() + timedelta(hours=2), tick=False)
    assert watch() == 1


def test_what_expired_and_gets_another_hour_has_a_new_clock(post, sari, dewi, ratna, clock):
    to(clock, 4, 14, 1)
    watch()
    expire()
    to(clock, 7, 8)
    post.refresh_from_db()
    workflow.reschedule(post, by=sari, seen=post.version, to=wib(9, 14))
    assert share_of(post) == 0.0
    assert due.about(post).spoken == "sisa 2 jam kerja"
    assert watch() == 0
    to(clock, 7, 10)
    assert watch() == 1


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "sisa 15 menit"),
        (6, "sisa 9 menit"),
        (15, "terlambat 0 menit"),
        (105, "terlambat 1 jam 30 menit"),
    ],
)
def test_the_clock_of_a_danger_runs_at_night_and_is_not_called_working_time(
    sari, channels, clock, minutes, said
):
    to(clock, 2, 22)
    alarm = factories.make_submitted(sari, channels["x"], **factories.urgent(publish_at=None))
    clock.shift(timedelta(minutes=minutes))
    assert due.about(alarm).spoken == said


def test_after_the_decision_no_clock_is_told(post, dewi, clock):
    to(clock, 2, 10)
    factories.approve(post, dewi)
    assert watch() == 0


# --- before the inner step ---


@pytest.fixture
def hendra(post, dinkes):
    """The head before whom it lies."""
    Post.objects.filter(pk=post.pk).update(with_head=True)
    return factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)


def test_a_head_is_reminded_at_half_and_the_coordinators_hear_at_the_end(
    post, hendra, dewi, ratna, clock
):
    to(clock, 2, 9)
    assert watch() == 1
    said = f"Unggahan #{post.pk} dari Dinkes belum diteruskan penanggung jawabnya."
    assert (told(hendra), told(ratna)) == ([said], [])
    to(clock, 2, 9, 40)
    assert watch() == 0
    to(clock, 2, 10)
    assert watch() == 1
    assert told(hendra) == told(ratna) == [said]
    assert told(dewi) == []
    assert Notice.objects.get(person=hendra).path == f"/posts/{post.pk}/"


def test_at_night_no_head_s_clock_runs(post, hendra, clock):
    Post.objects.filter(pk=post.pk).update(submitted_at=wib(2, 15, 30))
    to(clock, 3, 7)
    assert watch() == 0


def test_what_its_head_passed_on_has_the_reviewers_clock_from_then(
    post, hendra, dewi, ratna, clock
):
    to(clock, 2, 9)
    watch()
    post.refresh_from_db()
    workflow.forward(post, by=hendra, seen=post.version)
    to(clock, 2, 10, 30)
    assert watch() == 0  # 75% of a clock that began at nine; nobody holds it
    to(clock, 2, 10, 36)
    assert watch() == 1
    assert "80%" in told(dewi)[0]


# --- the joint release ---


def test_when_a_joint_release_opens_who_may_sign_is_told_and_led_to_it(
    sari, hendra, dewi, ratna, channels, clock
):
    to(clock, 2, 22)
    fajar = factories.make_person("fajar@contoh.test", "Fajar", Role.REVIEWER)
    now = timezone.now()
    Duty.objects.create(person=fajar, begins=now, ends=now + timedelta(hours=9), named_by=ratna)
    alarm = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    Notice.objects.all().delete()
    clock.shift(timedelta(minutes=15))
    assert watch() > 0
    said = f"Unggahan #{alarm.pk} dari Dinkes belum diputuskan: rilis bersama terbuka."
    of_it = Notice.objects.filter(post=alarm)
    for person in (hendra, fajar):
        line = of_it.get(person=person)
        assert (line.sentence, line.urgent) == (said, True)
        assert line.path == f"/posts/{alarm.pk}/#rilis"
    assert "sudah habis" in of_it.get(person=ratna).sentence
    assert not of_it.filter(person__in=(sari, dewi)).exists()
    assert watch() == 0


def test_no_release_is_said_to_open_before_its_quarter_of_an_hour(
    sari, hendra, ratna, channels, clock
):
    to(clock, 2, 22)
    soon = {"publish_at": timezone.now() + timedelta(minutes=35)}
    alarm = factories.make_checked(sari, channels["x"], **factories.urgent(**soon))
    clock.shift(timedelta(minutes=6))
    watch()
    assert not Notice.objects.filter(post=alarm, person=hendra).exists()
    assert "sudah habis" in Notice.objects.get(post=alarm, person=ratna).sentence


# --- outside, and the rest ---


def test_the_letter_of_a_clock_that_ran_out_does_not_wait_for_the_morning(
    post, dewi, ratna, clock, mailoutbox
):
    collect()
    assert send_due() == 0  # what was handed in is told in the morning
    to(clock, 2, 9, 40)
    watch()
    assert send_due() == 2
    to(clock, 2, 10)
    watch()
    send_due()
    assert sorted(letter.to[0] for letter in mailoutbox) == [dewi.email, ratna.email, ratna.email]
    assert "sudah habis" in mailoutbox[-1].subject


def test_a_look_at_few_posts_does_not_read_the_alarms_of_a_year(post, clock):
    Alarm.objects.bulk_create(Alarm(key=f"clock:{number}:0:50") for number in range(100))
    with CaptureQueriesContext(connection) as asked:
        watch()
    [alarms] = [q["sql"] for q in asked if "publishing_alarm" in q["sql"]]
    assert f"clock:{post.pk}:" in alarms


def test_a_training_s_clock_is_told_only_to_who_is_in_it(post, dewi, ratna, clock):
    Post.objects.filter(pk=post.pk).update(is_training=True)
    dewi.in_training = True
    dewi.save()
    to(clock, 2, 9, 40)
    watch()
    assert len(told(dewi)) == 1
    assert told(ratna) == []
