"""The whole way without JavaScript: forms post, the server counts, nothing waits for a script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from publishing.models import Delivery, Post
from tests.browser.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru. " * 6
FOR_X = "Imunisasi gratis Sabtu ini."
ALT = "Poster imunisasi di Balai Nagari Koto Baru"


def test_sari_writes_and_dewi_approves_without_script(open_desk, sari, dewi, channels, poster):
    author = open_desk(sari, size="phone", scripts=False)
    begin(author)
    add_picture(author, poster)
    read_the_counters(author)
    hand_in(author)
    reviewer = open_desk(dewi, scripts=False)
    approve(reviewer, Post.objects.get())
    assert Delivery.objects.filter(status=Delivery.Status.WAITING).count() == 3
    assert author.complaints == reviewer.complaints == []


@pytest.fixture
def poster(picture_file) -> FilePayload:
    return FilePayload(name="poster.jpg", mimeType="image/jpeg", buffer=picture_file().read())


def begin(desk: Desk) -> None:
    page = desk.go("/posts/new/")
    page.get_by_label("Teks unggahan untuk semua kanal").fill(TEXT)
    for platform in ("Facebook", "Instagram", "X"):
        page.get_by_role("checkbox", name=platform).check()


def add_picture(desk: Desk, poster: FilePayload) -> None:
    page = desk.page
    page.get_by_label("Tambah gambar").set_input_files([poster])
    page.get_by_role("button", name="Unggah gambar").click()
    page.get_by_label("Teks alternatif gambar 1").fill(ALT)
    page.get_by_role("radio", name="Tidak ada").first.check()


def read_the_counters(desk: Desk) -> None:
    """Too long for X, and the server says so; Sari gives X its own words."""
    page = desk.page
    save(desk)
    counter = page.locator('[data-counter="x"]')
    expect(counter).to_have_attribute("data-state", "over")
    expect(counter).to_contain_text(f"{len(TEXT.strip())}/280")
    expect(page.locator('[data-counter="facebook"]')).to_have_attribute("data-state", "ok")
    page.get_by_role("textbox", name="Teks khusus X").fill(FOR_X)
    save(desk)
    expect(counter).to_contain_text(f"{len(FOR_X)}/280")


def save(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Simpan draf").last.click()


def hand_in(desk: Desk) -> None:
    page = desk.page
    page.get_by_label("Dokumen").fill("Jadwal imunisasi November")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Tanggal", exact=True).last.fill(tomorrow.isoformat())
    page.get_by_label("Jam (WIB)").fill("09:00")
    page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    expect(page.get_by_text("Menunggu tinjauan").first).to_be_visible()


def approve(desk: Desk, post: Post) -> None:
    page = desk.go("/review/")
    page.get_by_role("link", name="Imunisasi gratis").click()
    page.wait_for_url(f"**/review/{post.pk}/")
    page.get_by_label("Semua sudah saya periksa").check()
    page.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(page.get_by_role("button", name="Urungkan")).to_be_visible()
