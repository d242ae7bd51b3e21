"""Sari's words on Facebook: an invisible post, the switch that shows it, and Meta's errors."""

import hashlib
import hmac
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import (
    Absent,
    Healthy,
    Light,
    Prepared,
    Published,
    Refused,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import ACCOUNTS, TEXT, make_adapter, prepared
from tests.platforms.stand_in import Answer

DRAFT = {"post": "800_1"}
DAY = timedelta(hours=24)


@pytest.fixture
def facebook(stand_in):
    return make_adapter("facebook", stand_in.url)


def error(code, subcode=None, status=400, **more) -> Answer:
    body = {"message": "(#1) sesuatu", "type": "OAuthException", "code": code} | more
    return Answer(status, {"error": body | ({"error_subcode": subcode} if subcode else {})})


def test_an_invisible_post_that_vanished_is_made_again_once(facebook, stand_in, make_job):
    stand_in.answers(error(100, 33))
    job = make_job("facebook", checkpoint={"post": "800_1", "photos": ["9"]})
    again = facebook.publish(job)
    assert isinstance(again, TryLater)
    assert again.checkpoint == {"strikes": {"publish": {"33": 1}}}
    outcome = facebook.publish(replace(job, checkpoint={**again.checkpoint, **DRAFT}))
    assert isinstance(outcome, Refused)


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


@pytest.mark.parametrize(("late", "found"), [(120, True), (180, False)])
def test_metas_clock_may_be_two_minutes_behind_ours(facebook, stand_in, make_job, late, found):
    began = datetime(2026, 11, 24, 8, 0, 0, 900_000, tzinfo=UTC)
    stamp = f"{began - timedelta(seconds=late):%Y-%m-%dT%H:%M:%S+0000}"
    post = {"id": "800_2", "message": TEXT, "created_time": stamp}
    stand_in.answers(Answer(200, {"data": [post]}))
    outcome = facebook.find(make_job("facebook", since=began))
    assert isinstance(outcome, Published if found else Absent)
    assert int(stand_in.asked[0].query["since"]) <= began.timestamp() - 120


def test_a_post_that_shows_late_is_absent_first_and_found_later(facebook, stand_in, make_job):
    began = datetime.now(UTC)
    post = {"id": "800_2", "message": TEXT, "created_time": f"{began:%Y-%m-%dT%H:%M:%S+0000}"}
    stand_in.answers(Answer(200, {"data": []}), Answer(200, {"data": [post]}))
    job = make_job("facebook", since=began)
    assert facebook.find(job) == Absent(proved=False)
    assert isinstance(facebook.find(job), Published)


@pytest.mark.parametrize(
    "shown",
    [TEXT.replace(" ", "\n"), f" {TEXT}\r\n", unicodedata.normalize("NFD", TEXT)],
)
def test_our_words_are_known_again_however_meta_rewrites_them(
    facebook, stand_in, make_job, shown, a_minute_ago
):
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S+0000}"
    stand_in.answers(Answer(200, {"data": [{"id": "1", "message": shown, "created_time": now}]}))
    assert isinstance(facebook.find(make_job("facebook", since=a_minute_ago)), Published)


@pytest.mark.parametrize("found", [[7], [None], [{"message": TEXT}], {}, "x"])
def test_a_list_of_another_shape_decides_nothing(facebook, stand_in, make_job, found, a_minute_ago):
    stand_in.answers(Answer(200, {"data": found}))
    assert isinstance(facebook.find(make_job("facebook", since=a_minute_ago)), TryLater)


def test_an_invisible_post_of_which_we_heard_nothing_is_made_again(facebook, stand_in, make_job):
    stand_in.answers(Answer(how="drop"), Answer(200, {"id": "800_2"}))
    doubted = facebook.prepare(make_job("facebook"))
    assert isinstance(doubted, TryLater)
    again = facebook.prepare(make_job("facebook", checkpoint=doubted.checkpoint))
    assert again == Prepared({"post": "800_2"}, done=True)


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
    lights = facebook.verify(ACCOUNTS["facebook"]).lights
    assert (lights[Light.SEND], lights[Light.INSIGHT]) == (False, True)
    stand_in.answers(page, Answer(200, {"data": {"is_valid": False}}))
    assert isinstance(facebook.verify(ACCOUNTS["facebook"]), Refused)
    stand_in.answers(page, Answer(200, {"data": {"is_valid": True, "scopes": []}}))
    assert facebook.verify(ACCOUNTS["facebook"]) == Healthy("Dinas Kesehatan", "Dinas Kesehatan")


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
