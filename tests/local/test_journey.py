"""A journey that goes astray stops there and says where; played against a stand-in for the web."""

import json
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from opd_hub.local import journey, ports, story
from opd_hub.local.browser import Browser, NotThere
from opd_hub.local.journey import Journey
from opd_hub.local.onlooker import Onlooker
from opd_hub.local.walking import Astray, SignIn

PEOPLE = {"Sari": SignIn("sari@contoh.test", "rumah gadang sembilan ruang")}
DOOR = """<form method="post" action="{action}">
  <input type="hidden" name="csrfmiddlewaretoken" value="t0ken">
  <input name="login"><input name="password" type="password"><button>Masuk</button>
</form>"""
CHANNEL = '<input name="channels" value="{pk}"><span aria-hidden="true">{label}</span>'
KIND = "text/html; charset=utf-8"
CHANNELS = {"Instagram": "1", "Facebook": "2", "X": "3"}


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """A test's output is pytest's."""


class StandIn:
    """Answers with `pages`, by path, and 404 elsewhere; `asked` is what was asked for."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []
        self.url = ""

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.asked.append(path)
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
        page = self.pages.get(path)
        start_response("404 Not Found" if page is None else "200 OK", [("Content-Type", KIND)])
        return [page.encode() if isinstance(page, str) else page or b""]


@pytest.fixture
def web():
    """A web server whose pages the test puts in."""
    stand_in = StandIn({})
    with make_server("127.0.0.1", 0, stand_in, handler_class=Quiet) as server:
        stand_in.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield stand_in
        server.shutdown()
        thread.join()


@pytest.fixture
def walker(web):
    """A journey whose post is approved; the web and the platforms are the same stand-in."""
    with Browser(web.url) as anybody, Onlooker(web.url) as citizen:
        walker = Journey(anybody, anybody, anybody, citizen, PEOPLE)
        walker.pk, walker.channels = "7", CHANNELS
        yield walker


@pytest.fixture
def ledger(web, walker):
    """Writes the ledger that the platforms show: what was approved, unless a test tells other."""
    jpeg = story.transparent_drawing()
    web.pages["/__sandbox__/blobs/sama.jpg"] = jpeg
    approved = {"facebook": story.APPROVED, "instagram": story.APPROVED, "x": story.FOR_X}

    def write(*more, **texts):
        named = [*(approved | texts).items(), *more]
        posts = [_entry(platform, text) for platform, text in named]
        web.pages["/__sandbox__/ledger"] = json.dumps({"posts": posts})
        walker.links = [f"{web.url}/{platform}/7" for platform in approved]

    return write


def _entry(platform, text):
    images = [{"alt": alt, "sha256": "sama"} for alt in story.ALTS]
    return {
        "platform": platform,
        "text": text,
        "permalink": f"https://{platform}/7",
        "images": images,
    }


def test_a_journey_tells_how_far_it_came_and_takes_no_step_after_the_failing_one(web, capsys):
    two = CHANNEL.format(pk=1, label="Facebook") + CHANNEL.format(pk=2, label="X")
    web.pages = {"/masuk/": DOOR.format(action="/"), "/": "Beranda", "/posts/new/": two}
    assert journey.walk(web.url, web.url, PEOPLE) is False
    first, second = capsys.readouterr().out.splitlines()
    assert first == "✓ Sari (Dinas Kesehatan) masuk"
    assert second.startswith("✗ Sari menulis untuk tiga kanal")
    assert second.endswith("kanal di halaman: ['Facebook', 'X']")
    assert web.asked == ["/masuk/", "/", "/posts/new/"]


def test_a_person_who_owes_a_second_factor_presses_the_code_of_the_demo(web, capsys):
    factor = '<form method="post" action="/"><input type="hidden" name="code" value="123456">'
    web.pages = {
        "/masuk/": DOOR.format(action="/masuk/faktor-kedua/"),
        "/masuk/faktor-kedua/": f"{factor}<button>Pakai kode demo</button></form>",
        "/": "Beranda",
    }
    assert journey.walk(web.url, web.url, PEOPLE) is False
    assert capsys.readouterr().out.startswith("✓ Sari (Dinas Kesehatan) masuk")
    assert web.asked[:3] == ["/masuk/", "/masuk/faktor-kedua/", "/"]


def test_a_refused_sign_in_says_where_sari_stands(web, capsys):
    web.pages = {"/masuk/": DOOR.format(action="/masuk/")}
    assert journey.walk(web.url, web.url, PEOPLE) is False
    assert capsys.readouterr().out.endswith(f"masuk ditolak: 200 di {web.url}/masuk/\n")


def test_somebody_without_a_demo_account_is_named(web, capsys):
    assert journey.walk(web.url, web.url, {}) is False
    assert "Sari tidak ada di daftar akun demo" in capsys.readouterr().out


def test_a_web_server_that_is_gone_fails_the_step_and_not_the_program(capsys):
    nowhere = ports.choose(anywhere=True).web_url
    assert journey.walk(nowhere, nowhere, PEOPLE) is False
    assert capsys.readouterr().out.startswith("✗ Sari (Dinas Kesehatan) masuk: ")


def test_a_ledger_that_cannot_be_read_is_said_in_one_line(capsys):
    journey.print_ledger(ports.choose(anywhere=True).sandbox_url)
    assert capsys.readouterr().out.splitlines()[-1].startswith("tidak dapat dibaca: ")


def test_sari_does_not_wait_for_ever_for_her_links(web, walker, monkeypatch):
    monkeypatch.setattr(journey, "PATIENCE", 0)
    web.pages = {
        "/posts/7/": f'<a href="{web.url}/x.com/contoh_dinkes/status/1">Lihat di X</a>',
        "/posts/7/deliveries/": '<i data-status="published"></i><i data-status="held"></i>',
    }
    with pytest.raises(Astray, match="baru 1 tautan sesudah 0 s, published, held"):
        walker.the_worker_publishes()


def test_a_link_that_does_not_open_is_named(walker, web):
    walker.links = [f"{web.url}/x.com/contoh_dinkes/status/1"]
    with pytest.raises(NotThere, match=r"status/1 dijawab 404"):
        walker.the_links_open()


def test_a_post_that_its_account_does_not_show_is_named(walker, web):
    web.pages = {"/x/7": '<a href="/x">← Lini masa Dinas Kesehatan</a>', "/x": "Belum ada"}
    walker.links = [f"{web.url}/x/7"]
    with pytest.raises(NotThere, match="tidak ada di lini masa /x"):
        walker.the_links_open()


def test_the_ledger_of_what_was_approved_passes(walker, ledger):
    ledger(("x", "Unggahan orang lain"))
    walker.the_ledger_holds_what_was_approved()


def test_a_post_that_went_out_twice_is_found_in_the_ledger(walker, ledger):
    ledger(("x", story.FOR_X))
    with pytest.raises(Astray, match=r"'instagram', 'x', 'x'"):
        walker.the_ledger_holds_what_was_approved()


def test_words_that_nobody_approved_are_found_in_the_ledger(walker, ledger):
    ledger(facebook=story.TEXT)
    with pytest.raises(Astray, match="teks facebook"):
        walker.the_ledger_holds_what_was_approved()


def test_a_picture_that_still_tells_where_it_was_taken_is_found(web, walker, ledger):
    ledger()
    web.pages["/__sandbox__/blobs/sama.jpg"] = story.phone_photo()
    with pytest.raises(Astray, match="EXIF"):
        walker.the_ledger_holds_what_was_approved()
