"""Guidelines on the screen: findings while Sari types, the reviewer's side, both sizes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Role
from publishing.models import Answer, Post
from tests import factories
from tests.browser.conftest import seat
from tests.publishing.composing import edit
from tests.publishing.judged import LOUD, RUDE, asked, ban

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Teks unggahan untuk semua kanal"


@pytest.fixture
def draft(sari, channels):
    return factories.make_draft(sari, channels["facebook"])


@pytest.fixture
def desk(open_desk, sari, channels):
    window = open_desk()
    seat(window, sari)
    return window


def test_a_finding_appears_while_it_is_typed_and_goes_when_it_is_mended(desk, draft):
    page = desk.go(edit(draft))
    found = page.locator("#pedoman")
    expect(found).to_contain_text("Tidak ada temuan pedoman.")
    expect(page.locator("[data-todo]")).to_contain_text("Lengkap. Siap diajukan.")
    page.get_by_label(TEXT).fill(RUDE)
    expect(found.locator("mark")).to_have_text("goblok")
    expect(page.locator("[data-todo]")).to_contain_text("1 wajib diperbaiki")
    page.get_by_label(TEXT).fill("Imunisasi gratis Sabtu ini.")
    expect(found).to_contain_text("Tidak ada temuan pedoman.")
    assert desk.complaints == []


def test_a_new_post_is_checked_as_soon_as_it_is_kept(desk):
    page = desk.go(reverse("write"))
    page.get_by_label(TEXT).fill(RUDE)
    expect(page.locator("#pedoman mark")).to_have_text("goblok")
    assert desk.complaints == []


def test_a_warning_is_answered_with_one_tap_and_the_post_goes_in(desk, draft):
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill(LOUD)
    taps = page.get_by_role("button", name="Sudah dicek, benar")
    expect(taps.first).to_be_visible()
    expect(page.locator("[data-todo]")).to_contain_text("1 perlu dicek")
    taps.first.click()
    expect(taps).to_have_count(0)
    expect(page.locator("[data-todo]")).to_contain_text("Lengkap. Siap diajukan.")
    expect(page.locator("#pedoman")).to_contain_text("Sudah dicek · Sari Contoh")
    page.get_by_role("button", name="Ajukan untuk ditinjau").click()
    page.wait_for_url(desk.base + reverse("post", args=[draft.pk]))
    assert Post.objects.get().status == Post.Status.SUBMITTED
    assert Answer.objects.get().by == draft.author
    assert desk.complaints == []


def test_an_exception_is_asked_for_from_the_composer(desk, draft):
    page = desk.go(edit(draft))
    page.get_by_label(TEXT).fill(RUDE)
    page.locator("#pedoman summary", has_text="Minta pengecualian").click()
    page.get_by_label("Mengapa ini boleh tetap ada?").fill("Judul buku.")
    page.get_by_role("button", name="Kirim ke peninjau").click()
    expect(page.locator("#pedoman")).to_contain_text("Minta pengecualian · Sari Contoh")
    assert Answer.objects.get().words == "Judul buku."
    assert desk.complaints == []


@pytest.fixture
def rude(client, sari, channels):
    client.force_login(sari)
    return factories.make_draft(sari, channels["facebook"], text=RUDE)


def test_the_pages_of_findings(look, client, sari, dewi, rude):
    look(sari, reverse("findings", args=[rude.pk]))
    look(sari, edit(rude), arrive=lambda desk: expect(desk.page.locator("mark")).to_be_visible())
    asked(client, rude)
    look(dewi, reverse("exceptions"))


def test_an_approval_that_the_guidelines_stop(look, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["facebook"])
    ban("imunisasi")

    def try_it(desk):
        desk.page.get_by_label("Semua sudah saya periksa").first.check()
        desk.page.get_by_role("button", name="Setujui & jadwalkan").first.click()
        expect(desk.page.locator("#putusan")).to_contain_text("Pedoman menahan 1 hal.")

    look(dewi, reverse("review", args=[post.pk]), arrive=try_it)


def test_what_was_ticked_stays_while_a_reviewer_lets_something_pass(
    open_desk, sari, dewi, channels
):
    post = factories.make_submitted(sari, channels["facebook"])
    ban("imunisasi")
    desk = open_desk()
    seat(desk, dewi)
    page = desk.go(reverse("review", args=[post.pk]))
    page.get_by_label("Semua sudah saya periksa").first.check()
    page.get_by_role("button", name="Setujui & jadwalkan").first.click()
    page.get_by_label("Mengapa ini boleh tayang?").fill("Nama layanannya.")
    page.get_by_role("button", name="Izinkan").click()
    expect(page.get_by_text("Diizinkan. Tekan")).to_be_visible()
    expect(page.get_by_label("Semua sudah saya periksa").first).to_be_checked()
    page.get_by_role("button", name="Setujui & jadwalkan").first.click()
    page.wait_for_url("**/review/*")
    post.refresh_from_db()
    assert post.status == Post.Status.APPROVED
    assert desk.complaints == []


def test_the_guidelines_and_who_has_read_them(look, dewi, dinkes):
    known = ("tini@contoh.test", "Tini Contoh", Role.AUTHOR, dinkes)
    tini = factories.make_person(*known, pledged=False)
    look(tini, reverse("guidebook"))
    look(dewi, reverse("guidebook_readers"))


def test_a_training_from_its_button_to_the_ribbon(look, open_desk, sari, channels, box, settings):
    settings.TRAINING_URL = box.url
    look(sari, reverse("training"))
    desk = open_desk()
    seat(desk, sari)
    page = desk.go(reverse("training"))
    page.get_by_role("button", name="Mulai latihan").click()
    expect(page.locator(".ribbon.training")).to_contain_text("Mode latihan.")
    look(sari, reverse("write"))
    desk.go("/").get_by_role("button", name="Akhiri latihan").click()
    expect(desk.page.locator(".ribbon.training")).to_have_count(0)
    assert desk.complaints == []
