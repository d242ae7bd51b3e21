"""Pictures: what is accepted, what is refused and how, what leaves the house."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from platforms.adapters.base import BytesChanged
from publishing import payloads
from publishing.delivery import shelf
from publishing.delivery.shelf import RenditionShelf, stored
from publishing.media import BadPicture, accept
from publishing.models import Media
from tests.factories import make_draft


def camera_jpeg():
    """A picture as a phone makes it: turned by its EXIF, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Merek Contoh"
    exif.get_ifd(0x8825)[2] = (1.0, 33.0, 12.0)  # GPS latitude
    target = io.BytesIO()
    Image.new("RGB", (1600, 1200), "olive").save(target, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_0001.JPG", target.getvalue())


def test_the_place_and_the_device_never_leave_with_a_picture(sari):
    kept = accept(camera_jpeg(), agency=sari.agency, by=sari)
    files = [kept.path, *kept.renditions.values_list("path", flat=True)]
    for path in files:
        with Image.open(stored(path)) as image:
            assert not dict(image.getexif())
            assert b"Merek Contoh" not in stored(path).read_bytes()


def test_a_turned_picture_stands_upright(sari):
    kept = accept(camera_jpeg(), agency=sari.agency, by=sari)
    assert (kept.width, kept.height) == (1200, 1600)


def test_a_transparent_png_gets_a_white_ground(sari, picture_file):
    upload = picture_file("logo.png", size=(800, 800), color=(0, 0, 0, 0), kind="PNG")
    kept = accept(upload, agency=sari.agency, by=sari)
    with Image.open(stored(kept.renditions.get(use="instagram").path)) as image:
        assert (image.format, image.getpixel((5, 5))) == ("JPEG", (255, 255, 255))


@pytest.mark.parametrize("size", [(3000, 500), (500, 3000), (1200, 1200), (4000, 3000)])
def test_every_shape_becomes_one_that_instagram_takes(sari, picture_file, size):
    kept = accept(picture_file(size=size), agency=sari.agency, by=sari)
    made = kept.renditions.get(use="instagram")
    assert 4 / 5 <= made.width / made.height <= 1.91
    assert made.width <= 1440
    assert made.size <= 8 * 1024 * 1024


def test_a_thumbnail_costs_a_poor_line_next_to_nothing(sari, picture_file):
    kept = accept(picture_file(size=(4000, 3000)), agency=sari.agency, by=sari)
    assert kept.renditions.get(use="thumb").size < 5000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 bukan gambar", "bukan gambar JPEG, PNG, atau WebP"),
        (b"GIF89a" + b"\0" * 50, "bukan gambar JPEG, PNG, atau WebP"),
    ],
)
def test_a_wrong_file_behind_a_jpg_name_is_named_for_what_it_is(sari, content, sentence):
    with pytest.raises(BadPicture, match=sentence):
        accept(SimpleUploadedFile("foto.jpg", content), agency=sari.agency, by=sari)
    assert not Media.objects.exists()


def test_a_bomb_of_sixty_megapixels_is_refused_before_it_is_unpacked(sari, picture_file):
    bomb = picture_file("bom.png", size=(10_000, 6_000), color=(0, 0, 0, 0), kind="PNG")
    with pytest.raises(BadPicture, match="60 megapiksel"):
        accept(bomb, agency=sari.agency, by=sari)


def test_a_torn_picture_is_refused(sari, picture_file):
    whole = picture_file(size=(2000, 2000)).read()
    with pytest.raises(BadPicture, match="rusak"):
        accept(SimpleUploadedFile("f.jpg", whole[: len(whole) // 2]), agency=sari.agency, by=sari)


def test_the_same_picture_twice_is_stored_once(sari, picture_file):
    first = accept(picture_file("a.jpg"), agency=sari.agency, by=sari)
    assert accept(picture_file("b.jpg"), agency=sari.agency, by=sari) == first


def test_changed_bytes_are_not_handed_out(sari, channels, picture_file):
    post = make_draft(sari, channels["x"], pictures=[picture_file()])
    picture = payloads.of_draft(post)[0].payload.pictures[0]
    assert RenditionShelf().read(picture)[:2] == b"\xff\xd8"
    rendition = post.attachments.get().media.renditions.get(use="x")
    stored(rendition.path).write_bytes(b"lain")
    with pytest.raises(BytesChanged):
        RenditionShelf().read(picture)


def test_a_forged_address_opens_nothing(sari, picture_file):
    accept(picture_file(), agency=sari.agency, by=sari)
    assert shelf.rendition_of_token("abc:def") is None
