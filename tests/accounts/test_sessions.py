"""Where one is signed in: in words, ended from here, ended from elsewhere."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import devices, sessions
from tests import factories
from tests.accounts.door import knock, words

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/130.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def phone(sari):
    """Sari's phone, signed in."""
    phone = Client(HTTP_USER_AGENT=PHONE)
    knock(phone, sari)
    return phone


@pytest.fixture
def laptop(sari, phone):
    """Her laptop, signed in after it."""
    laptop = Client(HTTP_USER_AGENT=LAPTOP)
    knock(laptop, sari)
    return laptop


def test_sari_sees_where_she_is_signed_in_in_words(laptop):
    page = words(laptop.get("/profil/sesi/"))
    assert "Chrome di Android" in page
    assert "Firefox di Windows" in page
    assert page.count("Sesi ini") == 1


def test_a_session_that_is_ended_elsewhere_is_out_at_its_next_click(laptop, phone):
    assert phone.get("/").status_code == 200
    there = UserSession.objects.get(user_agent=PHONE)
    laptop.post(f"/profil/sesi/{there.pk}/akhiri/")
    assert phone.get("/").url.startswith("/masuk/")
    assert laptop.get("/").status_code == 200


def test_sari_ends_all_others_and_stays(laptop, phone):
    laptop.post("/profil/sesi/akhiri/")
    assert phone.get("/").url.startswith("/masuk/")
    assert laptop.get("/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else(laptop, budi):
    client = Client()
    knock(client, budi)
    theirs = UserSession.objects.get(user_agent=LAPTOP)
    assert client.post(f"/profil/sesi/{theirs.pk}/akhiri/").status_code == 404
    assert laptop.get("/").status_code == 200


def test_all_sessions_of_a_person_end_also_one_that_no_list_knows(laptop, phone, sari, budi):
    unlisted, other = Client(), Client()
    unlisted.force_login(sari)
    other.force_login(budi)
    assert sessions.end_all(sari) == 3
    for client in (laptop, phone, unlisted):
        assert client.get("/").headers["Location"].startswith("/masuk/")
    assert other.get("/").status_code == 200


def test_a_changed_password_ends_the_others(laptop, phone):
    new = "gonjong anam rumah baru"
    sent = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert laptop.post("/sandi/ubah/", sent).status_code == 302
    assert phone.get("/").url.startswith("/masuk/")
    assert laptop.get("/").status_code == 200


def test_that_a_session_is_in_use_is_noted_seldom(laptop, django_assert_num_queries):
    row = UserSession.objects.get(user_agent=LAPTOP)
    laptop.get("/profil/")
    again = UserSession.objects.get(pk=row.pk)
    assert again.last_seen_at == row.last_seen_at
    session = laptop.session
    session[sessions.SEEN] = time.time() - 3600
    session.save()
    laptop.get("/profil/")
    again.refresh_from_db()
    assert again.last_seen_at > row.last_seen_at


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Chrome di Android"),
        (LAPTOP, "Firefox di Windows"),
        ("Mozilla/5.0 (iPhone; CPU OS 18_0 like Mac OS X) Safari/604.1", "Safari di iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/130 Edg/130", "Edge di Mac"),
        ("", "Peramban lain"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(said, words):
    assert devices.in_words(said) == words
