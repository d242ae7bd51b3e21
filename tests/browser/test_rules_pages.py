"""Aturan bahasa in both sizes and schemes, with something on every page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guidelines import lexicon
from guidelines.rules import BY_CODE
from opd_hub.demo.rules import make_rules
from publishing import rulebook
from publishing.forms.rules_sections import SECTIONS
from publishing.models import Holiday, Period, RetiredRule, WordEdit

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "insults"
TEXT = "Petugas itu tolol sekali, dasar tolol!\nHubungi 0812-3456-7890."


@pytest.fixture
def kept(dewi):
    """What Dewi keeps: the demo's rows, a period that holds, edits, a rule that is off."""
    make_rules({"dewi": dewi})
    today = timezone.localdate()
    Period.objects.create(
        kind="quiet",
        name="Masa tenang pemilihan wali nagari",
        starts_on=today,
        ends_on=today + timedelta(days=2),
        names="Erman Contoh\nYasril Contoh",
        by=dewi,
    )
    WordEdit.objects.create(list=LIST, word="bebal", by=dewi)
    WordEdit.objects.create(list=LIST, word=lexicon.shipped(LIST)[0], is_removed=True, by=dewi)
    Holiday.objects.create(on=today, name="Pemilihan wali nagari", by=dewi)
    RetiredRule.objects.create(
        code=next(code for code in BY_CODE if code != "MAKIAN"),
        reason="Terlalu sering keliru",
        by=dewi,
    )
    rulebook.changed()


PAGES = ["", "words/", f"words/{LIST}/", "holidays/", "statistics/"]


@pytest.mark.parametrize("page", [*PAGES, *(f"{slug}/" for slug in SECTIONS)])
def test_the_rulebook_from_every_side(look, dewi, kept, page):
    look(dewi, f"/rules/{page}")


def test_a_row_to_change(look, dewi, kept):
    row = Period.objects.get(
        kind="quiet", name__startswith="Masa tenang pemilihan wali nagari", names__gt=""
    )
    look(dewi, f"/rules/periods/{row.pk}/")


def test_the_bench_with_findings(look, dewi, kept):
    def paste(desk):
        desk.page.get_by_label("Teks", exact=True).fill(TEXT)
        desk.page.get_by_role("button", name="Uji", exact=True).click()
        desk.page.locator("#temuan-1").wait_for()

    look(dewi, "/rules/bench/", paste, thorough=True)


def test_a_word_that_needs_a_second_look(look, dewi, kept):
    def add(desk):
        desk.page.get_by_label("Kata atau frasa").fill("puskesmas")
        desk.page.get_by_role("button", name="Tambah", exact=True).click()
        desk.page.get_by_role("button", name="Tetap tambahkan").wait_for()

    look(dewi, f"/rules/words/{LIST}/", add)


def test_everything_works_without_a_script(open_desk, dewi, kept):
    desk = open_desk(scripts=False)
    desk.sign_in(dewi)
    desk.go("/rules/statistics/")
    desk.page.locator("summary", has_text="Matikan").first.click()
    desk.page.get_by_label("Alasan").first.fill("Terlalu sering keliru")
    desk.page.get_by_role("button", name="Matikan aturan ini").first.click()
    desk.page.get_by_text("dimatikan").first.wait_for()
    desk.go("/rules/bench/")
    desk.page.get_by_label("Teks", exact=True).fill(TEXT)
    desk.page.get_by_role("button", name="Uji", exact=True).click()
    desk.page.locator("#hasil").get_by_text("milidetik").wait_for()
