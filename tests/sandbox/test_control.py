"""The control API: planted posts, the log without secrets, reset, and who may use it."""

from __future__ import annotations

import base64

import pytest
import requests

from sandbox.server import NotLoopback, running
from tests.sandbox.callers import picture


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


def test_a_platform_nobody_plays_is_not_answered(session):
    assert session.get("https://api.mastodon.example/").status_code == 404


def test_the_controls_are_not_reachable_under_a_platforms_name(session):
    assert session.get("https://graph.facebook.com/__sandbox__/ledger").status_code >= 400
    assert session.get("https://hub.contoh.example/__sandbox__/ledger").status_code == 404


def test_the_sandbox_listens_on_loopback_only(tmp_path):
    with pytest.raises(NotLoopback), running(tmp_path, host="0.0.0.0"):
        pass
