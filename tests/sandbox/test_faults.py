"""Faults: what each one says, when it strikes, and what it leaves behind."""

from __future__ import annotations

import time

import facebook
import pytest
import requests
import tweepy

from tests.sandbox.callers import feed, picture, tweet, tweet_alone, x_client


@pytest.mark.parametrize(("when", "kept"), [("before", []), ("after", ["Halo"])])
@pytest.mark.parametrize("kind", ["500", "503", "garbled", "empty", "drop", "429"])
def test_a_fault_before_leaves_nothing_and_a_fault_after_leaves_the_post(
    session, controls, kind, when, kept
):
    controls.fault("x", "publish", kind, when=when)
    if kind == "drop":
        with pytest.raises(requests.ConnectionError):
            tweet(session)
    else:
        answer = tweet(session)
        said = {"garbled": 200, "empty": 201}.get(kind) or int(kind)
        assert answer.status_code == said
    assert controls.texts() == kept
    assert controls.get("faults") == {"faults": []}


@pytest.mark.parametrize(("when", "kept"), [("before", []), ("after", ["Halo"])])
def test_a_page_post_dropped_before_or_after_acceptance(graph, controls, when, kept):
    controls.fault("facebook", "publish", "drop", when=when)
    with pytest.raises(requests.ConnectionError):
        graph.put_object("201", "feed", message="Halo")
    assert controls.texts() == kept


def test_a_publish_that_commits_but_answers_500_shows_in_the_container(graph, controls, shelf):
    container = graph.put_object("301", "media", image_url=shelf.put(picture()))["id"]
    controls.fault("instagram", "publish", "500", when="after")
    with pytest.raises(facebook.GraphAPIError):
        graph.put_object("301", "media_publish", creation_id=container)
    assert graph.get_object(container, fields="status_code")["status_code"] == "PUBLISHED"
    assert len(controls.ledger()) == 1


def test_a_hanging_platform_is_given_up_by_the_caller(box, controls):
    controls.fault("x", "publish", "hang", when="after", seconds=30)
    with pytest.raises(requests.ReadTimeout):
        tweet_alone(box.url, timeout=0.3)
    assert controls.texts() == ["Halo"]


def test_too_many_requests_says_until_when(x, session, controls):
    controls.fault("x", "publish", "429", reset_in=120)
    with pytest.raises(tweepy.TooManyRequests) as refused:
        x.create_tweet(text="Halo")
    assert 100 < int(refused.value.response.headers["x-rate-limit-reset"]) - time.time() < 130
    controls.fault("facebook", "publish", "429", reset_in=600)
    answer = feed(session)
    assert answer.json()["error"]["code"] == 32
    usage = answer.headers["X-Business-Use-Case-Usage"]
    assert '"estimated_time_to_regain_access": 10' in usage


def test_a_revoked_token_stays_revoked_until_the_fault_is_cleared(x, graph, controls):
    controls.fault("x", "any", "token_revoked", account="101")
    controls.fault("facebook", "any", "token_revoked")
    for _ in range(2):
        with pytest.raises(tweepy.Unauthorized):
            x.create_tweet(text="Halo")
        with pytest.raises(facebook.GraphAPIError) as refused:
            graph.put_object("201", "feed", message="Halo")
        error = refused.value.result["error"]
        assert (error["code"], error["error_subcode"]) == (190, 460)
    controls.heal()
    x.create_tweet(text="Pulih")
    assert controls.texts() == ["Pulih"]


def test_refusals_speak_as_x_does(session, controls):
    told = {}
    for kind in ("402", "duplicate", "forbidden"):
        controls.fault("x", "publish", kind)
        answer = tweet(session)
        told[kind] = (answer.status_code, answer.json()["detail"])
    assert told["402"][0] == 402
    assert told["duplicate"] == (
        403,
        "You are not allowed to create a Tweet with duplicate content.",
    )
    assert told["forbidden"] == (403, "You are not permitted to perform this action.")


def test_any_error_of_meta_can_be_asked_for(graph, controls):
    controls.fault("facebook", "publish", "error", code=368, subcode=1390008, status=403)
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("201", "feed", message="Halo")
    error = refused.value.result["error"]
    assert (error["code"], error["error_subcode"]) == (368, 1390008)
    controls.fault("facebook", "publish", "duplicate")
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("201", "feed", message="Halo")
    assert refused.value.result["error"]["error_subcode"] == 1455006


def test_a_fault_strikes_only_its_step_its_account_and_so_often(x, session, controls):
    controls.fault("x", "publish", "500", account="102", times=2)
    controls.fault("x", "media", "503", html=True)
    x.create_tweet(text="Sari tidak terkena")
    budi = x_client(session, access_token="token-pupr", access_secret="rahasia-pupr")
    for _ in range(2):
        with pytest.raises(tweepy.TwitterServerError):
            budi.create_tweet(text="Budi terkena")
    budi.create_tweet(text="Budi terkena")
    assert controls.texts() == ["Sari tidak terkena", "Budi terkena"]


def test_a_refused_post_does_not_use_up_a_fault_after(x, controls):
    controls.fault("x", "publish", "500", when="after")
    with pytest.raises(tweepy.BadRequest):
        x.create_tweet(text="a" * 300)
    assert len(controls.get("faults")["faults"]) == 1


def test_an_invisible_post_is_missing_from_lists_for_a_while(x, controls):
    controls.fault("x", "publish", "invisible", seconds=0.3)
    id = x.create_tweet(text="Halo").data["id"]
    assert x.get_users_tweets("101", user_auth=True).data is None
    assert x.get_tweet(id, user_auth=True).data.text == "Halo"
    deadline = time.monotonic() + 5
    while not x.get_users_tweets("101", user_auth=True).data:
        assert time.monotonic() < deadline
    assert controls.texts() == ["Halo"]


@pytest.mark.parametrize(
    "wish",
    [
        {"platform": "x", "step": "publish", "kind": "container_slow"},
        {"platform": "facebook", "step": "publish", "kind": "402"},
        {"platform": "x", "step": "terbit", "kind": "500"},
        {"platform": "x", "step": "publish", "kind": "500", "when": "sometime"},
        {"platform": "x", "step": "publish", "kind": "500", "oftne": 2},
        {"platform": "x", "step": "publish", "kind": "500", "times": "dua"},
    ],
)
def test_a_fault_that_cannot_be_is_refused(controls, wish):
    assert controls.post("faults", wish).status_code == 400
