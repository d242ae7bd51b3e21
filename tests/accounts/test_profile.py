"""Profil, the door of /admin/, and the passwords that are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from tests import factories
from tests.accounts.door import FACTOR, knock, sign_in, words

NEW = "gonjong anam rumah baru"


def test_sari_finds_who_she_is_here(client, sari):
    client.force_login(sari)
    page = words(client.get("/profil/"))
    for fact in ("sari@contoh.test", "Penyusun OPD", "Dinas Kesehatan", "Ganti sandi"):
        assert fact in page


def test_sari_changes_her_name_and_nothing_else(client, sari):
    client.force_login(sari)
    sent = {"name": "Sari Puspita", "role": Role.ADMIN, "email": "x@contoh.test"}
    assert client.post("/profil/", sent).url == "/profil/"
    sari.refresh_from_db()
    assert (sari.name, sari.role, sari.email) == ("Sari Puspita", "author", "sari@contoh.test")


def test_a_name_is_needed(client, sari):
    client.force_login(sari)
    assert client.post("/profil/", {"name": ""}).status_code == 422
    sari.refresh_from_db()
    assert sari.name == "Sari Contoh"


def test_dewi_sees_since_when_her_app_counts(client, dewi):
    sign_in(client, dewi)
    page = words(client.get("/profil/"))
    assert "Aktif sejak" in page
    assert "Belum ada kode pemulihan" in page


def test_sari_is_told_by_mail_that_her_password_changed(client, sari):
    client.force_login(sari)
    sent = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/sandi/ubah/", sent, HTTP_USER_AGENT="Firefox Windows").url == "/profil/"
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([sari.email], "OPD Hub: kata sandi diganti")
    assert "dari Firefox di Windows (127.0.0.1)" in letter.body
    assert "Bukan Anda?" in letter.body


def test_a_mail_server_that_is_down_undoes_nothing(client, sari, monkeypatch):
    def down(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    client.force_login(sari)
    sent = {"oldpassword": factories.PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/sandi/ubah/", sent).url == "/profil/"
    sari.refresh_from_db()
    assert sari.check_password(NEW)


def test_the_door_of_the_stock_admin_is_ours(client, db):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/masuk/?next=")


def test_guessing_at_the_door_of_the_stock_admin_is_throttled(client, db):
    adi = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    User.objects.filter(pk=adi.pk).update(is_staff=True, is_superuser=True)
    sent = {"username": adi.email, "password": factories.PASSWORD}
    assert client.post("/admin/login/?next=/admin/", sent).url.startswith("/masuk/")
    assert "_auth_user_id" not in client.session
    for _ in range(5):
        client.post("/masuk/", {"login": adi.email, "password": "salah sekali ini"})
    assert "Terlalu banyak percobaan masuk" in words(knock(client, adi))


def test_the_stock_admin_obeys_the_second_factor(client, db):
    adi = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    User.objects.filter(pk=adi.pk).update(is_staff=True, is_superuser=True)
    app = factories.give_app(adi)
    assert knock(client, adi, next="/admin/").url == FACTOR
    assert client.post(FACTOR, {"code": factories.code_on(app)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_stock_admin_shows_no_factors_and_no_sessions(client, db):
    adi = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    User.objects.filter(pk=adi.pk).update(is_staff=True, is_superuser=True)
    client.force_login(adi)
    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert client.get("/admin/usersessions/usersession/").status_code == 404


@pytest.mark.parametrize(
    "password",
    ["Dinas Kesehatan", "dinkes-2026!!", "DINKES123456", "solok selatan 26", "Kab-SolokSelatan1"],
)
def test_the_name_of_the_agency_or_the_regency_is_no_password(sari, settings, password):
    settings.REGENCY = "Kabupaten Solok Selatan"
    with pytest.raises(ValidationError, match="Jangan memakai nama OPD"):
        validate_password(password, sari)


def test_a_name_among_enough_other_words_is_well(sari):
    validate_password("empat ekor kuda dinkes berenang", sari)


def test_sari_is_told_what_to_do_about_her_agencys_name(client, sari):
    client.force_login(sari)
    weak = "Dinas Kesehatan 26"
    sent = {"oldpassword": factories.PASSWORD, "password1": weak, "password2": weak}
    page = words(client.post("/sandi/ubah/", sent))
    assert "Rangkai beberapa kata yang tidak berhubungan" in page
    sari.refresh_from_db()
    assert sari.check_password(factories.PASSWORD)
