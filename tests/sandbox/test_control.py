"""The control API: planted posts, the log without secrets, rules, latency, reset, access."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import facebook
import pytest
import requests

from sandbox.server import NotLoopback, running
from tests.sandbox.callers import feed, picture, tweet, tweet_alone


def plant(controls, platform: str, account: str, **more: object):
    wish = {
        "platform": platform,
        "account": account,
        "text": "Bulan lalu",
        "created_at": "2026-10-20T02:00:00+00:00",
    }
    return controls.post("posts", wish | more).json()


@pytest.mark.parametrize(
    ("platform", "account"), [("x", "101"), ("facebook", "201"), ("instagram", "301")]
)
def test_an_old_post_is_planted_beside_the_ledger(controls, box, platform, account):
    images = [{"alt": "Foto lama", "jpeg": base64.b64encode(picture()).decode()}]
    planted = plant(controls, platform, account, images=images)
    assert controls.ledger() == []
    (entry,) = controls.ledger(planted="1")
    assert (entry["id"], entry["permalink"]) == (planted["id"], planted["permalink"])
    page = requests.get(f"{box.url}/{planted['permalink'].removeprefix('https://')}", timeout=5)
    assert page.status_code == 200
    assert 'alt="Foto lama"' in page.text


def test_a_planted_post_is_older_than_a_new_one(x, controls):
    old = plant(controls, "x", "101")["id"]
    new = x.create_tweet(text="Hari ini").data["id"]
    seen = x.get_users_tweets("101", user_auth=True).data
    assert [str(tweet.id) for tweet in seen] == [new, old]


def test_two_posts_planted_at_the_same_moment_are_two(controls):
    assert plant(controls, "x", "101")["id"] != plant(controls, "x", "101")["id"]
    assert len(controls.ledger(planted="1")) == 2


@pytest.mark.parametrize(
    "wish",
    [
        {"account": "999"},
        {"created_at": "kemarin"},
        {"images": [{"jpeg": "bukan base64!"}]},
        {"images": [{"jpeg": base64.b64encode(b"bukan foto").decode()}]},
    ],
)
def test_a_post_that_makes_no_sense_is_not_planted(controls, wish):
    body = {"platform": "x", "account": "101", "text": "x", "created_at": "2026-10-20T02:00:00Z"}
    assert controls.post("posts", body | wish).status_code == 400
    assert controls.ledger(planted="1") == []


def test_accounts_are_renewed_not_doubled(controls, box):
    changed = {"platform": "x", "id": "101", "handle": "contoh_baru", "name": "Nama Baru"}
    controls.post("accounts", [changed | {"secrets": {}}])
    front = requests.get(box.url, timeout=5).text
    assert "contoh_baru" in front
    assert front.count('href="/x.com/') == 2


@pytest.mark.parametrize("body", [{}, [{"platform": "x"}], [{"platform": "mastodon"}], ["Sari"]])
def test_an_account_that_makes_no_sense_is_refused(controls, body):
    assert controls.post("accounts", body).status_code == 400


def test_the_log_names_the_account_and_keeps_no_secret(graph, x, controls):
    graph.get_object("201", fields="name")
    x.get_me(user_auth=True)
    logged = controls.get("requests")["requests"]
    assert [(each["host"], each["path"], each["account"]) for each in logged] == [
        ("graph.facebook.com", "/v25.0/201", "201"),
        ("api.twitter.com", "/2/users/me", "101"),
    ]
    assert "token" not in str(logged)


def test_reset_forgets_posts_and_faults_and_keeps_accounts(x, controls):
    x.create_tweet(text="Halo")
    controls.fault("x", "publish", "500")
    controls.post("reset")
    assert (controls.ledger(), controls.get("faults")) == ([], {"faults": []})
    x.create_tweet(text="Halo")
    assert controls.texts() == ["Halo"]


def test_latency_delays_the_platforms_and_nothing_else(session, controls):
    assert controls.post("latency", {"seconds": 0.2}).json() == {"seconds": 0.2}
    for answer in (tweet(session), feed(session), tweet(session, token="karangan")):
        assert answer.elapsed >= timedelta(seconds=0.2)
    controls.post("latency", {"seconds": 50})  # no caller of this test has so much patience
    assert controls.texts() == ["Halo", "Halo"]
    controls.post("latency", {"seconds": 0})
    assert tweet(session, "Cepat").status_code == 201


def test_many_callers_share_one_latency(box, controls):
    controls.post("latency", {"seconds": 0.5})
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: tweet_alone(box.url, f"Imbauan {n}"), range(8)))
    assert 0.5 <= time.monotonic() - started < 8 * 0.5 / 2
    assert len(controls.ledger()) == 8


def test_without_the_rule_x_takes_the_same_text_again(session, controls):
    assert [tweet(session).status_code for _ in "ab"] == [201, 403]
    rules = controls.post("rules", {"x_duplicates": False}).json()
    assert (rules["x_duplicates"], rules["quota_total"]) == (False, 100)
    assert tweet(session).status_code == 201
    assert controls.texts() == ["Halo", "Halo"]
    controls.post("rules", {"x_duplicates": True})
    assert tweet(session).status_code == 403


def test_instagram_takes_as_many_posts_as_the_rule_says(graph, controls, shelf):
    controls.post("rules", {"quota_total": 1})
    address = shelf.put(picture())
    first, second = (graph.put_object("301", "media", image_url=address)["id"] for _ in "ab")
    graph.put_object("301", "media_publish", creation_id=first)
    (told,) = graph.get_object("301/content_publishing_limit", fields="quota_usage,config")["data"]
    assert (told["quota_usage"], told["config"]["quota_total"]) == (1, 1)
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("301", "media_publish", creation_id=second)
    assert refused.value.result["error"]["error_subcode"] == 2207042
    assert len(controls.ledger()) == 1


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("rules", {"x_duplicates": "tidak"}),
        ("rules", {"hujan": True}),
        ("rules", []),
        ("latency", {"seconds": -1}),
        ("latency", {"seconds": "lama"}),
        ("latency", {}),
    ],
)
def test_a_circumstance_that_makes_no_sense_is_refused(controls, name, wish):
    before = controls.get(name)
    assert controls.post(name, wish).status_code == 400
    assert controls.get(name) == before


def test_reset_brings_back_rules_and_speed(controls, session):
    tweet(session)
    controls.post("rules", {"x_duplicates": False})
    controls.post("latency", {"seconds": 1})
    controls.post("reset")
    assert controls.get("rules")["x_duplicates"] is True
    assert controls.get("latency") == {"seconds": 0}
    assert controls.get("peaks")["peaks"]["x"] == 0


def test_a_platform_nobody_plays_is_not_answered(session):
    assert session.get("https://api.mastodon.example/").status_code == 404


def test_the_controls_are_not_reachable_under_a_platforms_name(session):
    assert session.get("https://graph.facebook.com/__sandbox__/ledger").status_code >= 400
    assert session.get("https://hub.contoh.example/__sandbox__/ledger").status_code == 404


def test_the_sandbox_listens_on_loopback_only(tmp_path):
    with pytest.raises(NotLoopback), running(tmp_path, host="0.0.0.0"):
        pass
