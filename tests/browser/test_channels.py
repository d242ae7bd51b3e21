"""Channels and people in a real browser: connecting, losing, handing over, merging; every page."""

from datetime import timedelta

import pytest
import requests
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Agency, Invitation, Role
from platforms import health, registry
from platforms.models import Channel, Custody, Stranger
from publishing.delivery import lane
from publishing.delivery.tick import tick
from publishing.models import Delivery
from tests import factories
from tests.browser.conftest import Desk
from tests.browser.test_second_factor import age

pytestmark = pytest.mark.django_db(transaction=True)
PERDA = "Perda Nomor 3 Tahun 2026"


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def hendra(dinkes):
    return factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)


@pytest.fixture
def app(box, settings):
    """The installation has an app of its own at Meta."""
    for key in ("instagram", "facebook"):
        settings.PLATFORMS[key] |= {"APP_ID": "1000000000000001", "APP_SECRET": "rahasia"}
    registry.adapter.cache_clear()
    return box


def begin(desk: Desk, agency: str, login: str) -> None:
    page = desk.go("/channels/")
    page.get_by_role("link", name="Hubungkan kanal").first.click()
    page.get_by_label("OPD", exact=True).select_option(label=agency)
    page.get_by_role("radio", name=login).check()
    page.get_by_role("button", name="Lanjut").click()


def consent(desk: Desk, name: str, button: str = "Lanjutkan") -> None:
    """To the platform's page by our link, and what is pressed there."""
    desk.page.get_by_role("button", name=f"Lanjut ke {name}").click()
    desk.page.get_by_role("link", name=f"Buka {name}").click()
    desk.page.get_by_role("button", name=button).click()


def test_adi_connects_a_page_with_its_instagram_and_ratna_endorses(open_desk, app, adi, ratna):
    Channel.objects.all().delete()
    Agency.objects.create(code="DUKCAPIL", name="Dinas Dukcapil", short_name="Dukcapil")
    desk = open_desk(adi)
    begin(desk, "Dinas Dukcapil", "Facebook dan Instagram")
    consent(desk, "Facebook dan Instagram")
    page = desk.page
    expect(page.get_by_role("heading", name="Pilih kanal")).to_be_visible()
    assert desk.flaws() == []
    page.get_by_role("button", name="Hubungkan yang dicentang").click()
    expect(page.get_by_text("Menunggu pengesahan").first).to_be_visible()
    boss = open_desk(ratna, size="phone")
    boss.go("/channels/").get_by_role("link", name="@contoh_dinkes").click()
    boss.page.get_by_role("button", name="Sahkan kanal").click()
    expect(boss.page.get_by_text("Kanal disahkan dan dapat dipakai.")).to_be_visible()
    assert desk.complaints == boss.complaints == []


def test_adi_connects_x_again_after_its_keys_died(open_desk, box, adi, sari, dewi, channels):
    channel = channels["x"]
    post = factories.make_approved(sari, dewi, channel, publish_at=None)
    box.fault("x", "any", "token_revoked")
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):  # the next send is refused
        for channel_id in tick():
            lane.run(channel_id)
    desk = open_desk(adi)
    expect(desk.page.get_by_role("heading", name="Kanal yang perlu diurus")).to_be_visible()
    desk.page.get_by_role("link", name="@contoh_dinkes").click()
    expect(desk.page.get_by_text("1 unggahan akan terlewat")).to_be_visible()
    assert desk.flaws() == []
    box.heal()
    desk.page.get_by_role("link", name="Hubungkan ulang").click()
    consent(desk, "X", "Izinkan aplikasi")
    desk.page.get_by_role("button", name="Hubungkan yang dicentang").click()
    expect(desk.page.get_by_text("Sehat").first).to_be_visible()
    tick()
    assert Delivery.objects.get(post=post).status == "waiting"
    assert desk.complaints == []


def test_adi_says_no_and_may_paste_a_token_instead(open_desk, app, adi, channels):
    body = {"token": "EAA-sistem", "pages": [channels["facebook"].remote_id]}
    requests.post(f"{app.url}/__sandbox__/people", json=body, timeout=5).raise_for_status()
    desk = open_desk(adi)
    begin(desk, "Dinas Kesehatan", "Facebook dan Instagram")
    consent(desk, "Facebook dan Instagram", "Batal")
    expect(desk.page.get_by_role("alert")).to_contain_text("Izin tidak diberikan")
    assert desk.flaws() == []
    desk.page.get_by_label("Token system user", exact=True).fill("EAA-sistem")
    desk.page.get_by_role("button", name="Periksa").click()
    expect(desk.page.get_by_text("sudah terdaftar; diperbarui").first).to_be_visible()
    assert "EAA-sistem" not in desk.page.content()


def test_hendra_hands_the_account_over(open_desk, hendra, channels):
    desk = open_desk(hendra, size="phone")
    page = desk.go(f"/channels/{channels['x'].pk}/")
    page.get_by_role("link", name="Catat").click()
    page.get_by_label("pengelola kanal").fill("Sari Contoh")
    page.get_by_role("button", name="Simpan dan tegaskan").click()
    page.get_by_text("Mulai serah terima").click()
    page.get_by_label("dari").fill("Sari Contoh")
    page.get_by_label("kepada").fill("Rina Contoh")
    page.get_by_role("button", name="Mulai", exact=True).click()
    for box in page.get_by_role("group", name="Langkah").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Simpan langkah").click()
    expect(page.get_by_text("Serah terima selesai.")).to_be_visible()
    assert Custody.objects.get().holder == "Rina Contoh"
    assert desk.complaints == []


def test_adi_merges_an_agency_and_sari_goes_on_there(open_desk, adi, sari, channels):
    Agency.objects.create(code="DPPKB", name="Dinas Pengendalian Penduduk", short_name="DPPKB")
    draft = factories.make_draft(sari, channels["x"])
    desk = open_desk(adi)
    page = desk.go("/agencies/")
    page.get_by_role("link", name="Dinas Kesehatan").click()
    page.get_by_role("radio", name="Gabung ke OPD lain").check()
    page.get_by_label("Digabung ke").select_option(label="Dinas Pengendalian Penduduk")
    page.get_by_label("Berlaku sejak").fill(f"{timezone.localdate()}")
    page.get_by_label("dasar hukum").fill(PERDA)
    page.get_by_role("button", name="Catat").click()
    page.get_by_role("dialog").get_by_role("button", name="Catat").click()
    expect(page.get_by_text("Diteruskan oleh")).to_be_visible()
    writer = open_desk(sari)
    expect(writer.page.get_by_text("Dinas Pengendalian Penduduk").first).to_be_visible()
    writer.go(f"/posts/{draft.pk}/edit/")
    expect(writer.page.get_by_label("Teks unggahan untuk semua kanal")).to_be_visible()
    assert desk.complaints == writer.complaints == []


def test_a_lost_phone_is_cleared_by_adi_and_dewi_sets_up_another(open_desk, adi, dewi):
    factories.give_app(dewi)
    desk = open_desk(adi)
    age(desk)  # what reaches far asks for a fresh code
    page = desk.go("/people/")
    page.get_by_role("link", name="Dewi Contoh").click()
    page.get_by_role("button", name="Hapus faktor kedua").click()
    page.get_by_role("dialog").get_by_role("button", name="Hapus faktor kedua").click()
    desk.give_code(adi)
    expect(page.get_by_text("Faktor kedua dihapus. Saat masuk lagi")).to_be_visible()
    hers = open_desk()
    hers.go("/masuk/")
    hers.page.get_by_label("Surel").fill(dewi.email)
    hers.page.get_by_label("Kata sandi", exact=True).fill(factories.PASSWORD)
    hers.page.get_by_role("button", name="Masuk", exact=True).click()
    expect(hers.page.get_by_role("link", name="Aplikasi autentikator di ponsel")).to_be_visible()


# --- every page ---


@pytest.fixture
def trouble(box, channels, adi) -> Channel:
    """A channel with everything on its page."""
    channel: Channel = channels["x"]
    health.turned_away(channel, "X menolak kunci kanal ini.")
    Stranger.objects.create(channel=channel, remote_id="9", text="Promo", at=timezone.now())
    Custody.objects.create(channel=channel, holder="Sari", decree="SK 1")
    return channel


@pytest.mark.parametrize("path", ["/channels/", "/channels/connect/", "/"])
def test_pages_about_channels(look, trouble, adi, path):
    look(adi, path, thorough=path == "/channels/")


def test_the_page_of_a_channel(look, trouble, adi, hendra):
    look(adi, f"/channels/{trouble.pk}/", thorough=True)
    look(hendra, f"/channels/{trouble.pk}/custody/")


def test_the_wizards_first_steps(look, app, adi, channels):
    look(adi, f"/channels/connect/?channel={channels['facebook'].pk}")


def test_pages_about_people(look, adi, sari, hendra):
    Invitation.objects.create(
        email="nila@contoh.test",
        name="Nila",
        role=Role.AUTHOR,
        agency=hendra.agency,
        asked_by=adi,
        agreed_by=adi,
    ).new_key()
    look(adi, "/people/", thorough=True)
    look(adi, f"/people/{sari.pk}/")
    look(adi, "/people/delegations/")
    look(hendra, "/people/")


def test_pages_about_agencies(look, adi, dinkes):
    look(adi, "/agencies/")
    look(adi, f"/agencies/{dinkes.pk}/")


def test_the_letters_way_in(look, adi, dinkes):
    invitation = Invitation.objects.create(
        email="nila@contoh.test", name="Nila", role=Role.AUTHOR, agency=dinkes, asked_by=adi
    )
    Invitation.objects.update(agreed_by=adi)
    look(None, f"/undangan/{invitation.new_key()}/")
