"""One post, sent back twice with notes: what was said stays beside the words until settled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import leave
from accounts.models import Delegation, Role
from publishing.models import Post
from tests import factories
from tests.browser.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

WRONG, RIGHT = "Balai Nagari Koto Baru", "Balai Nagari Lubuk Gadang"


@pytest.fixture
def fajar():
    return factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER)


@pytest.fixture
def rika(fajar):
    """She stands in for Fajar, who is on leave."""
    rika = factories.make_person("rika@contoh.test", "Rika Contoh", Role.REVIEWER)
    admin = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    days = {"begins": timezone.localdate(), "ends": timezone.localdate() + timedelta(days=3)}
    leave.delegate(Delegation(giver=fajar, taker=rika, basis="800/12/2026", **days), by=admin)
    return rika


def test_two_rounds_of_notes_a_take_over_and_a_stand_in_who_decides(
    desk_of, sari, dewi, fajar, rika, channels
):
    post = factories.make_submitted(sari, channels["x"], channels["facebook"])
    author, first, second, third = (
        desk_of(sari, size="phone"),
        desk_of(dewi),
        desk_of(fajar, scheme="dark"),
        desk_of(rika, size="phone"),
    )
    dewi_asks(first, post)
    sari_mends_and_answers(author, post)
    fajar_takes_over_and_asks_again(first, second, post)
    sari_explains(author, post)
    dewi_hands_it_to_fajar_who_is_on_leave(first, post)
    rika_settles_and_approves(third, post)
    post.refresh_from_db()
    assert (post.status, post.revisions.count()) == ("approved", 3)
    assert RIGHT in post.revisions.latest("number").content["channels"][0]["text"]
    assert [desk.complaints for desk in (author, first, second, third)] == [[]] * 4


def dewi_asks(desk: Desk, post: Post) -> None:
    """About the words that she marks, and about the whole."""
    page = desk.go(reverse("review", args=[post.pk]))
    page.get_by_role("button", name="Saya yang periksa").click()
    page.get_by_text("Anda yang memeriksa, sampai").wait_for()
    page.locator("[data-mirror]").first.select_text()
    page.get_by_role("button", name="Komentari").click()
    write(desk, "Balainya dipakai acara lain.")
    page.locator("summary", has_text="Tambah catatan").click()
    write(desk, "Sebut biayanya.")
    send_back(desk)
    expect(page.get_by_text("Dikembalikan kepada Sari Contoh")).to_be_visible()


def write(desk: Desk, words: str) -> None:
    page = desk.page
    page.get_by_role("textbox", name="Catatan", exact=True).fill(words)
    page.get_by_role("button", name="Simpan catatan").click()
    page.locator(".note-row", has_text=words).wait_for()


def send_back(desk: Desk) -> None:
    """With the notes alone: nothing else has to be written."""
    desk.page.get_by_text("Minta perbaikan").first.click()
    desk.page.get_by_role("button", name="Kembalikan kepada penulis").click()


def sari_mends_and_answers(desk: Desk, post: Post) -> None:
    page = desk.go(reverse("edit", args=[post.pk]))
    words = page.get_by_label("Teks unggahan untuk semua kanal")
    words.fill(words.input_value().replace(WRONG, RIGHT))
    page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    expect(page.get_by_text("2 catatan peninjau belum dijawab").first).to_be_visible()
    expect(words).to_have_value(f"Imunisasi gratis Sabtu ini di {RIGHT}.")
    page.get_by_role("button", name="Diperbaiki (catatan 1)").click()
    page.get_by_role("button", name="Diperbaiki (catatan 2)").click()
    expect(page.get_by_text("Semua catatan sudah dijawab.")).to_be_visible()
    hand_in(desk)


def hand_in(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    expect(desk.page.get_by_text("Menunggu tinjauan").first).to_be_visible()


def fajar_takes_over_and_asks_again(first: Desk, desk: Desk, post: Post) -> None:
    """Dewi holds it; he takes over and sees what changed and was answered. One thing lacks."""
    first.go(reverse("review", args=[post.pk]))
    first.page.get_by_role("button", name="Saya yang periksa").click()
    first.page.get_by_text("Anda yang memeriksa, sampai").wait_for()
    page = desk.go(reverse("review", args=[post.pk]))
    page.get_by_role("button", name="Ambil alih").click()
    page.get_by_text("Anda yang memeriksa, sampai").wait_for()
    expect(page.locator("ins").first).to_contain_text("Lubuk Gadang")
    notes = page.locator(".note-row")
    expect(notes.filter(has_text="Diperbaiki")).to_have_count(2)
    notes.filter(has_text="Balainya").get_by_role("button", name="Selesai").click()
    expect(page.get_by_text("1 catatan selesai")).to_be_visible()
    open_note = notes.filter(has_text="Sebut biayanya.")
    open_note.locator("summary", has_text="Balas").click()
    open_note.get_by_label("Balasan untuk catatan 2").fill("Biayanya belum tertulis.")
    open_note.get_by_role("button", name="Kirim balasan").click()
    page.locator(".note-row", has_text="Biayanya belum tertulis.").wait_for()
    send_back(desk)
    expect(page.get_by_text("Dikembalikan kepada Sari Contoh")).to_be_visible()


def sari_explains(desk: Desk, post: Post) -> None:
    page = desk.go(reverse("edit", args=[post.pk]))
    expect(page.get_by_text("Biayanya belum tertulis.")).to_be_visible()
    page.get_by_label("Jawaban untuk catatan 2").fill("Sudah ada kata gratis.")
    page.get_by_role("button", name="Dijelaskan (catatan 2)").click()
    expect(page.get_by_text("Semua catatan sudah dijawab.")).to_be_visible()
    hand_in(desk)


def dewi_hands_it_to_fajar_who_is_on_leave(desk: Desk, post: Post) -> None:
    page = desk.go(reverse("review", args=[post.pk]))
    page.get_by_label("Tindakan lain").click()
    page.get_by_role("link", name="Alihkan").click()
    page.get_by_label("Kepada").select_option("Fajar Contoh")
    page.get_by_role("button", name="Alihkan").click()
    expect(page.get_by_text("Dialihkan kepada Fajar Contoh.")).to_be_visible()


def rika_settles_and_approves(desk: Desk, post: Post) -> None:
    """What is his turn is hers; the thread tells both rounds."""
    page = desk.go(reverse("queue"))
    page.get_by_role("link", name=post.title[:20]).click()
    note = page.locator(".note-row", has_text="Sebut biayanya.")
    for words in ("Biayanya belum tertulis.", "Sudah ada kata gratis.", "pengajuan ke-2"):
        expect(note).to_contain_text(words)
    note.get_by_role("button", name="Selesai").click()
    expect(page.get_by_text("2 catatan selesai")).to_be_visible()
    page.get_by_label("Semua sudah saya periksa").check()
    page.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(page.get_by_text("Disetujui.")).to_be_visible()
