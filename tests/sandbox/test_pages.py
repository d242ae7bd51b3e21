"""The pages a citizen would see: accounts, timelines, single posts."""

from __future__ import annotations

import requests

BANNER = "Ini tiruan untuk uji coba, bukan platform sungguhan"


def page(box, path: str) -> requests.Response:
    return requests.get(f"{box.url}{path}", timeout=5)


def test_the_front_page_lists_every_account(box):
    front = page(box, "/")
    assert front.status_code == 200
    assert BANNER in front.text
    for home in (
        "/x.com/contoh_dinkes",
        "/www.facebook.com/201",
        "/www.instagram.com/contoh_dinkes/",
    ):
        assert f'href="{home}"' in front.text
        assert page(box, home).status_code == 200


def test_a_post_is_on_its_timeline_and_at_its_permalink(box, x, controls):
    x.create_tweet(text="Baca https://contoh.go.id/a\n<b>tebal</b>")
    path = "/" + controls.ledger()[0]["permalink"].removeprefix("https://")
    for shown in (page(box, "/x.com/contoh_dinkes").text, page(box, path).text):
        assert '<a href="https://contoh.go.id/a"' in shown
        assert "&lt;b&gt;tebal&lt;/b&gt;" in shown
        assert BANNER in shown


def test_what_does_not_exist_is_a_page_that_says_so(box, graph):
    draft = graph.put_object("201", "feed", message="Draf", published="false")["id"]
    hidden = f"/www.facebook.com/201/posts/{draft.rpartition('_')[2]}"
    for path in ("/x.com/siapa", "/x.com/contoh_dinkes/status/1", hidden, "/apa/ini"):
        assert page(box, path).status_code == 404
        assert "Halaman tidak ditemukan" in page(box, path).text


def test_pages_run_no_scripts_and_load_nothing_from_elsewhere(box):
    front = page(box, "/")
    assert "default-src 'none'" in front.headers["Content-Security-Policy"]
    assert "<script" not in front.text
    assert page(box, "/pages.css").headers["Content-Type"].startswith("text/css")
