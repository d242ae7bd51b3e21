"""What Dewi keeps as rows: what is allowed, acronyms, periods, days that are greeted, officials."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from publishing import rulebook
from publishing.models import Acronym, Allowance, Commemoration, Official, Period
from tests.publishing.humas import part, read, told

TODAY = date(2026, 11, 26)


@pytest.fixture
def humas(client, dewi):
    client.force_login(dewi)
    return client


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(timezone.make_aware(datetime(2026, 11, 26, 9)), tick=False):
        yield


def allow(client, kind, value, owner="Dinas Kesehatan"):
    return client.post(part("allowed"), {"kind": kind, "value": value, "owner": owner})


def listed(answer):
    return [getattr(one, "row", one) for one in answer.context["page"].object_list]


# --- what is allowed ---


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("phone", "+62 812-3456-7890", "081234567890"),
        ("phone", "62 812 3456 7890", "081234567890"),
        ("phone", "+62 (0)755 7583100", "07557583100"),
        ("phone", "(0755) 7583.100", "07557583100"),
        ("phone", " 112 ", "112"),
        ("phone", "812 3456 7890", "081234567890"),
        ("email", "Dinkes@SolokSelatanKab.go.id", "dinkes@solokselatankab.go.id"),
        ("email", "mailto:a@contoh.test", "a@contoh.test"),
        ("account", "1234-01-005678 50.9", "123401005678509"),
        ("domain", "https://www.Contoh.or.id/berita?x=1#a", "contoh.or.id"),
        ("domain", "sub.contoh.org:8080/x", "sub.contoh.org"),
        ("domain", "contoh.com", "contoh.com"),
        ("place", "Balai  Nagari Koto Baru", "Balai Nagari Koto Baru"),
        ("figure", "47 nagari", "47 nagari"),
    ],
)
def test_what_is_pasted_is_kept_bare(humas, dewi, kind, said, kept):
    assert allow(humas, kind, said).url == f"{part('allowed')}?kind={kind}"
    row = Allowance.objects.get()
    assert (row.kind, row.value, row.by) == (kind, kept, dewi)
    assert kept in rulebook.current().allowed[kind]


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("phone", "0812 atau 0813", "satu nomor saja"),
        ("phone", "12", "3 sampai 15 angka"),
        ("phone", "1" * 16, "3 sampai 15 angka"),
        ("phone", "٠٨١٢٣٤", "satu nomor saja"),
        ("email", "dinkes", "bukan alamat surel"),
        ("account", "12345", "6 sampai 20 angka"),
        ("account", "BRI 123456789", "6 sampai 20 angka"),
        ("domain", "contoh", "bukan alamat situs"),
        ("domain", "a@contoh.com", "bukan alamat situs"),
        ("domain", "http://[::1", "bukan alamat situs"),
        ("domain", "127.0.0.1", "bukan alamat situs"),
        ("domain", "-x-.com", "bukan alamat situs"),
        ("domain", "https://solokselatankab.go.id/", "selalu boleh"),
        ("domain", "go.id", "selalu boleh"),
        ("domain", "or.id", "situs siapa saja"),
        ("place", "XI", "tiga huruf"),
        ("figure", "banyak nagari", "Tulis angkanya"),
        ("phone", "", "Isi yang boleh disebut"),
        ("place", "x" * 201, "200"),
        ("entah", "112", "pilihan"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_kept_on_the_screen(humas, kind, said, sentence):
    answer = allow(humas, kind, said)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert answer.context["form"]["value"].value() == said
    assert not Allowance.objects.exists()


def test_a_number_without_an_owner_is_refused_a_place_is_not(humas):
    assert "Sebutkan milik siapa" in read(allow(humas, "phone", "112", owner=" "))
    assert allow(humas, "place", "Saribu Rumah Gadang", owner="").status_code == 302


def test_the_same_number_written_otherwise_is_refused(humas):
    allow(humas, "phone", "0812 3456 7890")
    assert "Sudah ada di daftar" in read(allow(humas, "phone", "+62812-34567890"))
    assert allow(humas, "account", "081234567890").status_code == 302


def test_kinds_and_search_narrow_the_list(humas):
    allow(humas, "phone", "112", "Panggilan darurat")
    allow(humas, "phone", "119", "Gawat darurat medis")
    allow(humas, "figure", "112 jorong")
    url = part("allowed")
    assert len(listed(humas.get(url))) == 3
    assert [row.value for row in listed(humas.get(url, {"kind": "phone"}))] == ["112", "119"]
    assert len(listed(humas.get(url, {"q": "112"}))) == 2
    assert [row.value for row in listed(humas.get(url, {"q": "medis"}))] == ["119"]
    assert "Tidak ada yang cocok" in read(humas.get(url, {"q": "%"}))
    assert len(listed(humas.get(url, {"kind": "entah", "page": "x"}))) == 3


def test_what_is_removed_is_allowed_no_longer(humas):
    allow(humas, "phone", "112")
    row = Allowance.objects.get()
    assert humas.get(reverse("rules_remove", args=["allowed", row.pk])).status_code == 405
    assert "112" in told(humas.post(reverse("rules_remove", args=["allowed", row.pk])))
    assert rulebook.current().allowed["phone"] == frozenset()
    assert humas.post(reverse("rules_remove", args=["allowed", row.pk])).status_code == 404


def test_a_row_is_corrected_in_its_place(humas):
    allow(humas, "phone", "112")
    url = reverse("rules_row", args=["allowed", Allowance.objects.get().pk])
    assert "112" in humas.get(url).content.decode()
    humas.post(url, {"kind": "phone", "value": "119", "owner": "PSC"})
    assert [(row.value, row.owner) for row in Allowance.objects.all()] == [("119", "PSC")]
    assert humas.post(url, {"kind": "phone", "value": "x", "owner": "PSC"}).status_code == 422


def test_there_is_no_other_part(humas):
    assert humas.get("/rules/entah/").status_code == 404
    assert humas.get("/rules/entah/1/").status_code == 404
    assert humas.post("/rules/allowed/1/end/").status_code == 404


# --- acronyms ---


def test_an_acronym_is_kept_with_its_meaning(humas):
    humas.post(
        part("acronyms"), {"short": "Posbindu", "meaning": "pos pembinaan", "is_known": "on"}
    )
    assert Acronym.objects.get().is_known
    assert "Posbindu" in rulebook.current().edits["acronyms"].added
    assert "sudah umum" in read(humas.get(part("acronyms"), {"q": "pembinaan"}))


@pytest.mark.parametrize(
    ("short", "sentence"),
    [
        ("posbindu", "sudah ada: pos pembinaan"),
        ("P", "paling sedikit dua huruf"),
        ("dua kata", "tanpa spasi"),
        ("", "Tulis singkatannya"),
        ("x" * 21, "20"),
    ],
)
def test_what_is_no_acronym_is_refused(humas, short, sentence):
    Acronym.objects.create(short="Posbindu", meaning="pos pembinaan")
    answer = humas.post(part("acronyms"), {"short": short, "meaning": "apa saja"})
    assert sentence in read(answer)
    assert Acronym.objects.count() == 1


def test_an_acronym_may_keep_its_name(humas):
    row = Acronym.objects.create(short="KTP-el", meaning="kartu tanda penduduk")
    url = reverse("rules_row", args=["acronyms", row.pk])
    humas.post(url, {"short": "KTP-el", "meaning": "kartu tanda penduduk elektronik"})
    row.refresh_from_db()
    assert row.meaning.endswith("elektronik")


# --- periods ---


def period(client, **changes):
    said = {
        "kind": "quiet",
        "name": "Masa tenang pilwana",
        "starts_on": "2026-11-25",
        "ends_on": "27/11/2026",
        "names": "",
    }
    return client.post(part("periods"), said | changes)


def test_a_period_holds_on_both_of_its_days_and_the_page_says_which_holds_today(humas):
    period(humas)
    period(humas, kind="stages", name="Tahapan", starts_on="2026-12-01", ends_on="2026-12-31")
    period(humas, kind="mourning", name="Berkabung", starts_on="2026-10-01", ends_on="2026-10-03")
    answer = humas.get(part("periods"))
    assert [(d.row.name, d.state) for d in answer.context["page"]] == [
        ("Masa tenang pilwana", "now"),
        ("Tahapan", "ahead"),
        ("Berkabung", "past"),
    ]
    assert read(answer).count("berlaku hari ini") == 1
    held = next(one for one in rulebook.current().periods if one.kind == "quiet")
    assert [held.holds(TODAY + timedelta(days=n)) for n in (-2, -1, 1, 2)] == [
        False,
        True,
        True,
        False,
    ]


def test_candidates_are_one_a_line_and_each_once(humas):
    period(humas, kind="stages", names=" Erman  Contoh\n\nerman contoh\r\nYasril Contoh ")
    assert rulebook.current().periods[0].names == ("erman contoh", "Yasril Contoh")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-11-24"}, "Tanggal akhir mendahului tanggal mulai"),
        ({"ends_on": "2126-11-27"}, "Periksa tahunnya"),
        ({"ends_on": "2030-11-27"}, "Lebih dari tiga tahun"),
        ({"starts_on": "31/02/2026"}, "Tanggal ini tidak ada"),
        ({"starts_on": ""}, "Isi tanggal mulainya"),
        ({"name": " "}, "Beri nama"),
        ({"names": "A"}, "satu nama per baris"),
        ({"names": "x" * 121}, "satu nama per baris"),
        ({"names": "\n".join(f"Calon {n} Contoh" for n in range(101))}, "Paling banyak 100 nama"),
    ],
)
def test_a_period_that_cannot_be_is_refused(humas, changes, sentence):
    answer = period(humas, **changes)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert not Period.objects.exists()


def test_a_period_is_ended_today_and_one_ahead_is_not(humas):
    period(humas, ends_on="2026-12-20")
    row = Period.objects.get()
    humas.post(reverse("rules_end", args=["periods", row.pk]))
    row.refresh_from_db()
    assert row.ends_on == TODAY
    ahead = Period.objects.create(
        kind="quiet", name="Nanti", starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 3)
    )
    assert "Belum mulai" in told(humas.post(reverse("rules_end", args=["periods", ahead.pk])))
    ahead.refresh_from_db()
    assert ahead.ends_on == date(2027, 1, 3)


def test_what_is_over_does_not_begin_again_by_ending_it(humas):
    over = Period.objects.create(
        kind="mourning", name="Lalu", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 3)
    )
    said = told(humas.post(reverse("rules_end", args=["periods", over.pk])))
    assert "Sudah berakhir pada 3 Oktober 2026." in said
    over.refresh_from_db()
    assert over.ends_on == date(2026, 10, 3)


# --- commemorations ---


def test_the_shipped_days_are_there_with_the_next_number(humas):
    answer = humas.get(part("commemorations"), {"q": "HUT Kabupaten Solok Selatan"})
    (one,) = answer.context["page"].object_list
    assert (one.on, one.number) == (date(2027, 1, 7), 23)
    assert "ke-23" in read(answer)
    assert "dihitung sejak 2004" in read(answer)
    assert "bawaan" in read(answer)


def test_the_days_stand_as_they_come_and_today_counts(humas):
    Commemoration.objects.all().delete()
    for name, month, day in (("Kemarin", 11, 25), ("Hari ini", 11, 26), ("Besok", 11, 27)):
        Commemoration.objects.create(names=name, month=month, day=day, base_year=2026)
    found = humas.get(part("commemorations")).context["page"].object_list
    assert [(one.names[0], one.on.year, one.number) for one in found] == [
        ("Hari ini", 2026, None),
        ("Besok", 2026, None),
        ("Kemarin", 2027, 1),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "31", "month": "4"}, "tidak ada pada bulan itu"),
        ({"day": "0"}, "tidak ada pada bulan itu"),
        ({"day": "29", "month": "2"}, "29 Februari tidak ada setiap tahun"),
        ({"day": "x"}, "Isi angka 1 sampai 31"),
        ({"day": "9" * 30}, "tidak ada pada bulan itu"),
        ({"names": " \n "}, "Tulis sebutan"),
        ({"base_year": "2030"}, "tidak masuk akal"),
        ({"base_year": "45"}, "tidak masuk akal"),
    ],
)
def test_a_day_that_cannot_be_is_refused(humas, changes, sentence):
    said = {"names": "Hari Contoh\nHC1", "day": "5", "month": "5", "base_year": ""} | changes
    before = Commemoration.objects.count()
    answer = humas.post(part("commemorations"), said)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert Commemoration.objects.count() == before


def test_a_day_of_our_own_is_known_to_the_rules(humas):
    said = {"names": "Hari Contoh\nHari Misal", "day": "5", "month": "5", "base_year": "2000"}
    humas.post(part("commemorations"), said)
    known = [day for day in rulebook.current().commemorations if "Hari Misal" in day.names]
    assert [(day.month, day.day, day.base) for day in known] == [(5, 5, 2000)]


# --- officials ---


def official(client, **changes):
    said = {
        "name": "Erman Contoh",
        "title": "Sekretaris Daerah",
        "since": "2025-02-20",
        "until": "",
    }
    return client.post(part("officials"), said | changes)


def test_the_one_in_office_is_marked_and_leaves_today(humas):
    official(humas, name="Amril Contoh", since="2020-01-01", until="2025-02-19")
    official(humas)
    answer = humas.get(part("officials"))
    assert [(d.row.name, d.state) for d in answer.context["page"]] == [
        ("Erman Contoh", "now"),
        ("Amril Contoh", "past"),
    ]
    assert read(answer).count("Sekretaris Daerah") == 1
    row = Official.objects.get(name="Erman Contoh")
    humas.post(reverse("rules_end", args=["officials", row.pk]))
    row.refresh_from_db()
    assert row.until == TODAY
    assert rulebook.current().officials[0].until == TODAY


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until": "2025-01-01"}, "Lebih awal daripada tanggal mulainya"),
        ({"since": "0001-01-01"}, "Periksa tahunnya"),
        ({"name": ""}, "Tulis namanya"),
        ({"title": ""}, "Tulis jabatannya"),
    ],
)
def test_an_office_that_cannot_be_is_refused(humas, changes, sentence):
    answer = official(humas, **changes)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert not Official.objects.exists()
