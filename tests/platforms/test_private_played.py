"""Sari's words on Instagram by its app's own way: played whole, and lost in every way."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import (
    Fault,
    Prepared,
    Published,
    Refused,
    Rehearsed,
    Sample,
    Seen,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import (
    ACCOUNTS,
    SESSION_ID,
    TEXT,
    make_adapter,
    prepared,
)

ACCOUNT = ACCOUNTS["instagram_private"]


@pytest.fixture
def played(box):
    """The adapter, before the team's sandbox."""
    return make_adapter("instagram_private", box.url, timeout=(2, 5))


def test_nobody_finds_a_session_or_a_password_in_the_logs(box, played, make_job, pictures, caplog):
    caplog.set_level(logging.DEBUG)
    entered = played.login().enter("contoh_dinkes", "sandi-rahasia", kept={})
    session = entered.accounts[0].secrets["session"]
    account = replace(ACCOUNT, secrets={"session": session})
    job = prepared(played, make_job("instagram_private", pictures=pictures, account=account))
    box.fault("instagram_private", "publish", "garbled")
    box.fault("instagram_private", "read", "strange")
    said = [played.publish(job), played.verify(account), played.publish(job)]
    secret = json.loads(session)["authorization_data"]["sessionid"]
    heard = caplog.text + f"{said!r} {entered!r}"
    assert [word for word in (secret, "sandi-rahasia", "IGT:2") if word in heard] == []


@pytest.mark.parametrize("count", [1, 2])
def test_saris_pictures_reach_the_profile(box, played, make_job, pictures, count):
    job = prepared(played, make_job("instagram_private", pictures=pictures[:count]))
    assert box.ledger == []
    outcome = played.publish(job)
    assert isinstance(outcome, Published), outcome
    assert box.opens(outcome.permalink)
    (shown,) = box.ledger
    assert (shown["text"], shown["id"]) == (TEXT, outcome.remote_id)
    assert [image["alt"] for image in shown["images"]] == [p.alt for p in pictures[:count]]
    assert [image["sha256"] for image in shown["images"]] == [p.sha256 for p in pictures[:count]]
    seen = played.read_back(ACCOUNT, outcome.remote_id)
    assert seen == Seen(TEXT, outcome.permalink)


@pytest.mark.parametrize(
    "kind", ["500", "drop", "garbled", "empty", "truncated", "408", "invalid_json", "strange"]
)
def test_an_answer_lost_after_acceptance_is_found_and_stays_one_post(
    box, played, make_job, pictures, kind
):
    job = make_job("instagram_private", pictures=pictures, since=datetime.now(UTC))
    job = prepared(played, job)
    box.fault("instagram_private", "publish", kind, "after")
    assert isinstance(played.publish(job), Unknown)
    found = played.find(job)
    assert isinstance(found, Published), found
    assert box.opens(found.permalink)
    assert len(box.ledger) == 1


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("login_required", Fault.CHANNEL),
        ("challenge_required", Fault.CHANNEL),
        ("suspended", Fault.CHANNEL),
        ("feedback_required", timedelta(hours=24)),
        ("please_wait", timedelta(hours=1)),
        ("429", timedelta(hours=1)),
        ("transcode", timedelta(seconds=10)),
    ],
)
def test_what_instagram_says_instead_of_publishing_is_understood(
    box, played, make_job, pictures, kind, expected
):
    job = prepared(played, make_job("instagram_private", pictures=pictures[:1]))
    box.fault("instagram_private", "publish", kind)
    outcome = played.publish(job)
    assert expected == getattr(outcome, "fault", getattr(outcome, "after", None)), outcome
    assert box.ledger == []


def test_pauses_are_made_before_the_last_tap_and_never_between_leave_and_sending(
    box, make_job, pictures
):
    paused: list[float] = []
    private = make_adapter("instagram_private", box.url, timeout=(2, 5), pause=paused.append)
    job = prepared(private, make_job("instagram_private", pictures=pictures))
    assert len(paused) == 4
    assert 3.0 in paused
    assert isinstance(private.publish(job), Published)
    assert len(paused) == 4


def test_a_rehearsal_uploads_and_shows_nothing(box, played, drawer, pictures):
    done = played.rehearse(ACCOUNT, Sample(drawer.jpegs[pictures[0].sha256], ""))
    assert isinstance(done, Rehearsed)
    assert len(done.steps) == 2
    assert box.ledger == []
    box.fault("instagram_private", "media", "challenge_required")
    sample = Sample(drawer.jpegs[pictures[0].sha256], "")
    assert isinstance(played.rehearse(ACCOUNT, sample), Refused)


def test_prepared_pieces_are_kept_one_by_one(box, played, make_job, pictures):
    job = make_job("instagram_private", pictures=pictures)
    first = played.prepare(job)
    assert isinstance(first, Prepared)
    assert (len(first.checkpoint["uploads"]), first.done) == (1, False)
    box.fault("instagram_private", "media", "drop")
    lost = played.prepare(replace(job, checkpoint=first.checkpoint))
    assert isinstance(lost, TryLater)
    assert lost.checkpoint == first.checkpoint
    assert SESSION_ID not in repr(lost)
