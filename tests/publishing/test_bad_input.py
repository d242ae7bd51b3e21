"""Bad input at Tulis: each is told in words that say what to do, and nothing of Sari's is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publishing.delivery.shelf import stored
from publishing.models import Post
from tests import factories
from tests.publishing.composing import WORDS, edit, filled, page
from tests.publishing.errand import browser

LINK = "https://dinkes.contoh.go.id/imunisasi/jadwal-lengkap-semua-nagari"
FULL = f"{LINK} 💉 " + "a" * 253  # 23 + 1 + 2 + 1 + 253 units of X


def bomb() -> bytes:
    """Sixty megapixels in a few kilobytes."""
    target = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(target, "PNG")
    return target.getvalue()


def torn() -> bytes:
    """Half of a picture, as a broken line leaves it."""
    target = io.BytesIO()
    Image.effect_noise((400, 400), 90).save(target, "JPEG")
    return target.getvalue()[: target.tell() // 2]


def hand_in(desk, post, *chosen, **changes):
    sent = filled(post, do="submit", channels=[channel.pk for channel in chosen])
    return desk.post(edit(post), sent | changes)


def belongings(post):
    """What Sari would miss: her words, and each picture with its own words and its file."""
    post = Post.objects.get(pk=post.pk)
    attached = post.attachments.select_related("media").order_by("position")
    files = [(a.alt, stored(a.media.path).read_bytes()) for a in attached]
    return post.text, [variant.text for variant in post.variants.all()], files


@pytest.fixture
def with_picture(sari, channels, picture_file):
    """Sari's draft for X, with a picture and its words."""
    return factories.make_draft(sari, channels["x"], pictures=[picture_file("poster.jpg")])


@pytest.fixture
def kept(with_picture):
    """The id of that picture, as its form sends it back."""
    return with_picture.attachments.get().media_id


NO_PICTURE = "Berkas ini bukan gambar JPEG, PNG, WebP, atau HEIC. Simpan ulang sebagai JPEG."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 surat edaran", NO_PICTURE),
        (b"MZ\x90\0 program", NO_PICTURE),
        (b"", "Berkas ini kosong (0 bita). Pilih lagi gambarnya."),
        (bomb(), "Gambar ini 60 megapiksel; paling besar 40. Kecilkan dulu, lalu unggah lagi."),
        (torn(), "Gambar ini rusak atau terpotong. Unggah lagi dari aslinya."),
    ],
    ids=["a letter", "a program", "nothing", "a bomb of 60 megapixels", "half a picture"],
)
def test_what_hides_behind_a_jpg_name_is_refused_and_the_kept_picture_stays(
    desk, with_picture, kept, content, sentence
):
    before = belongings(with_picture)
    sent = filled(with_picture, do="upload", text="Teks baru Sari", media=[kept])
    wrong = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
    response = desk.post(edit(with_picture), sent | {"pictures": wrong, f"alt_{kept}": "Poster"})
    assert response.status_code == 422
    assert f"foto.jpg: {sentence}" in page(response)
    assert "Teks baru Sari" in page(response)
    assert [row.media.pk for row in response.context["form"].picture_rows] == [kept]
    assert belongings(with_picture) == before


def test_an_eleventh_picture_brought_later_is_refused_and_the_ten_stay(desk, draft, picture_file):
    ten = [picture_file(f"{n}.png", (320, 320), (n, 9, 9), "PNG") for n in range(10)]
    desk.post(edit(draft), filled(draft, do="upload", pictures=ten))
    draft.refresh_from_db()
    before = belongings(draft)
    ids = list(draft.attachments.values_list("media_id", flat=True))
    late = filled(draft, do="upload", media=ids, pictures=picture_file("kesebelas.jpg"))
    response = desk.post(edit(draft), late)
    assert response.status_code == 422
    told = "kesebelas.jpg: Satu unggahan memuat paling banyak 10 gambar. Hapus satu dulu."
    assert told in page(response)
    assert [row.media.pk for row in response.context["form"].picture_rows] == ids
    assert belongings(draft) == before
    assert len(before[2]) == 10


def test_a_text_of_exactly_280_units_with_a_link_and_an_emoji_is_handed_in(desk, draft, channels):
    assert len(FULL) > 280
    response = hand_in(desk, draft, channels["x"], text=FULL)
    assert response.status_code == 302
    assert draft.revisions.get().payload(channels["x"].pk).text == FULL


@pytest.mark.parametrize("shared", [True, False], ids=["the shared text", "her own text for X"])
def test_one_unit_more_is_told_with_how_much_to_cut_and_every_word_is_kept(
    desk, draft, channels, shared
):
    x, facebook = channels["x"], channels["facebook"]
    words = {"text": FULL + "a"} if shared else {f"text_{x.pk}": FULL + "a"}
    response = hand_in(desk, draft, facebook, x, **words)
    assert response.status_code == 422
    assert "281/280" in page(response)
    assert 'href="#teks"' in page(response)
    assert FULL + "a" in page(response)
    kept, own, _files = belongings(draft)
    assert (kept, own) == ((FULL + "a", ["", ""]) if shared else (WORDS, ["", FULL + "a"]))
    assert not draft.revisions.exists()
    assert hand_in(desk, Post.objects.get(), facebook, x).status_code == 302


@pytest.mark.parametrize("spaces", ["", "   \r\n\t ", "\u00a0\u2003", "\u200b\u200b"])
def test_only_spaces_are_not_handed_in_and_the_pictures_stay(
    desk, with_picture, kept, channels, spaces
):
    files = belongings(with_picture)[2]
    words = {"text": spaces, "media": [kept], f"alt_{kept}": files[0][0]}
    response = hand_in(desk, with_picture, channels["x"], **words)
    assert response.status_code == 422
    assert "Teks masih kosong. Tulis apa yang ingin disampaikan." in page(response)
    assert belongings(with_picture)[2] == files
    assert Post.objects.get().status == "draft"


def test_an_hour_in_the_past_is_told_and_words_and_pictures_are_kept(
    desk, with_picture, kept, channels
):
    words = {"text": "Kata baru Sari", "media": [kept], f"alt_{kept}": "Poster di balai"}
    response = hand_in(desk, with_picture, channels["x"], date="2020-01-01", **words)
    assert response.status_code == 422
    assert "Waktu ini sudah lewat. Pilih waktu yang akan datang." in page(response)
    text, _own, [(alt, _bytes)] = belongings(with_picture)
    assert (text, alt) == ("Kata baru Sari", "Poster di balai")
    assert Post.objects.get().status == "draft"


def test_a_picture_without_words_for_the_blind_is_kept_but_not_handed_in(
    desk, with_picture, kept, channels
):
    words = {"media": [kept], f"alt_{kept}": "  "}
    response = hand_in(desk, with_picture, channels["x"], **words)
    assert response.status_code == 422
    told = "1 gambar belum memiliki teks alternatif. Gambarkan isinya bagi yang tidak dapat"
    assert told in page(response)
    assert 'href="#media"' in page(response)
    assert [row.media.pk for row in response.context["form"].picture_rows] == [kept]
    assert not with_picture.revisions.exists()
    words[f"alt_{kept}"] = "Poster imunisasi"
    assert hand_in(desk, Post.objects.get(), channels["x"], **words).status_code == 302


def test_a_save_that_comes_second_keeps_the_first_words_and_hers_with_her_picture(
    desk, rina, with_picture, kept, channels
):
    x = channels["x"].pk
    seen = Post.objects.get()
    rinas = filled(seen, text="Kata Rina", channels=[x], media=[kept], **{f"alt_{kept}": "Rina"})
    saris = rinas | {"text": "Kata Sari", f"text_{x}": "Khusus X dari Sari", f"alt_{kept}": "Sari"}
    assert browser(rina).post(edit(seen), rinas).status_code == 302
    response = desk.post(edit(seen), saris)
    assert response.status_code == 409
    for words in ("Kata Rina", "Kata Sari", "Khusus X dari Sari"):
        assert words in page(response)
    text, _own, [(alt, _bytes)] = belongings(seen)
    assert (text, alt) == ("Kata Rina", "Rina")
