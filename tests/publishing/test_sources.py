"""Rows of sources in Tulis, and what the reviewer reads of them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from publishing.documents import accept
from publishing.models import Document, Post
from publishing.statements import missing as missing_quotes
from publishing.workflow import SourceLine
from tests import factories
from tests.factories import pdf_file
from tests.publishing.composing import WORDS, edit, filled, page

QUOTE = "Imunisasi gratis Sabtu ini"
FULL = {
    "source-0-document": "SK Bupati",
    "source-0-number": "12/2026",
    "source-0-date": "2026-11-02",
    "source-0-url": "https://data.contoh.test/sk",
    "source-0-owner": "Bagian Hukum",
    "source-0-valid_until": "2099-12-31",
    "source-0-supports": f"{QUOTE}\r\nBalai Nagari",
}


def row(response, n=0):
    return response.context["form"].sources[n]


# --- what is kept ---


def test_sari_finds_every_part_of_a_source_again(desk, draft):
    sent = filled(draft) | FULL | {"source-0-upload": pdf_file("SK.pdf")}
    assert desk.post(edit(draft), sent).status_code == 302
    source = draft.sources.get()
    assert (source.owner, source.valid_until) == ("Bagian Hukum", date(2099, 12, 31))
    assert source.supports.splitlines() == [QUOTE, "Balai Nagari"]
    assert source.file.name == "SK.pdf"
    shown = page(desk.get(edit(draft)))
    for words in ("SK Bupati", "12/2026", "Bagian Hukum", "2099-12-31", QUOTE, "SK.pdf"):
        assert words in shown
    assert f'name="source-0-file" value="{source.file_id}"' in shown


def test_a_calm_row_is_folded_and_a_filled_one_is_open(desk, draft):
    assert not row(desk.get(reverse("write"))).is_open
    desk.post(edit(draft), filled(draft) | FULL)
    assert row(desk.get(edit(draft))).is_open


def test_a_file_is_kept_even_when_the_rest_is_wrong(desk, draft):
    sent = filled(draft) | {"source-0-date": "31/02/2026", "source-0-upload": pdf_file("SK.pdf")}
    response = desk.post(edit(draft), sent)
    assert response.status_code == 422
    assert "Tanggal ini tidak ada" in page(response)
    assert 'value="31/02/2026"' in page(response)
    kept = Document.objects.get()
    assert f'name="source-0-file" value="{kept.pk}"' in page(response)
    assert row(response).is_open
    desk.post(edit(draft), filled(draft) | {"source-0-file": str(kept.pk)})
    assert draft.sources.get().file == kept


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("virus.pdf", b"MZ\x90" + b"\x00" * 99), "bukan PDF"),
        (SimpleUploadedFile("kosong.pdf", b""), "kosong"),
        (pdf_file("tebal.pdf", size=16 * 1024 * 1024), "lebih dari 15 MB"),
    ],
    ids=["program", "empty", "16 MB"],
)
def test_a_refused_file_is_told_by_name_and_loses_nothing_else(desk, draft, upload, sentence):
    sent = filled(draft, text="Teks baru Sari") | FULL
    more = {"source-0-upload": upload, "source-1-document": "Tabel"}
    response = desk.post(edit(draft), sent | more | {"source-1-upload": pdf_file("tabel.pdf")})
    told = page(response)
    assert response.status_code == 422
    assert f"{upload.name}: Berkas ini" in told
    assert sentence in told
    for words in ("Teks baru Sari", "Bagian Hukum", QUOTE, "tabel.pdf"):
        assert words in told
    assert Document.objects.get().name == "tabel.pdf"


def test_a_name_with_slashes_and_three_hundred_letters_is_kept_short(desk, draft):
    sent = encode_multipart(BOUNDARY, filled(draft) | {"source-0-upload": pdf_file("x.pdf")})
    wild = b"../..\\folder/" + b"n" * 300 + b".pdf"
    desk.generic("POST", edit(draft), sent.replace(b"x.pdf", wild), MULTIPART_CONTENT)
    name = Document.objects.get().name
    assert name.startswith("nnn")
    assert len(name) <= 200
    assert not {"/", "\\"} & set(name)


def test_sari_cannot_name_a_file_of_another_agency(desk, draft, budi):
    theirs = accept(pdf_file(), agency=budi.agency, by=budi)
    for named in (str(theirs.pk), "0", "-1", "²", "9" * 40, "x"):
        response = desk.post(edit(draft), filled(draft) | {"source-0-file": named})
        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.sources.get().file is None


def test_sari_lets_go_of_a_file_and_it_stays_in_the_agencys_hands(desk, draft):
    desk.post(edit(draft), filled(draft) | {"source-0-upload": pdf_file()})
    draft.refresh_from_db()
    kept = draft.sources.get().file
    gone = {"source-0-file": str(kept.pk), "source-0-drop": "on"}
    desk.post(edit(draft), filled(draft) | gone)
    assert draft.sources.get().file is None
    assert Document.objects.get() == kept


def test_a_new_file_takes_the_place_of_the_old(desk, draft, dinkes, sari):
    old = accept(pdf_file(), agency=dinkes, by=sari)
    sent = {"source-0-file": str(old.pk), "source-0-upload": pdf_file("baru.pdf", words=b"Baru")}
    desk.post(edit(draft), filled(draft) | sent)
    assert draft.sources.get().file.name == "baru.pdf"


@pytest.mark.parametrize("alone", ["owner", "supports", "number"])
def test_details_without_a_document_are_kept_and_asked_for_at_the_submission(desk, draft, alone):
    sent = filled(draft, channels=list(draft.agency.channels.values_list("pk", flat=True)))
    sent |= {"source-0-document": "", f"source-0-{alone}": "Balai"}
    assert desk.post(edit(draft), sent).status_code == 302
    assert getattr(draft.sources.get(), alone) == "Balai"
    assert "sebutkan dokumen" in page(desk.get(edit(draft)))
    draft.refresh_from_db()
    refused = desk.post(edit(draft), sent | {"do": "submit", "version": draft.version})
    assert refused.status_code == 422
    assert "Sebutkan dokumen sumber ke-1." in page(refused)


def test_a_file_without_a_document_is_kept_with_its_row(desk, draft):
    sent = filled(draft) | {"source-0-document": "", "source-0-upload": pdf_file("SK.pdf")}
    assert desk.post(edit(draft), sent).status_code == 302
    assert draft.sources.get().file == Document.objects.get()


def test_a_row_whose_document_is_being_retyped_keeps_everything_else(desk, draft):
    desk.post(edit(draft), filled(draft) | FULL | {"source-0-upload": pdf_file("SK.pdf")})
    draft.refresh_from_db()
    file = draft.sources.get().file
    sent = filled(draft, do="autosave") | FULL
    sent |= {"source-0-document": "", "source-0-file": str(file.pk)}
    assert desk.post(edit(draft), sent).json()["whole"] is True
    source = draft.sources.get()
    assert (source.document, source.number, source.file) == ("", "12/2026", file)
    assert source.supports.splitlines() == [QUOTE, "Balai Nagari"]


@pytest.mark.parametrize(
    ("field", "nonsense", "named"),
    [
        ("date", "31/02/2026", "Tanggal (sumber 1)"),
        ("document", "SK " * 80, "Dokumen (sumber 1)"),
        ("url", "bukan tautan", "Tautan (sumber 1)"),
    ],
)
def test_nonsense_in_a_row_is_named_and_what_was_kept_there_stays(
    desk, draft, field, nonsense, named
):
    desk.post(edit(draft), filled(draft) | FULL)
    draft.refresh_from_db()
    before = getattr(draft.sources.get(), field)
    sent = filled(draft, do="autosave") | FULL
    answer = desk.post(
        edit(draft), sent | {f"source-0-{field}": nonsense, "source-0-owner": "Baru"}
    )
    source = draft.sources.get()
    assert (getattr(source, field), source.owner) == (before, "Baru")
    assert answer.json()["whole"] is False
    assert named in answer.json()["said"]


def test_a_row_that_went_lends_its_date_to_no_other(desk, draft):
    two = {"source-1-document": "Tabel", "source-1-date": "2026-11-05"}
    desk.post(edit(draft), filled(draft) | FULL | two)
    draft.refresh_from_db()
    sent = filled(draft, do="autosave") | two | {"source-1-date": "99/99/2026"}
    del sent["source-0-document"]
    desk.post(edit(draft), sent)
    source = draft.sources.get()
    assert (source.document, source.date) == ("Tabel", date(2026, 11, 5))


def test_a_row_that_comes_keeps_the_files_of_the_others(desk, draft):
    sent = filled(draft, do="add_source") | FULL | {"source-0-upload": pdf_file("SK.pdf")}
    response = desk.post(edit(draft), sent)
    assert response.status_code == 200
    assert [bool(one.kept) for one in response.context["form"].sources] == [True, False]


def test_one_source_more_than_twenty_is_told_and_none_is_dropped(desk, draft):
    many = {f"source-{n}-document": f"Dokumen {n}" for n in range(21)}
    response = desk.post(edit(draft), filled(draft) | many)
    assert response.status_code == 422
    assert "paling banyak 20 sumber" in page(response)
    assert all(f'value="Dokumen {n}"' in page(response) for n in range(21))
    desk.post(edit(draft), filled(draft, do="autosave") | many)
    assert draft.sources.count() == 21
    assert "kurangi sumber" in page(desk.get(edit(draft)))
    draft.refresh_from_db()
    del many["source-20-document"]
    assert desk.post(edit(draft), filled(draft) | many).status_code == 302
    assert draft.sources.count() == 20


# --- what is warned of ---


def test_a_source_past_its_day_is_marked_and_one_on_its_day_is_not(desk, sari, channels):
    today = timezone.localdate()
    lines = [
        SourceLine("Edaran lama", valid_until=today - timedelta(days=1)),
        SourceLine("Edaran hari ini", valid_until=today),
    ]
    post = factories.make_draft(sari, channels["x"], sources=lines)
    response = desk.get(edit(post))
    assert row(response, 0).gone_by == today - timedelta(days=1)
    assert row(response, 1).gone_by is None
    assert "Sumber ini lewat masa berlakunya" in page(response)


def test_a_quote_that_left_the_text_is_named(desk, sari, channels):
    line = SourceLine("Jadwal", supports=f"{QUOTE}\n(50%+ [dosis]) habis?")
    post = factories.make_draft(sari, channels["x"], sources=[line])
    response = desk.get(edit(post))
    assert row(response).missing_quotes == ["(50%+ [dosis]) habis?"]
    assert "“(50%+ [dosis]) habis?” tidak ada lagi dalam teks" in page(response)
    sent = filled(post, do="add_source") | {"source-0-supports": QUOTE.upper()}
    assert row(desk.post(edit(post), sent)).missing_quotes == []


@pytest.mark.parametrize(
    ("supports", "missing"),
    [
        ("", []),
        ("imunisasi  GRATIS\tSabtu ini", []),
        ("“Imunisasi gratis”\n\n  di Balai Nagari  ", []),
        ("Imunisasi.gratis", ["Imunisasi.gratis"]),
        (".*", [".*"]),
        ("khusus X", []),
        ("Besok", ["Besok"]),
    ],
)
def test_white_space_case_and_marks_around_a_quote_are_forgiven(supports, missing):
    assert missing_quotes(supports, [WORDS, "Teks khusus X"]) == missing


def test_turning_marks_do_not_make_a_quote_strange(desk, draft):
    sent = filled(draft) | {"source-0-supports": f"{QUOTE[:5]}\u202e{QUOTE[5:]}"}
    desk.post(edit(draft), sent)
    assert draft.sources.get().supports == QUOTE


# --- what the reviewer reads ---


def test_dewi_reads_all_of_a_source_and_opens_its_file(client, sari, dewi, dinkes, channels):
    document = accept(pdf_file("SK.pdf"), agency=dinkes, by=sari)
    today = timezone.localdate()
    line = SourceLine(
        "SK Bupati",
        owner="Bagian Hukum",
        valid_until=today - timedelta(days=1),
        file=document.pk,
        supports=f"{QUOTE}\n<b>tebal</b>",
    )
    post = factories.make_checked(sari, channels["x"], sources=[line])
    client.force_login(dewi)
    told = page(client.get(reverse("review", args=[post.pk])))
    for words in ("SK Bupati", "Bagian Hukum", "lewat masa berlaku", f"<q>{QUOTE}</q>"):
        assert words in told
    assert f'href="{reverse("document", args=[document.pk])}"' in told
    assert "<b>tebal" not in told


def test_a_plain_source_reads_as_it_always_did(client, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])
    client.force_login(dewi)
    told = page(client.get(reverse("review", args=[post.pk])))
    assert "Jadwal imunisasi Dinas Kesehatan, nomor 400.7/112/DINKES/2026" in told
    assert "mendukung" not in told


# --- the way of a fact without a script ---


def test_a_fact_goes_into_text_and_sources_and_is_kept_with_the_draft(desk, draft, sari):
    fact = factories.make_fact(sari, expires=date(2099, 12, 31))
    response = desk.post(edit(draft), filled(draft, do=f"fact:{fact.pk}"))
    form = response.context["form"]
    assert form["text"].value() == f"{WORDS} 1.323 UMKM"
    assert row(response, 1)["supports"].value() == "1.323 UMKM"
    assert row(response, 1)["valid_until"].value() == "2099-12-31"
    assert f'name="facts" value="{fact.pk}"' in page(response)
    desk.post(edit(draft), filled(draft, text="1.323 UMKM", facts=[fact.pk]))
    assert list(Post.objects.get(pk=draft.pk).facts.all()) == [fact]
