"""Second factors in a real browser: a newcomer's first, codes, a pause, a passkey; every page."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accounts import second_factor
from publishing.models import Pause
from tests import factories
from tests.browser.conftest import Desk, app_of
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
SET_UP = "/profil/faktor-kedua/aplikasi/"
LATER = 11 * 60


def knock(desk: Desk, person) -> None:
    desk.go("/masuk/")
    desk.page.get_by_label("Surel").fill(person.email)
    desk.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    desk.page.get_by_role("button", name="Masuk", exact=True).click()


def age(desk: Desk) -> None:
    """Eleven minutes later."""
    cookies = {cookie["name"]: cookie["value"] for cookie in desk.page.context.cookies()}
    session = SessionStore(cookies[django_settings.SESSION_COOKIE_NAME])
    for record in session[second_factor.GIVEN]:
        record["at"] = time.time() - LATER
    session.save()


def test_a_newcomer_who_reviews_sets_up_an_app_and_signs_in_with_it(open_desk, dewi):
    desk = open_desk(size="phone")
    knock(desk, dewi)
    page = desk.page
    page.get_by_role("link", name="Aplikasi autentikator di ponsel").click()
    page.get_by_text("Tidak dapat memindai?").click()
    secret = "".join(re.findall(r"\w+", page.locator(".key").inner_text()))
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 0
    field = page.get_by_label("2. Ketik kode")
    assert field.get_attribute("inputmode") == "numeric"
    assert field.get_attribute("autocomplete") == "one-time-code"
    field.fill(factories.code_of(secret))
    page.get_by_role("button", name="Aktifkan").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh").click()
    assert download.value.suggested_filename == "kode-pemulihan-opd-hub.txt"
    assert len(download.value.path().read_text().split()) == 10
    page.get_by_role("link", name="Sudah saya simpan, lanjut").click()
    page.wait_for_url(desk.base + "/")
    other = open_desk()
    other.sign_in(dewi)
    other.go("/review/").get_by_role("heading", name="Antrean").first.wait_for()
    assert desk.complaints == other.complaints == []


def test_a_pause_asks_for_a_fresh_code_and_then_is_made_as_typed(open_desk, dewi):
    desk = open_desk(dewi)
    age(desk)
    page = desk.go("/pauses/")
    page.get_by_label("Yang dihentikan").select_option("all")
    page.get_by_label("Alasan").fill("Gempa: tunggu keterangan BPBD.")
    page.get_by_role("button", name="Jeda pengiriman").click()
    page.get_by_role("heading", name="Pastikan ini Anda").wait_for()
    page.get_by_label("Kode dari aplikasi").fill(factories.code_on(app_of(dewi)))
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url(desk.base + "/pauses/")
    assert Pause.objects.get().reason == "Gempa: tunggu keterangan BPBD."
    assert desk.complaints == []


def with_a_fingerprint(desk: Desk) -> None:
    """A phone or laptop that knows its owner's finger."""
    devtools = desk.page.context.new_cdp_session(desk.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_opens_the_door_and_confirms_a_pause(open_desk, dewi):
    desk = open_desk()
    with_a_fingerprint(desk)
    knock(desk, dewi)
    page = desk.page
    page.get_by_role("link", name="Kunci sandi (sidik jari").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("link", name="Sudah saya simpan, lanjut").click()
    page.wait_for_url(desk.base + "/")
    assert Authenticator.objects.filter(user=dewi, type="webauthn").count() == 1
    page.context.clear_cookies()  # at the door again, without a password
    desk.go("/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(desk.base + "/")
    age(desk)
    desk.go("/pauses/")
    page.get_by_label("Yang dihentikan").select_option("all")
    page.get_by_label("Alasan").fill("Gempa.")
    page.get_by_role("button", name="Jeda pengiriman").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(desk.base + "/pauses/")
    assert Pause.objects.get().reason == "Gempa."
    assert desk.complaints == []


def test_a_passkey_that_is_not_there_is_said(open_desk, db):
    desk = open_desk()
    devtools = desk.page.context.new_cdp_session(desk.page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True}
    answered = {"hasUserVerification": True, "isUserVerified": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | answered})
    desk.go("/masuk/")
    desk.page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    desk.page.get_by_text("Kunci sandi tidak terpakai").wait_for()
    assert desk.complaints == []


def at_the_second_step(person):
    def arrive(desk: Desk) -> None:
        knock(desk, person)
        desk.page.get_by_role("heading", name="Masukkan kode").wait_for()

    return arrive


def test_the_second_step_at_the_door(look, dewi, settings):
    factories.give_app(dewi)
    look(None, "/masuk/", at_the_second_step(dewi))


def test_the_second_step_of_the_demo(look, dewi, settings):
    settings.DEMO = True
    factories.give_app(dewi)
    look(None, "/masuk/", at_the_second_step(dewi))


def test_the_pages_that_set_up_a_factor(look, sari):
    look(sari, "/profil/faktor-kedua/wajib/")
    look(sari, SET_UP, lambda desk: desk.page.get_by_text("Tidak dapat memindai?").click())
    look(sari, "/profil/kunci-sandi/tambah/")


def test_what_owes_a_factor_says(look, dewi):
    def owing(desk: Desk) -> None:
        knock(desk, dewi)
        desk.page.get_by_role("heading", name="Pasang faktor kedua").wait_for()

    look(None, "/masuk/", owing)


def test_the_pages_of_recovery_codes(look, dewi):
    factories.give_app(dewi)
    RecoveryCodes.activate(dewi)

    def anew(desk: Desk) -> None:
        desk.page.get_by_role("button", name="Buat kode baru").click()
        desk.page.get_by_role("link", name="Unduh").wait_for()

    look(dewi, "/profil/kode-pemulihan/baru/", anew)
    look(dewi, "/profil/kode-pemulihan/")
    look(dewi, "/profil/faktor-kedua/aplikasi/hapus/")


def test_being_asked_once_more(look, dewi, sari):
    look(sari, "/pastikan/sandi/")
    factories.give_app(dewi)
    look(dewi, "/pastikan/kode/")


def test_a_profile_and_its_sessions(look, sari, dewi):
    look(sari, "/profil/", thorough=True)
    factories.give_app(dewi)
    RecoveryCodes.activate(dewi)
    look(dewi, "/profil/")
    look(dewi, "/sandi/ubah/")
    for agent in ("Firefox Windows", "Chrome Android"):
        client = Client(HTTP_USER_AGENT=agent)
        client.post("/masuk/", {"login": sari.email, "password": PASSWORD})
    look(sari, "/profil/sesi/")


def test_too_many_tries(look, sari):
    def hurry(desk: Desk) -> None:
        for _ in range(11):
            desk.page.goto(f"{desk.base}/pastikan/sandi/")
            desk.page.get_by_label("Kata sandi", exact=True).fill("x")
            desk.page.get_by_role("button", name="Lanjut").click()
            if desk.page.get_by_role("heading", name="Terlalu banyak").is_visible():
                break
        desk.complaints.clear()

    look(sari, "/pastikan/sandi/", hurry)
