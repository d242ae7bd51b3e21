"""Refusals as X and Meta word them, with their numbers and their headers."""

from __future__ import annotations

import json
import time

import facebook
import pytest

from tests.sandbox.callers import feed, picture, tweet


def business_usage(answer, account: str = "201"):
    (usage,) = json.loads(answer.headers["X-Business-Use-Case-Usage"])[account]
    return usage["call_count"], usage["estimated_time_to_regain_access"]


def seconds_until(answer, header: str) -> float:
    return int(answer.headers[header]) - time.time()


# --- X ---


def test_x_may_keep_silent_about_the_end_of_a_limit(session, controls):
    controls.fault("x", "publish", "429", reset="missing")
    answer = tweet(session)
    assert answer.status_code == 429
    assert not [name for name in answer.headers if "limit" in name.lower()]


def test_x_may_tell_the_end_of_a_limit_by_a_word(session, controls):
    controls.fault("x", "publish", "429", reset="garbled")
    assert tweet(session).headers["x-rate-limit-reset"] == "soon"


def test_x_may_tell_it_by_retry_after_alone(session, controls):
    controls.fault("x", "publish", "429", reset="retry_after", reset_in=40)
    answer = tweet(session)
    assert answer.headers["Retry-After"] == "40"
    assert "x-rate-limit-reset" not in answer.headers


def test_the_limit_of_a_day_ends_later_than_the_window(session, controls):
    controls.fault("x", "publish", "429", reset="daily", reset_in=40_000)
    answer = tweet(session)
    assert answer.headers["x-user-limit-24hour-remaining"] == "0"
    assert answer.headers["x-app-limit-24hour-remaining"] != "0"
    assert seconds_until(answer, "x-rate-limit-reset") < 1000
    assert 39_000 < seconds_until(answer, "x-user-limit-24hour-reset") <= 40_000


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("401", 401, "Unauthorized"),
        ("402", 402, "CreditsDepleted"),
        ("unsupported_authentication", 403, "problems/unsupported-authentication"),
        ("suspended", 403, '"code": 64'),
        ("usage_capped", 429, "problems/usage-capped"),
    ],
)
def test_x_refuses_once_and_then_takes_the_post(session, controls, kind, status, said):
    controls.fault("x", "publish", kind)
    answer = tweet(session)
    assert answer.status_code == status
    assert said in answer.text
    assert tweet(session).status_code == 201


@pytest.mark.parametrize("when", ["before", "after"])
def test_x_takes_a_picture_and_then_cannot_use_it(session, controls, when):
    controls.fault("x", "media", "media_failed", when=when)
    answer = session.post(
        "https://api.x.com/2/media/upload",
        files={"media": ("foto.jpg", picture(), "image/jpeg")},
        data={"media_category": "tweet_image"},
        headers={"Authorization": "Bearer token-dinkes"},
    )
    media = answer.json()["data"]
    assert (answer.status_code, media["processing_info"]["state"]) == (200, "failed")
    assert media["id"]


def test_x_lets_a_window_run_out_on_good_answers(session, controls):
    controls.fault("x", "publish", "usage", percent=90, ramp=10, times=2)
    answers = [tweet(session, f"Imbauan {n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    left = [int(answer.headers["x-rate-limit-remaining"]) for answer in answers]
    assert left[:2] == [10, 0]
    assert left[2] > 10


# --- Meta ---


@pytest.mark.parametrize("subcode", [458, 459, 460, 463, 464, 467, 492])
@pytest.mark.parametrize("kind", ["401", "error"])
def test_meta_refuses_a_token_and_says_why(session, controls, subcode, kind):
    controls.fault("facebook", "publish", kind, code=190, subcode=subcode)
    answer = feed(session)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["error_subcode"]) == (400, 190, subcode)
    assert error["message"].startswith("Error validating access token: ")
    assert feed(session).status_code == 200


@pytest.mark.parametrize("code", [4, 17])
def test_the_limits_of_the_app_are_told_by_its_usage(session, controls, code):
    controls.fault("facebook", "publish", "error", code=code)
    answer = feed(session)
    assert answer.json()["error"]["code"] == code
    assert json.loads(answer.headers["X-App-Usage"])["call_count"] == 100


@pytest.mark.parametrize("code", [32, 613, 80001, 80002])
def test_the_limits_of_a_page_tell_when_they_end(session, controls, code):
    controls.fault("facebook", "publish", "error", code=code, reset_in=601)
    answer = feed(session)
    assert answer.json()["error"]["code"] == code
    assert business_usage(answer) == (100, 11)


@pytest.mark.parametrize(
    ("reset", "told"), [("header", 15), ("garbled", "soon"), ("daily", 24 * 60)]
)
def test_meta_tells_the_end_of_a_limit_in_minutes_or_in_a_word(session, controls, reset, told):
    controls.fault("facebook", "publish", "429", reset=reset)
    assert business_usage(feed(session)) == (100, told)


@pytest.mark.parametrize(("reset", "told"), [("missing", None), ("retry_after", "900")])
def test_meta_may_tell_no_usage_at_all(session, controls, reset, told):
    controls.fault("facebook", "publish", "429", reset=reset)
    answer = feed(session)
    assert answer.json()["error"]["code"] == 32
    assert answer.headers.get("Retry-After") == told
    assert not [name for name in answer.headers if name.endswith("Usage")]


def test_usage_rises_on_good_answers_until_it_is_full(session, controls):
    controls.fault("facebook", "any", "usage", percent=80, ramp=10, times=4, reset_in=300)
    answers = [feed(session, f"Imbauan {n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    usages = [business_usage(answer) for answer in answers]
    assert usages == [(80, 0), (90, 0), (100, 5), (100, 5), (1, 0)]
    assert json.loads(answers[1].headers["X-App-Usage"])["call_count"] == 90


def test_usage_and_a_refusal_may_come_together(session, controls):
    controls.fault("facebook", "publish", "usage", percent=85)
    controls.fault("facebook", "publish", "429")
    answer = feed(session)
    assert (answer.status_code, business_usage(answer)) == (403, (100, 15))


@pytest.mark.parametrize("subcode", [1390008, 1404082, 4854002])
def test_meta_blocks_an_action_for_different_reasons(session, controls, subcode):
    controls.fault("facebook", "publish", "error", code=368, subcode=subcode)
    error = feed(session).json()["error"]
    assert (error["code"], error["error_subcode"]) == (368, subcode)
    assert error["error_user_title"]
    assert controls.texts() == []


def test_meta_serves_another_version_than_was_asked_for(session, controls):
    controls.fault("facebook", "any", "version", version="v21.0")
    assert feed(session, "Satu").headers["facebook-api-version"] == "v21.0"
    assert feed(session, "Dua").headers["facebook-api-version"] == "v25.0"


# --- Instagram ---


def refused(graph, path: str, **fields: str) -> tuple[int, int]:
    with pytest.raises(facebook.GraphAPIError) as refusal:
        graph.put_object("301", path, **fields)
    error = refusal.value.result["error"]
    return error["code"], error["error_subcode"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("not_ready", (9007, 2207027)),
        ("unknown_container", (24, 2207008)),
        ("quota", (9, 2207042)),
    ],
)
def test_a_ready_container_is_refused_once(graph, controls, shelf, kind, told):
    container = graph.put_object("301", "media", image_url=shelf.put(picture()))["id"]
    controls.fault("instagram", "publish", kind)
    assert refused(graph, "media_publish", creation_id=container) == told
    assert graph.put_object("301", "media_publish", creation_id=container)["id"]
    assert len(controls.ledger()) == 1


def test_a_picture_cannot_be_fetched_for_a_while(graph, controls, shelf):
    controls.fault("instagram", "container", "unfetchable", times=2)
    address = shelf.put(picture())
    assert [refused(graph, "media", image_url=address) for _ in "ab"] == [(9004, 2207052)] * 2
    assert graph.put_object("301", "media", image_url=address)["id"]


def test_a_container_grows_too_old(graph, controls, shelf):
    controls.fault("instagram", "container", "container_expired")
    container = graph.put_object("301", "media", image_url=shelf.put(picture()))["id"]
    assert graph.get_object(container, fields="status_code")["status_code"] == "EXPIRED"
    assert refused(graph, "media_publish", creation_id=container) == (-2, 2207020)


def test_the_third_container_of_three_is_broken(graph, controls, shelf):
    controls.fault("instagram", "container", "container_error", skip=2, subcode=2207026)
    address = shelf.put(picture())
    made = [graph.put_object("301", "media", image_url=address)["id"] for _ in range(3)]
    told = [graph.get_object(id, fields="status_code")["status_code"] for id in made]
    assert told == ["FINISHED", "FINISHED", "ERROR"]
