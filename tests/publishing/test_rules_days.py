"""Days off: Dewi adds and strikes them, and the review clock follows."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import calendar, rule_days
from publishing.models import Holiday
from tests.publishing.humas import read, told
from tests.publishing.week import wib

URL = "/rules/holidays/"
CHRISTMAS = date(2026, 12, 25)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def humas(client, dewi):
    with time_machine.travel(timezone.make_aware(datetime(2026, 11, 24, 9)), tick=False):
        client.force_login(dewi)
        yield client


def add(client, on="2026-11-25", name="Pemilihan wali nagari"):
    return client.post(URL, {"on": on, "name": name})


def strike(client, day):
    return client.post(f"{URL}strike/", {"on": day.isoformat()})


def restore(client, day):
    return client.post(f"{URL}restore/", {"on": day.isoformat()})


def states(client, year=2026):
    shown = client.get(URL, {"tahun": year}).context
    return {day.on: day.state for day in [*shown["over"], *shown["days"]]}


def test_a_local_day_off_stops_the_review_clock_until_the_next_morning(humas, dewi):
    start, delta = wib(24, "15.00"), timedelta(hours=2)
    assert calendar.working_time(start, delta) == wib(25, "08.30")
    assert add(humas).url == f"{URL}?tahun=2026"
    assert Holiday.objects.get().by == dewi
    assert calendar.holiday_name(WEDNESDAY) == "Pemilihan wali nagari"
    assert not calendar.is_working_day(WEDNESDAY)
    assert calendar.working_time(start, delta) == wib(26, "08.30")
    assert calendar.days_off(start, wib(26, "09.00")) == [WEDNESDAY]
    restore(humas, WEDNESDAY)
    assert calendar.working_time(start, delta) == wib(25, "08.30")


def test_a_struck_national_day_is_worked_and_restored_is_off_again(humas):
    strike(humas, CHRISTMAS)
    assert calendar.is_working_day(CHRISTMAS)
    assert calendar.holiday_name(CHRISTMAS) == ""
    assert states(humas)[CHRISTMAS] == "struck"
    assert "dicoret Dewi Contoh" in read(humas.get(URL, {"tahun": 2026}))
    restore(humas, CHRISTMAS)
    assert not calendar.is_working_day(CHRISTMAS)
    assert states(humas)[CHRISTMAS] == "national"


def test_the_calendar_asks_the_database_once_for_a_whole_year_of_days(
    humas, django_assert_num_queries
):
    add(humas)
    calendar.is_working_day(WEDNESDAY)
    with django_assert_num_queries(0):
        for n in range(365):
            calendar.is_working_day(date(2026, 1, 1) + timedelta(days=n))


@pytest.mark.parametrize(
    ("on", "name", "sentence"),
    [
        ("2026-12-25", "Natal", "Tanggal ini sudah libur: Hari Raya Natal"),
        ("31/11/2026", "Libur", "Tanggal ini tidak ada"),
        ("", "Libur", "Isi tanggalnya"),
        ("2026-11-25", "  ", "Beri nama"),
        ("9999-01-01", "Libur", "Periksa tahunnya"),
    ],
)
def test_a_day_that_cannot_be_added_is_told(humas, on, name, sentence):
    answer = add(humas, on, name)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert not Holiday.objects.exists()


def test_a_day_is_added_once_and_a_struck_one_is_restored_not_added(humas):
    add(humas)
    assert "sudah libur: Pemilihan wali nagari" in read(add(humas))
    strike(humas, CHRISTMAS)
    assert "Pulihkan dari daftar" in read(add(humas, "2026-12-25", "Natal"))


def test_only_a_national_day_can_be_struck(humas):
    strike(humas, WEDNESDAY)
    assert not Holiday.objects.exists()
    for sent in ({}, {"on": "x"}, {"on": "2026-13-01"}):
        assert humas.post(f"{URL}strike/", sent).status_code == 400
        assert humas.post(f"{URL}restore/", sent).status_code == 400


def test_the_years_are_turned_and_an_undecreed_one_is_marked(humas):
    this = humas.get(URL)
    assert this.context["year"] == 2026
    assert "?tahun=2027" in this.content.decode()
    assert "perkiraan" not in read(this)
    later = read(humas.get(URL, {"tahun": "2028"}))
    assert "belum ditetapkan" in later
    assert "Hari Raya Idul Fitri perkiraan" in later
    for odd in ("entah", "1999", "99999", "²⁰²⁶", "2101"):
        assert humas.get(URL, {"tahun": odd}).context["year"] == 2026
    assert humas.get(URL, {"tahun": "2000"}).context["earlier"] is None
    assert humas.get(URL, {"tahun": "2100"}).context["later"] is None


def test_each_button_says_what_it_did(humas):
    assert "ditambahkan" in told(add(humas))
    assert "Dicoret" in told(strike(humas, CHRISTMAS))
    assert "semula" in told(restore(humas, CHRISTMAS))


def test_a_feast_that_the_moon_moved_is_struck_and_added(humas):
    guessed = next(day for day in rule_days.of_year(2028) if day.is_estimate)
    strike(humas, guessed.on)
    moved = guessed.on + timedelta(days=1)
    if moved in states(humas, 2028):
        strike(humas, moved)
        moved += timedelta(days=1)
    add(humas, moved.isoformat(), guessed.bare_name)
    assert states(humas, 2028)[moved] == "added"
    assert calendar.holiday_name(guessed.on) == ""


def test_what_is_over_is_folded_away_in_the_year_that_runs(humas):
    shown = humas.get(URL).context
    assert [day.on.month for day in shown["days"]] == [12, 12]
    assert len(shown["over"]) == 23
    assert humas.get(URL, {"tahun": "2025"}).context["over"] == []
