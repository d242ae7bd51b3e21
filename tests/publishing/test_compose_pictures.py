"""Pictures in Tulis: chosen, refused, put in order, kept whatever happens to the save."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from platforms.models import Channel
from publishing import media, workflow
from publishing.forms.pictures import Tray, tray_of
from publishing.models import Document, Media, Post
from publishing.workflow.drafts import Placed
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
    files = [picture_file(f"{n}.png", (320, 320), (n, 9, 9), "PNG") for n in range(11)]
    response = desk.post(edit(draft), filled(draft, do="upload", pictures=files))
    assert response.status_code == 422
    assert "10.png: Satu unggahan memuat paling banyak 10 gambar" in page(response)
    assert len(response.context["form"].picture_rows) == 10


def test_sari_orders_and_removes_pictures_and_their_words_go_along(desk, draft, picture_file):
    colours = ("teal", "gold", "navy")
    files = [picture_file(f"{c}.png", (320, 320), c, "PNG") for c in colours]
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
    files = [picture_file(f"{n}.png", (320, 320), (n, 9, 9), "PNG") for n in range(4)]
    post = factories.make_draft(sari, *channels.values(), pictures=files)
    with django_assert_max_num_queries(22):
        desk.get(edit(post))


# --- what is said of each picture ---

PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def with_picture(sari, channels, picture_file):
    """Sari's draft for Facebook and X, with one picture."""
    chosen = (channels["facebook"], channels["x"])
    return factories.make_draft(sari, *chosen, pictures=[picture_file("poster.jpg")])


@pytest.fixture
def pk(with_picture):
    return with_picture.attachments.get().media_id


def about(pk, **changes):
    """What the form of one picture sends; `on` are channels."""
    said = {"alt": "Kader menimbang balita", "faces": "none", "consent": "", "credit": ""}
    said |= {"licence": "own", "focal": "", "more": "", "asked": ""} | changes
    return {f"{name}_{pk}": value for name, value in said.items()} | {"media": [pk]}


def save(desk, post, pk, do="save", **changes):
    post.refresh_from_db()
    chosen = list(post.variants.values_list("channel", flat=True))
    asked = ",".join(str(one) for one in chosen)
    sent = filled(post, do=do, channels=chosen) | about(pk, **{"asked": asked} | changes)
    return desk.post(edit(post), sent)


def test_what_sari_says_of_a_picture_stays_with_it_for_the_next_post(desk, with_picture, pk):
    save(desk, with_picture, pk, faces="consented", consent="Surat 12/2026", credit="Rina")
    kept = Media.objects.get()
    assert (kept.alt, kept.faces, kept.consent) == (
        "Kader menimbang balita",
        "consented",
        "Surat 12/2026",
    )
    assert (kept.credit, kept.licence) == ("Rina", "own")
    desk.post(reverse("write"), filled(do=f"add:{pk}"))
    newest = Post.objects.latest("pk")
    assert newest.attachments.get().alt == "Kader menimbang balita"


def test_a_text_cleared_for_one_post_stays_on_offer_for_the_next(desk, with_picture, pk):
    save(desk, with_picture, pk)
    save(desk, with_picture, pk, alt="")
    assert with_picture.attachments.get().alt == ""
    assert Media.objects.get().alt == "Kader menimbang balita"


def test_an_unanswered_question_about_faces_stops_the_submission(desk, with_picture, pk):
    Media.objects.update(faces="")
    on = list(with_picture.variants.values_list("channel", flat=True))
    refused = save(desk, with_picture, pk, do="submit", faces="", on=on)
    assert refused.status_code == 422
    assert "wajah anak, pasien, atau penerima bantuan" in page(refused)
    assert save(desk, with_picture, pk, do="submit", faces="none", on=on).status_code == 302
    with_picture.refresh_from_db()
    assert with_picture.status == "submitted"


def test_a_consent_sent_with_a_form_that_fails_is_kept_all_the_same(desk, with_picture, pk):
    file = SimpleUploadedFile("izin.pdf", PDF)
    response = save(desk, with_picture, pk, faces="consented", alt="a" * 1001, consent_file=file)
    assert response.status_code == 422
    assert Media.objects.get().consent_file == Document.objects.get()
    assert "izin.pdf" in page(response)


def test_sari_shows_a_picture_on_one_channel_only(desk, with_picture, pk, channels):
    save(desk, with_picture, pk, on=[channels["x"].pk])
    left_out = {v.channel.platform: v.left_out for v in with_picture.variants.all()}
    assert left_out == {"facebook": [pk], "x": []}
    html = page(desk.get(edit(with_picture)))
    assert f'name="on_{pk}" value="{channels["x"].pk}" checked' in html
    assert f'name="on_{pk}" value="{channels["facebook"].pk}">' in html


def test_a_picture_ticked_nowhere_is_shown_nowhere(desk, with_picture, pk):
    save(desk, with_picture, pk, on=[])
    assert [v.left_out for v in with_picture.variants.all()] == [[pk], [pk]]


def test_a_form_that_never_asked_changes_nothing_of_what_is_kept(desk, with_picture, pk):
    Media.objects.update(faces="none", credit="Rina", alt="Poster")
    with_picture.refresh_from_db()
    desk.post(edit(with_picture), filled(with_picture, media=[pk]) | {f"alt_{pk}": "Baru"})
    kept = Media.objects.get()
    assert (kept.faces, kept.credit) == ("none", "Rina")
    assert with_picture.attachments.get().alt == "Baru"


def test_an_agency_with_one_channel_keeps_its_pictures(desk, sari, channels, picture_file):
    Channel.objects.exclude(pk=channels["x"].pk).delete()
    post = factories.make_draft(sari, channels["x"], pictures=[picture_file()])
    pk = post.attachments.get().media_id
    html = page(desk.get(edit(post)))
    assert f'name="on_{pk}"' not in html
    [asked] = re.findall(rf'name="asked_{pk}" value="([^"]*)"', html)
    save(desk, post, pk, asked=asked)
    assert post.variants.get().left_out == []
    assert f'data-preview="{channels["x"].pk}"' in page(desk.get(edit(post)))


def test_a_picture_that_the_only_channel_lacks_can_be_given_to_it(
    desk, sari, channels, picture_file
):
    Channel.objects.exclude(pk=channels["x"].pk).delete()
    post = factories.make_draft(sari, channels["x"], pictures=[picture_file()])
    pk = post.attachments.get().media_id
    post.variants.update(left_out=[pk])
    assert f'name="on_{pk}" value="{channels["x"].pk}">' in page(desk.get(edit(post)))
    save(desk, post, pk, on=[channels["x"].pk])
    assert post.variants.get().left_out == []


def test_a_channel_that_came_while_the_page_was_open_shows_the_pictures(
    desk, with_picture, pk, channels
):
    known = [channels["facebook"].pk, channels["x"].pk]
    asked = ",".join(map(str, known))
    on = {"asked": asked, "on": [channels["x"].pk]}
    with_picture.refresh_from_db()
    chosen = [*known, channels["instagram"].pk]
    desk.post(edit(with_picture), filled(with_picture, channels=chosen) | about(pk, **on))
    left_out = {v.channel.platform: v.left_out for v in with_picture.variants.all()}
    assert left_out == {"facebook": [pk], "instagram": [], "x": []}


def test_what_the_form_did_not_ask_about_keeps_what_was_left_out(tray, channels):
    [picture], offered = tray.pictures, list(channels.values())
    kept = Placed(picture.pk, "Poster", (channels["facebook"].pk,))
    tray.bind(QueryDict(f"asked_{picture.pk}={channels['x'].pk}"), offered, [kept])
    [placed] = tray.placed()
    assert set(placed.left_out) == {channels["facebook"].pk, channels["x"].pk}
    tray.bind(QueryDict("text=Kata"), offered, [kept])
    assert tray.placed() == [kept]


# --- several people, several tabs ---


def on_the_page(desk, post, pk):
    """What the page holds of one picture, as a browser sends it back untouched."""
    html = page(desk.get(edit(post)))
    sent = dict(re.findall(rf'name="((?:asked|was)_{pk})" value="([^"]*)"', html))
    sent |= dict(re.findall(rf'name="(faces_{pk})" value="(\w+)" checked', html))
    sent[f"on_{pk}"] = re.findall(rf'name="on_{pk}" value="(\d+)" checked', html)
    [alt] = re.findall(rf'<textarea name="alt_{pk}"[^>]*>\n([^<]*)<', html)
    return sent | {"media": [pk], f"alt_{pk}": alt, f"consent_{pk}": ""}


def test_an_old_tab_does_not_undo_what_rina_said_in_the_library(desk, with_picture, pk):
    before = on_the_page(desk, with_picture, pk)
    Media.objects.update(faces="none", credit="Rina", alt="Poster Rina", consent="Surat 1")
    words = filled(with_picture, do="autosave", text="Kata lain")
    assert desk.post(edit(with_picture), words | before).json()["whole"]
    kept = Media.objects.get()
    assert (kept.faces, kept.credit, kept.alt) == ("none", "Rina", "Poster Rina")
    assert kept.consent == "Surat 1"


def test_of_an_old_tab_only_what_it_changed_is_written(desk, with_picture, pk):
    before = on_the_page(desk, with_picture, pk)
    Media.objects.update(faces="none", alt="Poster Rina")
    changed = before | {f"consent_{pk}": "Surat 12/2026"}
    desk.post(edit(with_picture), filled(with_picture, do="autosave") | changed)
    kept = Media.objects.get()
    assert (kept.faces, kept.alt, kept.consent) == ("none", "Poster Rina", "Surat 12/2026")


def test_what_was_cleared_for_one_post_stays_in_the_library(desk, with_picture, pk):
    save(desk, with_picture, pk, faces="consented", consent="Surat 1", credit="Rina")
    save(desk, with_picture, pk, faces="", consent="", credit="", licence="", alt="")
    kept = Media.objects.get()
    assert (kept.faces, kept.consent, kept.credit) == ("consented", "Surat 1", "Rina")
    assert (kept.licence, kept.alt) == ("own", "Kader menimbang balita")


def test_an_open_page_learns_what_was_kept_so_it_writes_it_once(tray, channels):
    [picture] = tray.pictures
    sent = QueryDict(mutable=True)
    sent.update({f"asked_{picture.pk}": "", f"faces_{picture.pk}": "none"})
    tray.bind(sent, [], [])
    tray.keep()
    Media.objects.update(faces="consented", consent="Surat 1")
    sent.update(tray.marks())
    again = Tray(tray.agency)
    again.lay_out([str(picture.pk)])
    again.bind(sent, [], [])
    again.keep()
    picture.refresh_from_db()
    assert picture.faces == "consented"


def test_fields_that_were_never_opened_stay_as_they_are(desk, with_picture, pk):
    Media.objects.update(credit="Rina", licence="own", focal_x=50, focal_y=0)
    sent = {k: v for k, v in about(pk, credit="", licence="").items() if k != f"more_{pk}"}
    desk.post(edit(with_picture), filled(with_picture) | sent)
    kept = Media.objects.get()
    assert (kept.credit, kept.licence, kept.focal) == ("Rina", "own", "50,0")


def test_those_fields_come_as_a_fragment_with_what_is_kept(desk, with_picture, pk):
    Media.objects.update(credit="Foto: Rina", licence="own")
    html = page(desk.get(reverse("library_more", args=[pk])))
    assert "<html" not in html
    assert f'name="more_{pk}"' in html
    assert f'name="credit_{pk}" value="Foto: Rina"' in html
    assert '<option value="own" selected>' in html
    assert f'name="focal_{pk}" value="" checked' in html


def test_nobody_else_gets_that_fragment(client, budi, dewi, with_picture, pk):
    address = reverse("library_more", args=[pk])
    for person in (budi, dewi):
        client.force_login(person)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("field", ["alt", "consent", "credit"])
def test_marks_that_turn_the_writing_around_are_taken_out(desk, with_picture, pk, field):
    save(desk, with_picture, pk, faces="none", **{field: "Kader \u202emenimbang\u202c\0 balita"})
    assert getattr(Media.objects.get(), field) == "Kader menimbang balita"
    assert "\u202e" not in with_picture.attachments.get().alt


def test_the_focal_point_changes_the_preview_and_its_address(desk, with_picture, pk):
    save(desk, with_picture, pk, focal="100,100")
    assert Media.objects.get().focal == "100,100"
    assert f"/media/{pk}/thumb/?v=100,100" in page(desk.get(edit(with_picture)))


def test_rights_of_a_picture_are_open_for_nobody_elses_hand(client, budi, with_picture, pk):
    client.force_login(budi)
    client.post(reverse("write"), filled() | about(pk, credit="Budi"))
    assert Media.objects.get().credit == ""


# --- the tray by itself ---


@pytest.fixture
def tray(sari, picture_file):
    """Sari's tray with one picture on it."""
    made = media.accept(picture_file(), agency=sari.agency, by=sari)
    tray = Tray(sari.agency)
    tray.lay_out([str(made.pk)])
    return tray


def test_the_tray_shows_what_was_placed_and_offers_what_the_library_knows(tray, channels):
    [picture], offered = tray.pictures, list(channels.values())
    picture.alt = "Poster imunisasi"
    tray.bind(None, offered, [])
    assert tray.placed() == [Placed(picture.pk, "Poster imunisasi")]
    kept = Placed(picture.pk, "Lain", (channels["x"].pk,))
    tray.bind(None, offered, [kept])
    assert tray.placed() == [kept]


@pytest.mark.parametrize(
    "do", ["add:0", "add:", "add:abc", "add:99999999999999999999", "add:-1", "add:" + "9" * 5000]
)
def test_a_picture_that_is_not_there_cannot_be_added(tray, do):
    tray.rearrange(do)
    assert (len(tray.pictures), tray.refused) == (1, [])


def test_an_eleventh_from_the_library_is_refused_by_name(sari, picture_file):
    made = [
        media.accept(
            picture_file(f"{n}.png", (320, 320), (n, 9, 9), "PNG"), agency=sari.agency, by=sari
        )
        for n in range(11)
    ]
    tray = Tray(sari.agency)
    tray.lay_out(str(one.pk) for one in made[:10])
    tray.rearrange(f"add:{made[10].pk}")
    assert len(tray.pictures) == 10
    assert [(r.name, "paling banyak 10" in r.sentence) for r in tray.refused] == [("10.png", True)]


def test_budis_picture_is_not_added_to_saris_post(tray, budi, picture_file):
    theirs = media.accept(picture_file(color="gold"), agency=budi.agency, by=budi)
    tray.rearrange(f"add:{theirs.pk}")
    assert theirs not in tray.pictures


def test_nonsense_in_a_field_is_an_error_and_the_rest_can_still_be_kept(tray, channels):
    [picture] = tray.pictures
    sent = QueryDict(mutable=True)
    sent.update(
        {k: v for k, v in about(picture.pk, alt="a\0\u202eb" + "c" * 1200).items() if k != "media"}
    )
    sent.update({f"focal_{picture.pk}": "7,7", f"on_{picture.pk}": "999"})
    tray.bind(sent, list(channels.values()), [])
    assert not tray.is_valid()
    [placed] = tray.placed()
    assert (len(placed.alt), placed.alt[:2]) == (1000, "ab")
    tray.keep()
    picture.refresh_from_db()
    assert picture.licence == ""


def test_a_kept_drafts_tray_costs_three_queries(
    sari, channels, picture_file, django_assert_num_queries
):
    files = [picture_file(f"{n}.png", (320, 320), (n, 9, 9), "PNG") for n in range(3)]
    post = factories.make_draft(sari, channels["x"], pictures=files)
    post = Post.objects.select_related("agency").get(pk=post.pk)
    with django_assert_num_queries(3):
        tray = tray_of(post)
        tray.bind(None, list(channels.values()), [])
        assert len(tray.placed()) == 3
