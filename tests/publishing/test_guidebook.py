"""Pedoman: read at the first sign-in, pledged once for each version, never in anybody's way."""

import pytest
from django.urls import reverse

from accounts.models import Role
from publishing import guidebook
from publishing.models import Pledge
from tests import factories
from tests.publishing.errand import browser, words

pytestmark = pytest.mark.django_db
READ = "/guide/"


@pytest.fixture
def tini(dinkes):
    """Tini is new at Dinas Kesehatan and has read nothing yet."""
    known = ("tini@contoh.test", "Tini Contoh", Role.AUTHOR, dinkes)
    return factories.make_person(*known, pledged=False)


def sign_in(client, person, query=""):
    sent = {"login": person.email, "password": factories.PASSWORD}
    return client.post(reverse("account_login") + query, sent)


def test_the_first_sign_in_leads_to_the_guidelines(client, tini):
    assert sign_in(client, tini).url == f"{READ}?next=%2F"


def test_after_the_pledge_it_goes_on_to_where_she_wanted(client, tini):
    arrived = sign_in(client, tini, "?next=/posts/new/")
    assert arrived.url == f"{READ}?next=%2Fposts%2Fnew%2F"
    page = client.get(arrived.url)
    assert "Saya sudah membaca dan akan mematuhi" in words(page)
    assert 'value="/posts/new/"' in page.content.decode()
    assert client.post(reverse("pledge"), {"next": "/posts/new/"}).url == "/posts/new/"
    assert Pledge.objects.get(user=tini).version == guidebook.VERSION


def test_the_next_sign_in_goes_straight_on(client, tini):
    sign_in(client, tini)
    client.post(reverse("pledge"))
    client.logout()
    assert sign_in(client, tini).url == "/"


def test_a_pledge_twice_is_one_pledge(client, tini):
    client.force_login(tini)
    client.post(reverse("pledge"))
    client.post(reverse("pledge"))
    assert Pledge.objects.filter(user=tini).count() == 1


def test_in_an_emergency_she_goes_on_and_beranda_reminds_her(client, tini):
    client.force_login(tini)
    assert "Nanti saja" in words(client.get(READ))
    assert client.get(reverse("write")).status_code == 200
    assert "Baca pedoman dan nyatakan mematuhinya" in words(client.get("/"))
    client.post(reverse("pledge"))
    assert "nyatakan mematuhinya" not in words(client.get("/"))


def test_a_new_version_asks_again_and_says_what_changed(client, sari, monkeypatch):
    assert sign_in(client, sari).url == "/"
    client.logout()
    monkeypatch.setattr(guidebook, "VERSION", guidebook.VERSION + 1)
    monkeypatch.setattr(guidebook, "CHANGES", "Bagian Kabar bahaya diperjelas.")
    arrived = sign_in(client, sari)
    assert arrived.url.startswith(READ)
    assert "Bagian Kabar bahaya diperjelas." in words(client.get(arrived.url))


def test_who_only_reads_is_not_asked(client):
    known = ("yusuf@contoh.test", "Yusuf Contoh", Role.LEADER)
    leader = factories.make_person(*known, pledged=False)
    assert sign_in(client, leader).url == "/"
    assert "Saya sudah membaca" not in words(client.get(READ))


@pytest.mark.parametrize("elsewhere", ["https://contoh.test/", "//contoh.test", "javascript:x"])
def test_nobody_is_led_off_the_premises(client, tini, elsewhere):
    client.force_login(tini)
    assert client.post(reverse("pledge"), {"next": elsewhere}).url == "/"


def test_every_section_that_is_listed_is_there(client, sari):
    client.force_login(sari)
    page = client.get(READ).content.decode()
    for name, heading in guidebook.SECTIONS:
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
        assert str(heading) in page
    for named in ("Provokasi", "Memecah belah", "Menghakimi", "Fitnah", "Hoaks", "Sebelum"):
        assert named in page


def test_the_reviewing_unit_sees_who_has_not_read_it(client, tini, sari, dewi):
    said = words(browser(dewi).get(reverse("guidebook_readers")))
    assert "1 orang belum membaca versi 1." in said
    assert said.index("Tini Contoh") < said.index("Sari Contoh")
    client.force_login(sari)
    assert client.get(reverse("guidebook_readers")).status_code == 403


def test_the_list_of_readers_costs_few_queries(dewi, dinkes, django_assert_max_num_queries):
    for n in range(60):
        factories.make_person(f"p{n}@contoh.test", f"Orang {n}", Role.AUTHOR, dinkes)
    reader = browser(dewi)
    with django_assert_max_num_queries(10):
        said = words(reader.get(reverse("guidebook_readers")))
    assert "Halaman 1 dari 2" in said
