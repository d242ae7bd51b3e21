"""The previews: what each platform would show, fold, cut off or leave out."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from publishing.payloads import ShownPicture
from tests import factories

pytestmark = pytest.mark.django_db

LONG = "Posyandu bulan ini menimbang balita, mengukur tinggi, dan memberi makanan tambahan. " * 4


def drawn(component, **fields):
    """A preview as the composer and the review page draw it."""
    shown = {"handle": "contoh_dinkes", "name": "Dinas Kesehatan", "text": "Halo.", "pictures": []}
    return render_to_string(f"cotton/{component}.html", shown | fields)


def pictures(n, alt="Kader menimbang balita"):
    return [
        ShownPicture(f"/p/{k}", f"/t/{k}", f"{alt} {k}" if alt else "", k, 1080, 720)
        for k in range(n)
    ]


@pytest.mark.parametrize(
    ("component", "limit", "more"),
    [("pv_ig", 125, "… selengkapnya"), ("pv_fb", 300, "… Lihat selengkapnya")],
)
def test_a_long_text_is_folded_where_the_app_folds_it(component, limit, more):
    page = drawn(component, text=LONG)
    head, _, rest = page.partition('<details class="fold">')
    assert more in rest
    assert f'data-fold="{limit}"' in head
    assert LONG[:100] in head
    assert LONG[:limit] not in head
    assert "fold" not in drawn(component, text="Halo.").partition("data-more")[2]


def test_x_folds_nothing_and_underlines_what_will_not_fit(client, sari, channels):
    post = factories.make_draft(sari, channels["x"], text="kata " * 60)
    client.force_login(sari)
    page = client.get(reverse("post", args=[post.pk])).content.decode()
    fits, _, rest = page.partition('data-mirror="x"')[2].partition("<mark>")
    assert fits.count("kata") == 56  # 280 of 299
    assert rest.partition("</mark>")[0].count("kata") == 4
    assert "<details" not in fits


def test_a_carousel_says_which_picture_of_how_many(client):
    page = drawn("pv_ig", pictures=pictures(3))
    assert [f"{n}/3" in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert "1/1" not in drawn("pv_ig", pictures=pictures(1))


def test_a_wide_picture_is_shown_as_wide_as_it_is_sent():
    assert 'width="1080" height="720"' in drawn("pv_ig", pictures=pictures(1))


def test_x_shows_four_pictures_and_says_that_there_are_more():
    page = drawn("pv_x", pictures=pictures(5))
    assert page.count("<img") == 4
    assert "X menampilkan paling banyak 4 gambar; dipilih 5." in page
    assert "paling banyak" not in drawn("pv_x", pictures=pictures(4))


def test_instagram_without_a_picture_says_what_is_missing():
    assert "Instagram memerlukan gambar." in drawn("pv_ig")


@pytest.mark.parametrize("component", ["pv_ig", "pv_fb", "pv_x"])
def test_the_alternative_texts_can_be_read_below_the_preview(component):
    page = drawn(component, pictures=pictures(2))
    listed = page.partition("Teks alternatif</summary>")[2]
    assert listed.index("Kader menimbang balita 0") < listed.index("Kader menimbang balita 1")
    assert "Teks alternatif" not in drawn(component)


def test_an_alternative_text_that_is_missing_is_said_to_be():
    listed = drawn("pv_fb", pictures=pictures(1, alt="")).partition("</article>")[2]
    assert "Belum diisi." in listed


def test_each_channel_previews_its_own_pictures(client, sari, dewi, channels, picture_file):
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    post = factories.make_draft(sari, channels["facebook"], channels["x"], pictures=files)
    second = post.attachments.all()[1].media_id
    post.variants.filter(channel=channels["x"]).update(left_out=[second])
    client.force_login(sari)
    page = client.get(reverse("post", args=[post.pk])).content.decode()
    facebook, _, x = page.partition('aria-label="Pratinjau X"')
    assert facebook.count("<figcaption>") == 2
    assert x.partition("</article>")[0].count("<img") == 1


@pytest.mark.parametrize("component", ["pv_ig", "pv_fb", "pv_x"])
def test_the_hooks_that_the_composer_draws_into_are_there(component):
    page = drawn(component, text="<b>Halo</b> #Posyandu")
    assert "data-mirror=" in page
    assert "data-pictures" in page
    assert '<span class="tag">#Posyandu</span>' in page
    assert "<b>Halo</b>" not in page
