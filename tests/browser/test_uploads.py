"""Pictures on their way up in a real browser: a cut line, another try; the focal point."""

import socket
import threading

import pytest
from playwright.sync_api import FilePayload, expect

from publishing import media
from publishing.models import Media
from publishing.views import library
from tests.factories import make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def payload(upload):
    return FilePayload(name=upload.name, mimeType="image/jpeg", buffer=upload.read())


@pytest.fixture
def cut_line(monkeypatch):
    """While it is set, the line is cut when every byte is up and the answer is on its way."""
    answer, cut = library._row, threading.Event()
    cut.set()

    def lose(request, *args):
        if cut.is_set():
            request.environ["wsgi.input"]._read.__self__.raw._sock.shutdown(socket.SHUT_RDWR)
        return answer(request, *args)

    monkeypatch.setattr(library, "_row", lose)
    return cut


def test_an_upload_cut_at_99_percent_says_so_and_succeeds_when_tried_again(
    open_desk, sari, picture_file, cut_line
):
    desk = open_desk(sari, size="phone")
    page = desk.go("/library/")
    page.locator("[type=file]").set_input_files(payload(picture_file("posyandu.jpg")))
    expect(page.get_by_text("Terputus di 99 %. Coba lagi.", exact=True)).to_be_visible()
    cut_line.clear()
    page.get_by_role("button", name="Coba lagi").click()
    expect(page.get_by_text("selesai", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="posyandu.jpg")).to_be_visible()
    assert Media.objects.count() == 1, "the same picture is stored once"
    assert desk.flaws() == []


def test_in_tulis_pictures_take_their_place_without_a_reload(
    open_desk, sari, channels, picture_file
):
    desk = open_desk(sari)
    page = desk.go("/posts/new/")
    page.get_by_label("Teks unggahan untuk semua kanal").fill("Kata Sari")
    page.evaluate("window.stayed = true")
    files = [
        picture_file("a.jpg"),
        picture_file("kecil.jpg", (9, 9)),
        picture_file("b.jpg", color="gold"),
    ]
    page.get_by_label("Tambah gambar").set_input_files([payload(one) for one in files])
    expect(page.get_by_label("Teks alternatif gambar 2")).to_be_visible()
    expect(page.get_by_text("gagal: Gambar terlalu kecil (9×9 piksel).")).to_be_visible()
    assert page.evaluate("window.stayed")
    expect(page.get_by_role("button", name="Majukan gambar 1")).to_be_hidden()
    expect(page.get_by_role("button", name="Mundurkan gambar 2")).to_be_hidden()
    page.get_by_text("Izin dan kredit").first.click()
    page.get_by_label("Tidak ada").first.check()
    page.get_by_role("button", name="Simpan draf").last.click()
    expect(page.get_by_label("Teks alternatif gambar 2")).to_be_visible()
    assert Media.objects.get(name="a.jpg").faces == "none"
    assert desk.flaws() == []
    assert desk.complaints == []


def test_sari_picks_a_picture_from_the_library(open_desk, sari, channels, picture_file):
    media.accept(picture_file("posyandu.jpg"), agency=sari.agency, by=sari)
    desk = open_desk(sari, size="phone")
    page = desk.go("/posts/new/")
    page.get_by_text("Pilih dari pustaka").click()
    page.get_by_label("Cari gambar").fill("kapal")
    expect(page.get_by_text("Tidak ada gambar dengan kata ini.")).to_be_visible()
    page.get_by_label("Cari gambar").fill("posy")
    assert desk.flaws() == []
    page.get_by_role("button", name="posyandu.jpg").click()
    expect(page.get_by_label("Teks alternatif gambar 1")).to_be_visible()
    assert desk.overflow() == 0


def test_without_a_script_the_library_opens_as_a_page_and_brings_the_words_back(
    open_desk, sari, channels, picture_file
):
    media.accept(picture_file("posyandu.jpg"), agency=sari.agency, by=sari)
    page = open_desk(sari, scripts=False).go("/posts/new/")
    page.get_by_label("Teks unggahan untuk semua kanal").fill("Kata Sari")
    page.get_by_text("Pilih dari pustaka").click()
    page.get_by_role("button", name="Buka pustaka").click()
    page.get_by_role("button", name="posyandu.jpg").click()
    expect(page.get_by_label("Teks alternatif gambar 1")).to_be_visible()
    expect(page.get_by_label("Teks unggahan untuk semua kanal")).to_have_value("Kata Sari")


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_the_focal_point_is_chosen_by_keyboard_and_seen_at_once(
    open_desk, sari, picture_file, size, scheme
):
    picture = media.accept(picture_file(size=(3000, 500)), agency=sari.agency, by=sari)
    desk = open_desk(sari, size=size, scheme=scheme)
    page = desk.go(f"/library/{picture.pk}/")
    page.get_by_label("Jangan dipotong").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Kiri atas")).to_be_checked()
    assert page.locator("[data-framed]").evaluate("one => one.style.objectPosition") == "0% 0%"
    page.get_by_role("button", name="Simpan keterangan").click()
    expect(page.get_by_text("Keterangan gambar disimpan.")).to_be_visible()
    picture.refresh_from_db()
    assert picture.focal == "0,0"
    page.set_viewport_size({"width": 320, "height": 640})
    assert (desk.flaws(), desk.overflow(), desk.complaints) == ([], 0, [])


def test_a_consent_is_asked_for_only_where_a_face_can_be_recognised(
    open_desk, sari, channels, picture_file
):
    post = make_draft(sari, channels["x"], pictures=[picture_file("a.jpg")])
    desk = open_desk(sari)
    page = desk.go(f"/posts/{post.pk}/edit/")
    expect(page.get_by_label("Rujukan persetujuan")).to_be_hidden()
    page.get_by_role("radio", name="Ada, dengan persetujuan").check()
    expect(page.get_by_label("Rujukan persetujuan")).to_be_visible()
