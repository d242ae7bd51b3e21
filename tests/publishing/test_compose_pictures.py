"""Pictures in Tulis: chosen, refused, put in order, kept whatever happens to the save."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publishing import workflow
from publishing.models import Media, Post
from tests import factories
from tests.publishing.composing import edit, filled, page


def test_a_wrong_file_is_refused_by_name_and_the_good_one_stays(desk, draft, picture_file):
    wrong = SimpleUploadedFile("surat.jpg", b"%PDF-1.7 bukan gambar", "image/jpeg")
    empty = SimpleUploadedFile("kosong.png", b"", "image/png")
    sent = filled(draft, do="upload", text="Teks baru Sari")
    response = desk.post(edit(draft), sent | {"pictures": [wrong, empty, picture_file("ok.jpg")]})
    assert response.status_code == 422
    assert "surat.jpg: Berkas ini bukan gambar" in page(response)
    assert "kosong.png: Berkas ini kosong" in page(response)
    assert "Teks baru Sari" in page(response)
    assert f'name="media" value="{Media.objects.get().pk}"' in page(response)


def test_an_eleventh_picture_is_refused_and_ten_stay(desk, draft, picture_file):
    files = [picture_file(f"{n}.png", (40, 40), (n, 9, 9), "PNG") for n in range(11)]
    response = desk.post(edit(draft), filled(draft, do="upload", pictures=files))
    assert response.status_code == 422
    assert "10.png: Satu unggahan memuat paling banyak 10 gambar" in page(response)
    assert len(response.context["form"].picture_rows) == 10


def test_sari_orders_and_removes_pictures_and_their_words_go_along(desk, draft, picture_file):
    colours = ("teal", "gold", "navy")
    files = [picture_file(f"{c}.png", (40, 40), c, "PNG") for c in colours]
    desk.post(edit(draft), filled(draft, do="upload", pictures=files))
    draft.refresh_from_db()
    ids = [attachment.media_id for attachment in draft.attachments.all()]
    alts = {f"alt_{pk}": f"Gambar {n}" for n, pk in enumerate(ids)}
    desk.post(edit(draft), filled(draft, do=f"left:{ids[2]}", media=ids) | alts)
    draft.refresh_from_db()
    order = [ids[0], ids[2], ids[1]]
    desk.post(edit(draft), filled(draft, do=f"remove:{ids[0]}", media=order) | alts)
    kept = [(a.media_id, a.alt) for a in draft.attachments.all()]
    assert kept == [(ids[2], "Gambar 2"), (ids[1], "Gambar 1")]


def test_an_alternative_text_too_long_is_told_not_cut(desk, draft, picture_file):
    desk.post(edit(draft), filled(draft, do="upload", pictures=picture_file()))
    draft.refresh_from_db()
    pk = draft.attachments.get().media_id
    response = desk.post(edit(draft), filled(draft, media=[pk]) | {f"alt_{pk}": "a" * 1001})
    assert response.status_code == 422
    assert "a" * 1001 in page(response)


def test_pictures_sent_with_a_late_save_stay_on_the_form(desk, rina, draft, picture_file):
    draft_of_rina = workflow.Draft("Kata Rina", {})
    late = filled(draft, pictures=picture_file("poster.jpg"))
    workflow.save_draft(draft, draft_of_rina, by=rina, seen=draft.version)
    response = desk.post(edit(draft), late)
    assert response.status_code == 409
    assert f'name="media" value="{Media.objects.get().pk}"' in page(response)


def test_instagram_without_a_picture_is_not_offered_but_a_choice_is_kept(desk, sari, channels):
    post = factories.make_draft(sari, channels["instagram"])
    response = desk.get(edit(post))
    assert "Instagram memerlukan gambar" in page(response)
    assert response.context["form"].channel_rows[1].chosen
    assert post.variants.get().channel == channels["instagram"]


def test_budi_cannot_put_saris_picture_on_his_post(client, sari, budi, picture_file, channels):
    post = factories.make_draft(sari, channels["x"], pictures=[picture_file()])
    client.force_login(budi)
    client.post(reverse("write"), filled(media=[post.attachments.get().media_id]))
    assert not Post.objects.get(author=budi).attachments.exists()


def test_more_pictures_cost_no_more_queries(
    desk, sari, channels, picture_file, django_assert_max_num_queries
):
    files = [picture_file(f"{n}.png", (40, 40), (n, 9, 9), "PNG") for n in range(4)]
    post = factories.make_draft(sari, *channels.values(), pictures=files)
    with django_assert_max_num_queries(22):
        desk.get(edit(post))
