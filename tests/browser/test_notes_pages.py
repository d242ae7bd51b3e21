"""Notes in a real browser: marks, pins, a form that a selection opens; the review by keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from publishing import workflow
from publishing.models import Note, Post
from tests.browser.conftest import Desk, seat
from tests.factories import make_submitted
from tests.publishing.noted import QUOTE, newest, write

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Mohon cek tanggalnya."


@pytest.fixture
def submitted(sari, channels, pictures):
    return make_submitted(sari, *channels.values(), pictures=pictures())


@pytest.fixture
def noted(submitted, dewi):
    """Notes on words, on a point of a picture and on the whole, one of them settled."""
    write(submitted, dewi, "Balainya dipakai acara lain.", quote=QUOTE)
    media = submitted.attachments.first().media_id
    write(submitted, dewi, "Wajah ini dikenali.", media=media, point=(430, 200))
    workflow.settle_note(submitted, write(submitted, dewi, "Sudah beres.").pk, by=dewi)
    write(submitted, dewi, "Sebut biayanya.")
    return submitted


def open_form(desk: Desk) -> None:
    desk.page.keyboard.press("c")
    expect(desk.page.get_by_role("textbox", name="Catatan", exact=True)).to_be_focused()


def test_a_review_with_pins_and_threads(look, dewi, noted):
    look(dewi, reverse("review", args=[noted.pk]), open_form)


def test_the_page_of_a_post_with_notes_to_answer(look, sari, dewi, noted):
    revision = newest(noted).sha256
    workflow.send_back(noted, by=dewi, seen=noted.version, revision=revision)
    look(sari, reverse("post", args=[noted.pk]))


def test_sari_answers_in_the_composer_and_is_told_what_is_left(open_desk, sari, dewi, submitted):
    write(submitted, dewi, "Balainya dipakai acara lain.", quote=QUOTE)
    write(submitted, dewi, "Sebut biayanya.")
    revision = newest(submitted).sha256
    workflow.send_back(submitted, by=dewi, seen=submitted.version, revision=revision)
    desk = open_desk(size="phone")
    seat(desk, sari)
    page = desk.go(reverse("edit", args=[submitted.pk]))
    expect(page.get_by_role("link", name="2 catatan peninjau")).to_be_visible()
    page.get_by_role("button", name="Dijelaskan (catatan 1)").click()
    expect(page.get_by_text("Jelaskan mengapa, satu kalimat cukup.")).to_be_visible()
    page.get_by_label("Jawaban untuk catatan 1").fill("Balainya sudah dipesan.")
    page.get_by_role("button", name="Dijelaskan (catatan 1)").click()
    expect(page.get_by_role("link", name="1 catatan peninjau")).to_be_visible()
    page.get_by_role("button", name="Diperbaiki (catatan 2)").click()
    expect(page.get_by_text("Semua catatan sudah dijawab.")).to_be_visible()
    expect(page.locator("[data-todo]")).to_contain_text("Lengkap. Siap diajukan.")
    assert desk.flaws() == []
    assert desk.overflow() <= 0
    assert desk.complaints == []


def test_of_two_answers_the_second_waits_and_what_is_typed_meanwhile_stays(
    open_desk, sari, dewi, submitted
):
    for words in ("Sebut jamnya.", "Sebut biayanya."):
        write(submitted, dewi, words)
    revision = newest(submitted).sha256
    workflow.send_back(submitted, by=dewi, seen=submitted.version, revision=revision)
    desk = open_desk()
    seat(desk, sari)
    page = desk.go(reverse("edit", args=[submitted.pk]))
    second = page.get_by_role("button", name="Dijelaskan (catatan 2)")
    expect(second).to_be_enabled()
    under_way: list[Route] = []
    page.route("**/notes/answer/", lambda route: under_way.append(route))
    page.get_by_role("button", name="Diperbaiki (catatan 1)").click()
    expect(second).to_be_disabled()
    page.get_by_label("Jawaban untuk catatan 2").fill("Gratis, tertulis di gambar.")
    under_way[0].continue_()
    expect(page.get_by_text("1 catatan menunggu jawaban Anda")).to_be_visible()
    expect(page.get_by_label("Jawaban untuk catatan 1")).to_have_value("")
    page.unroute("**/notes/answer/")
    second.click()
    expect(page.get_by_text("Semua catatan sudah dijawab.")).to_be_visible()
    assert Note.objects.latest("pk").words == "Gratis, tertulis di gambar."
    assert desk.complaints == []


def test_on_a_phone_a_note_that_was_begun_is_seen_where_the_decision_is_refused(
    open_desk, dewi, submitted
):
    desk = open_desk(size="phone")
    seat(desk, dewi)
    page = desk.go(reverse("review", args=[submitted.pk]))
    words = page.get_by_role("textbox", name="Catatan", exact=True)
    approve = page.get_by_role("button", name="Setujui & jadwalkan")
    begin_a_note(desk)
    words.fill(WORDS)
    page.get_by_role("button", name="Tutup", exact=True).click()
    page.get_by_label("Semua sudah saya periksa").check()
    approve.click()
    told = page.locator(".noting").get_by_text("Ada catatan yang belum disimpan.")
    expect(told).to_be_in_viewport()
    expect(words).to_have_value(WORDS)
    words.fill("")
    page.get_by_role("button", name="Tutup", exact=True).click()
    expect(page.locator("#putusan").get_by_text("Ada catatan yang belum")).to_be_in_viewport()
    begin_a_note(desk)
    page.get_by_role("button", name="Tutup", exact=True).click()
    expect(page.locator("[data-note-quote]")).to_have_value("")
    approve.click()
    expect(page.get_by_role("button", name="Urungkan")).to_be_visible()
    assert Post.objects.get(pk=submitted.pk).status == "approved"
    assert desk.complaints == []


def begin_a_note(desk: Desk) -> None:
    """By selected words, which become its quote."""
    desk.page.locator("[data-mirror]").first.select_text()
    desk.page.get_by_role("button", name="Komentari").click()
    expect(desk.page.locator("[data-note-quote]")).not_to_have_value("")


def test_marks_and_pins_lead_to_their_threads_and_selected_words_become_a_note(
    open_desk, dewi, noted
):
    desk = open_desk()
    seat(desk, dewi)
    page = desk.go(reverse("review", args=[noted.pk]))
    first, second = Note.objects.order_by("pk")[:2]
    mark = page.locator(f"#tanda-{first.pk}")
    expect(page.locator("mark.noted").first).to_contain_text(QUOTE)
    mark.click()
    expect(page.locator(f"#catatan-{first.pk}")).to_be_in_viewport()
    expect(page.locator(f"#tanda-{second.pk}")).to_have_text("2")
    check_the_pin(desk, second)
    page.locator("[data-mirror]").first.select_text()
    page.get_by_role("button", name="Komentari").click()
    page.get_by_role("textbox", name="Catatan", exact=True).fill("Terlalu pendek.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.get_by_text("Terlalu pendek.")).to_be_visible()
    expect(page.locator("#catatan [data-said]")).to_be_focused()
    assert Note.objects.latest("pk").quote == noted.text
    page.locator("[data-mirror]").nth(2).select_text()
    open_form(desk)
    expect(page.get_by_role("textbox", name="Kata-kata yang dimaksud")).to_have_value(noted.text)
    point_at_a_picture(desk)
    take_a_ready_sentence(desk)
    assert desk.complaints == []


def take_a_ready_sentence(desk: Desk) -> None:
    page = desk.page
    page.get_by_text("Minta perbaikan").first.click()
    page.locator("#send_back-reason").select_option("fact")
    expect(page.get_by_text("Mohon sebutkan sumber angka ini").first).to_be_hidden()
    page.get_by_role("button", name="Pakai").first.click()
    said = page.get_by_label("Apa yang perlu diperbaiki?")
    expect(said).to_have_value("Hari dan tanggalnya tidak cocok. Mohon periksa dengan kalender.")


def check_the_pin(desk: Desk, note: Note) -> None:
    """It stands where somebody pointed."""
    pin = desk.page.locator(f"#tanda-{note.pk}")
    picture = desk.page.locator(f'.shown img[src*="/media/{note.media_id}/"]').first.bounding_box()
    box = pin.bounding_box()
    assert box
    assert picture
    across = (box["x"] + box["width"] / 2 - picture["x"]) / picture["width"]
    down = (box["y"] + box["height"] / 2 - picture["y"]) / picture["height"]
    assert (round(across, 2), round(down, 2)) == (0.43, 0.2)


def point_at_a_picture(desk: Desk) -> None:
    page = desk.page
    picture = page.locator(".shown img").first
    size = picture.bounding_box()
    assert size
    picture.click(position={"x": size["width"] / 2, "y": size["height"] / 4})
    page.get_by_role("textbox", name="Catatan", exact=True).fill("Buram di sini.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.get_by_text("Buram di sini.")).to_be_visible()
    note = Note.objects.latest("pk")
    assert abs((note.x or 0) - 500) < 5
    assert abs((note.y or 0) - 250) < 5


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_dewi_reviews_with_her_keyboard_alone(open_desk, sari, dewi, channels, submitted):
    make_submitted(sari, channels["x"], text="Jadwal donor darah.", publish_at=submitted.publish_at)
    desk = open_desk()
    seat(desk, dewi)
    page = desk.go(reverse("queue"))
    press(desk, "j", "Enter")
    page.wait_for_url("**/review/*/")  # its scripts too
    expect(page.get_by_role("heading", level=1)).to_contain_text("Imunisasi gratis")
    for key, part in (("2", "perubahan"), ("3", "gambar"), ("4", "riwayat"), ("1", "pratinjau")):
        press(desk, key)
        expect(page.locator(f"#{part}:target")).to_have_count(1)
    walk(desk)
    write_by_keyboard(desk)
    ask_by_keyboard(desk)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jadwal donor darah")
    approve_by_keyboard(desk)
    switch_the_keys_off(desk)
    assert Post.objects.get(pk=submitted.pk).status == "returned"
    assert Post.objects.exclude(pk=submitted.pk).get().status == "approved"
    assert desk.complaints == []


def walk(desk: Desk) -> None:
    """Down the queue beside the open item, and up again."""
    page = desk.page
    expect(page.locator(".review [data-walk]")).to_be_visible()
    for key, title in (("j", "Jadwal donor darah"), ("k", "Imunisasi gratis")):
        with page.expect_navigation():
            press(desk, key)
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        expect(page.locator(".review [data-walk]")).to_be_visible()


def write_by_keyboard(desk: Desk) -> None:
    open_form(desk)
    desk.page.keyboard.type(f"{WORDS} Juga jam 1, 2, ja, akar?")
    tab_to(desk, "Simpan catatan")
    press(desk, "Enter")
    expect(desk.page.locator(".note-row")).to_contain_text(WORDS)
    # once it is kept the focus goes to the line that says so: no key comes before that
    expect(desk.page.locator("#catatan [data-said]")).to_be_focused()


def ask_by_keyboard(desk: Desk) -> None:
    """A note is enough: nothing else has to be written."""
    press(desk, "r")
    tab_to(desk, "Kembalikan kepada penulis")
    with desk.page.expect_navigation():
        press(desk, "Enter")


def approve_by_keyboard(desk: Desk) -> None:
    desk.page.get_by_label("Semua sudah saya periksa").focus()
    press(desk, "Space", "a", "Enter")
    expect(desk.page.get_by_role("button", name="Urungkan")).to_be_visible()


def tab_to(desk: Desk, words: str) -> None:
    said = "document.activeElement.matches('a, button') ? document.activeElement.innerText : ''"
    for _ in range(40):
        if words in desk.page.evaluate(said):
            return
        press(desk, "Tab")
    raise AssertionError(words)


def switch_the_keys_off(desk: Desk) -> None:
    page = desk.page
    press(desk, "?")
    dialog = page.get_by_role("dialog", name="Pintasan")
    expect(dialog.get_by_text("Di semua halaman")).to_be_visible()
    dialog.get_by_label("Matikan pintasan satu tombol").check()
    press(desk, "Escape", "?")
    expect(dialog).to_be_hidden()
