"""OPD Hub on a phone: what makes it installable, and what other apps share with it."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Role
from publishing.models import Media, Post
from tests import factories
from tests.publishing.composing import page

pytestmark = pytest.mark.django_db
SHARED = {"title": "Jadwal imunisasi", "text": "Sabtu ini.", "url": "https://contoh.test/1"}


@pytest.fixture
def phone():
    """A browser that minds CSRF tokens, as real ones do."""
    return Client(enforce_csrf_checks=True)


def share(client, site="none", **sent):
    headers = {"sec-fetch-site": site} if site else {}
    return client.post("/share/", sent, headers=headers)


def told(client):
    """What the next page says."""
    return page(client.get(reverse("posts")))


# --- the manifest ---


def test_every_page_names_the_manifest_and_the_policy_lets_it_in(client, desk):
    for browser in (client, desk):
        response = browser.get(reverse("account_login"), follow=True)
        assert f'<link rel="manifest" href="{reverse("manifest")}">' in page(response)
        assert "manifest-src 'self'" in response["Content-Security-Policy"]


def test_the_manifest_makes_it_an_app_that_takes_what_is_shared(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    said = response.json()
    assert (said["short_name"], said["lang"], said["display"]) == ("OPD Hub", "id", "standalone")
    assert (said["start_url"], said["scope"]) == ("/", "/")
    target = said["share_target"]
    assert (target["action"], target["method"]) == (reverse("share"), "POST")
    assert target["enctype"] == "multipart/form-data"
    assert target["params"]["files"] == [{"name": "pictures", "accept": ["image/*"]}]
    assert not response.cookies


def test_each_icon_is_there_in_the_size_that_it_claims(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in icons}
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        file = finders.find(icon["src"].removeprefix("/static/"))
        assert file
        if icon["type"] == "image/png":
            with Image.open(file) as image:
                assert f"{image.width}x{image.height}" == icon["sizes"]


# --- what is shared ---


def test_shared_words_become_a_draft_for_tomorrow_at_nine(phone, sari):
    phone.force_login(sari)
    response = share(phone, **SHARED)
    post = Post.objects.get()
    assert response.url == reverse("edit", args=[post.pk])
    assert post.text == "Jadwal imunisasi\n\nSabtu ini.\n\nhttps://contoh.test/1"
    assert (post.status, post.kind, post.author) == ("draft", "announcement", sari)
    at = timezone.localtime(post.publish_at)
    assert at.date() == timezone.localdate() + timedelta(days=1)
    assert "menjadi draf baru" in told(phone)
    assert not post.variants.exists()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"text": "Baca: https://a.test", "url": "https://a.test"}, "Baca: https://a.test"),
        ({"title": "Donor", "text": "Donor darah"}, "Donor darah"),
        ({"title": "  ", "url": "https://a.test "}, "https://a.test"),
        ({"text": "a\r\nb\u202e"}, "a\nb"),
        ({"text": "a" * 80_000}, "a" * 70_000),
    ],
)
def test_words_that_an_app_sends_twice_are_kept_once_and_cleaned(phone, sari, sent, kept):
    phone.force_login(sari)
    share(phone, **sent)
    assert Post.objects.get().text == kept


def test_shared_pictures_are_on_the_draft_and_bad_ones_are_named(phone, sari, picture_file):
    phone.force_login(sari)
    text = SimpleUploadedFile("catatan.jpg", b"bukan gambar", "image/jpeg")
    share(phone, pictures=[picture_file("poster.jpg"), text])
    attached = Post.objects.get().attachments.get()
    assert attached.media.name == "poster.jpg"
    assert "catatan.jpg: " in told(phone)


def test_eleven_pictures_give_ten_and_a_sentence(phone, sari, picture_file):
    phone.force_login(sari)
    shades = [(n * 20, 0, 0) for n in range(11)]
    share(phone, pictures=[picture_file(f"{n}.jpg", (400, 500), c) for n, c in enumerate(shades)])
    assert Post.objects.get().attachments.count() == 10
    assert "10.jpg: " in told(phone)


def test_nothing_usable_makes_no_draft(phone, sari):
    phone.force_login(sari)
    assert share(phone, text="  ").url == reverse("write")
    assert "Tidak ada teks atau gambar yang dapat dipakai." in told(phone)
    assert not Post.objects.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_another_site_shares_nothing_in_saris_name(phone, sari, site):
    phone.force_login(sari)
    response = share(phone, site, **SHARED)
    assert response.status_code == 403
    assert "lewat menu Bagikan" in page(response)
    assert not Post.objects.exists()


def test_a_page_of_ours_may_share_too(phone, sari):
    phone.force_login(sari)
    assert share(phone, "same-origin", **SHARED).status_code == 302


def test_who_is_not_signed_in_keeps_the_words(phone, picture_file):
    response = share(phone, text="<b>Sabtu</b> ini", pictures=[picture_file()])
    told = page(response)
    assert response.status_code == 401
    assert "&lt;b&gt;Sabtu&lt;/b&gt; ini</textarea>" in told
    assert "Gambarnya perlu dibagikan lagi" in told
    assert f'href="{reverse("account_login")}?next={reverse("write")}"' in told
    assert not Post.objects.exists()
    assert not Media.objects.exists()


def test_who_shared_no_picture_is_not_told_of_pictures(phone):
    assert "Gambarnya" not in page(share(phone, text="Sabtu ini"))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEADER, Role.AUDITOR, Role.ADMIN])
def test_who_does_not_write_is_told_whom_to_ask(phone, db, role):
    phone.force_login(factories.make_person("lain@contoh.test", "Lain Contoh", role))
    response = share(phone, **SHARED)
    assert response.status_code == 403
    assert "Bagikan kepada penyusun OPD." in page(response)
    assert not Post.objects.exists()


def test_the_bare_address_leads_to_tulis(client):
    assert client.get("/share/").url == reverse("write")
