"""Pictures: what is accepted, what is refused and how, what leaves the house."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageFilter

from platforms.adapters.base import BytesChanged
from publishing import payloads
from publishing.delivery import shelf
from publishing.delivery.shelf import RenditionShelf, stored
from publishing.media import BadPicture, accept, refocus
from publishing.models import Media
from tests.factories import make_draft, make_submitted


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


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("exif", [b"", b"XX*\0bukan TIFF", b"MM\0*\0\0\0\x08\0\x05\x01\x12"])
def test_an_exif_that_nobody_can_read_turns_nothing_and_stops_nothing(
    sari, picture_file, kind, exif
):
    upload = picture_file("poster.png", (400, 500), kind=kind, exif=b"Exif\0\0" + exif)
    kept = accept(upload, agency=sari.agency, by=sari)
    assert (kept.width, kept.height) == (400, 500)


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


def photograph(size=(2000, 1500)):
    """As much detail, coarse and fine, as in nature: half the size, half the contrast."""
    image = Image.effect_noise((4, 3), 120).resize(size)
    for fine in (16, 64, 256):
        detail = Image.effect_noise((4 * fine, 3 * fine), 90).resize(size)
        image = Image.blend(image, detail, 0.25)
    return image.convert("RGB")


def sent(image, kind="JPEG", name="IMG_0001.JPG", **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return SimpleUploadedFile(name, target.getvalue())


def test_a_thumbnail_of_a_photograph_costs_a_poor_line_next_to_nothing(sari):
    kept = accept(sent(photograph(), quality=90), agency=sari.agency, by=sari)
    assert 2500 < kept.renditions.get(use="thumb").size <= 4096


def test_a_photograph_from_a_phone_is_kept_as_a_jpeg_without_its_place(sari):
    exif = Image.Exif()
    exif[0x010F] = "Merek Contoh"
    exif.get_ifd(0x8825)[2] = (1.0, 33.0, 12.0)
    heic = sent(photograph(), "HEIF", "IMG_0002.HEIC", quality=80, exif=exif)
    kept = accept(heic, agency=sari.agency, by=sari)
    assert {r.use for r in kept.renditions.all()} == {"instagram", "facebook", "x", "thumb"}
    with Image.open(stored(kept.path)) as image:
        assert (image.format, image.size) == ("JPEG", (2000, 1500))
        assert not dict(image.getexif())


def test_a_phones_wide_colours_become_those_that_platforms_show(sari):
    """A profile whose red is our blue: without it the picture would show the wrong colour."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    plain = accept(sent(Image.new("RGB", (400, 400), "red")), agency=sari.agency, by=sari)
    broken = sent(Image.new("RGB", (400, 400), "red"), name="b.jpg", icc_profile=b"rusak")
    odd = sent(Image.new("RGB", (401, 400), "red"), name="c.jpg", icc_profile=profile.tobytes())
    for upload in (broken, odd):
        kept = accept(upload, agency=sari.agency, by=sari)
        with Image.open(stored(kept.path)) as image, Image.open(stored(plain.path)) as expected:
            assert image.getpixel((9, 9)) == expected.getpixel((9, 9))
            assert "icc_profile" not in image.info


def test_a_picture_larger_than_any_screen_is_kept_smaller(sari, picture_file):
    kept = accept(picture_file(size=(6000, 3000)), agency=sari.agency, by=sari)
    with Image.open(stored(kept.path)) as image:
        assert image.size == (kept.width, kept.height) == (4096, 2048)


@pytest.mark.parametrize(("size", "said"), [((1, 1), "1×1"), ((1200, 319), "1200×319")])
def test_a_picture_too_small_for_any_platform_is_refused_with_its_size(
    sari, picture_file, size, said
):
    with pytest.raises(BadPicture) as refused:
        accept(picture_file(size=size), agency=sari.agency, by=sari)
    assert str(refused.value) == (
        f"Gambar terlalu kecil ({said} piksel). Paling kecil 320×320 piksel. "
        "Pilih gambar yang lebih besar."
    )
    assert not Media.objects.exists()


# --- the focal point ---

LEFT, MIDDLE, RIGHT = "red", "white", "blue"


def panorama(upright=False):
    """A third red, a third white, a third blue, from left to right or from top to bottom."""
    image = Image.new("RGB", (3000, 500), MIDDLE)
    image.paste(LEFT, (0, 0, 1000, 500))
    image.paste(RIGHT, (2000, 0, 3000, 500))
    return image.transpose(Image.Transpose.ROTATE_270) if upright else image


def colour_in_the_middle(rendition):
    with Image.open(stored(rendition.path)) as image:
        r, _g, b = image.convert("RGB").resize((3, 3)).tobytes()[12:15]
    return {(True, False): "red", (False, True): "blue"}.get((r > 200, b > 200), "white")


def edge(rendition):
    with Image.open(stored(rendition.path)) as image:
        return image.convert("RGB").getpixel((image.width // 2, 2))


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize(
    ("focal", "seen"), [((0, 0), "red"), ((50, 50), "white"), ((100, 100), "blue")]
)
def test_what_sari_points_at_stays_in_sight_where_a_frame_is_narrower(sari, upright, focal, seen):
    kept = accept(sent(panorama(upright), "PNG"), agency=sari.agency, by=sari)
    refocus(kept, focal)
    made = kept.rendition("instagram")
    assert 4 / 5 <= made.width / made.height <= 1.91
    assert made.width >= 320
    assert colour_in_the_middle(made) == colour_in_the_middle(kept.rendition("thumb")) == seen
    assert kept.rendition("x").focal == ""


def test_without_a_focal_point_nothing_is_cut(sari):
    kept = accept(sent(panorama(), "PNG"), agency=sari.agency, by=sari)
    assert edge(kept.rendition("instagram")) == (255, 255, 255)
    refocus(kept, (0, 0))
    assert edge(kept.rendition("instagram"))[2] < 60, "red to the edge"
    refocus(kept, None)
    assert edge(kept.rendition("instagram")) == (255, 255, 255)


def test_a_picture_that_fits_is_not_cut_for_instagram_but_its_thumbnail_is(sari, picture_file):
    kept = accept(picture_file(size=(1200, 900)), agency=sari.agency, by=sari)
    refocus(kept, (0, 50))
    assert (kept.rendition("instagram").focal, kept.rendition("thumb").focal) == ("", "0,50")


def test_pointing_twice_at_the_same_place_makes_nothing_new(sari):
    kept = accept(sent(panorama(), "PNG"), agency=sari.agency, by=sari)
    for focal in ((0, 0), (100, 0), (0, 0)):
        refocus(kept, focal)
    assert kept.renditions.count() == 4 + 2 * 2
    assert kept.rendition("instagram").focal == "0,0"


def test_an_approved_post_still_sends_its_bytes_when_the_focal_point_moves(sari, channels):
    post = make_submitted(sari, channels["instagram"], pictures=[sent(panorama(), "PNG")])
    before = payloads.of_revision(post.revisions.get())[0].payload.pictures[0]
    refocus(Media.objects.get(), (100, 0))
    assert RenditionShelf().read(before)[:2] == b"\xff\xd8"
    now = payloads.of_draft(post)[0].payload.pictures[0]
    assert (now.sha256 != before.sha256, now.width) == (True, 955)


def test_a_soft_photograph_keeps_its_quality(sari):
    soft = accept(
        sent(photograph().filter(ImageFilter.GaussianBlur(40))), agency=sari.agency, by=sari
    )
    assert soft.renditions.get(use="thumb").size < 2500


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 bukan gambar", "bukan gambar JPEG, PNG, WebP, atau HEIC"),
        (b"GIF89a" + b"\0" * 50, "bukan gambar JPEG, PNG, WebP, atau HEIC"),
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


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("part", [0.99, 0.5])
def test_a_torn_picture_is_refused(sari, kind, part):
    whole = sent(photograph((800, 600)), kind).read()
    torn = SimpleUploadedFile("f.jpg", whole[: int(len(whole) * part)])
    with pytest.raises(BadPicture, match="rusak atau terpotong"):
        accept(torn, agency=sari.agency, by=sari)
    assert not Media.objects.exists()


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
