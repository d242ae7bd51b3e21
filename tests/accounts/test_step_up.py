"""Before what reaches far: a factor once more, and then what was asked for happens, as typed."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.models import Role
from publishing.models import Pause
from tests import factories
from tests.accounts.door import knock, sign_in, words

pytestmark = pytest.mark.django_db
ASKED = {"what": "all", "reason": "Gempa: tunggu keterangan BPBD & PVMBG."}
CODE = "/pastikan/kode/"


@pytest.fixture
def app(client, dewi):
    """Dewi's app; she signed in eleven minutes ago."""
    app = factories.give_app(dewi)
    sign_in(client, dewi, app)
    age(client)
    return app


def age(client, minutes=11):
    session = client.session
    for record in session[second_factor.GIVEN]:
        record["at"] = time.time() - 60 * minutes
    session.save()


def test_a_pause_asks_for_a_fresh_code_and_then_the_pause_that_was_typed_is_made(client, app):
    asked = client.post("/pauses/start/", ASKED)
    assert asked.url == f"{CODE}?next=%2Fpauses%2Fstart%2F"
    assert not Pause.objects.exists()
    page = words(client.get(asked.url))
    assert "Pastikan ini Anda" in page
    assert "Jeda menghentikan pengiriman seketika" in page
    answer = client.post(CODE, {"code": factories.code_on(app), "next": "/pauses/start/"})
    assert answer.url == "/pauses/"
    pause = Pause.objects.get()
    assert (pause.scope, pause.reason) == ("all", ASKED["reason"])


def test_whoever_just_signed_in_is_not_asked_again(client, dewi):
    sign_in(client, dewi)
    assert client.post("/pauses/start/", ASKED).url == "/pauses/"


def test_a_wrong_code_makes_no_pause_and_the_right_one_still_does(client, app):
    client.post("/pauses/start/", ASKED)
    wrong = client.post(CODE, {"code": "000000", "next": "/pauses/start/"})
    assert "Kode tidak cocok" in words(wrong)
    assert not Pause.objects.exists()
    client.post(CODE, {"code": factories.code_on(app), "next": "/pauses/start/"})
    assert Pause.objects.get().reason == ASKED["reason"]


def test_what_was_typed_wrong_is_said_after_the_code(client, app):
    client.post("/pauses/start/", {"what": "all", "reason": ""})
    answer = client.post(CODE, {"code": factories.code_on(app), "next": "/pauses/start/"})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in words(answer)


def test_a_pause_that_was_given_up_does_not_come_with_the_next_question(client, app):
    client.post("/pauses/start/", ASKED)
    client.get("/sandi/ubah/")
    client.post(CODE, {"code": factories.code_on(app), "next": "/sandi/ubah/"})
    assert not Pause.objects.exists()


def test_an_answer_for_another_page_makes_no_pause(client, app):
    client.post("/pauses/start/", ASKED)
    answer = client.post(CODE, {"code": factories.code_on(app), "next": "/"})
    assert answer.url == "/"
    assert not Pause.objects.exists()


def test_ending_a_pause_asks_too(client, db):
    rudi = factories.make_person("rudi@contoh.test", "Rudi Contoh", Role.COORDINATOR)
    app = factories.give_app(rudi)
    sign_in(client, rudi, app)
    client.post("/pauses/start/", ASKED)
    age(client)
    pause = Pause.objects.get()
    end = reverse("end_pause", args=[pause.pk])
    assert client.post(end).url.startswith(CODE)
    client.post(CODE, {"code": factories.code_on(app), "next": end})
    pause.refresh_from_db()
    assert pause.ended_at is not None


def test_out_of_a_fragment_the_whole_page_goes_there(client, app):
    answer = client.post("/pauses/start/", ASKED, HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"].startswith(CODE)


def test_sari_who_has_no_factor_gives_her_password(client, sari):
    knock(client, sari)
    assert client.get("/sandi/ubah/").status_code == 200
    age(client)
    assert client.get("/sandi/ubah/").url == "/pastikan/sandi/?next=%2Fsandi%2Fubah%2F"
    wrong = client.post("/pastikan/sandi/", {"password": "x", "next": "/sandi/ubah/"})
    assert "Kata sandi tidak benar" in words(wrong)
    sent = {"password": factories.PASSWORD, "next": "/sandi/ubah/"}
    assert client.post("/pastikan/sandi/", sent).url == "/sandi/ubah/"
    assert client.get("/sandi/ubah/").status_code == 200


def test_a_password_does_not_stand_in_for_a_factor(client, app):
    answer = client.post("/pastikan/sandi/", {"password": factories.PASSWORD, "next": "/"})
    assert answer.url.startswith(CODE)


def test_a_new_password_is_not_kept_while_the_code_is_asked_for(client, app):
    new = "gonjong anam rumah baru"
    sent = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert client.post("/sandi/ubah/", sent).url.startswith(CODE)
    assert new not in str(dict(client.session))


@pytest.mark.parametrize(
    "address",
    [
        "/profil/faktor-kedua/aplikasi/hapus/",
        "/profil/kode-pemulihan/",
        "/profil/kode-pemulihan/baru/",
        "/profil/kunci-sandi/tambah/",
        "/sandi/ubah/",
    ],
)
def test_changing_how_one_signs_in_asks_for_a_fresh_code(client, app, address):
    assert client.get(address).url.startswith(CODE)


def test_ten_tries_a_minute_and_then_a_rest(client, app):
    for _ in range(10):
        client.post(CODE, {"code": "000000"})
    page = client.post(CODE, {"code": "000000"})
    assert page.status_code == 429
    assert "Terlalu banyak percobaan" in words(page)


def test_a_stranger_is_led_to_the_door(db):
    assert Client().post("/pauses/start/", ASKED).headers["Location"].startswith("/masuk/")
