"""Who gets to see a picture: people by their rights, platforms by a signed link that expires."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from publishing.delivery import shelf
from publishing.models import Media
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(sari, channels, picture_file):
    return factories.make_submitted(sari, channels["instagram"], pictures=[picture_file()])


@pytest.fixture
def picture(submitted):
    return Media.objects.get()


def see(client, user, picture, use="instagram", **headers):
    client.force_login(user)
    return client.get(reverse("picture", args=[picture.pk, use]), headers=headers)


@pytest.mark.parametrize(("use", "kind"), [("instagram", "image/jpeg"), ("thumb", "image/webp")])
def test_sari_and_dewi_see_the_picture(client, sari, dewi, picture, use, kind):
    for person in (sari, dewi):
        response = see(client, person, picture, use)
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert "private" in response["Cache-Control"]
        assert "immutable" in response["Cache-Control"]


def test_budi_does_not_see_it(client, budi, picture):
    assert see(client, budi, picture).status_code == 404


def test_nobody_sees_it_without_signing_in(client, picture):
    response = client.get(reverse("picture", args=[picture.pk, "x"]))
    assert response.status_code == 302


def test_a_use_that_does_not_exist_is_not_found(client, sari, picture):
    assert see(client, sari, picture, "tiktok").status_code == 404


def test_a_browser_that_has_it_does_not_load_it_again(client, sari, picture):
    etag = see(client, sari, picture)["ETag"]
    again = see(client, sari, picture, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def fetch_path(picture):
    rendition = picture.renditions.get(use="instagram")
    return urlsplit(shelf.fetch_url(rendition.sha256)).path, rendition


def test_instagram_fetches_the_exact_bytes_and_leaves_no_cookie(client, picture):
    path, rendition = fetch_path(picture)
    response = client.get(path)
    assert response["Content-Type"] == "image/jpeg"
    assert response.content == shelf.stored(rendition.path).read_bytes()
    assert response["X-Robots-Tag"] == "none"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_a_link_that_is_too_old_is_not_found(client, picture, settings):
    path, _ = fetch_path(picture)
    late = timezone.now() + settings.FETCH_LINK_LIFE + timedelta(minutes=1)
    with time_machine.travel(late):
        response = client.get(path)
    assert response.status_code == 404


def test_a_link_that_somebody_changed_is_not_found(client, picture):
    path, rendition = fetch_path(picture)
    other = path.replace(rendition.sha256[:8], "00000000")
    for bad in (other, reverse("fetch", args=["apa-saja"])):
        response = client.get(bad)
        assert response.status_code == 404
        assert not response.cookies
