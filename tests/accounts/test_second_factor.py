"""The second factor: who needs one, codes that count once, what is lost, what is stored."""

import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts import second_factor
from accounts.models import Role, User
from tests import factories
from tests.accounts.door import FACTOR, SET_UP, give, knock, sign_in, words

pytestmark = pytest.mark.django_db
OWED = "/profil/faktor-kedua/wajib/"


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


def test_dewi_reviews_only_after_she_has_set_up_a_second_factor(client, dewi):
    knock(client, dewi)
    for address in ("/", "/review/", "/profil/", "/profil/sesi/", "/pauses/"):
        assert client.get(address).url.startswith(OWED), address
    assert client.post("/review/1/", {}).url.startswith(OWED)
    assert "Pasang faktor kedua" in words(client.get(OWED + "?next=/review/"))
    secret = factories.secret_on(client.get(SET_UP))
    answer = client.post(SET_UP, {"code": factories.code_of(secret)})
    assert answer.url == "/profil/kode-pemulihan/"
    codes = client.get(answer.url).content.decode()
    assert len(re.findall(r"\d{8}(?=%0A)", codes)) == 10
    assert 'href="/review/"' in codes
    assert client.get("/review/").status_code == 200


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.ADMIN])
def test_who_decides_or_administers_owes_a_factor(client, role, dinkes):
    person = factories.make_person("x@contoh.test", "X Contoh", role, dinkes)
    knock(client, person)
    assert client.get("/").url.startswith(OWED)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.AGENCY_HEAD, Role.AUDITOR, Role.LEADER])
def test_others_may_do_without(client, role, dinkes):
    knock(client, factories.make_person("x@contoh.test", "X Contoh", role, dinkes))
    assert client.get("/").status_code == 200


def test_who_keeps_the_stock_admin_owes_one_in_any_role(client, sari):
    User.objects.filter(pk=sari.pk).update(is_staff=True)
    knock(client, sari)
    assert client.get("/admin/").url.startswith(OWED)


def test_an_author_who_becomes_a_reviewer_owes_one_at_the_next_click(client, sari):
    knock(client, sari)
    User.objects.filter(pk=sari.pk).update(role=Role.REVIEWER)
    assert client.get("/").url.startswith(OWED)


def test_whoever_owes_one_may_leave(client, dewi):
    knock(client, dewi)
    assert client.post("/keluar/").status_code == 302
    assert client.get("/").url.startswith("/masuk/")


def test_a_fragment_leads_the_whole_page_there(client, dewi):
    knock(client, dewi)
    answer = client.get("/posts/", HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"].startswith(OWED)


def test_the_walls_cost_no_query(client, dewi, django_assert_num_queries):
    sign_in(client, dewi)
    with django_assert_num_queries(2):  # her session, herself
        assert client.get("/profil/sesi/1/akhiri/").status_code == 405


def test_dewi_signs_in_with_her_code(client, dewi):
    assert sign_in(client, dewi).url == "/"
    assert client.get("/review/").status_code == 200


def test_the_password_alone_opens_nothing(client, dewi):
    factories.give_app(dewi)
    assert knock(client, dewi).url == FACTOR
    assert "_auth_user_id" not in client.session
    assert client.get("/review/").url.startswith("/masuk/")


def test_a_wrong_code_is_refused_and_says_what_to_do(client, dewi):
    factories.give_app(dewi)
    knock(client, dewi)
    page = words(give(client, "000000"))
    assert "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya" in page
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_once(client, dewi):
    app = factories.give_app(dewi)
    code = factories.code_on(app)
    knock(client, dewi)
    give(client, code)
    other = Client()
    knock(other, dewi)
    assert "sudah dipakai" in words(give(other, code))


def test_a_code_is_good_once_also_when_the_cache_forgot_it(client, dewi, monkeypatch):
    app = factories.give_app(dewi)
    code = factories.code_on(app)
    knock(client, dewi)
    give(client, code)
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda *_: True)
    other = Client()
    knock(other, dewi)
    assert "sudah dipakai" in words(give(other, code))


def test_the_code_that_set_the_app_up_does_not_open_the_door_too(client, dewi):
    knock(client, dewi)
    code = factories.code_of(factories.secret_on(client.get(SET_UP)))
    client.post(SET_UP, {"code": code})
    other = Client()
    knock(other, dewi)
    assert "sudah dipakai" in words(give(other, code))


def test_five_wrong_codes_close_the_door_for_a_while(client, dewi):
    app = factories.give_app(dewi)
    knock(client, dewi)
    for _ in range(5):
        give(client, "000000")
    assert "Terlalu banyak percobaan masuk" in words(give(client, factories.code_on(app)))


def test_a_recovery_code_works_once_and_few_left_is_said(client, dewi):
    factories.give_app(dewi)
    codes = RecoveryCodes.activate(dewi).generate_codes()
    knock(client, dewi)
    assert give(client, codes[0]).url == "/"
    assert "Tersisa 9 kode pemulihan" in words(client.get("/"))
    other = Client()
    knock(other, dewi)
    assert "sudah dipakai" in words(give(other, codes[0]))
    for code in codes[1:7]:
        another = Client()
        knock(another, dewi)
        give(another, code)
    assert "sebelum habis" in words(client.get("/profil/"))


def test_recovery_codes_are_shown_once(client, dewi):
    sign_in(client, dewi)
    client.post("/profil/kode-pemulihan/baru/")
    first = RecoveryCodes.activate(dewi).generate_codes()[0]
    assert first in client.get("/profil/kode-pemulihan/").content.decode()
    again = client.get("/profil/kode-pemulihan/").content.decode()
    assert first not in again
    assert "sudah pernah ditampilkan" in again


def test_whoever_removes_the_last_factor_owes_one_at_once(client, dewi):
    sign_in(client, dewi)
    client.post("/profil/faktor-kedua/aplikasi/hapus/")
    assert not second_factor.has_factor(dewi)
    assert client.get("/review/").url.startswith(OWED)


def test_an_admin_clears_what_dewi_lost(client, dewi, adi, caplog):
    sign_in(client, dewi)
    with caplog.at_level(logging.INFO, "accounts"):
        second_factor.clear(dewi, by=adi)
    assert f"second factor cleared: user={dewi.pk} by={adi.pk}" in caplog.text
    assert client.get("/review/").url.startswith("/masuk/")
    knock(client, dewi)
    assert client.get("/review/").url.startswith(OWED)


def test_no_secret_is_readable_in_the_database(client, dewi):
    app = factories.give_app(dewi)
    secret = totp.decrypt(app.data["secret"])
    codes = RecoveryCodes.activate(dewi).generate_codes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert secret not in stored
    assert not any(code in stored for code in codes)
    assert '"secret": "k1:' in stored


def test_the_secret_of_an_app_that_is_being_set_up_is_sealed_too(client, sari):
    client.force_login(sari)
    page = client.get(SET_UP)
    assert factories.secret_on(page) not in str(dict(client.session))
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "Kode tidak cocok" in words(wrong)
    assert factories.secret_on(wrong) == factories.secret_on(page)
    client.post(SET_UP, {"code": factories.code_of(factories.secret_on(page))})
    assert second_factor.has_factor(sari)


def test_a_new_key_seals_and_the_old_one_still_opens(dewi, settings):
    app = factories.give_app(dewi)
    settings.VAULT_KEYS = [f"k2:{'A' * 43}=", *settings.VAULT_KEYS]
    assert factories.code_on(app)
    assert totp.encrypt("x").startswith("k2:")


def test_the_demo_offers_the_code_and_a_real_installation_does_not(client, dewi, settings):
    factories.give_app(dewi)
    knock(client, dewi)
    assert "Pakai kode demo" not in words(client.get(FACTOR))
    settings.DEMO = True
    assert "Pakai kode demo" in words(client.get(FACTOR))


def test_a_session_of_before_owes_the_factor_that_its_owner_has(client, dewi):
    app = factories.give_app(dewi)
    sign_in(client, dewi, app)
    session = client.session
    session[second_factor.GIVEN] = [{"method": "password", "at": 0}]
    session.save()
    step = client.get("/review/", follow=True).redirect_chain[-1][0]
    assert step == "/pastikan/kode/?next=%2Freview%2F"
    code = factories.code_on(app)
    assert client.post("/pastikan/kode/", {"code": code, "next": "/review/"}).url == "/review/"
    assert client.get("/review/").status_code == 200
    assert Session.objects.count() == 1
    assert Authenticator.objects.count() == 1
