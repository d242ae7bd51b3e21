"""The checker sees each broken promise when it is planted, and nothing where there is none."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from publishing.delivery import manual, pause
from publishing.models import Attempt, Delivery, Event, Revision
from tests import factories
from tests.faults.checker import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(sari, dewi, channels):
    """Makes a delivery that went out a minute ago as it should, with its line of the ledger."""

    def make(text="Imunisasi gratis di Nagari Koto Baru.", ago=60, **fields):
        fields |= {"text": text, "publish_at": None}
        post = factories.make_approved(sari, dewi, channels["x"], **fields)
        then = timezone.now() - timedelta(seconds=ago)
        row = post.deliveries.select_related("revision", "channel").get()
        id = f"{row.pk}00"
        Delivery.objects.filter(pk=row.pk).update(
            status="published",
            not_before=then - timedelta(seconds=1),
            deadline=then + timedelta(hours=1),
            created_at=then - timedelta(seconds=30),
            next_at=None,
            tries=1,
            remote_id=id,
        )
        Attempt.objects.create(
            delivery=row,
            fence=1,
            revision_sha256=row.revision.sha256,
            started_at=then,
            ended_at=then + timedelta(seconds=2),
        )
        row.refresh_from_db()
        return row, line_of(row, then + timedelta(seconds=1))

    return make


def line_of(row, at, **changes):
    entry = row.revision.entry(row.channel_id)
    return {
        "platform": row.channel.platform,
        "account": entry["account"],
        "id": row.remote_id or "999",
        "text": entry["text"],
        "images": [{"sha256": p["sha256"], "alt": p["alt"]} for p in entry["pictures"]],
        "asked_at": at.isoformat(),
        "at": at.isoformat(),
        "permalink": "",
    } | changes


def kinds(*args, **options):
    return [violation.kind for violation in check(*args, **options)]


def change(row, **fields):
    Delivery.objects.filter(pk=row.pk).update(**fields)


def test_what_went_well_is_no_violation(public):
    (_, first), (_, second) = public(), public("Yang kedua.", ago=30)
    assert check([first, second], at_rest=True) == []


def test_a_post_of_which_nobody_knows_is_seen(public):
    _row, line = public()
    assert kinds([line, line | {"id": "1", "text": "Lain."}]) == ["stranger"]


def test_a_second_acceptance_is_seen_unless_a_person_ordered_it(public, dewi):
    row, line = public()
    twice = [line, line_of(row, timezone.now() + timedelta(seconds=1), id="1")]
    assert kinds(twice) == ["doubled"]
    Event.objects.create(
        post=row.post,
        delivery=row,
        actor=dewi,
        verb="settled",
        note=str(manual.SETTLE_ABSENT.label),
    )
    assert kinds(twice) == []


@pytest.mark.parametrize("status", ["waiting", "held", "failed", "missed", "cancelled"])
def test_a_public_post_that_we_call_unsent_is_seen(public, status):
    row, line = public()
    change(row, status=status, remote_id="")
    assert kinds([line]) == ["lost"]


def test_a_public_post_in_doubt_is_none(public):
    row, line = public()
    change(row, status="uncertain", remote_id="", next_at=None)
    assert kinds([line], at_rest=True) == []


def test_what_we_call_public_and_no_platform_has_is_seen(public):
    row, _line = public()
    assert set(kinds([])) == {"invented"}
    change(row, remote_id="")
    assert kinds([]) == ["invented"]


def test_other_pictures_than_the_approved_ones_are_seen(public):
    _row, line = public()
    picture = {"sha256": "0" * 64, "alt": "Poster"}
    assert kinds([line | {"images": [picture]}]) == ["unlike"]


def test_a_revision_that_nobody_approved_is_seen(public, monkeypatch):
    _row, line = public()
    monkeypatch.setattr(Revision, "is_intact", lambda self: False)
    assert kinds([line]) == ["unapproved"]


def test_a_call_that_was_begun_for_another_revision_is_seen(public):
    _row, line = public()
    Attempt.objects.update(revision_sha256="0" * 64)
    assert kinds([line]) == ["unlike"]


def test_a_call_without_an_intent_is_seen(public):
    _row, line = public()
    Attempt.objects.all().delete()
    assert kinds([line]) == ["unmeant"]


def test_what_was_begun_after_its_deadline_is_seen(public):
    row, line = public()
    change(row, deadline=timezone.now() - timedelta(seconds=61))
    assert kinds([line]) == ["late"]


def test_what_was_begun_when_it_was_no_longer_valid_is_seen(public):
    _row, line = public(valid_until=timezone.now() + timedelta(seconds=30), ago=-60)
    assert kinds([line]) == ["late"]


def test_a_call_that_left_long_after_its_deadline_is_seen_unless_its_process_was_frozen(public):
    row, line = public(ago=300)
    change(row, deadline=timezone.now() - timedelta(seconds=290))
    now = timezone.now()
    late = line | {"asked_at": now.isoformat(), "at": now.isoformat()}
    assert kinds([late]) == ["late"]
    assert kinds([late], frozen=[(now - timedelta(seconds=250), now)]) == []


def test_what_was_begun_before_its_hour_is_seen(public):
    row, line = public()
    change(row, not_before=timezone.now())
    assert kinds([line]) == ["early"]


def stop(by, ago):
    """A pause of everything that began `ago` seconds before now."""
    running = pause.start(pause.Target(), reason="Bencana", by=by)
    running.started_at = timezone.now() - timedelta(seconds=ago)
    running.save()
    return running


def test_what_was_begun_during_a_pause_is_seen(public, dewi):
    _row, line = public()
    stop(dewi, 90)
    assert kinds([line]) == ["paused"]


def test_what_was_begun_after_a_pause_had_ended_is_none(public, dewi):
    _row, line = public()
    running = stop(dewi, 90)
    running.ended_at = timezone.now() - timedelta(seconds=70)
    running.save()
    assert kinds([line]) == []


def test_an_intent_committed_behind_the_back_of_a_pause_is_seen_unless_it_is_on_its_list(
    public, dewi
):
    _row, line = public()
    running = stop(dewi, 59.5)  # the attempt was open then, and the platform asked later
    assert kinds([line]) == ["paused"]
    running.overtaken_by.set(Attempt.objects.all())
    assert kinds([line]) == []


def test_two_calls_of_one_channel_at_once_are_seen_unless_a_caller_was_frozen():
    now = timezone.now()
    overlap = {"platform": "x", "account": "1", "at": now.isoformat()}
    assert kinds([], [overlap]) == ["overlap"]
    assert kinds([], [overlap], frozen=[(now - timedelta(seconds=9), now)]) == []


def test_a_later_hour_that_went_first_is_seen(public):
    (first, early), (second, late) = public(), public("Yang kedua.", ago=90)
    hour = timezone.now() - timedelta(seconds=100)
    change(first, not_before=hour, created_at=hour)
    change(second, not_before=hour + timedelta(seconds=5), created_at=hour)
    assert kinds([late, early]) == ["order"]
    change(first, looks=1)
    assert kinds([late, early]) == [], "it had its trouble"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "sending"}, "stuck"),
        ({"status": "waiting", "deadline": "long ago"}, "stuck"),
        ({"status": "waiting"}, "silent"),
        ({"status": "waiting", "next_at": "long ago"}, "silent"),
        ({"status": "uncertain", "next_at": "long ago"}, "silent"),
    ],
)
def test_what_hangs_at_the_end_is_seen(public, fields, kind):
    row, _line = public()
    Attempt.objects.update(ended_at=None)
    long_ago = timezone.now() - settings.LEASE - settings.KEEPS_PLACE - timedelta(minutes=2)
    told = {name: long_ago if value == "long ago" else value for name, value in fields.items()}
    change(row, **{"remote_id": "", "not_before": long_ago} | told)
    assert kinds([]) == []
    assert kinds([], at_rest=True) == [kind]


@pytest.mark.parametrize("status", ["failed", "held", "missed", "uncertain"])
def test_what_waits_for_a_person_at_the_end_is_none(public, status):
    row, _line = public()
    change(row, status=status, remote_id="")
    assert kinds([], at_rest=True) == []
