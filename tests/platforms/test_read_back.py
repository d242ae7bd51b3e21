"""The look at what became public: its words now, its address, that it is gone, or no verdict."""

import pytest

from platforms.adapters.base import Gone, Published, Seen, TryLater, Unknown
from tests.platforms.conftest import ACCOUNTS, TEXT, make_adapter, prepared
from tests.platforms.stand_in import Answer

ADDRESSES = {
    "x": "x.com/contoh_dinkes/status/77",
    "facebook": "www.facebook.com/800/posts/77",
    "instagram": "www.instagram.com/p/Abc/",
    "instagram_private": "www.instagram.com/p/Abc/",
}
TOLD = {"pk": 77, "taken_at": 1_790_000_000, "code": "Abc", "caption": {"text": TEXT}}
SHOWN = {
    "x": {"data": {"id": "77", "text": TEXT.replace("&", "&amp;")}},
    "facebook": {"id": "77", "message": TEXT, "is_published": True},
    "instagram": {"id": "77", "caption": TEXT, "permalink": f"https://{ADDRESSES['instagram']}"},
    "instagram_private": {"items": [TOLD], "status": "ok"},
}
MISSING = {
    "x": Answer(404, {"title": "Not Found Error"}),
    "facebook": Answer(400, {"error": {"code": 100, "error_subcode": 33}}),
    "instagram": Answer(400, {"error": {"code": 803}}),
    "instagram_private": Answer(404, {"message": "Media not found or unavailable"}),
}
NO_VERDICT = {
    "no right": Answer(403, {"error": {"code": 10}}),
    "no token": Answer(401, {"error": {"code": 190, "error_subcode": 33}}),
    "failing": Answer(500, {"error": {"code": 1}}),
    "busy": Answer(503, "<h1>Sibuk</h1>"),
    "a proxy's page": Answer(404, "<h1>Tidak ada</h1>"),
    "empty": Answer(200, {}),
    "dropped": Answer(how="drop"),
    "limited": Answer(429, {"error": {"code": 4}}),
}
everywhere = pytest.mark.parametrize("platform", ADDRESSES)


@everywhere
def test_saris_post_is_read_back_with_its_words_and_its_address(platform, stand_in):
    stand_in.answers(Answer(200, SHOWN[platform]))
    seen = make_adapter(platform, stand_in.url).read_back(ACCOUNTS[platform], "77")
    assert seen == Seen(TEXT, f"{stand_in.url}/{ADDRESSES[platform]}")
    assert not stand_in.posts()


@everywhere
def test_a_post_that_the_platform_no_longer_knows_is_gone(platform, stand_in):
    stand_in.answers(MISSING[platform])
    gone = make_adapter(platform, stand_in.url).read_back(ACCOUNTS[platform], "77")
    assert isinstance(gone, Gone)
    assert f"HTTP {MISSING[platform].status}" in gone.detail


@everywhere
@pytest.mark.parametrize("kind", NO_VERDICT)
def test_trouble_while_reading_back_never_means_gone(platform, stand_in, kind):
    stand_in.answers(NO_VERDICT[kind])
    told = make_adapter(platform, stand_in.url).read_back(ACCOUNTS[platform], "77")
    assert isinstance(told, (TryLater, Unknown))


@everywhere
@pytest.mark.parametrize("name", ["", "77/likes", "me", "77?fields=id"])
def test_what_is_no_post_number_is_not_asked_for(platform, stand_in, name):
    told = make_adapter(platform, stand_in.url).read_back(ACCOUNTS[platform], name)
    assert isinstance(told, Unknown)
    assert not stand_in.asked


def test_a_post_that_somebody_hid_on_facebook_is_not_gone(stand_in):
    stand_in.answers(Answer(200, {"id": "77", "message": TEXT, "is_published": False}))
    told = make_adapter("facebook", stand_in.url).read_back(ACCOUNTS["facebook"], "77")
    assert isinstance(told, Unknown)
    assert "disembunyikan" in told.reason


def test_without_the_reading_switch_x_is_not_read(stand_in):
    x = make_adapter("x", stand_in.url, reading=False)
    said = "Membaca dari X tidak diaktifkan; belum dapat diperiksa."
    assert x.read_back(ACCOUNTS["x"], "77") == Unknown(said)
    assert not stand_in.asked


def test_links_and_signs_that_x_rewrote_come_back_as_they_were_written(stand_in):
    text = "Cek https://t.co/a dan https://t.co/ab &lt;baru&gt; &amp;amp; https://t.co/foto"
    urls = [
        {"url": "https://t.co/a", "expanded_url": "https://contoh.go.id/?x=1&copy=2"},
        {"url": "https://t.co/ab", "expanded_url": "https://contoh.go.id/b"},
        {"url": "https://t.co/foto", "expanded_url": "https://x.com/d/status/77/photo/1"},
    ]
    stand_in.answers(Answer(200, {"data": {"id": "77", "text": text, "entities": {"urls": urls}}}))
    seen = make_adapter("x", stand_in.url).read_back(ACCOUNTS["x"], "77")
    assert isinstance(seen, Seen)
    said = "Cek https://contoh.go.id/?x=1&copy=2 dan https://contoh.go.id/b <baru> &amp;"
    assert seen.text == said


@everywhere
def test_what_was_published_can_be_read_back_and_opened(platform, box, make_job, pictures):
    adapter = make_adapter(platform, box.url, timeout=(2, 5))
    out = adapter.publish(prepared(adapter, make_job(platform, pictures=pictures)))
    assert isinstance(out, Published)
    seen = adapter.read_back(ACCOUNTS[platform], out.remote_id)
    assert isinstance(seen, Seen), seen
    assert seen.text == TEXT
    assert box.opens(seen.permalink)
    assert out.permalink in ("", seen.permalink)
