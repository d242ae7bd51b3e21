"""Facebook pages as facebook-sdk meets them: drafts, photos, publishing, reading, tokens."""

from __future__ import annotations

import hashlib
import hmac
import json

import facebook
import pytest

from tests.sandbox.callers import graph_client, picture


def add_photo(graph: facebook.GraphAPI, shade: int, **fields: str):
    files = {"source": ("foto.jpg", picture(shade=shade), "image/jpeg")}
    return graph.request("201/photos", post_args=fields, files=files, method="POST")


def test_a_text_goes_out_with_its_link(graph, controls):
    answer = graph.put_object(
        "201", "feed", message="Jadwal imunisasi", link="https://contoh.go.id"
    )
    (post,) = controls.ledger()
    assert answer["id"] == post["id"]
    assert (post["text"], post["link"]) == ("Jadwal imunisasi", "https://contoh.go.id")
    assert post["permalink"].startswith("https://www.facebook.com/201/posts/")


def test_a_draft_is_seen_by_nobody_until_it_is_published_once(graph, controls):
    draft = graph.put_object("201", "feed", message="Draf", published="false")["id"]
    assert controls.ledger() == []
    assert graph.get_object(draft, fields="is_published")["is_published"] is False
    assert graph.get_object("201/published_posts")["data"] == []
    for _ in range(2):
        assert graph.request(draft, post_args={"is_published": "true"}) == {"success": True}
    assert controls.texts() == ["Draf"]
    shown = graph.get_object(draft, fields="is_published,permalink_url,created_time,message")
    assert shown["is_published"] is True
    assert shown["permalink_url"] == controls.ledger()[0]["permalink"]


@pytest.mark.parametrize("encoding", ["json", "numbered"])
def test_several_photos_keep_their_order_and_alt_texts(graph, controls, encoding):
    ids = [
        add_photo(graph, shade, published="false", alt_text_custom=f"Foto {shade}")["id"]
        for shade in (10, 20, 30)
    ]
    media = [{"media_fbid": id} for id in ids]
    fields = {"attached_media": json.dumps(media)}
    if encoding == "numbered":
        fields = {f"attached_media[{n}]": json.dumps(one) for n, one in enumerate(media)}
    assert controls.ledger() == []
    post = graph.put_object("201", "feed", message="Tiga foto", **fields)["id"]
    assert [image["alt"] for image in controls.ledger()[0]["images"]] == [
        "Foto 10",
        "Foto 20",
        "Foto 30",
    ]
    attached = graph.get_object(post, fields="attachments{media_type,subattachments{target}}")
    (album,) = attached["attachments"]["data"]
    assert [each["target"]["id"] for each in album["subattachments"]["data"]] == ids


def test_photos_of_an_abandoned_draft_can_be_used_again_but_published_ones_cannot(graph, controls):
    photo = json.dumps([{"media_fbid": add_photo(graph, 5, published="false")["id"]}])
    graph.put_object("201", "feed", message="Draf", published="false", attached_media=photo)
    graph.put_object("201", "feed", message="Terbit", attached_media=photo)
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("201", "feed", message="Lagi", attached_media=photo)
    assert refused.value.result["error"]["error_subcode"] == 1366051
    assert controls.texts() == ["Terbit"]


def test_one_photo_is_a_post_of_its_own(graph, controls, shelf):
    sent = add_photo(graph, 7, message="Satu foto", alt_text_custom="Balita ditimbang")
    fetched = graph.put_object("201", "photos", url=shelf.put(picture()), caption="Diambil")
    assert [post["id"] for post in controls.ledger()] == [sent["post_id"], fetched["post_id"]]
    assert controls.ledger()[0]["images"][0]["alt"] == "Balita ditimbang"
    assert graph.get_object(sent["id"], fields="page_story_id")["page_story_id"] == sent["post_id"]


def test_a_false_file_is_refused(graph, controls):
    files = {"source": ("foto.jpg", b"bukan foto", "image/jpeg")}
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.request("201/photos", post_args={"message": "x"}, files=files, method="POST")
    assert refused.value.result["error"]["error_subcode"] == 2069019
    assert controls.ledger() == []


def test_pythons_false_is_not_metas_false(graph, controls):
    with pytest.raises(facebook.GraphAPIError, match="must be a boolean"):
        graph.put_object("201", "feed", message="Draf?", published=False)
    assert controls.ledger() == []


def test_an_empty_post_is_refused(graph):
    with pytest.raises(facebook.GraphAPIError, match="Missing message"):
        graph.put_object("201", "feed", message="  ")


def test_an_unknown_field_fails_the_whole_call(graph):
    with pytest.raises(facebook.GraphAPIError, match="nonexisting field"):
        graph.get_object("201", fields="name,warna")


def test_a_page_names_its_instagram_account(graph):
    page = graph.get_object("me", fields="id,name,instagram_business_account{id,username}")
    assert page["instagram_business_account"] == {"id": "301", "username": "contoh_dinkes"}


def test_a_deleted_post_is_missing_afterwards(graph, controls):
    post = graph.put_object("201", "feed", message="Keliru")["id"]
    assert graph.delete_object(post) == {"success": True}
    with pytest.raises(facebook.GraphAPIError) as missing:
        graph.get_object(post)
    error = missing.value.result["error"]
    assert (error["code"], error["error_subcode"]) == (100, 33)
    assert error["fbtrace_id"]
    assert controls.texts() == ["Keliru"]


@pytest.mark.parametrize(("token", "code"), [("karangan", 190), ("", 104)])
def test_a_wrong_token_opens_nothing(session, controls, token, code):
    fields = {"message": "Bukan Sari", "access_token": token}
    answer = session.post("https://graph.facebook.com/201/feed", data=fields)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert controls.ledger() == []


def test_saris_token_cannot_post_on_budis_page(graph, controls):
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("202", "feed", message="Halaman orang")
    assert refused.value.code == 200
    assert controls.ledger() == []


def test_a_page_that_demands_the_app_secret_wants_its_proof(session, controls):
    graph = graph_client(session, "token-lain")
    with pytest.raises(facebook.GraphAPIError, match="appsecret_proof"):
        graph.put_object("202", "feed", message="Tanpa bukti")
    proof = hmac.new(b"rahasia-meta", b"token-lain", hashlib.sha256).hexdigest()
    graph.put_object("202", "feed", message="Dengan bukti", appsecret_proof=proof)
    assert controls.texts() == ["Dengan bukti"]


def test_a_token_may_travel_in_the_header_and_a_post_as_json(session, controls):
    answer = session.post(
        "https://graph.facebook.com/v26.0/201/feed",
        json={"message": "Lewat JSON", "published": True},
        headers={"Authorization": "Bearer token-halaman"},
    )
    assert answer.headers["facebook-api-version"] == "v26.0"
    assert "201" in json.loads(answer.headers["X-Business-Use-Case-Usage"])
    assert controls.texts() == ["Lewat JSON"]


def test_debug_token_tells_a_good_token_from_a_bad_one(graph, controls):
    def told(token: str):
        return graph.debug_access_token(token, "1", "rahasia")["data"]

    assert told("token-halaman")["is_valid"] is True
    assert told("karangan")["is_valid"] is False
    controls.fault("facebook", "any", "token_revoked")
    assert told("token-halaman")["error"]["subcode"] == 460
