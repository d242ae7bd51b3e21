"""What Dewi reads of a submission beside its previews: kind, answers, statements, rights."""

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import documents, statements, workflow
from publishing.models import Media, Post, Programme, Review, Revision
from publishing.workflow import Placed, SourceLine
from tests import factories

pytestmark = pytest.mark.django_db

CLARIFIED = {
    "statement": "Vaksin berbayar mulai Senin",
    "label": "hoax",
    "fact": "Vaksinasi di puskesmas tetap gratis",
    "reference": "Siaran pers Dinas Kesehatan, 24/11/2026",
}


@pytest.fixture
def read(client, dewi):
    """The page that Dewi reads of a post."""
    client.force_login(dewi)

    def read(post):
        return client.get(reverse("review", args=[post.pk])).content.decode()

    return read


def quoting(*quotes, document="Laporan Dinkes triwulan III"):
    return SourceLine(document, supports="\n".join(quotes))


# --- what it is for ---


def test_dewi_reads_the_kind_its_answers_and_how_soon_it_is_due(sari, channels, read):
    post = factories.make_submitted(
        sari, channels["x"], kind="clarification", details=CLARIFIED, pillar=""
    )
    page = read(post)
    for words in ("Klarifikasi", "Tinjauan: 4 jam kerja", "Penilaian", "Hoaks", CLARIFIED["fact"]):
        assert words in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (dict, "Tinjauan: 2 jam kerja"),
        (factories.urgent, "Tinjauan: 15 menit, siang dan malam"),
        (
            lambda: {"kind": "campaign", "details": {"call": "Saring sebelum sharing"}},
            "Tinjauan: 1 hari kerja",
        ),
    ],
)
def test_the_track_is_said_in_words(sari, channels, read, fields, words):
    assert words in read(factories.make_submitted(sari, channels["x"], **fields()))


def test_what_is_recorded_for_the_reports_is_one_calm_line(sari, channels, read):
    programme = Programme.objects.create(name="Nagari sehat")
    post = factories.make_submitted(
        sari, channels["x"], programme=programme.pk, value="solidarity", pillar="education"
    )
    page = read(post)
    assert "Untuk laporan, tidak ikut dikirim:" in page
    for words in ("pilar Edukasi", "program Nagari sehat", "nilai Solidaritas"):
        assert words in page


def test_a_ralat_stands_beside_what_it_puts_right(sari, dewi, channels, read):
    wrong = factories.make_approved(sari, dewi, channels["x"], text="Imunisasi Jumat, 27 November.")
    post = factories.make_draft(
        sari,
        channels["x"],
        kind="correction",
        details={"wrong": "Jumat, 27 November", "right": "Sabtu, 28 November"},
    )
    Post.objects.filter(pk=post.pk).update(corrects=wrong)
    post.refresh_from_db()
    workflow.submit(post, by=sari, seen=post.version)
    page = read(post)
    assert "Yang diralat:" in page
    assert reverse("post", args=[wrong.pk]) in page
    beside = page.partition("Yang diralat:")[2].partition("</section>")[0]
    assert beside.count("Imunisasi Jumat, 27 November.") == 2  # its title, and what it said


def test_the_queue_flags_what_a_reviewer_should_know_before_opening_it(
    client, sari, dewi, channels
):
    factories.make_submitted(sari, channels["x"], **factories.urgent())
    factories.make_submitted(sari, channels["x"], kind="clarification", details=CLARIFIED)
    factories.make_submitted(sari, channels["x"])
    client.force_login(dewi)
    response = client.get(reverse("queue"))
    flagged = [str(row.flagged.label) if row.flagged else "" for row in response.context["rows"]]
    assert sorted(flagged) == ["", "Darurat", "Klarifikasi"]
    page = response.content.decode()
    assert page.count("Dua peninjau") == 2  # emergencies and answers
    assert page.count('data-kind="urgent"') == 1


# --- statements ---


def test_each_quote_is_marked_in_the_text_with_the_number_of_its_source(sari, channels, read):
    post = factories.make_submitted(
        sari,
        channels["x"],
        text="Ada 1.323 balita ditimbang. Gizi buruk turun 12%.",
        sources=[quoting("1.323 balita"), quoting("turun 12%", document="Data e-PPGBM")],
    )
    page = read(post)
    assert "<mark>1.323 balita<sup>" in page
    assert "<mark>turun 12%<sup>" in page
    assert "2 pernyataan" in page
    assert "Kutipan ini tidak ada" not in page


def test_a_quote_that_no_text_holds_is_warned_of(sari, channels, read):
    post = factories.make_submitted(sari, channels["x"], sources=[quoting("turun 99%")])
    assert "Kutipan ini tidak ada di teks kanal mana pun." in read(post)


def test_nothing_in_a_quote_or_a_text_becomes_markup(sari, channels, read):
    text = "Angka <script>alert(1)</script> & 5 balita"
    post = factories.make_submitted(
        sari, channels["x"], text=text, sources=[quoting("<script>alert(1)</script> & 5")]
    )
    page = read(post)
    assert "<script>alert(1)" not in page
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt; &amp; 5<sup>" in page


def content(quotes, *texts):
    entries = [{"platform": f"p{n}", "text": text} for n, text in enumerate(texts)]
    return {"channels": entries, "sources": [{"document": "D", "supports": [q]} for q in quotes]}


def marks(text, *quotes):
    (reading,) = statements.readings(content(quotes, text))
    assert "".join(piece.text for piece in reading.pieces) == text
    return [(piece.text, piece.sources) for piece in reading.pieces if piece.sources]


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("naik kelas", "UMKM  Naik\nkelas kini", ["Naik\nkelas"]),
        ("“naik kelas”", "UMKM naik kelas", ["naik kelas"]),
        ("323 UMKM", "1.323 UMKM", []),
        ("5", "tahun 2025, 5 balita, 5,5 persen", ["5"]),
        ("gratis", "Gratis! Ya, gratis.", ["Gratis", "gratis"]),
        ("a.b*", "a.b* dan axbb", ["a.b*"]),
        ("“”", "tanpa kutipan", []),
    ],
)
def test_a_quote_is_found_as_people_would_find_it(quote, text, found):
    assert [piece for piece, _ in marks(text, quote)] == found


def test_two_quotes_that_overlap_are_both_marked():
    text = "Satu dua tiga"
    assert marks(text, "satu dua", "dua tiga") == [
        ("Satu ", (1,)),
        ("dua", (1, 2)),
        (" tiga", (2,)),
    ]


def test_channels_that_say_the_same_are_read_once_and_told_apart_from_the_other():
    found = content(["lima"], "Ada lima", "Ada lima", "Ada enam")
    assert [reading.platforms for reading in statements.readings(found)] == [("p0", "p1"), ("p2",)]
    (statement,) = statements.listed(found)
    assert statement.platforms == ("p0", "p1")


# --- pictures ---


@pytest.fixture
def illustrated(sari, channels, picture_file):
    """Two pictures; X does not show the second."""
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    both = (channels["facebook"], channels["x"])
    post = factories.make_draft(sari, *both, pictures=files)
    kept = workflow.kept(post)
    first, second = kept.pictures
    pictures = [first, Placed(second.media, "Balai nagari penuh", (channels["x"].pk,))]
    draft = workflow.Draft(**vars(kept) | {"pictures": pictures})
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    return post


def test_dewi_sees_every_picture_and_where_it_is_not_shown(illustrated, read):
    page = read(illustrated)
    pictures = page.partition('id="gambar"')[2]
    assert pictures.count('class="described"') == 2
    assert pictures.count("Tidak ditampilkan di X.") == 1
    assert "Balai nagari penuh" in pictures


def test_dewi_sees_by_what_right_a_picture_is_shown_and_opens_the_consent(
    client, sari, illustrated, read
):
    signed = SimpleUploadedFile("izin.pdf", b"%PDF-1.7\nsetuju\n%%EOF\n")
    consent = documents.accept(signed, agency=sari.agency, by=sari)
    Media.objects.update(
        licence="permitted", credit="Foto: Contoh", faces="consented", consent_file=consent
    )
    page = read(illustrated)
    address = reverse("document", args=[consent.pk])
    assert "Foto: Contoh" in page
    assert f'href="{address}"' in page
    with closing(client.get(address)) as answer:
        assert answer.status_code == 200


def test_more_pictures_and_sources_ask_no_more_of_the_database(
    client, sari, dewi, channels, picture_file, django_assert_num_queries
):
    colors = ["red", "blue", "lime", "navy"]
    files = [picture_file(f"{color}.jpg", color=color) for color in colors]
    one = factories.make_submitted(sari, channels["x"], pictures=files[:1])
    four = factories.make_submitted(
        sari,
        channels["x"],
        pictures=[picture_file(f"{color}.jpg", color=color) for color in colors],
        sources=[quoting("Imunisasi gratis"), quoting("Sabtu ini"), factories.SOURCE],
    )
    client.force_login(dewi)
    client.get(reverse("review", args=[one.pk]))  # what is looked up once in a process
    with django_assert_num_queries(count_of(client, one)):
        page = client.get(reverse("review", args=[four.pk])).content.decode()
    assert page.count('class="described"') == len(colors)


def count_of(client, post):

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("review", args=[post.pk]))
    return len(asked)


# --- revisions of before there were kinds ---


def test_a_submission_of_before_there_were_kinds_reads_as_an_announcement(sari, channels, read):
    post = factories.make_submitted(sari, channels["x"])
    entry = post.revisions.get().content["channels"][0]
    of_then = {"document": "Surat edaran bupati", "number": "", "date": "", "url": ""}
    revision = Revision.objects.create(
        post=post,
        number=2,
        content={"channels": [entry], "sources": [of_then], "no_claims": False},
        sha256="0" * 64,
        submitted_by=sari,
    )
    Review.objects.create(revision=revision)
    page = read(post)
    assert "Surat edaran bupati" in page
    assert "Pengumuman" in page
    assert "Penulis tidak mengutip pernyataan untuk sumbernya." in page
