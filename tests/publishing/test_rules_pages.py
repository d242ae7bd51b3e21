"""Aturan bahasa at its doors: who keeps it, the overview, what it warns about."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from publishing import rulebook
from publishing.forms.rules_sections import SECTIONS
from publishing.models import Allowance, Holiday, Rulebook
from tests.factories import make_person
from tests.publishing.humas import part, read

PAGES = [
    "/rules/",
    "/rules/words/",
    "/rules/words/insults/",
    "/rules/holidays/",
    "/rules/statistics/",
    "/rules/bench/",
    *(f"/rules/{slug}/" for slug in SECTIONS),
]
FEW_QUERIES = 10


@pytest.fixture
def humas(client, dewi):
    """Dewi at her browser."""
    client.force_login(dewi)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_a_reviewer_and_a_coordinator_read_every_page(client, dewi, path):
    for person in (dewi, make_person("ratna@contoh.test", "Ratna", Role.COORDINATOR)):
        client.force_login(person)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_does(client, sari, path):
    others = [
        make_person(f"{role}@contoh.test", str(role.label), role)
        for role in (Role.ADMIN, Role.AUDITOR, Role.LEADER)
    ]
    for person in (sari, *others):
        client.force_login(person)
        answer = client.get(path)
        assert answer.status_code == 403
        assert "peninjau dan koordinator" in answer.content.decode()
        assert client.post(path).status_code == 403
    client.logout()
    assert client.get(path).status_code == 302


def test_the_way_there_stands_in_the_rail_of_those_who_keep_it(client, dewi, sari):
    client.force_login(dewi)
    assert 'href="/rules/"' in client.get("/").content.decode()
    client.force_login(sari)
    assert 'href="/rules/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_few_queries_however_much_there_is(
    humas, dewi, path, django_assert_max_num_queries
):
    Allowance.objects.bulk_create(
        Allowance(kind="figure", value=f"{n} nagari", by=dewi) for n in range(40)
    )
    rulebook.current()  # read once in a while, not for every page
    with django_assert_max_num_queries(FEW_QUERIES):
        humas.get(path)


def test_the_overview_counts_and_says_when(humas, dewi):
    assert "Edisi" in humas.get("/rules/").content.decode()
    humas.post(part("allowed"), {"kind": "phone", "value": "112", "owner": "Darurat"})
    tally = humas.get("/rules/").context["tallies"]["allowed"]
    assert (tally.rows, tally.at.date()) == (1, timezone.now().date())


def test_every_change_begins_a_new_edition(humas):
    before = Rulebook.objects.get().edition
    humas.post(part("acronyms"), {"short": "Posbindu", "meaning": "pos pembinaan terpadu"})
    assert rulebook.current().acronyms["Posbindu"] == "pos pembinaan terpadu"
    assert rulebook.current().edition == before + 1


def on(day: date):
    return time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, 9)))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 12, 1), []),  # 2027 is decreed
        (date(2027, 9, 30), []),  # nobody asks before October
        (date(2027, 10, 1), [2028]),
        (date(2028, 3, 1), [2028]),
        (date(2028, 11, 1), [2028, 2029]),
    ],
)
def test_a_year_without_days_off_is_missed_from_october_on(client, dewi, today, missing):
    with on(today):
        client.force_login(dewi)
        answer = client.get("/rules/")
        assert answer.context["empty_years"] == missing
        for year in missing:
            assert f"Hari libur {year} belum ada" in read(answer)


def test_one_local_row_says_that_somebody_looked_after_the_year(client, dewi):
    with on(date(2027, 10, 1)):
        client.force_login(dewi)
        Holiday.objects.create(on=date(2028, 4, 3), name="Cuti bersama")
        rulebook.changed()
        assert client.get("/rules/").context["empty_years"] == []


def test_the_help_leads_there(humas, client, sari):
    assert 'href="/rules/"' in humas.get(reverse("help_topic", args=["rules"])).content.decode()
    client.force_login(sari)
    topic = client.get(reverse("help_topic", args=["rules"])).content.decode()
    assert 'href="/rules/bench/"' not in topic
