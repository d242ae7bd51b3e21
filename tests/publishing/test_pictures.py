"""Who gets to see a picture: people by their rights, platforms by a signed link that expires."""

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from publishing import media, payloads
from publishing.delivery import lane, shelf
from publishing.delivery.tick import tick
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


# --- the address of a picture, and what is cut ---


@pytest.fixture
def wide(sari, channels, picture_file):
    """A picture that Instagram's frame cuts, on a post that was handed in uncut."""
    file = picture_file(size=(3000, 500))
    return factories.make_submitted(sari, channels["instagram"], pictures=[file])


def shown_at(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_another_focal_point_is_another_address_so_no_browser_shows_the_old_cut(client, sari, wide):
    picture = Media.objects.get()
    before = picture.address("instagram")
    uncut = shown_at(client, sari, before).content
    media.refocus(picture, (100, 0))
    after = picture.address("instagram")
    assert after != before
    assert shown_at(client, sari, after).content != uncut
    assert shown_at(client, sari, before).content == uncut, "one address, one picture, for ever"


def test_dewi_sees_the_cut_that_was_handed_in_not_the_newest(client, dewi, wide):
    handed_in = payloads.of_revision(wide.revisions.get())[0]
    [shown] = handed_in.pictures
    media.refocus(Media.objects.get(), (100, 0))
    response = shown_at(client, dewi, shown.url)
    assert sha256(response.content).hexdigest() == handed_in.payload.pictures[0].sha256


def test_a_version_that_nobody_made_shows_the_uncut_picture(client, sari, picture):
    plain = see(client, sari, picture).content
    for version in ("9,9", "' or 1=1", "zz"):
        address = reverse("picture", args=[picture.pk, "instagram"])
        assert client.get(address, {"v": version}).content == plain


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


# --- before Meta is told of it, we fetch it ourselves ---


@pytest.fixture
def on_its_way(sari, dewi, channels, box, picture_file):
    """Sari's approved post for Instagram, its hour come."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        post = factories.make_approved(
            sari, dewi, channels["instagram"], pictures=[picture_file()], publish_at=None
        )
    return post.deliveries.get()


def work(delivery, times=6):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(times):
            clock.shift(timedelta(seconds=11))
            for channel_id in tick():
                lane.run(channel_id)
    delivery.refresh_from_db()


@pytest.mark.django_db(transaction=True)
def test_an_address_that_leads_nowhere_is_told_before_instagram_hears_of_it(
    on_its_way, live_server, settings, box
):
    settings.PUBLIC_URL = f"{live_server.url}/salah"
    work(on_its_way, times=1)
    assert on_its_way.status == "waiting"
    assert on_its_way.reason == (
        "Gambar 1 tidak dapat diambil dari alamat publik (status 404). "
        "Admin sistem perlu memeriksa PUBLIC_URL."
    )
    settings.PUBLIC_URL = live_server.url
    work(on_its_way)
    assert on_its_way.status == "published"
    assert len(box.ledger()) == 1
