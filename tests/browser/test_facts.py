"""Sari puts a fact of the bank into her text, and words of the text lean on a source."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from publishing.models import Post
from tests.factories import make_draft, make_fact

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/facts/", "/facts/?state=past", "/facts/new/")
SMALLEST = {"width": 320, "height": 640}


@pytest.fixture
def fact(sari):
    make_fact(sari, name="Kunjungan", expires=timezone.localdate() - timedelta(days=1))
    return make_fact(sari, url="https://data.contoh.test/umkm")


def open_picker(page):
    page.get_by_role("link", name="Sisipkan fakta").click()
    dialog = page.get_by_role("dialog", name="Sisipkan fakta")
    expect(dialog.get_by_text("1.323 UMKM").first).to_be_visible()
    return dialog


def test_a_fact_is_inserted_at_the_cursor_with_its_source(open_desk, sari, fact, channels):
    desk = open_desk(sari)
    page = desk.go("/posts/new/")
    text = page.get_by_label("Teks unggahan untuk semua kanal")
    text.fill("Tahun lalu naik kelas.")
    text.evaluate("field => field.setSelectionRange(11, 11)")
    dialog = open_picker(page)
    expect(dialog.get_by_text("Lewat masa berlaku")).to_be_visible()
    dialog.get_by_label("Cari fakta").fill("naik")
    expect(dialog.get_by_text("Lewat masa berlaku")).to_be_hidden()
    assert desk.flaws() == []
    dialog.get_by_role("button", name="Sisipkan").click()
    expect(text).to_have_value("Tahun lalu 1.323 UMKM naik kelas.")
    expect(text).to_be_focused()
    expect(page.get_by_label("Dokumen")).to_have_value("Laporan kinerja")
    expect(page.get_by_label("Pernyataan yang didukung")).to_have_value("1.323 UMKM")
    page.get_by_role("button", name="Simpan draf").last.click()
    page.wait_for_url("**/edit/*")
    expect(page.get_by_role("checkbox", name="UMKM naik kelas")).to_be_checked()
    post = Post.objects.get()
    assert list(post.facts.all()) == [fact]
    assert post.sources.get().owner == "Bidang UMKM"
    assert desk.complaints == []


def test_a_second_fact_gets_a_row_of_its_own_and_the_same_one_does_not(
    open_desk, sari, fact, channels
):
    make_fact(sari, name="Kelurahan", document="Profil nagari", figure="47", unit="nagari")
    desk = open_desk(sari)
    page = desk.go(f"/posts/{make_draft(sari, channels['x']).pk}/edit/")
    for name in ("UMKM naik kelas", "Kelurahan", "Kelurahan"):
        open_picker(page).get_by_role("button", name=name).click()
    rows = page.locator("[data-source]")
    expect(rows).to_have_count(3)
    expect(rows.nth(1).get_by_label("Dokumen")).to_have_value("Laporan kinerja")
    expect(rows.nth(2).get_by_label("Pernyataan yang didukung")).to_have_value("47 nagari")
    page.get_by_role("button", name="Simpan draf").last.click()
    expect(page.get_by_role("checkbox", name="Kelurahan")).to_be_checked()
    assert Post.objects.get().sources.count() == 3
    assert desk.complaints == []


def test_chosen_words_lean_on_a_source(open_desk, sari, channels):
    desk = open_desk(sari, size="phone")
    page = desk.go(f"/posts/{make_draft(sari, channels['x']).pk}/edit/")
    button = page.get_by_role("button", name="Sandarkan pilihan ke sumber ini")
    quotes = page.get_by_label("Pernyataan yang didukung")
    button.click()
    expect(quotes).to_be_focused()  # nothing was chosen: type it
    text = page.get_by_label("Teks unggahan untuk semua kanal")
    text.focus()
    text.evaluate("field => field.setSelectionRange(0, 16)")
    button.click()
    expect(quotes).to_have_value("Imunisasi gratis")
    assert desk.flaws() == []
    page.set_viewport_size(SMALLEST)
    assert page.locator("#sumber").evaluate("it => it.scrollWidth <= it.clientWidth")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_banks_pages_hold_to_the_rules(open_desk, sari, fact, size):
    desk = open_desk(sari, size=size)
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)
        for path in (*PAGES, f"/facts/{fact.pk}/"):
            desk.go(path)
            assert desk.flaws() == [], f"{path} {scheme}"
            assert desk.overflow() <= 0, path
    desk.page.set_viewport_size(SMALLEST)
    assert desk.overflow() <= 0
    assert desk.complaints == []
