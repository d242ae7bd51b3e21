"""Signing in and out, a forgotten password, and the demo's letter box."""

import re

import pytest
from django.core import mail

from tests.factories import PASSWORD

NEW = "gonjong anam rumah baru"


def test_sari_signs_in_with_her_email_in_any_case(client, sari):
    page = client.post("/masuk/", {"login": "SARI@contoh.test", "password": PASSWORD})
    assert page.status_code == 302
    assert page.headers["Location"] == "/"


def test_a_wrong_password_says_so_in_indonesian(client, sari):
    page = client.post("/masuk/", {"login": "sari@contoh.test", "password": "salah sekali ini"})
    assert "Surel atau kata sandi tidak benar" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_stranger_is_led_to_the_door(client, db):
    for address in ("/", "/posts/", "/posts/new/", "/review/"):
        assert client.get(address).headers["Location"].startswith("/masuk/")


def test_nobody_signs_up_alone(client, db):
    page = client.post("/daftar/", {"email": "x@contoh.test", "password1": NEW})
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_sari_forgot_her_password_and_gets_a_letter(client, sari):
    client.post("/sandi/lupa/", {"email": "sari@contoh.test"})
    [letter] = mail.outbox
    [path] = re.findall(r"https?://[^/]+(/sandi/baru/\S+)", str(letter.body))
    form = client.get(path, follow=True)
    here = form.redirect_chain[-1][0]
    client.post(here, {"password1": NEW, "password2": NEW})
    page = client.post("/masuk/", {"login": "sari@contoh.test", "password": NEW})
    assert page.status_code == 302


def test_the_demo_shows_the_letter_that_would_be_sent(client, sari, settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client.post("/sandi/lupa/", {"email": "sari@contoh.test"})
    page = client.get("/demo/surat/").content.decode()
    assert "sari@contoh.test" in page
    assert "/sandi/baru/" in page


def test_outside_the_demo_there_is_no_letter_box(client, db, settings):
    settings.DEMO = False
    assert client.get("/demo/surat/").status_code == 404


@pytest.mark.parametrize("address", ["/masuk/", "/sandi/lupa/", "/posts/"])
def test_every_page_carries_the_strict_policy(client, sari, address):
    client.force_login(sari) if address == "/posts/" else None
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
