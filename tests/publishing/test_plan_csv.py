"""A content plan as a CSV: what spreadsheets make of it, what is wrong with it, and back again."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.forms import plan_cells
from publishing.forms.plan_cells import Wrong
from publishing.forms.plan_csv import MOST_ROWS, decoded, read, write
from publishing.forms.plan_rows import COLUMNS, REQUIRED
from publishing.models import Kind, Pillar, Post, Programme
from publishing.workflow import Draft
from tests import factories
from tests.publishing.composing import page

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=30)
ON = DAY.strftime("%d/%m/%Y")
IMPORT = "/plan/import/"


def plan(*rows, header="tanggal;jam;kanal;teks"):
    return "\r\n".join([header, *rows])


def upload(desk, content, name="rencana.csv"):
    raw = content.encode() if isinstance(content, str) else content
    return desk.post(IMPORT, {"file": SimpleUploadedFile(name, raw, "text/csv")})


def checked(response):
    assert response.status_code == 200, page(response)
    return response.context["checked"]


def confirm(desk, text, do="make"):
    return desk.post(IMPORT, {"plan": text, "do": do})


def bad(desk, *rows, **options):
    """The sentences about rows of which none is good."""
    found = checked(upload(desk, plan(*rows, **options)))
    assert found.good == []
    return [sentence for row in found.bad for sentence in row.wrong]


def whole_file_refused(desk, content, said):
    response = upload(desk, content)
    assert response.status_code == 422
    assert said in page(response)


def at(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


# --- from a file to drafts ---


def test_sari_checks_a_plan_confirms_and_has_drafts(desk, sari, channels):
    text = plan(f"{ON};08.30;Instagram, X;Posyandu di Koto Baru", f"{ON};;Facebook;Donor darah")
    response = upload(desk, text)
    assert not Post.objects.exists()
    assert "Buat 2 draf" in page(response)
    answer = confirm(desk, checked(response).text)
    assert answer.url == reverse("posts") + "?status=draft"
    first, second = Post.objects.order_by("pk")
    assert (first.text, first.status, first.author) == ("Posyandu di Koto Baru", "draft", sari)
    assert first.publish_at == at(DAY, time(8, 30))
    assert second.publish_at == at(DAY, time(9))
    chosen = [variant.channel for variant in first.variants.all()]
    assert chosen == [channels["instagram"], channels["x"]]
    assert not first.revisions.exists()


def test_every_column_reaches_the_draft(desk, channels):
    programme = Programme.objects.create(name="UMKM Naik Kelas")
    header = "Catatan;TEKS X;teks;Lokasi;Program;Pilar;Jenis;Kanal;Jam (WIB);Tanggal"
    row = f"Foto menyusul;Pendek;Panjang;Sangir;umkm naik kelas;edukasi;KEGIATAN;twitter;9;{ON}"
    answer = confirm(desk, plan(row, header=header))
    assert answer.status_code == 302, [one.wrong for one in answer.context["checked"].bad]
    post = Post.objects.get()
    assert (post.note, post.text, post.place) == ("Foto menyusul", "Panjang", "sangir")
    assert (post.programme, post.pillar, post.kind) == (programme, Pillar.EDUCATION, Kind.EVENT)
    assert post.variants.get().text == "Pendek"


def test_a_pasted_plan_is_as_good_as_a_file(desk, channels):
    response = desk.post(IMPORT, {"pasted": plan(f"{ON};;;Donor darah")})
    assert [row.draft.text for row in checked(response).good] == ["Donor darah"]
    assert "kanal belum dipilih" in page(response)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_whatever_a_spreadsheet_writes_is_read(desk, channels, encoding, delimiter):
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter)
    words = f'Café "Ranah" {delimiter} buka\nlagi'
    writer.writerows([["Teks", "Tanggal"], [words, ON]])
    found = checked(upload(desk, target.getvalue().encode(encoding)))
    assert [row.draft.text for row in found.good] == [words]


def test_excels_own_first_line_and_blank_lines_are_passed_over(desk, channels):
    text = "sep=;\r\n" + plan("", ";;;", f"{ON};;;Donor darah", "31/02/2027;;;Keliru")
    found = checked(upload(desk, text))
    assert [row.number for row in found.good] == [4]
    assert found.bad[0].wrong == ["Baris 5, kolom tanggal: 31/02/2027 tidak ada."]


def test_unknown_columns_are_named_and_ignored(desk, channels):
    text = plan(f"{ON};Donor darah;Rina;Tayang", header="tanggal;teks;PIC Rapat;status")
    response = upload(desk, text)
    assert checked(response).unknown == ["PIC Rapat"]
    assert "tidak dipakai: PIC Rapat." in page(response)


@pytest.mark.parametrize(
    "said",
    [
        *("28/11/2026", "28-11-2026", "28.11.2026", "2026-11-28", "28 November 2026"),
        *("28-Nov-2026", "Sabtu, 28 november 2026", "28 nov 2026"),
    ],
)
def test_a_day_is_read_as_people_write_it(said):
    assert plan_cells.day(said) == date(2026, 11, 28)


@pytest.mark.parametrize("said", ["besok", "28/11", "28/11/26", "11/28/2026", "31 Februari 2027"])
def test_what_is_no_day_is_told_so(said):
    with pytest.raises(Wrong):
        plan_cells.day(said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("9", time(9)), ("09.00", time(9)), ("09:00", time(9)), ("13.45 WIB", time(13, 45))),
        *(("", time(9)), ("Segera", None), ("07:05:00", time(7, 5))),
    ],
)
def test_an_hour_is_read_as_people_write_it(said, meant):
    assert plan_cells.clock(said) == meant


@pytest.mark.parametrize("said", ["25.00", "9.5", "pagi", "09.61"])
def test_what_is_no_hour_is_told_so(said):
    with pytest.raises(Wrong):
        plan_cells.clock(said)


@pytest.mark.parametrize(
    ("said", "platforms"),
    [
        *(("X+IG", ["x", "instagram"]), ("fb , twitter", ["facebook", "x"]), ("X, x", ["x"])),
        *(("Instagram @contoh_dinkes", ["instagram"]), ("Dinas Kesehatan, X", None), ("", [])),
    ],
)
def test_channels_go_by_platform_or_user_name(channels, said, platforms):
    offered = list(channels.values())
    if platforms is None:  # all three bear the agency's name
        with pytest.raises(Wrong, match="Ada beberapa kanal"):
            plan_cells.channels(said, offered)
        return
    assert [c.platform for c in plan_cells.channels(said, offered)] == platforms


def test_a_handle_of_one_channel_is_enough(dinkes):
    own = factories.make_channel(dinkes, "x", handle="contoh_posko")
    assert plan_cells.channels("@Contoh_Posko", [own]) == [own]


def test_a_nagari_may_be_named_with_its_kecamatan_or_alone():
    assert plan_cells.place("Kecamatan Sangir") == "sangir"
    assert plan_cells.place("lubuk gadang, kecamatan sangir") == "sangir/lubuk-gadang"
    assert plan_cells.place("Lubuk Gadang") == "sangir/lubuk-gadang"
    with pytest.raises(Wrong, match="bukan kecamatan atau nagari"):
        plan_cells.place("Atlantis")


# --- rows that are wrong ---


def test_each_wrong_cell_is_named_by_row_and_column(desk, channels):
    told = bad(
        desk,
        "31/02/2026;25.00;Tiktok;Gosip;Gembira;Entah;Atlantis;;Khusus;-",
        header="tanggal;jam;kanal;jenis;pilar;program;lokasi;teks;teks_x;catatan",
    )
    assert told[0] == "Baris 2, kolom tanggal: 31/02/2026 tidak ada."
    columns = ["tanggal", "jam", "kanal", "jenis", "pilar", "program", "lokasi", "teks"]
    assert [sentence.split(":")[0] for sentence in told] == [
        f"Baris 2, kolom {column}" for column in columns
    ]
    assert "Pilihannya: Facebook, Instagram, X." in told[2]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";;;Tanpa hari", "Baris 2, kolom tanggal: Isi tanggalnya."),
        ("01/01/2020;;;Lama", "Baris 2, kolom tanggal: Waktu ini sudah lewat."),
        ("01/01/2990;;;Jauh", "Baris 2, kolom tanggal: Waktu ini lebih dari setahun lagi."),
        (f"{ON};;;Halo; warga", "Baris 2: ada 1 isian lebih banyak"),
        (f"{ON};;;{'a' * 70_001}", "Baris 2, kolom teks: Teks ini terlalu panjang"),
    ],
)
def test_a_row_that_cannot_be_a_draft_says_why(desk, channels, row, said):
    [sentence] = bad(desk, row)
    assert sentence.startswith(said)


def test_words_for_a_channel_that_is_not_chosen_are_not_lost_in_silence(desk, channels):
    header = "tanggal;kanal;teks;teks_x"
    [told] = bad(desk, f"{ON};Facebook;Panjang;Pendek", header=header)
    assert told == "Baris 2, kolom teks_x: Kanalnya tidak dipilih di kolom kanal."


def test_a_ralat_is_no_row_of_a_plan(desk, channels):
    [told] = bad(desk, f"{ON};Ralat;Yang benar", header="tanggal;jenis;teks")
    assert "bukan dari rencana" in told


def test_a_programme_that_ended_and_somebody_elses_channel_are_unknown(desk, budi, channels):
    Programme.objects.create(name="Lama", is_active=False)
    factories.make_channel(budi.agency, "x", handle="contoh_lain")
    header = "tanggal;program;kanal;teks"
    assert len(bad(desk, f"{ON};Lama;@contoh_lain;Teks", header=header)) == 2


def test_good_rows_are_made_and_bad_ones_stay_to_be_mended(desk, channels):
    text = plan(f"{ON};;X;Baik", "31/02/2027;;X;=Buruk")
    answer = confirm(desk, text)
    assert [post.text for post in Post.objects.all()] == ["Baik"]
    told = page(answer)
    assert "1 draf dibuat dari rencana." in told
    assert "Baris 3, kolom tanggal: 31/02/2027 tidak ada." in told
    assert "1 baris sudah ada" in told
    rest = confirm(desk, text, do="rest").content
    assert rest.startswith(b"\xef\xbb\xbf")
    line = "31/02/2027;;X;'=Buruk;Baris 3, kolom tanggal: 31/02/2027 tidak ada."
    assert rest.decode("utf-8-sig").splitlines() == ["tanggal;jam;kanal;teks;alasan", line]


def test_the_mended_file_is_read_as_it_was_written(desk, channels):
    rest = confirm(desk, plan("31/02/2027;;X;=Buruk"), do="rest").content
    found = checked(upload(desk, decoded(rest).replace("31/02/2027", ON, 1)))
    assert [row.draft.text for row in found.good] == ["=Buruk"]


# --- never twice ---


def test_a_plan_that_is_sent_twice_is_made_once(desk, channels):
    text = plan(f"{ON};;X;Donor darah", f"{ON};10;X;Donor darah")
    confirm(desk, text)
    again = checked(upload(desk, text))
    assert (len(again.good), [row.number for row in again.already]) == (0, [2, 3])
    confirm(desk, text)
    assert Post.objects.count() == 2


def test_the_same_row_twice_in_one_file_is_made_once(desk, channels):
    text = plan(f"{ON};segera;X;Donor darah", ";segera;X;Donor darah")
    assert [row.number for row in checked(upload(desk, text)).already] == [3]
    confirm(desk, text)
    assert Post.objects.get().publish_at is None


def test_what_was_given_up_may_be_planned_anew_and_budis_post_is_not_saris(desk, sari, budi):
    text = plan(f"{ON};;;Donor darah")
    factories.make_draft(budi, text="Donor darah", publish_at=at(DAY, time(9)))
    given_up = factories.make_draft(sari, text="Donor darah", publish_at=at(DAY, time(9)))
    workflow.cancel(given_up, by=sari, seen=given_up.version)
    assert len(checked(upload(desk, text)).good) == 1


def test_a_planned_draft_is_like_any_other(desk, sari, dewi, channels):
    confirm(desk, plan(f"{ON};;X;Donor darah;Khusus", header="tanggal;jam;kanal;teks;teks_x"))
    made = Post.objects.get()
    written = workflow.create_draft(workflow.kept(made), by=sari)
    assert workflow.kept(made) == workflow.kept(written)
    assert made.variants.get().words_key == written.variants.get().words_key
    for part in ("text", "channels", "kind", "note"):
        assert made.saved.get().content[part] == written.saved.get().content[part]
    assert [(e.verb, e.actor) for e in made.events.all()] == [("create", sari)]
    complete = Draft(**{**vars(workflow.kept(made)), "sources": [factories.SOURCE]})
    workflow.save_draft(made, complete, by=sari, seen=made.version)
    workflow.submit(made, by=sari, seen=made.version)
    factories.approve(made, dewi)
    assert made.deliveries.get().revision.payload(channels["x"].pk).text == "Khusus"


def test_five_hundred_rows_are_made_with_few_queries(sari, channels, django_assert_max_num_queries):
    chosen = {channels["x"].pk: ""}
    with django_assert_max_num_queries(15):
        workflow.create_plan([Draft(text=f"{n}", channels=chosen) for n in range(500)], by=sari)
    assert Post.objects.count() == 500


def test_a_plan_takes_no_channel_of_another_agency(sari, budi):
    theirs = factories.make_channel(budi.agency, "x")
    [post] = workflow.create_plan([Draft(text="Teks", channels={theirs.pk: ""})], by=sari)
    assert not post.variants.exists()


def test_a_row_that_fails_takes_all_others_back(sari):
    drafts = [Draft(text=f"Teks {n}", channels={}) for n in range(3)]
    broken = Draft(text="Rusak", channels={}, programme=None, pillar="x" * 99)
    with pytest.raises(Exception, match="too long"):
        workflow.create_plan([*drafts, broken], by=sari)
    assert not Post.objects.exists()


# --- files that are no plan ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Berkas ini kosong"),
        ("\r\n\r\n", "Pilih berkas CSV"),
        (b"\xff\xfe", "Pilih berkas CSV"),
        (";;\r\n;", "tidak berisi baris apa pun"),
        ("tanggal;teks\r\n", "belum ada baris rencana"),
        ("hari;isi\r\n1;2", "Kolom “tanggal” tidak ada"),
        ("tanggal;isi\r\n1;2", "Kolom “teks” tidak ada"),
        ("tanggal;teks;Teks\r\n1;2;3", "Kolom “teks” ada dua kali"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bukan berkas CSV"),
        (b"PK\x03\x04xl/workbook.xml", "Ini berkas Excel"),
        (b"\xff\xfeo\x00d", "bukan berkas CSV"),
        ('tanggal;teks\r\n1;"tidak ditutup', "Baris 2 tidak terbaca"),
        ("tanggal;teks\r\n1;" + "a" * 140_000, "Baris 2 tidak terbaca"),
        ("a" * 1_000_001, "lebih dari 1 MB"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_a_sentence(desk, channels, content, said):
    whole_file_refused(desk, content, said)


def test_501_rows_are_too_many_and_500_are_not(desk, channels):
    rows = [f"{ON};;;Teks {n}" for n in range(MOST_ROWS + 1)]
    whole_file_refused(desk, plan(*rows), "berisi 501 baris; paling banyak 500")
    assert len(checked(upload(desk, plan(*rows[:-1]))).good) == MOST_ROWS


def test_nothing_chosen_and_nothing_pasted_says_what_to_do(desk):
    response = desk.post(IMPORT, {"pasted": "  "})
    assert response.status_code == 422
    assert "Pilih berkas CSV, atau tempel isinya." in page(response)


def test_a_confirmation_that_was_tampered_with_makes_nothing(desk, channels):
    assert confirm(desk, "bukan rencana").url == IMPORT
    assert "Kolom “tanggal” tidak ada" in page(desk.get(IMPORT))
    assert not Post.objects.exists()


def test_many_rows_are_checked_with_few_queries(desk, channels):
    def queries(rows):
        with CaptureQueriesContext(connection) as captured:
            checked(upload(desk, plan(*(f"{ON};;X;Teks {n}" for n in range(rows)))))
        return len(captured)

    assert queries(200) == queries(2) <= 12


# --- and back: the export ---


def exported(client, **asked):
    response = client.get(reverse("plan_export"), asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";")), response


def test_sari_takes_her_plan_along(desk, sari, channels):
    programme = Programme.objects.create(name="UMKM Naik Kelas")
    post = factories.make_draft(
        sari,
        channels["x"],
        channels["facebook"],
        own_texts={"x": "Pendek"},
        text="Baris satu\nbaris; dua",
        kind=Kind.GREETING,
        programme=programme.pk,
        place="sangir",
        note="Catatan",
        publish_at=at(timezone.localdate() + timedelta(days=1), time(8)),
    )
    [row], response = exported(desk)
    local = timezone.localtime(post.publish_at)
    assert row == {
        "tanggal": local.strftime("%d/%m/%Y"),
        "jam": "08.00",
        "kanal": "Facebook, X",
        "jenis": "Ucapan",
        "pilar": "Nilai",
        "program": "UMKM Naik Kelas",
        "lokasi": "Kecamatan Sangir",
        "teks": "Baris satu\nbaris; dua",
        "teks_instagram": "",
        "teks_facebook": "",
        "teks_x": "Pendek",
        "catatan": "Catatan",
        "status": "Draf",
        "tautan": "",
    }
    assert response["Content-Disposition"] == 'attachment; filename="rencana-dinkes.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_what_went_out_carries_its_links_and_what_was_given_up_is_not_there(
    desk, sari, dewi, budi, channels
):
    live = factories.make_approved(sari, dewi, channels["x"], text="Tayang", publish_at=None)
    link = "https://x.test/contoh/status/1"
    live.deliveries.update(status="published", permalink=link)
    gone = factories.make_draft(sari, text="Batal")
    workflow.cancel(gone, by=sari, seen=gone.version)
    factories.make_draft(budi, text="Punya Budi")
    [row] = exported(desk)[0]
    assert (row["teks"], row["status"], row["tautan"]) == ("Tayang", "Tayang", link)
    assert (row["tanggal"], row["jam"]) == ("", "segera")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["besok", "bulan depan"]),
        ({"from": "2026-11-01", "to": "2026-11-30"}, ["besok"]),
        ({"from": "2026-12-31", "to": "2026-12-31"}, ["bulan depan"]),
        ({"from": "2026-11-01", "to": "2028-01-01"}, ["besok", "bulan depan", "tahun depan"]),
        ({"from": "entah", "to": ""}, ["besok", "bulan depan"]),
        ({"from": "2027-01-01", "to": "2026-01-01"}, []),
    ],
)
def test_the_period_is_this_month_and_the_next_unless_asked(desk, sari, clock, asked, found):
    clock.move_to(datetime(2026, 11, 25, 2, tzinfo=UTC), tick=False)
    days = {
        "besok": date(2026, 11, 26),
        "bulan depan": date(2026, 12, 31),
        "tahun depan": date(2027, 1, 1),
        "terlalu jauh": date(2027, 11, 3),
    }
    for text, day in days.items():
        factories.make_draft(sari, text=text, publish_at=at(day, time(23, 30)))
    assert [row["teks"] for row in exported(desk, **asked)[0]] == found


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+62 812", "-5 derajat", "@contoh", "'=1", "''@x", "＝1", "\t=1", "aman", "'aman", ""],
)
def test_no_cell_becomes_a_formula_and_every_cell_comes_back(words):
    raw = write(["tanggal", "teks"], [{"tanggal": ON, "teks": words}])
    [_header, [_day, cell]] = csv.reader(
        io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert not cell.startswith(("=", "+", "-", "@", "\t", "＝"))
    [record] = read(decoded(raw), COLUMNS, REQUIRED).records
    assert record.cells["teks"] == words


def test_an_export_that_is_imported_again_finds_everything_there(desk, sari, channels):
    factories.make_draft(
        sari,
        channels["x"],
        own_texts={"x": "+1"},
        text='=Awas; "kutip"\n@warga',
        note="-",
        publish_at=at(DAY, time(7, 5)),
    )
    factories.make_draft(sari, channels["x"], text="Segera", publish_at=None)
    asked = {"from": "2020-01-01", "to": "2020-01-01"}
    assert exported(desk, **asked)[0] == []
    period = {"from": f"{timezone.localdate():%Y-%m-%d}", "to": f"{DAY:%Y-%m-%d}"}
    text = decoded(exported(desk, **period)[1].content)
    found = checked(upload(desk, text))
    assert (len(found.already), found.good, found.bad) == (2, [], [])
    Post.objects.update(status="cancelled")
    confirm(desk, text)
    post = Post.objects.get(status="draft", text__startswith="=")
    assert (post.text, post.note) == ('=Awas; "kutip"\n@warga', "-")
    assert post.variants.get().text == "+1"


def test_the_example_is_a_plan_that_can_be_imported(desk, channels):
    response = desk.get(reverse("plan_export"), {"contoh": "1"})
    assert 'filename="contoh-rencana-dinkes.csv"' in response["Content-Disposition"]
    found = checked(upload(desk, response.content))
    assert len(found.good) == 1
    assert {c.platform for c in found.good[0].channels} == {"facebook", "instagram", "x"}


def test_more_posts_cost_the_export_no_more_queries(
    desk, sari, channels, django_assert_max_num_queries
):
    for n in range(6):
        factories.make_draft(sari, channels["x"], text=f"Teks {n}")
    with django_assert_max_num_queries(9):
        assert len(exported(desk)[0]) == 6


@pytest.mark.parametrize("name", ["plan_import", "plan_export"])
def test_who_does_not_write_has_no_plan(client, dewi, name):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(dewi)
    response = client.get(reverse(name))
    assert response.status_code == 403
    assert "Peran Anda tidak menulis unggahan." in page(response)


def test_the_page_opens_with_what_sari_needs(desk, channels):
    told = page(desk.get(IMPORT))
    assert reverse("plan_export") + "?contoh=1" in told
    assert 'enctype="multipart/form-data"' in told
