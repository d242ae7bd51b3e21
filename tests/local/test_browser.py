"""The journey's browser sends what a person's would, on pages served over a real socket."""

import threading
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from opd_hub.local import journey, walking
from opd_hub.local.browser import Browser, NotThere
from opd_hub.local.walking import SignIn

PAGE = """<!doctype html><title>Tulis</title>
<form id="keluar" method="post" action="/keluar/"><button>Keluar</button></form>
<form id="tulis" method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="t0ken">
  <input name="title" value="Imunisasi &amp; gizi"><input type="checkbox" name="channel" value="x">
  <input type="checkbox" name="channel" value="facebook" checked>
  <textarea name="text">
Bawa anak
ke puskesmas</textarea>
  <select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
  <input name="off" value="mati" disabled>
  <button name="move" value="save"> Simpan
    draf </button>
  <button type="button">Pratinjau</button>
</form>
<button form="tulis" formaction="/kirim/">Kirim</button>"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """A test's output is pytest's."""


@pytest.fixture
def site():
    """A one-page site; `posted` is what came in, in order."""
    posted = []

    def answer(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            posted.append((environ["PATH_INFO"], parse_qsl(body, keep_blank_values=True)))
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [PAGE.encode()]

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()
        thread.join()


@pytest.fixture
def browser(site):
    with Browser(site[0]) as browser:
        yield browser


def test_sari_saves_and_the_form_goes_with_all_it_holds(site, browser):
    browser.submit(browser.get("/tulis/"), "Simpan draf", {"title": "Campak"})
    path, fields = site[1][0]
    assert path == "/tulis/"
    assert sorted(fields) == [
        ("channel", "facebook"),
        ("csrfmiddlewaretoken", "t0ken"),
        ("kind", "b"),
        ("move", "save"),
        ("text", "Bawa anak\nke puskesmas"),
        ("title", "Campak"),
    ]


def test_sari_ticks_two_channels_and_sends_by_the_button_outside_the_form(site, browser):
    browser.submit(browser.get("/tulis/"), "Kirim", {"channel": ["x", "facebook"]})
    path, fields = site[1][0]
    assert path == "/kirim/"
    assert [value for name, value in fields if name == "channel"] == ["x", "facebook"]
    assert ("move", "save") not in fields


def test_a_button_that_is_not_on_the_page_is_named(browser):
    with pytest.raises(NotThere, match=r"“Setujui”.*Keluar, Simpan draf, Kirim"):
        browser.submit(browser.get("/"), "Setujui")


def test_a_field_that_is_not_in_the_form_is_named(browser):
    with pytest.raises(NotThere, match="isian off"):
        browser.submit(browser.get("/"), "Kirim", {"off": "hidup"})


def test_a_journey_whose_door_is_missing_ends_there_and_says_so(site, capsys):
    people = {"Sari": SignIn("sari@contoh.test", "rahasia")}
    assert journey.walk(site[0], site[0], people) is False
    assert capsys.readouterr().out.startswith("✗ Sari (Dinas Kesehatan) masuk: tidak ada tombol")


def test_the_sign_ins_are_read_from_the_printed_table():
    table = (
        "Nama          Surel             Sandi\nSari Contoh   sari@contoh.test  tiga-kata-saja\n"
    )
    assert walking.people(table) == {"Sari": SignIn("sari@contoh.test", "tiga-kata-saja")}
