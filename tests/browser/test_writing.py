"""Sari at her desk: what she types is kept by itself, on a poor line and beside Rina."""

import re

import pytest
from playwright.sync_api import Page, expect

from platforms import registry
from publishing.models import Desk as WritingDesk
from publishing.models import Post
from tests import factories
from tests.browser.conftest import seat
from tests.publishing.composing import edit

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Teks unggahan untuk semua kanal"


@pytest.fixture
def desk(open_desk, sari, channels):
    window = open_desk()
    seat(window, sari)
    return window


@pytest.fixture
def draft(sari, channels):
    return factories.make_draft(sari, channels["facebook"], channels["x"])


def kept(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan")


def quiet(desk) -> list[str]:
    """What the browser complained of, lost connections apart."""
    lost = ("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    return [line for line in desk.complaints if not any(words in line for words in lost)]


def test_a_new_post_keeps_itself_two_seconds_after_the_last_word(desk):
    page = desk.go("/posts/new/")
    page.get_by_label(TEXT).fill("Posyandu Sabtu ini di Balai Nagari Koto Baru.")
    expect(page.locator("[data-saved]")).to_have_text("Belum tersimpan")
    kept(page)
    post = Post.objects.get()
    assert post.text == "Posyandu Sabtu ini di Balai Nagari Koto Baru."
    expect(page).to_have_url(desk.base + edit(post))
    expect(page.locator("[data-todo]")).to_contain_text("pilih kanal")
    page.get_by_role("checkbox", name="Facebook").check()
    page.get_by_label(TEXT).fill("Posyandu Sabtu ini, gratis.")
    expect(page.locator("[data-todo]")).not_to_contain_text("pilih kanal")
    assert (Post.objects.count(), Post.objects.get().text) == (1, "Posyandu Sabtu ini, gratis.")
    assert desk.complaints == []


def test_on_a_lost_line_the_words_stay_and_go_up_when_it_is_back(desk, draft):
    page = desk.go(edit(draft))
    page.context.set_offline(True)
    page.get_by_label(TEXT).fill("Ditulis di tengah hutan.")
    said = "Koneksi terputus. Tulisan Anda aman di perangkat ini."
    expect(page.locator("[data-saved]")).to_have_text(said)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page)
    draft.refresh_from_db()
    assert draft.text == "Ditulis di tengah hutan."
    assert quiet(desk) == []


def test_a_window_that_closed_too_early_is_offered_again(desk, draft):
    page = desk.go(edit(draft))
    page.context.set_offline(True)
    page.get_by_label(TEXT).fill("Belum sampai ke server.")
    expect(page.locator("[data-saved]")).to_contain_text("Koneksi terputus")
    page.goto("about:blank")
    page.context.set_offline(False)
    desk.go(edit(draft))
    expect(page.get_by_label(TEXT)).to_have_value(draft.text)
    page.get_by_role("button", name="Tampilkan tulisan itu").click()
    expect(page.get_by_label(TEXT)).to_have_value("Belum sampai ke server.")
    kept(page)
    draft.refresh_from_db()
    assert draft.text == "Belum sampai ke server."
    desk.go(edit(draft))
    expect(page.locator("[data-local]")).to_be_hidden()


def test_the_second_burst_of_words_is_offered_again_too(desk, draft):
    """What follows a save that arrived is not taken for arrived with it."""
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill("Yang pertama sampai.")
    kept(page)
    page.context.set_offline(True)
    page.get_by_label(TEXT).fill("Yang pertama sampai. Yang kedua belum.")
    expect(page.locator("[data-saved]")).to_contain_text("Koneksi terputus")
    page.goto("about:blank")
    page.context.set_offline(False)
    desk.go(edit(draft))
    page.get_by_role("button", name="Tampilkan tulisan itu").click()
    expect(page.get_by_label(TEXT)).to_have_value("Yang pertama sampai. Yang kedua belum.")


def test_a_session_that_ended_says_so_and_the_text_is_there_after_signing_in(desk, draft, sari):
    page = desk.go(edit(draft))
    page.context.clear_cookies()
    page.get_by_label(TEXT).fill("Ditulis setelah sesi berakhir.")
    expect(page.locator("[data-stopped]")).to_be_visible()
    expect(page.get_by_role("link", name="Masuk lagi")).to_be_visible()
    seat(desk, sari)
    desk.go(edit(draft))
    page.get_by_role("button", name="Tampilkan tulisan itu").click()
    expect(page.get_by_label(TEXT)).to_have_value("Ditulis setelah sesi berakhir.")


def test_what_was_handed_in_is_not_offered_again(desk, draft, channels):
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill("Langsung diajukan.")
    page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    expect(page.get_by_text("Menunggu tinjauan").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tulis'))") == []


def test_sari_is_told_of_rinas_save_and_compares_both(desk, draft, rina, open_desk):
    page = desk.go(edit(draft))
    expect(page.locator("[data-saved]")).to_be_visible()
    other = open_desk()
    seat(other, rina)
    theirs = other.go(edit(draft))
    theirs.get_by_label(TEXT).fill("Tulisan Rina")
    kept(theirs)
    page.get_by_label(TEXT).fill("Tulisan Sari")
    expect(page.locator("[data-stopped]")).to_contain_text("Rina Contoh")
    page.get_by_role("button", name="Bandingkan versi").click()
    expect(page.locator("#bentrok")).to_contain_text("Tulisan Rina")
    expect(page.locator("#bentrok")).to_contain_text("Tulisan Sari")
    assert Post.objects.get().text == "Tulisan Rina"


def test_the_second_to_come_reads_who_is_writing(desk, draft, rina, open_desk):
    with desk.page.expect_response("**/editing/"):
        desk.go(edit(draft))
    other = open_desk()
    seat(other, rina)
    expect(other.go(edit(draft)).get_by_text("Sari Contoh sedang menyunting")).to_be_visible()


def test_another_kind_brings_its_questions_and_its_skeleton(desk, draft):
    page = desk.go(edit(draft))
    page.get_by_label("Jenis unggahan").select_option("event")
    page.get_by_label("Apa", exact=True).fill("Posyandu balita")
    page.get_by_label("Di mana").fill("Balai Nagari Koto Baru")
    page.get_by_role("button", name="Pakai kerangka").click()
    expect(page.get_by_label(TEXT)).to_have_value(re.compile("📍 Balai Nagari Koto Baru"))
    expect(page.locator('[data-mirror="x"]')).to_contain_text("Posyandu balita")
    kept(page)
    assert desk.complaints == []


def test_a_phrase_goes_where_the_cursor_is(desk, draft, dinkes):
    WritingDesk.objects.create(agency=dinkes, tags="#DinkesSehat", closing="Salam sehat.")
    page = desk.go(edit(draft))
    box = page.get_by_label(TEXT)
    box.fill("Awal akhir")
    box.evaluate("field => field.setSelectionRange(5, 5)")
    page.get_by_role("button", name="Tagar OPD").click()
    expect(box).to_have_value("Awal #DinkesSehatakhir")


def test_the_keyboard_saves_and_hands_in(desk, draft):
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill("Disimpan dengan pintasan.")
    page.keyboard.press("Control+s")
    page.wait_for_url(desk.base + edit(draft))
    kept(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Menunggu tinjauan").first).to_be_visible()
    assert Post.objects.get().text == "Disimpan dengan pintasan."


def test_a_long_text_is_folded_while_it_is_typed(desk, draft):
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill("kata " * 100)
    expect(page.locator('[data-mirror="facebook"] summary')).to_contain_text("Lihat selengkapnya")
    expect(page.locator('[data-mirror="x"] mark')).to_contain_text("kata")


SAMPLES = [
    "Posyandu Sabtu ini.",
    "🎉" * 200,
    "👨‍👩‍👧 👍🏽 🇮🇩 1️⃣",
    "https://dinkes.contoh.go.id/imunisasi/jadwal-lengkap dan solselkab.go.id/a?b=c, lalu.",
    "@contoh_dinkes #PosyanduSolokSelatan surat@contoh.test",
    "السلام عليكم warahmatullahi",
    "日本語 ½ – “kutipan” …",
    "e\u0301 = é",
    "  tepi  \n\n",
]


def test_the_counters_of_page_and_server_agree(desk):
    page = desk.go("/posts/new/")
    weigh = """async ([platform, texts]) => {
        const { src } = document.querySelector("[src*='composer']");
        const { weigh } = await import(src.replace("composer", "weigh"));
        return texts.map((text) => weigh(platform, text));
    }"""
    for platform in ("instagram", "facebook", "x"):
        server = [registry.adapter(platform).weigh(text.strip()) for text in SAMPLES]
        assert page.evaluate(weigh, [platform, SAMPLES]) == server, platform
