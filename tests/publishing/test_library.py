"""The picture library: what an agency has, described once and used again, removed with care."""

import io
import re
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Role
from publishing import media, workflow
from publishing.delivery.shelf import stored
from publishing.models import Document, Media, Post
from tests import factories
from tests.publishing.composing import filled, page

XHR = {"X-Requested-With": "XMLHttpRequest"}
LIBRARY, UPLOAD, PICK = "/library/", "/library/upload/", "/library/pick/"
PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def kept(sari, picture_file):
    """Puts a picture into the library of Sari's agency: `kept("posyandu.jpg", alt="…")`."""

    def keep(name="poster.jpg", at=None, color="teal", **fields):
        with time_machine.travel(at or datetime(2026, 11, 20, 3, tzinfo=UTC), tick=False):
            made = media.accept(picture_file(name, color=color), agency=sari.agency, by=sari)
        Media.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
        return made

    return keep


def address(picture):
    return reverse("library_picture", args=[picture.pk])


def removal(picture):
    return reverse("library_remove", args=[picture.pk])


def files_of(picture):
    paths = [picture.path, *picture.renditions.values_list("path", flat=True)]
    return [stored(path) for path in paths]


# --- finding ---


def test_sari_finds_her_pictures_by_month_newest_first(desk, kept):
    kept("oktober.jpg", datetime(2026, 10, 3, tzinfo=UTC), "gold")
    kept("november.jpg", datetime(2026, 11, 3, tzinfo=UTC), "navy")
    kept("malam.jpg", datetime(2026, 10, 31, 18, tzinfo=UTC), "lime")  # 1 November in WIB
    html = page(desk.get(LIBRARY))
    seen = re.findall(r"November 2026|Oktober 2026|\w+\.jpg(?=</b>)", html)
    assert seen == ["November 2026", "november.jpg", "malam.jpg", "Oktober 2026", "oktober.jpg"]


@pytest.mark.parametrize("words", ["POSYANDU", "kader menimbang", "foto: rina"])
def test_a_search_looks_at_name_alternative_text_and_credit(desk, kept, words):
    kept("posyandu.jpg", alt="Kader menimbang balita", credit="Foto: Rina Contoh")
    kept("jalan.jpg", color="gold")
    html = page(desk.get(LIBRARY, {"q": words}))
    assert "posyandu.jpg" in html
    assert "jalan.jpg" not in html


def test_words_that_fit_nothing_are_told_and_a_blank_library_says_how_to_begin(desk, kept):
    assert "Belum ada gambar" in page(desk.get(LIBRARY))
    kept()
    assert "Tidak ada yang cocok" in page(desk.get(LIBRARY, {"q": "kapal"}))


def test_budi_sees_none_of_them_and_who_does_not_write_has_no_library(client, budi, dewi, kept):
    picture = kept("rahasia.jpg")
    client.force_login(budi)
    assert "rahasia.jpg" not in page(client.get(LIBRARY))
    assert "rahasia.jpg" not in page(client.get(PICK))
    for answer in (client.get(address(picture)), client.post(address(picture))):
        assert answer.status_code == 404
    assert client.post(removal(picture)).status_code == 404
    client.force_login(dewi)
    assert client.get(LIBRARY).status_code == 403
    assert client.get(address(picture)).status_code == 404


def test_many_pictures_cost_no_more_queries_and_come_in_pages(
    desk, sari, picture_file, django_assert_max_num_queries
):
    first = media.accept(picture_file(), agency=sari.agency, by=sari)
    Media.objects.bulk_create(
        Media(
            agency=sari.agency,
            uploaded_by=sari,
            name=f"{n}.jpg",
            upload_sha256=str(n),
            path=first.path,
            width=1200,
            height=900,
        )
        for n in range(30)
    )
    with django_assert_max_num_queries(9):
        response = desk.get(LIBRARY)
    assert page(response).count('class="card"') == 24
    older = desk.get(LIBRARY, {"older": response.context["page"].older})
    assert page(older).count('class="card"') == 7
    newer = desk.get(LIBRARY, {"newer": older.context["page"].newer})
    assert list(newer.context["page"]) == list(response.context["page"])


# --- uploading ---


def test_sari_uploads_several_at_once_without_a_script(desk, picture_file):
    files = [picture_file("a.jpg"), picture_file("b.jpg", color="gold")]
    response = desk.post(UPLOAD, {"pictures": files}, follow=True)
    assert "2 gambar masuk ke pustaka." in page(response)
    assert Media.objects.count() == 2


def test_without_a_script_a_bad_file_is_named_and_the_good_one_is_kept(desk, picture_file):
    wrong = SimpleUploadedFile("surat.jpg", b"%PDF-1.7 bukan gambar")
    response = desk.post(UPLOAD, {"pictures": [wrong, picture_file("baik.jpg")]})
    assert response.status_code == 422
    assert "surat.jpg: Berkas ini bukan gambar" in page(response)
    assert Media.objects.get().name == "baik.jpg"


def test_a_script_gets_the_card_of_its_file_or_the_sentence(desk, picture_file):
    good = desk.post(UPLOAD, {"pictures": picture_file("baik.jpg")}, headers=XHR)
    assert (good.status_code, 'class="card"' in page(good)) == (201, True)
    tiny = desk.post(UPLOAD, {"pictures": picture_file(size=(1, 1))}, headers=XHR)
    assert tiny.status_code == 422
    assert page(tiny).startswith("Gambar terlalu kecil (1×1 piksel).")
    assert "text/plain" in tiny["Content-Type"]
    assert desk.post(UPLOAD, headers=XHR).status_code == 422


def test_in_the_composer_a_script_gets_the_row_for_the_tray(desk, channels, picture_file):
    x, facebook = channels["x"].pk, channels["facebook"].pk
    body = {"pictures": picture_file("baik.jpg"), "place": 3, "channels": [x]}
    response = desk.post(UPLOAD, body, headers=XHR)
    html, pk = page(response), Media.objects.get().pk
    assert response.status_code == 201
    assert f'name="media" value="{pk}"' in html
    assert "Teks alternatif gambar 3" in html
    assert f'<label class="tick" data-of="{x}"><' in html
    assert f'<label class="tick" data-of="{facebook}" hidden><' in html


def test_the_eleventh_picture_for_a_tray_is_refused_before_it_is_taken(desk, picture_file):
    response = desk.post(UPLOAD, {"pictures": picture_file(), "place": 11}, headers=XHR)
    assert (response.status_code, Media.objects.count()) == (422, 0)
    assert "paling banyak 10 gambar" in page(response)


def test_an_upload_cut_at_99_percent_leaves_nothing_and_succeeds_when_tried_again(desk):
    target = io.BytesIO()
    Image.effect_noise((800, 600), 60).save(target, "JPEG")
    head = b'--x\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\n\r\n'
    body = head + target.getvalue() + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    cut = desk.post(UPLOAD, body[: len(body) * 99 // 100], content_type=kind, headers=XHR)
    assert (cut.status_code, Media.objects.count()) == (422, 0)
    assert page(cut) == "Gambarnya tidak sampai utuh. Coba lagi."
    again = desk.post(UPLOAD, body, content_type=kind, headers=XHR)
    assert (again.status_code, Media.objects.count()) == (201, 1)


def test_who_may_not_write_uploads_nothing(client, dewi, picture_file):
    client.force_login(dewi)
    assert client.post(UPLOAD, {"pictures": picture_file()}).status_code == 403
    assert client.get(UPLOAD).status_code == 405
    client.logout()
    assert client.post(UPLOAD, {"pictures": picture_file()}).status_code == 302
    assert not Media.objects.exists()


# --- describing ---


def described(**changes):
    return {
        "alt": "Kader menimbang balita",
        "faces": "none",
        "consent": "",
        "credit": "Foto: Rina Contoh",
        "licence": "own",
        "focal": "",
    } | changes


def test_sari_describes_a_picture_once_and_everybody_after_her_finds_it_so(desk, kept):
    picture = kept()
    response = desk.post(address(picture), described(focal="100,0"), follow=True)
    assert "Keterangan gambar disimpan." in page(response)
    picture.refresh_from_db()
    assert (picture.alt, picture.credit, picture.licence) == (
        "Kader menimbang balita",
        "Foto: Rina Contoh",
        "own",
    )
    assert (picture.focal, picture.rendition("thumb").focal) == ("100,0", "100,0")
    assert picture.rights == [
        "Izin pakai: Foto atau karya OPD sendiri.",
        "Kredit: Foto: Rina Contoh.",
        "Tidak memperlihatkan wajah anak, pasien, atau penerima bantuan.",
    ]


def test_faces_need_a_consent_by_reference_or_by_file(desk, kept):
    picture = kept()
    refused = desk.post(address(picture), described(faces="consented"))
    assert refused.status_code == 422
    assert "Isi rujukan persetujuannya, atau unggah berkasnya." in page(refused)
    by_word = described(faces="consented", consent="Surat persetujuan 12/2026")
    assert desk.post(address(picture), by_word).status_code == 302
    file = SimpleUploadedFile("izin.pdf", PDF)
    by_file = described(faces="consented", consent_file=file)
    assert desk.post(address(picture), by_file).status_code == 302
    picture.refresh_from_db()
    assert picture.consent_file == Document.objects.get()
    assert not picture.lacks_consent
    assert picture.rights[-1].endswith("dengan persetujuan: izin.pdf.")


def test_blanks_are_no_consent(kept):
    assert kept(faces="consented", consent=" \t").lacks_consent
    assert not kept(color="gold", faces="consented", consent="Surat 12").lacks_consent


def test_of_two_who_describe_it_at_once_each_keeps_what_they_changed(desk, kept):
    picture = kept()
    [was] = re.findall(r'name="was" value="([^"]+)"', page(desk.get(address(picture))))
    Media.objects.update(faces="none", credit="Rina")
    sent = described(alt="Kader", faces="", credit="", licence="", was=was)
    assert desk.post(address(picture), sent).status_code == 302
    picture.refresh_from_db()
    assert (picture.alt, picture.faces, picture.credit) == ("Kader", "none", "Rina")
    sent = described(alt="", faces="none", credit="")
    desk.post(address(picture), sent)
    picture.refresh_from_db()
    assert (picture.alt, picture.credit) == ("", "")


def test_a_consent_that_is_no_document_is_told_on_its_field(desk, kept):
    wrong = SimpleUploadedFile("izin.pdf", b"MZ bukan dokumen")
    response = desk.post(address(kept()), described(faces="consented", consent_file=wrong))
    assert response.status_code == 422
    assert "id_consent_file" in page(response)
    assert not Document.objects.exists()


def test_an_alternative_text_too_long_is_told_not_cut(desk, kept):
    response = desk.post(address(kept()), described(alt="a" * 1001))
    assert response.status_code == 422
    assert "a" * 1001 in page(response)


def test_the_focal_point_is_chosen_with_a_keyboard_among_named_places(desk, kept):
    html = page(desk.get(address(kept())))
    names = re.findall(r'<input type="radio" name="focal"[^>]*>([^<]+)</label>', html)
    assert names[:2] == ["Jangan dipotong", "Kiri atas"]
    assert len(names) == len(set(names)) == 10


def test_dewi_reads_of_a_picture_that_was_handed_in_and_changes_nothing(
    client, sari, dewi, channels, kept
):
    picture = kept(alt="Poster", faces="none")
    post = factories.make_draft(sari, channels["x"])
    post.attachments.create(media=picture, position=0, alt=factories.ALT)
    workflow.submit(post, by=sari, seen=post.version)
    client.force_login(dewi)
    html = page(client.get(address(picture)))
    assert "Tidak memperlihatkan wajah" in html
    assert "Simpan keterangan" not in html
    assert client.post(address(picture), described()).status_code == 403
    assert client.post(removal(picture)).status_code == 403


# --- removing ---


def test_an_unused_picture_goes_with_its_files(desk, kept, django_capture_on_commit_callbacks):
    picture = kept()
    files = files_of(picture)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(removal(picture))
    assert not Media.objects.exists()
    assert [file for file in files if file.exists()] == []


def test_of_the_many_posts_that_show_a_logo_the_newest_are_named(desk, sari, channels, kept):
    logo = kept("logo.jpg")
    for n in range(23):
        post = factories.make_draft(sari, channels["x"], text=f"Berita {n}.")
        post.attachments.create(media=logo, position=0)
    html = page(desk.get(address(logo)))
    assert html.count("Berita ") == 20
    assert "Berita 22." in html
    assert "dan 3 unggahan lain yang lebih lama" in html


def test_files_stay_while_the_removal_may_still_fail(desk, kept):
    picture = kept()
    files = files_of(picture)
    desk.post(removal(picture))  # its transaction never commits in this test
    assert all(file.exists() for file in files)


def test_a_picture_that_a_draft_shows_is_not_removed_and_the_draft_is_named(
    desk, sari, channels, kept
):
    picture = kept()
    post = factories.make_draft(sari, channels["x"], text="Imunisasi Sabtu ini")
    post.attachments.create(media=picture, position=0)
    response = desk.post(removal(picture))
    assert response.status_code == 409
    assert "masih dipakai" in page(response)
    assert reverse("post", args=[post.pk]) in page(response)
    assert all(file.exists() for file in files_of(picture))


def test_a_picture_that_was_once_handed_in_stays_as_evidence(desk, sari, channels, picture_file):
    post = factories.make_submitted(sari, channels["x"], pictures=[picture_file()])
    workflow.withdraw(post, by=sari, seen=post.version)
    post.attachments.all().delete()
    picture = Media.objects.get()
    assert desk.post(removal(picture)).status_code == 409
    assert Media.objects.exists()


# --- picking ---


def test_sari_puts_a_picture_from_the_library_on_her_draft(desk, draft, kept):
    picture = kept("posyandu.jpg", alt="Kader menimbang balita")
    fragment = page(desk.get(PICK, {"q": "kader"}))
    assert f'name="do" value="add:{picture.pk}"' in fragment
    assert "<html" not in fragment
    edit = reverse("edit", args=[draft.pk])
    desk.post(edit, filled(draft, do=f"add:{picture.pk}"))
    attached = draft.attachments.get()
    assert (attached.media, attached.alt) == (picture, "Kader menimbang balita")


def test_without_a_script_the_composers_words_travel_along_and_none_is_lost(
    desk, draft, kept, picture_file
):
    picture = kept(color="gold")
    edit = reverse("edit", args=[draft.pk])
    sent = filled(draft, text="Kata <Sari> & 'kutipan'", pictures=picture_file("baru.jpg"))
    html = page(desk.post(f"{PICK}?{urlencode({'to': edit})}", sent))
    assert f'action="{edit}"' in html
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    assert carried["text"] == "Kata &lt;Sari&gt; &amp; &#x27;kutipan&#x27;"
    assert carried["media"] == str(Media.objects.exclude(pk=picture.pk).get().pk)
    assert "do" not in carried
    assert f"add:{picture.pk}" in html


def test_without_a_script_files_travel_along_too_and_a_refused_one_is_named(
    desk, draft, kept, picture_file
):
    picture = kept(color="gold")
    files = {
        f"consent_file_{picture.pk}": SimpleUploadedFile("izin.pdf", PDF),
        "source-0-upload": SimpleUploadedFile("jadwal.pdf", PDF + b"lain"),
        "source-0-drop": "on",
        "source-1-document": "Nota dinas",
        "source-1-upload": SimpleUploadedFile("nota.pdf", b"MZ bukan dokumen"),
    }
    edit = reverse("edit", args=[draft.pk])
    sent = filled(draft, media=[picture.pk]) | files
    html = page(desk.post(f"{PICK}?{urlencode({'to': edit})}", sent))
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    picture.refresh_from_db()
    assert picture.consent_file.name == "izin.pdf"
    assert "nota.pdf: " in html
    desk.post(
        edit,
        {name: value for name, value in carried.items() if name != "csrfmiddlewaretoken"}
        | {"do": "save"},
    )
    first, second = draft.sources.all()
    assert (first.file.name, second.document, second.file) == ("jadwal.pdf", "Nota dinas", None)
    assert draft.attachments.get().media == picture


@pytest.mark.parametrize("place", ["9" * 5000, "-1", "abc"])
def test_a_place_that_is_none_makes_a_card(desk, picture_file, place):
    response = desk.post(UPLOAD, {"pictures": picture_file(), "place": place}, headers=XHR)
    assert (response.status_code, 'class="card"' in page(response)) == (201, True)


@pytest.mark.parametrize("to", ["", "https://lain.contoh.test/", "/library/", "//lain.contoh.test"])
def test_the_way_back_from_the_library_is_always_the_composer(desk, draft, to):
    html = page(desk.post(f"{PICK}?{urlencode({'to': to})}", filled(draft)))
    assert f'action="{reverse("write")}"' in html


def test_a_head_of_the_agency_uses_the_same_library(client, sari, kept):
    kept("poster.jpg")
    head = factories.make_person("ani@contoh.test", "Ani Contoh", Role.AGENCY_HEAD, sari.agency)
    client.force_login(head)
    assert "poster.jpg" in page(client.get(LIBRARY))
    assert not Post.objects.exists()
