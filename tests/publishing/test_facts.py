"""Bank fakta at its doors, and the flags of facts that are no longer so."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import bank
from publishing.models import Fact, Post
from publishing.workflow import SourceLine
from tests import factories
from tests.factories import make_draft, make_fact
from tests.publishing.composing import page

TEXT = "Tahun lalu 1.323 UMKM naik kelas."
LAST_DAY = date(2026, 12, 31)


def written(**changes):
    """A fact as the form sends it; nothing is missing, unless told otherwise."""
    return {
        "name": "UMKM naik kelas",
        "figure": "1.323",
        "unit": "UMKM",
        "as_of": "2025-12-31",
        "expires": "31/12/2026",
        "document": "Laporan kinerja",
        "number": "500.3/1",
        "url": "https://data.contoh.test/umkm",
        "owner": "Bidang UMKM",
    } | changes


def listed(response):
    return [fact.name for fact in response.context["page"].object_list]


# --- the list ---


def test_sari_adds_a_fact_and_rina_corrects_it(desk, client, rina, dinkes):
    assert desk.post(reverse("new_fact"), written()).url == reverse("facts")
    fact = Fact.objects.get()
    assert (fact.agency, fact.said, fact.expires) == (dinkes, "1.323 UMKM", LAST_DAY)
    before = fact.updated_at
    client.force_login(rina)
    client.post(reverse("fact", args=[fact.pk]), written(figure="1.400"))
    fact.refresh_from_db()
    assert fact.said == "1.400 UMKM"
    assert fact.updated_at > before


def test_a_percentage_has_no_gap(sari):
    assert make_fact(sari, figure="12,5", unit="%").said == "12,5%"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"as_of": "31/02/2026"}, "Tanggal ini tidak ada"),
        ({"expires": "2025-01-01"}, "Lebih awal daripada tanggal datanya"),
        ({"figure": "  "}, "Isi angkanya"),
        ({"document": ""}, "Sebutkan dokumen sumbernya"),
        ({"owner": ""}, "Sebutkan siapa yang bertanggung jawab"),
        ({"url": "bukan tautan"}, "Tautan ini tidak lengkap"),
        ({"name": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_with_a_fact_is_told_and_nothing_typed_is_lost(desk, changes, sentence):
    response = desk.post(reverse("new_fact"), written(**changes))
    assert response.status_code == 422
    assert sentence in page(response)
    assert "https://data.contoh.test/umkm" in page(response) or "url" in changes
    assert not Fact.objects.exists()


def test_tabs_and_search_narrow_the_list(desk, sari):
    make_fact(sari, name="Posyandu aktif", figure="241", unit="posyandu")
    make_fact(sari, name="Kunjungan", expires=timezone.localdate() - timedelta(days=1))
    make_fact(sari, name="Stunting", retired_at=timezone.now())
    address = reverse("facts")
    assert listed(desk.get(address)) == ["Posyandu aktif"]
    assert listed(desk.get(address, {"state": "past"})) == ["Kunjungan"]
    assert listed(desk.get(address, {"state": "retired"})) == ["Stunting"]
    assert listed(desk.get(address, {"q": "241"})) == ["Posyandu aktif"]
    assert "Tidak ada yang cocok" in page(desk.get(address, {"q": "%"}))
    assert listed(desk.get(address, {"state": "entah", "page": "x"})) == ["Posyandu aktif"]


def test_an_empty_bank_says_what_it_is_for(desk):
    assert "Simpan angka yang sering dipakai" in page(desk.get(reverse("facts")))


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    desk, sari, django_assert_max_num_queries
):
    for n in range(30):
        make_fact(sari, name=f"Fakta {n:02}")
    with django_assert_max_num_queries(9):
        response = desk.get(reverse("facts"))
    assert len(listed(response)) == 25
    assert len(listed(desk.get(reverse("facts"), {"page": 2}))) == 5


def test_retired_is_not_gone_and_can_be_used_again(desk, sari, channels):
    fact = make_fact(sari)
    post = make_draft(sari, channels["x"], text=TEXT, facts=[fact.pk])
    desk.post(reverse("retire_fact", args=[fact.pk]))
    assert list(post.facts.all()) == [fact]
    assert "Dihapus" in page(desk.get(reverse("fact", args=[fact.pk])))
    desk.post(reverse("restore_fact", args=[fact.pk]))
    fact.refresh_from_db()
    assert fact.retired_at is None


def test_the_fact_shows_the_drafts_that_speak_of_it(desk, sari, channels):
    fact = make_fact(sari)
    make_draft(sari, channels["x"], text=TEXT, facts=[fact.pk])
    make_draft(sari, channels["x"], text="Lain")
    assert [p.text for p in desk.get(reverse("fact", args=[fact.pk])).context["using"]] == [TEXT]


# --- who ---


def test_another_agency_finds_nothing(client, budi, sari):
    fact = make_fact(sari)
    client.force_login(budi)
    assert listed(client.get(reverse("facts"))) == []
    for name in ("fact", "retire_fact", "restore_fact"):
        assert client.post(reverse(name, args=[fact.pk]), written()).status_code == 404
    assert client.get(reverse("fact", args=[fact.pk])).status_code == 404
    assert "1.323" not in page(client.get(reverse("facts_pick")))


def test_the_auditor_reads_and_changes_nothing(client, sari):
    fact = make_fact(sari)
    client.force_login(factories.make_person("audit@contoh.test", "Audit", Role.AUDITOR))
    response = client.get(reverse("facts"))
    assert listed(response) == ["UMKM naik kelas"]
    assert reverse("new_fact") not in page(response)
    assert client.post(reverse("fact", args=[fact.pk]), written()).status_code == 403
    assert client.get(reverse("new_fact")).status_code == 403


def test_who_writes_nothing_has_no_bank(client, db):
    client.force_login(factories.make_person("pimpin@contoh.test", "Pimpinan", Role.LEADER))
    assert client.get(reverse("facts")).status_code == 403
    assert client.get(reverse("facts_pick")).status_code == 403


def test_retiring_is_no_link(desk, sari):
    assert desk.get(reverse("retire_fact", args=[make_fact(sari).pk])).status_code == 405


# --- the picker ---


def test_the_picker_offers_valid_facts_first_and_marks_the_rest(desk, sari):
    make_fact(sari, name="A lama", expires=timezone.localdate() - timedelta(days=1))
    make_fact(sari, name="Z baru", figure="7", unit="nagari")
    make_fact(sari, name="Dihapus saja", retired_at=timezone.now())
    told = page(desk.get(reverse("facts_pick")))
    assert told.index("Z baru") < told.index("A lama") < told.index("Lewat masa berlaku")
    assert "Dihapus saja" not in told
    assert 'data-said="7 nagari"' in told
    assert "A lama" not in page(desk.get(reverse("facts_pick"), {"q": "nagari"}))
    assert "Tidak ada fakta yang cocok" in page(desk.get(reverse("facts_pick"), {"q": "zzz"}))


def test_a_fact_full_of_markup_stays_text(desk, sari):
    make_fact(sari, name='"><script>x</script>', url="javascript:alert(1)")
    for told in (page(desk.get(reverse("facts_pick"))), page(desk.get(reverse("facts")))):
        assert "<script>x" not in told
        assert 'href="javascript' not in told


def test_a_figure_goes_to_the_end_of_a_text(sari):
    fact = make_fact(sari)
    assert bank.insert("", fact) == "1.323 UMKM"
    assert bank.insert("Naik kelas: \n", fact) == "Naik kelas: 1.323 UMKM"


# --- flags ---


def at_wib(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def test_an_expired_fact_is_flagged_in_every_draft_that_uses_it_and_not_before_its_day(
    sari, rina, channels
):
    with time_machine.travel(at_wib(LAST_DAY, 23, 59), tick=False):
        fact = make_fact(sari, expires=LAST_DAY)
        using = [make_draft(who, channels["x"], text=TEXT, facts=[fact.pk]) for who in (sari, rina)]
        other = make_draft(sari, channels["x"], text=TEXT)
        assert bank.flagged(Post.objects.all()) == set()
        assert bank.facts_troubles(using[0]) == []
    with time_machine.travel(at_wib(LAST_DAY + timedelta(days=1), 0), tick=False):
        assert bank.flagged(Post.objects.all()) == {post.pk for post in using}
        (sentence,) = bank.facts_troubles(using[1])
        assert "“UMKM naik kelas: 1.323 UMKM” lewat masa berlakunya" in sentence
        assert "31 Desember 2026" in sentence
        assert bank.facts_troubles(other) == []


def test_a_retired_fact_is_flagged(sari, channels):
    fact = make_fact(sari, retired_at=timezone.now())
    post = make_draft(sari, channels["x"], text=TEXT, facts=[fact.pk])
    assert "sudah dihapus dari Bank fakta" in bank.facts_troubles(post)[0]


@pytest.mark.parametrize(
    ("figure", "text", "is_stale"),
    [
        ("1.323", TEXT, False),
        ("1.323", "tahun lalu\n1.323  umkm, naik", False),
        ("1.400", TEXT, True),
        ("323", TEXT, True),
        ("1.3", "1.3.2 UMKM", True),
        ("(1+", "Naik (1+ UMKM.", False),
    ],
)
def test_a_figure_that_changed_since_is_flagged(sari, channels, figure, text, is_stale):
    fact = make_fact(sari, figure=figure)
    post = make_draft(sari, channels["x"], text=text, facts=[fact.pk])
    assert bool(bank.facts_troubles(post)) == is_stale


def test_a_figure_in_a_channels_own_text_counts(sari, channels):
    fact = make_fact(sari)
    own = {"x": "1.323 UMKM!"}
    post = make_draft(sari, channels["x"], text="Baca di X", own_texts=own, facts=[fact.pk])
    assert bank.facts_troubles(post) == []


def test_a_source_past_its_day_is_flagged(sari, channels):
    today = timezone.localdate()
    sources = [
        SourceLine("Edaran lama", valid_until=today - timedelta(days=1)),
        SourceLine("Edaran baru", valid_until=today),
    ]
    post = make_draft(sari, channels["x"], sources=sources)
    (sentence,) = bank.facts_troubles(post)
    assert "“Edaran lama” lewat masa berlakunya" in sentence


def test_what_is_approved_is_no_longer_flagged(sari, dewi, channels):
    fact = make_fact(sari, retired_at=timezone.now())
    factories.make_approved(sari, dewi, channels["x"], text=TEXT, facts=[fact.pk])
    waiting = factories.make_submitted(sari, channels["x"], text=TEXT, facts=[fact.pk])
    assert bank.flagged(Post.objects.all()) == {waiting.pk}


def test_a_list_of_drafts_is_flagged_with_three_queries(
    sari, channels, django_assert_max_num_queries
):
    fact = make_fact(sari, retired_at=timezone.now())
    for _n in range(5):
        make_draft(sari, channels["x"], text=TEXT, facts=[fact.pk])
    posts = list(Post.objects.all())
    with django_assert_max_num_queries(3):
        assert len(bank.flagged(posts)) == 5


def test_a_fact_of_others_does_not_get_into_a_draft(sari, budi, channels):
    theirs = make_fact(budi)
    assert not make_draft(sari, channels["x"], facts=[theirs.pk]).facts.exists()
