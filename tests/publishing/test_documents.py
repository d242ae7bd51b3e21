"""Files as evidence: what is kept, what is refused, and who gets them."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from publishing import documents, media, workflow
from publishing.documents import BadDocument, accept, clean_name
from publishing.models import Document, Faces, Media
from publishing.workflow import SourceLine
from tests import factories
from tests.factories import pdf_file

MACRO = "xl/vbaProject.bin"


def office_file(name, *parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for part in parts:
            package.writestr(part, "<x/>")
    return SimpleUploadedFile(name, target.getvalue())


@pytest.fixture
def keep(dinkes, sari):
    """Sari hands in a file."""

    def keep(upload):
        return accept(upload, agency=dinkes, by=sari)

    return keep


def ask(client, person, document):
    """The answer, read to its end as a browser would: the server closes its file then."""
    client.force_login(person)
    response = client.get(reverse("document", args=[document.pk]))
    response.body = b"".join(response)
    return response


# --- what is kept ---


def test_a_decree_is_kept_byte_for_byte(keep, client, sari):
    raw = pdf_file("SK Bupati.pdf").read()
    response = ask(client, sari, keep(pdf_file("SK Bupati.pdf")))
    assert response.body == raw
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="SK Bupati.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_word_excel_and_photos_are_kept_as_what_they_are(keep, picture_file):
    kept = {
        keep(office_file("nota.docx", "word/document.xml")): "wordprocessingml.document",
        keep(office_file("tabel.xlsx", "xl/workbook.xml")): "spreadsheetml.sheet",
        keep(picture_file("foto.jpg")): "image/jpeg",
        keep(picture_file("pindai.png", kind="PNG")): "image/png",
    }
    for document, kind in kept.items():
        assert documents.content_type(document).endswith(kind)


def test_the_same_file_is_stored_once_per_agency(keep, budi):
    first = keep(pdf_file("satu.pdf"))
    assert keep(pdf_file("lain nama.pdf")) == first
    theirs = accept(pdf_file("satu.pdf"), agency=budi.agency, by=budi)
    assert theirs != first
    assert Document.objects.count() == 2


# --- what is refused ---


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("kosong.pdf", b""), "kosong"),
        (SimpleUploadedFile("virus.pdf", b"MZ\x90\x00" + b"\x00" * 500), "bukan PDF"),
        (SimpleUploadedFile("halaman.pdf", b"<html><script>alert(1)</script>"), "bukan PDF"),
        (SimpleUploadedFile("putus.pdf", b"%PDF-1.7\n" + b"isi " * 2000), "terpotong"),
        (SimpleUploadedFile("putus.docx", b"PK\x03\x04" + b"\x00" * 90), "terpotong"),
        (pdf_file("tebal.pdf", size=16 * 1024 * 1024), "lebih dari 15 MB"),
        (office_file("arsip.docx", "surat.txt"), "bukan PDF"),
        (office_file("makro.xlsx", "xl/workbook.xml", MACRO), "makro"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_is_no_evidence_is_refused_with_a_sentence(keep, upload, sentence):
    with pytest.raises(BadDocument, match=sentence):
        keep(upload)
    assert not Document.objects.exists()


def test_fifteen_megabytes_still_pass(keep):
    raw = len(pdf_file().read())
    assert keep(pdf_file(size=documents.MOST_BYTES - raw)).size == documents.MOST_BYTES


# --- names ---


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\sari\SK.pdf", "SK.pdf"),
        ("SK\r\nSet-Cookie: a=b.pdf", "SK Set-Cookie: a=b.pdf"),
        ("gambar\u202efdp.exe", "gambar fdp.exe.pdf"),
        ("SK.PDF", "SK.PDF"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("a/" * 40 + "ü" * 300 + ".pdf", "ü" * 196 + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_nothing_dangerous(given, kept):
    assert clean_name(given, ".pdf") == kept


def test_a_photo_may_be_called_jpeg():
    assert clean_name("foto.jpeg", ".jpg") == "foto.jpeg"


# --- who gets it ---


@pytest.fixture
def decree(keep):
    return keep(pdf_file())


def test_a_colleague_gets_it_and_another_agency_does_not(client, decree, rina, budi):
    assert ask(client, rina, decree).status_code == 200
    assert ask(client, budi, decree).status_code == 404
    assert client.get(reverse("document", args=[decree.pk + 1])).status_code == 404


def test_nobody_gets_it_without_signing_in(client, decree):
    assert client.get(reverse("document", args=[decree.pk])).status_code == 302


def test_who_reads_everything_gets_it_and_who_keeps_accounts_does_not(client, decree):
    auditor = factories.make_person("audit@contoh.test", "Audit Contoh", Role.AUDITOR)
    admin = factories.make_person("admin@contoh.test", "Admin Contoh", Role.ADMIN)
    assert ask(client, auditor, decree).status_code == 200
    assert ask(client, admin, decree).status_code == 404


def test_dewi_gets_it_once_a_post_that_rests_on_it_is_handed_in(
    client, decree, sari, dewi, channels
):
    source = SourceLine("SK Bupati", file=decree.pk)
    post = factories.make_draft(sari, channels["x"], sources=[source])
    assert ask(client, dewi, decree).status_code == 404
    workflow.submit(post, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 200


def test_dewi_still_gets_what_an_earlier_submission_rested_on(client, decree, sari, dewi, channels):
    source = SourceLine("SK Bupati", file=decree.pk)
    post = factories.make_submitted(sari, channels["x"], sources=[source])
    workflow.withdraw(post, by=sari, seen=post.version)
    bare = workflow.Draft("Tanpa berkas", {channels["x"].pk: ""}, sources=[factories.SOURCE])
    workflow.save_draft(post, bare, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 404  # a draft again, and not hers to read
    workflow.submit(post, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 200


def test_dewi_gets_the_consent_of_a_picture_that_she_reviews(
    client, decree, sari, dewi, channels, picture_file
):
    post = factories.make_draft(sari, channels["facebook"], pictures=[picture_file()])
    Media.objects.update(faces=Faces.CONSENTED, consent_file=decree)
    assert ask(client, dewi, decree).status_code == 404
    workflow.submit(post, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 200


def returned(sari, dewi, channels, **fields):
    post = factories.make_submitted(sari, channels["facebook"], **fields)
    frozen = post.revisions.get().sha256
    workflow.send_back(post, by=dewi, seen=post.version, revision=frozen, note="Lengkapi.")
    return post


def test_what_sari_adds_to_a_returned_post_is_hers_until_she_hands_it_in(
    client, decree, sari, dewi, channels
):
    post = returned(sari, dewi, channels)
    with_file = replace(workflow.kept(post), sources=[SourceLine("SK", file=decree.pk)])
    workflow.save_draft(post, with_file, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 404
    assert ask(client, sari, decree).status_code == 200
    workflow.submit(post, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 200


def test_the_consent_of_a_picture_that_was_never_handed_in_is_the_agencys_own(
    client, decree, sari, dewi, channels, picture_file
):
    post = returned(sari, dewi, channels)
    picture = media.accept(picture_file(), agency=sari.agency, by=sari)
    Media.objects.update(faces=Faces.CONSENTED, consent_file=decree)
    with_picture = replace(
        workflow.kept(post), pictures=[workflow.Placed(picture.pk, factories.ALT)]
    )
    workflow.save_draft(post, with_picture, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 404
    workflow.submit(post, by=sari, seen=post.version)
    assert ask(client, dewi, decree).status_code == 200
