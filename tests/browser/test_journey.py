"""The first whole post: Sari writes, Dewi asks and approves, it goes out, Budi sees nothing."""

import io
from datetime import timedelta

import pytest
import requests
import time_machine
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, expect

from publishing.delivery import after, lane
from publishing.delivery.tick import tick
from publishing.models import Post
from tests.browser.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Ayah, Bunda, jangan lewatkan Posyandu Balita bulan ini! 👶

Timbang berat, ukur tinggi, imunisasi, dan makanan tambahan gratis untuk balita 0–59 bulan.

Bawa buku KIA dan kartu keluarga. Jadwal nagari lain: https://dinkes.contoh.go.id/posyandu

Petugas Puskesmas membuka meja pendaftaran pukul 08.00 di Balai Nagari Koto Baru sampai selesai.

#PosyanduSolokSelatan"""
FOR_X = "Posyandu Balita: timbang, ukur, imunisasi gratis di Balai Nagari Koto Baru, pukul 08.00."
ALTS = [
    "Kader menimbang balita di Balai Nagari Koto Baru",
    "Logo Posyandu berbentuk hati berwarna hijau",
]


def camera_picture() -> bytes:
    """Twelve megapixels, as a phone takes them, with the place in the EXIF."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (1.0, 33.0, 12.0)
    target = io.BytesIO()
    Image.effect_noise((1000, 750), 40).convert("RGB").resize((4000, 3000)).save(
        target, "JPEG", quality=80, exif=exif
    )
    return target.getvalue()


def transparent_picture() -> bytes:
    target = io.BytesIO()
    image = Image.new("RGBA", (1200, 1500), (0, 0, 0, 0))
    image.paste((20, 120, 60, 255), (300, 400, 900, 1100))
    image.save(target, "PNG")
    return target.getvalue()


def write(desk: Desk) -> None:
    page = desk.go("/posts/new/")
    page.get_by_label("Teks unggahan untuk semua kanal").fill(TEXT)
    for platform in ("Facebook", "X"):
        page.get_by_role("checkbox", name=platform).check()
    page.get_by_label("Tambah gambar").set_input_files(
        [
            FilePayload(name="IMG_0001.JPG", mimeType="image/jpeg", buffer=camera_picture()),
            FilePayload(name="logo.png", mimeType="image/png", buffer=transparent_picture()),
        ]
    )
    expect(page.get_by_label("Teks alternatif gambar 2")).to_be_visible()
    for number, alt in enumerate(ALTS, start=1):
        page.get_by_label(f"Teks alternatif gambar {number}").fill(alt)
        page.get_by_role("radio", name="Tidak ada").nth(number - 1).check()
    page.get_by_role("checkbox", name="Instagram").check()


def shorten_for_x(desk: Desk) -> None:
    page = desk.page
    counter = page.locator('[data-counter="x"]')
    expect(counter).to_have_attribute("data-state", "over")
    page.get_by_role("tab", name="Teks khusus X").click()
    page.get_by_role("textbox", name="Teks khusus X").fill(FOR_X)
    expect(counter).not_to_have_attribute("data-state", "over")
    expect(page.locator('[data-mirror="x"]')).to_contain_text("timbang, ukur")


def name_source_and_time(desk: Desk) -> None:
    page = desk.page
    page.get_by_label("Dokumen").fill("Jadwal Posyandu November")
    page.get_by_text("Rincian sumber").click()
    page.get_by_label("Nomor").fill("400.7/112/DINKES/2026")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Tanggal", exact=True).last.fill(tomorrow.isoformat())
    page.get_by_label("Jam (WIB)").fill("09:00")


def hand_in(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    expect(desk.page.get_by_text("Menunggu tinjauan").first).to_be_visible()


def ask_for_a_change(desk: Desk) -> None:
    page = desk.go("/review/")
    page.get_by_role("link", name="Ayah, Bunda").click()
    expect(page.get_by_text("Jadwal Posyandu November").first).to_be_visible()
    page.get_by_text("Minta perbaikan").first.click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill("Sebut “gratis” di kalimat pertama.")
    page.get_by_role("button", name="Kembalikan kepada penulis").click()
    expect(page.get_by_text("Dikembalikan kepada Sari Contoh")).to_be_visible()


def change_a_word(desk: Desk, pk: int) -> None:
    page = desk.go(f"/posts/{pk}/edit/")
    expect(page.get_by_text("Sebut “gratis” di kalimat pertama.")).to_be_visible()
    changed = TEXT.replace("Posyandu Balita bulan ini", "Posyandu Balita gratis bulan ini")
    page.get_by_label("Teks unggahan untuk semua kanal").fill(changed)


def approve_what_changed(desk: Desk, pk: int) -> None:
    page = desk.go(f"/review/{pk}/")
    expect(page.locator("ins").first).to_contain_text("gratis")
    page.get_by_label("Semua sudah saya periksa").check()
    page.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(page.get_by_role("button", name="Urungkan")).to_be_visible()


def the_hour_comes() -> None:
    """What scheduler and worker do, on tomorrow's clock; Instagram's containers take a while."""
    clock = timezone.now() + timedelta(days=1)
    clock = clock.astimezone(timezone.get_current_timezone()).replace(hour=9, minute=0, second=5)
    with time_machine.travel(clock) as traveller:
        for _ in range(6):
            for channel_id in tick():
                lane.run(channel_id)
            for delivery_id in after.take_due():
                after.read_back(delivery_id)
            traveller.shift(timedelta(seconds=20))


def test_the_first_whole_post(open_desk, sari, dewi, budi, channels, box):
    author, reviewer = open_desk(sari), open_desk(dewi)
    write(author)
    shorten_for_x(author)
    name_source_and_time(author)
    hand_in(author)
    pk = Post.objects.get().pk
    ask_for_a_change(reviewer)
    change_a_word(author, pk)
    hand_in(author)
    approve_what_changed(reviewer, pk)
    the_hour_comes()
    check_the_page(author, pk, box)
    check_the_ledger(box, pk)
    check_what_is_closed(open_desk, author, budi, pk)
    assert author.complaints == []
    assert reviewer.complaints == []


def check_the_page(desk: Desk, pk: int, box) -> None:
    page = desk.go(f"/posts/{pk}/")
    links = page.get_by_role("link", name="Lihat di")
    expect(links).to_have_count(3)
    for link in links.all():
        address = str(link.get_attribute("href"))
        assert address.startswith(box.url)
        assert requests.get(address, timeout=5).status_code == 200


def check_the_ledger(box, pk: int) -> None:
    sent = {post["platform"]: post for post in box.ledger()}
    assert len(box.ledger()) == len(sent) == 3
    revision = Post.objects.get(pk=pk).revisions.latest("number")
    for entry in revision.content["channels"]:
        post = sent[entry["platform"]]
        assert post["text"] == entry["text"]
        assert [image["alt"] for image in post["images"]] == ALTS
        assert [i["sha256"] for i in post["images"]] == [p["sha256"] for p in entry["pictures"]]
        for image in post["images"]:
            blob = requests.get(f"{box.url}/__sandbox__/blobs/{image['sha256']}.jpg", timeout=5)
            assert not Image.open(io.BytesIO(blob.content)).getexif()
    assert sent["x"]["text"] == FOR_X


def check_what_is_closed(open_desk, author: Desk, budi, pk: int) -> None:
    stranger = open_desk(budi)
    for path in (f"/posts/{pk}/", f"/posts/{pk}/edit/", f"/review/{pk}/"):
        assert stranger.page.goto(stranger.base + path).status in (403, 404)
    author.go(f"/posts/{pk}/edit/")
    assert author.page.url.endswith(f"/posts/{pk}/"), "an approved post is not edited"
