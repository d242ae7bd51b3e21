"""The ledger and what else the sandbox saw: when, how many at once, and whose clock was wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import facebook
import pytest
import requests

from tests.sandbox.callers import feed, picture, tweet, tweet_alone

MICROSECONDS = "2026-11-25T07:00:00.123456+00:00"


def test_every_entry_says_when_it_was_asked_for_and_when_accepted(session, graph, controls, shelf):
    container = graph.put_object("301", "media", image_url=shelf.put(picture()))["id"]
    draft = graph.put_object("201", "feed", message="Draf", published="false")["id"]
    between = datetime.now(UTC)
    graph.put_object("301", "media_publish", creation_id=container)
    graph.request(draft, post_args={"is_published": "true"})
    tweet(session)
    after = datetime.now(UTC)
    assert len(controls.ledger()) == 3
    for entry in controls.ledger():
        asked, accepted = (datetime.fromisoformat(entry[name]) for name in ("asked_at", "at"))
        assert between < asked <= accepted < after
        assert {len(entry["at"]), len(entry["asked_at"])} == {len(MICROSECONDS)}


def test_an_answer_that_is_kept_back_does_not_change_when_it_was_accepted(session, controls):
    controls.post("latency", {"seconds": 0.5})
    answered = tweet(session).elapsed
    (entry,) = controls.ledger()
    asked, accepted = (datetime.fromisoformat(entry[name]) for name in ("asked_at", "at"))
    assert accepted - asked < timedelta(seconds=0.5) <= answered


def test_the_ledger_can_be_read_on_from_where_one_was(session, controls):
    for n in range(3):
        tweet(session, f"Imbauan {n}")
    assert [entry["n"] for entry in controls.ledger(after="1")] == [2, 3]
    assert controls.ledger(after="3") == []
    tweet(session, "Imbauan 3")
    (new,) = controls.ledger(after="3")
    assert (new["n"], new["text"]) == (4, "Imbauan 3")


def test_reading_on_from_a_word_is_refused(box):
    asked = requests.get(f"{box.url}/__sandbox__/ledger?after=kemarin", timeout=5)
    assert asked.status_code == 400


def test_a_platform_ends_a_post_by_itself(session, graph, x, controls):
    id, page = tweet(session).json()["data"]["id"], feed(session).json()["id"]
    for post in (id, page):
        assert controls.delete(post).json() == {"ok": True}
        assert controls.delete(post).status_code == 400
    assert x.get_tweet(id, user_auth=True).data is None
    with pytest.raises(facebook.GraphAPIError) as missing:
        graph.get_object(page)
    assert missing.value.result["error"]["error_subcode"] == 33
    assert [entry["deleted"] for entry in controls.ledger()] == [True, True]


@pytest.mark.parametrize("wrong_by", [-300, 300])
def test_a_platforms_clock_is_wrong_and_the_ledgers_is_not(
    session, graph, x, controls, shelf, wrong_by
):
    controls.fault("any", "any", "skew", times=3, seconds=wrong_by)
    container = graph.put_object("301", "media", image_url=shelf.put(picture()))["id"]
    media = graph.put_object("301", "media_publish", creation_id=container)["id"]
    page, id = feed(session).json()["id"], tweet(session).json()["data"]["id"]
    told = [
        datetime.fromisoformat(graph.get_object(media, fields="timestamp")["timestamp"]),
        datetime.fromisoformat(graph.get_object(page, fields="created_time")["created_time"]),
        x.get_tweet(id, tweet_fields=["created_at"], user_auth=True).data.created_at,
    ]
    for entry, created in zip(controls.ledger(), told, strict=True):
        off = created - datetime.fromisoformat(entry["at"])
        assert abs(off.total_seconds() - wrong_by) <= 1
    soon = (datetime.now(UTC) + timedelta(seconds=60)).timestamp()
    listed = graph.get_object("201/published_posts", since=str(int(soon)))["data"]
    assert bool(listed) is (wrong_by > 0)


def test_two_calls_at_once_for_one_account_are_remembered(session, controls, box):
    controls.post("latency", {"seconds": 0.5})
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda text: tweet_alone(box.url, text), ("Satu", "Dua")))
    (overlap,) = controls.get("overlaps")["overlaps"]
    assert (overlap["platform"], overlap["account"]) == ("x", "101")
    last_asked, last_accepted = (
        max(each[name] for each in controls.ledger()) for name in ("asked_at", "at")
    )
    assert last_asked <= overlap["at"] <= last_accepted


def test_calls_one_after_another_or_for_two_accounts_are_no_overlap(session, controls, box):
    controls.post("latency", {"seconds": 0.5})
    tokens = ("token-dinkes", "token-pupr")
    with ThreadPoolExecutor(3) as pool:
        pool.submit(feed, session)
        list(pool.map(lambda token: tweet_alone(box.url, token=token), tokens))
    controls.post("latency", {"seconds": 0})
    for n in range(30):
        tweet(session, f"Imbauan {n}")
    assert controls.get("overlaps") == {"overlaps": []}
    assert controls.get("peaks")["peaks"] == {"x": 2, "facebook": 1, "instagram": 0}


def test_a_call_that_was_given_up_is_no_overlap_with_the_next_one(box, session, controls):
    controls.fault("x", "publish", "hang", seconds=30)
    with pytest.raises(requests.ReadTimeout):
        tweet_alone(box.url, timeout=0.2)
    tweet(session)
    assert controls.get("overlaps") == {"overlaps": []}
    assert controls.texts() == ["Halo"]


def test_reading_while_publishing_is_no_overlap(box, x, session, controls):
    controls.post("latency", {"seconds": 0.2})
    with ThreadPoolExecutor(1) as pool:
        going_on = pool.submit(tweet_alone, box.url)
        x.get_me(user_auth=True)
    assert going_on.result().status_code == 201
    assert controls.get("overlaps") == {"overlaps": []}


def test_the_peak_can_be_measured_anew(session, controls):
    tweet(session)
    assert controls.get("peaks")["peaks"]["x"] == 1
    assert controls.post("peaks").json()["peaks"]["x"] == 0
    tweet(session, "Lagi")
    assert controls.get("peaks")["peaks"]["x"] == 1
