"""Sari's words on Facebook: an invisible post, the switch that shows it, and Meta's errors."""

import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import (
    Absent,
    Fault,
    Healthy,
    Prepared,
    Published,
    Refused,
    Scope,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import ACCOUNTS, TEXT, Answer, make_adapter, prepared

DRAFT = {"post": "800_1"}
DAY = timedelta(hours=24)


@pytest.fixture
def facebook(stand_in):
    return make_adapter("facebook", stand_in.url)


def error(code, subcode=None, status=400, **more) -> Answer:
    body = {"message": "(#1) sesuatu", "type": "OAuthException", "code": code} | more
    return Answer(status, {"error": body | ({"error_subcode": subcode} if subcode else {})})


@pytest.mark.parametrize(
    "answer",
    [error(1, status=500), error(2), error(12345, is_transient=True), error(1, 1363047), error(-7)],
)
def test_an_error_that_may_hide_a_post_is_a_doubt(facebook, stand_in, make_job, answer):
    stand_in.answers(answer)
    assert isinstance(facebook.publish(make_job("facebook", checkpoint=DRAFT)), Unknown)
    assert isinstance(facebook.prepare(make_job("facebook")), TryLater)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (error(1, status=500, message="Please reduce the amount of data"), Fault.CONTENT),
        (error(100), Fault.CONTENT),
        (error(100, 1349125), Fault.CONTENT),
        (error(368, 1346003), Fault.CONTENT),
        (error(1, 1366046), Fault.CONTENT),
        (error(506, 1455006), Fault.CONTENT),
        (error(368, 1404082), Fault.CONTENT),
        (error(368, 4854002), Fault.CHANNEL),
        (error(190, 458), Fault.CHANNEL),
        (error(190, 459), Fault.CHANNEL),
        (error(190, status=401), Fault.CHANNEL),
        (error(102), Fault.CHANNEL),
        (error(10, status=403), Fault.CHANNEL),
        (error(200, status=403), Fault.CHANNEL),
        (error(1, 1404078), Fault.CHANNEL),
    ],
)
def test_a_refusal_names_who_has_to_act(facebook, stand_in, make_job, answer, fault):
    stand_in.answers(answer)
    outcome = facebook.publish(make_job("facebook", checkpoint=DRAFT))
    assert isinstance(outcome, Refused)
    assert outcome.fault is fault
    assert "sesuatu" not in outcome.reason


@pytest.mark.parametrize(
    ("answer", "rest"),
    [
        (error(32), timedelta(hours=1)),
        (error(80001), timedelta(hours=1)),
        (replace(error(4), headers={"X-Business-Use-Case-Usage": "rusak"}), timedelta(hours=1)),
        (
            replace(
                error(32),
                headers={
                    "X-Business-Use-Case-Usage": '{"800": [{"estimated_time_to_regain_access": 7}]}'
                },
            ),
            timedelta(minutes=7),
        ),
        (error(368), DAY),
        (error(368, 1390008), DAY),
        (Answer(429, "<h1>Pelan</h1>"), timedelta(hours=1)),
    ],
)
def test_a_limit_rests_the_channel_as_long_as_meta_says(facebook, stand_in, make_job, answer, rest):
    stand_in.answers(answer)
    outcome = facebook.publish(make_job("facebook", checkpoint=DRAFT))
    assert isinstance(outcome, TryLater)
    assert (outcome.scope, outcome.after) == (Scope.CHANNEL, rest)


def test_a_duplicate_after_a_doubt_is_a_doubt(facebook, stand_in, make_job, a_minute_ago):
    stand_in.answers(error(506, 1455006))
    job = make_job("facebook", checkpoint=DRAFT, since=a_minute_ago)
    assert isinstance(facebook.publish(job), Unknown)


def test_an_invisible_post_that_vanished_is_made_again_once(facebook, stand_in, make_job):
    stand_in.answers(error(100, 33))
    job = make_job("facebook", checkpoint={"post": "800_1", "photos": ["9"]})
    again = facebook.publish(job)
    assert isinstance(again, TryLater)
    assert again.checkpoint == {"strikes": 1}
    outcome = facebook.publish(replace(job, checkpoint={"strikes": 1} | DRAFT))
    assert isinstance(outcome, Refused)


def test_a_link_that_cannot_be_read_is_tried_once_more(facebook, stand_in, make_job):
    stand_in.answers(error(100, 1609005))
    first = facebook.prepare(make_job("facebook"))
    assert isinstance(first, TryLater)
    second = facebook.prepare(make_job("facebook", checkpoint=first.checkpoint))
    assert isinstance(second, Refused)
    assert second.fault is Fault.CONTENT


def test_our_post_itself_says_whether_it_is_public(facebook, stand_in, make_job):
    job = make_job("facebook", checkpoint=DRAFT)
    stand_in.answers(Answer(200, {"id": "800_1", "is_published": False}))
    assert facebook.find(job) == Absent(proved=True)
    link = "https://www.facebook.com/800/posts/1"
    stand_in.answers(Answer(200, {"id": "800_1", "is_published": True, "permalink_url": link}))
    assert facebook.find(job) == Published("800_1", f"{stand_in.url}/www.facebook.com/800/posts/1")
    assert not stand_in.posts()


def test_a_post_is_known_again_by_words_and_hour(facebook, stand_in, make_job, a_minute_ago):
    now, then = datetime.now(UTC), datetime.now(UTC) - timedelta(days=2)
    old = {"id": "800_1", "message": TEXT, "created_time": f"{then:%Y-%m-%dT%H:%M:%S+0000}"}
    new = {"id": "800_2", "message": TEXT + " ", "created_time": f"{now:%Y-%m-%dT%H:%M:%S+0000}"}
    job = make_job("facebook", since=a_minute_ago)
    stand_in.answers(Answer(200, {"data": [old]}))
    assert facebook.find(job) == Absent()
    stand_in.answers(Answer(200, {"data": [new, old]}))
    assert facebook.find(job).remote_id == "800_2"
    stand_in.answers(Answer(200, {"data": [old] * 25}))
    assert isinstance(facebook.find(job), Unknown)


def test_meta_gets_the_version_and_the_proof_it_wants(stand_in, make_job):
    facebook = make_adapter("facebook", stand_in.url, app_secret="kunci", version="v26.0")
    stand_in.answers(Answer(200, {"success": True}))
    facebook.publish(make_job("facebook", checkpoint=DRAFT))
    (asked,) = stand_in.asked
    proof = hmac.new(b"kunci", b"EAA-rahasia", hashlib.sha256).hexdigest()
    assert (asked.path, asked.query) == ("/v26.0/800_1", {"appsecret_proof": proof})
    assert asked.form == {"is_published": "true", "access_token": "EAA-rahasia"}


def test_a_token_without_the_right_to_post_is_noticed(stand_in):
    facebook = make_adapter("facebook", stand_in.url, app_id="1", app_secret="kunci")
    page = Answer(200, {"id": "800", "name": "Dinas Kesehatan"})
    stand_in.answers(page, Answer(200, {"data": {"is_valid": True, "scopes": ["read_insights"]}}))
    assert "pages_manage_posts" in facebook.verify(ACCOUNTS["facebook"]).reason
    stand_in.answers(page, Answer(200, {"data": {"is_valid": False}}))
    assert isinstance(facebook.verify(ACCOUNTS["facebook"]), Refused)
    stand_in.answers(page, Answer(200, {"data": {"is_valid": True, "scopes": []}}))
    assert facebook.verify(ACCOUNTS["facebook"]) == Healthy("Dinas Kesehatan")


def test_success_that_is_not_said_is_a_doubt(facebook, stand_in, make_job):
    stand_in.answers(Answer(200, {"id": "800_1"}))
    assert isinstance(facebook.publish(make_job("facebook", checkpoint=DRAFT)), Unknown)


# --- against the sandbox ---


@pytest.mark.parametrize("two_phase", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_saris_post_stands_on_the_page_with_its_pictures(box, make_job, pictures, two_phase, count):
    facebook = make_adapter("facebook", box.url, timeout=(2, 5), two_phase=two_phase)
    job = prepared(facebook, make_job("facebook", pictures=pictures[:count]))
    assert box.ledger == []
    outcome = facebook.publish(job)
    assert isinstance(outcome, Published), outcome
    (post,) = box.ledger
    assert post["text"] == TEXT
    assert [image["alt"] for image in post["images"]] == [p.alt for p in pictures[:count]]
    assert [image["sha256"] for image in post["images"]] == [p.sha256 for p in pictures[:count]]
    assert box.opens(outcome.permalink)


@pytest.mark.parametrize("kind", ["500", "drop", "garbled", "empty"])
@pytest.mark.parametrize("two_phase", [True, False])
def test_an_answer_lost_after_acceptance_is_found(box, make_job, pictures, two_phase, kind):
    facebook = make_adapter("facebook", box.url, timeout=(2, 5), two_phase=two_phase)
    job = prepared(facebook, make_job("facebook", pictures=pictures, since=datetime.now(UTC)))
    box.fault("facebook", "publish", kind, "after")
    assert isinstance(facebook.publish(job), Unknown)
    found = facebook.find(job)
    assert isinstance(found, Published), found
    assert box.opens(found.permalink)
    assert len(box.ledger) == 1


def test_what_was_refused_before_acceptance_is_proved_absent(box, make_job):
    facebook = make_adapter("facebook", box.url, timeout=(2, 5))
    job = prepared(facebook, make_job("facebook", since=datetime.now(UTC)))
    box.fault("facebook", "publish", "503")
    assert isinstance(facebook.publish(job), Unknown)
    assert facebook.find(job) == Absent(proved=True)
    assert isinstance(facebook.publish(job), Published)
    assert len(box.ledger) == 1


def test_a_picture_that_failed_to_go_up_goes_up_alone(box, make_job, pictures):
    facebook = make_adapter("facebook", box.url, timeout=(2, 5))
    first = facebook.prepare(make_job("facebook", pictures=pictures))
    assert isinstance(first, Prepared)
    box.fault("facebook", "media", "500")
    job = make_job("facebook", pictures=pictures, checkpoint=first.checkpoint)
    assert isinstance(facebook.prepare(job), TryLater)
    assert prepared(facebook, job).checkpoint["photos"][0] == first.checkpoint["photos"][0]


def test_a_revoked_token_is_noticed(box, make_job):
    facebook = make_adapter("facebook", box.url, timeout=(2, 5))
    assert isinstance(facebook.verify(ACCOUNTS["facebook"]), Healthy)
    box.fault("facebook", "any", "token_revoked")
    assert isinstance(facebook.verify(ACCOUNTS["facebook"]), Refused)
