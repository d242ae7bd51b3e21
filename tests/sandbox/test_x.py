"""X as tweepy meets it: signatures, posts, media, limits and lists."""

from __future__ import annotations

import base64
import hashlib

import pytest
import requests
import tweepy

from tests.sandbox.callers import picture, x_client

API = "https://api.twitter.com"


def upload(session: requests.Session, content: bytes, token: str = "token-dinkes"):
    return session.post(
        f"{API}/2/media/upload",
        files={"media": ("foto.jpg", content, "image/jpeg")},
        data={"media_category": "tweet_image"},
        headers={"Authorization": f"Bearer {token}"},
    )


def test_sari_posts_and_the_ledger_keeps_her_words(x, controls):
    answer = x.create_tweet(text="Posyandu buka & gratis, Sabtu 09.00")
    (post,) = controls.ledger()
    assert post["id"] == answer.data["id"]
    assert post["text"] == "Posyandu buka & gratis, Sabtu 09.00"
    assert post["handle"] == "contoh_dinkes"
    assert post["permalink"] == f"https://x.com/contoh_dinkes/status/{post['id']}"


@pytest.mark.parametrize(
    "secret", ["consumer_key", "consumer_secret", "access_token", "access_secret"]
)
def test_one_wrong_secret_is_a_stranger(session, controls, secret):
    with pytest.raises(tweepy.Unauthorized):
        x_client(session, **{secret: "salah"}).create_tweet(text="Bukan Sari")
    assert controls.ledger() == []


def test_a_signature_covers_the_query(x):
    assert x.get_me(user_fields=["verified"], user_auth=True).data.username == "contoh_dinkes"


def test_a_bearer_token_speaks_for_its_account(session):
    headers = {"Authorization": "Bearer token-pupr"}
    answer = session.get(f"{API}/2/users/me", headers=headers)
    assert answer.json()["data"]["username"] == "contoh_pupr"


def test_the_other_host_name_of_x_is_played_too(session):
    headers = {"Authorization": "Bearer token-dinkes"}
    assert session.get("https://api.x.com/2/users/me", headers=headers).status_code == 200


def test_every_answer_carries_rate_headers(session):
    for headers in ({}, {"Authorization": "Bearer token-dinkes"}):
        answer = session.get(f"{API}/2/users/me", headers=headers)
        assert int(answer.headers["x-rate-limit-reset"]) > 0
        assert "x-rate-limit-remaining" in answer.headers


def test_a_picture_keeps_its_bytes_and_its_alt_text(x, session, controls, box):
    content = picture(800, 600)
    uploaded = upload(session, content).json()["data"]
    body = {"id": uploaded["id"], "metadata": {"alt_text": {"text": "Ibu dan balita"}}}
    x.request("POST", "/2/media/metadata", json=body, user_auth=True)
    x.create_tweet(text="Foto", media_ids=[uploaded["id"]])
    (image,) = controls.ledger()[0]["images"]
    assert image == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "alt": "Ibu dan balita",
        "size": len(content),
        "width": 800,
        "height": 600,
    }
    blob = requests.get(f"{box.url}/__sandbox__/blobs/{image['sha256']}.jpg", timeout=5)
    assert (blob.content, blob.headers["Content-Type"]) == (content, "image/jpeg")


def test_media_may_come_as_json(x, controls):
    body = {"media": base64.b64encode(picture()).decode(), "media_category": "tweet_image"}
    answer = x.request("POST", "/2/media/upload", json=body, user_auth=True).json()
    x.create_tweet(media_ids=[answer["data"]["id"]])
    assert len(controls.ledger()[0]["images"]) == 1


def test_bytes_that_are_no_picture_are_refused(session):
    assert upload(session, b"%PDF-1.7 bukan foto").status_code == 400


def test_budis_media_is_not_saris(x, session, controls):
    foreign = upload(session, picture(), token="token-pupr").json()["data"]["id"]
    with pytest.raises(tweepy.BadRequest, match="media IDs are invalid"):
        x.create_tweet(text="Foto", media_ids=[foreign])
    assert controls.ledger() == []


def test_five_pictures_are_one_too_many(x, session):
    ids = [upload(session, picture(shade=n)).json()["data"]["id"] for n in range(5)]
    with pytest.raises(tweepy.BadRequest):
        x.create_tweet(text="Lima", media_ids=ids)


def test_a_text_over_280_units_is_refused(x, controls):
    with pytest.raises(tweepy.BadRequest, match="too long"):
        x.create_tweet(text="a" * 281)
    x.create_tweet(text="a" * 280)
    assert len(controls.ledger()) == 1


def test_the_same_text_twice_is_a_duplicate_but_not_on_another_account(x, session, controls):
    x.create_tweet(text="Imbauan")
    with pytest.raises(tweepy.Forbidden) as refused:
        x.create_tweet(text="Imbauan")
    assert "duplicate content" in refused.value.response.json()["detail"]
    other = x_client(session, access_token="token-pupr", access_secret="rahasia-pupr")
    other.create_tweet(text="Imbauan")
    assert [post["account"] for post in controls.ledger()] == ["101", "102"]


def test_the_timeline_is_newest_first_and_since_id_hides_the_rest(x):
    first = x.create_tweet(text="Satu").data["id"]
    second = x.create_tweet(text="Dua").data["id"]
    seen = x.get_users_tweets("101", user_auth=True, exclude="retweets")
    assert [str(tweet.id) for tweet in seen.data] == [second, first]
    assert seen.meta["newest_id"] == second
    later = x.get_users_tweets("101", since_id=first, user_auth=True)
    assert [tweet.text for tweet in later.data] == ["Dua"]
    nothing = x.get_users_tweets("101", since_id=second, user_auth=True)
    assert (nothing.data, nothing.meta) == (None, {"result_count": 0})


def test_a_returned_text_has_short_links_and_escapes(x):
    x.create_tweet(text="Lapor & cek https://contoh.go.id/lapor?a=1&b=2 ya")
    (tweet,) = x.get_users_tweets(
        "101", tweet_fields=["entities", "created_at"], user_auth=True
    ).data
    (link,) = tweet.entities["urls"]
    assert link["expanded_url"] == "https://contoh.go.id/lapor?a=1&b=2"
    assert tweet.text == f"Lapor &amp; cek {link['url']} ya"
    assert tweet.text[link["start"] : link["end"]] == link["url"]


def test_a_deleted_post_is_gone_from_x_but_not_from_the_ledger(x, controls):
    id = x.create_tweet(text="Keliru").data["id"]
    assert x.delete_tweet(id).data == {"deleted": True}
    assert x.get_tweet(id, user_auth=True).data is None
    with pytest.raises(tweepy.NotFound):
        x.delete_tweet(id)
    assert controls.ledger()[0]["deleted"] is True


def test_budi_cannot_delete_saris_post(x, session):
    id = x.create_tweet(text="Milik Sari").data["id"]
    other = x_client(session, access_token="token-pupr", access_secret="rahasia-pupr")
    with pytest.raises(tweepy.Forbidden):
        other.delete_tweet(id)
