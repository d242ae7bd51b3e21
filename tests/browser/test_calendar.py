"""Kalender in a browser: its look, a move by mouse, a move by key, and taking one back."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from publishing.models import Post
from tests.browser.conftest import Desk, seat
from tests.factories import make_draft, make_submitted

pytestmark = pytest.mark.django_db(transaction=True)


def at(day, hour):
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=hour)


@pytest.fixture
def week(sari, channels, pictures):
    """Next week: a post on Tuesday, four on Thursday, one without an hour."""
    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    make_draft(sari, channels["x"], publish_at=at(days[1], 11), text="Posyandu balita di nagari")
    for n in range(5):
        make_submitted(sari, channels["x"], publish_at=at(days[3], 8 + n), text=f"Jadwal {n}")
    make_draft(sari, channels["x"], publish_at=None, text="Tanpa jam", pictures=pictures())
    return days


def test_the_calendar_by_eye_by_mouse_and_by_key(look, open_desk, sari, week):
    there = f"{reverse('calendar')}?m={week[1]:%Y-%m}"
    look(sari, there)
    post = Post.objects.get(text__startswith="Posyandu")
    desk = open_desk(size="desktop")
    seat(desk, sari)
    page = desk.go(f"{reverse('calendar')}?v=pekan&d={week[0]}")
    page.drag_and_drop("td li a:has-text('Posyandu')", f"td[data-day='{week[2]}']")
    expect(page.get_by_text("Dipindahkan ke").first).to_be_visible()
    post.refresh_from_db()
    assert post.publish_at == at(week[2], 11)
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_text("Diurungkan.").first).to_be_visible()
    post.refresh_from_db()
    assert post.publish_at == at(week[1], 11)
    chip = page.locator("td li a", has_text="Posyandu")
    chip.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Tanggal")).to_be_visible()
    assert desk.flaws() == []
    dialog.get_by_label("Tanggal").fill(week[4].isoformat())
    dialog.get_by_label("Pukul (WIB)").fill("14:00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("pukul 14.00").first).to_be_visible()
    expect(chip).to_be_focused()
    expect(page.locator("[data-said]")).to_contain_text("Dipindahkan ke")
    page.keyboard.press("b")
    page.wait_for_url("**/calendar/?m=*")
    page.evaluate("localStorage.pintasan = 'mati'")
    page.keyboard.press("p")
    page.get_by_role("link", name="Agenda").click()
    page.wait_for_url("**/calendar/?v=agenda*")
    page.go_back()
    assert "m=" in page.url, "no week came between: the key did nothing"
    assert desk.complaints == []


@pytest.mark.parametrize("view", ["pekan", "agenda"])
def test_a_week_and_the_agenda(look, sari, week, view):
    look(sari, f"{reverse('calendar')}?v={view}&d={week[0]}")


def test_one_day_one_move_and_the_feeds_as_pages_of_their_own(look, sari, week):
    post = Post.objects.get(text__startswith="Posyandu")

    def ask_for_yesterday(desk: Desk) -> None:
        desk.page.get_by_label("Tanggal").fill(f"{week[0] - timedelta(days=30)}")
        desk.page.get_by_role("button", name="Pindahkan").click()
        expect(desk.page.get_by_role("alert").first).to_contain_text("sudah lewat")

    def make_an_address(desk: Desk) -> None:
        desk.page.get_by_label("Dipasang di mana").fill("Ponsel Sari")
        desk.page.get_by_role("button", name="Buat alamat").click()
        expect(desk.page.get_by_label("Salin alamat ini sekarang")).to_be_visible()

    look(sari, reverse("calendar_day", args=[week[3].isoformat()]))
    look(sari, reverse("calendar_move", args=[post.pk]), ask_for_yesterday)
    look(sari, reverse("calendar_feeds"), make_an_address)


def test_a_printed_month_is_one_sheet_with_the_month_on_it(open_desk, sari):
    """Chromium asks media queries of paper as narrow as a phone before it hears of A4 landscape."""
    base = {"author": sari, "saved_by": sari, "agency": sari.agency, "status": "submitted"}
    Post.objects.bulk_create(
        Post(publish_at=at(date(2027, 4, 26) + timedelta(days=n), 8 + hour), text="Vaksin", **base)
        for n in range(42)  # six weeks of it
        for hour in range(4)
    )
    desk = open_desk(size="desktop")
    seat(desk, sari)
    page = desk.go(f"{reverse('calendar')}?m=2027-05")
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.set_viewport_size({"width": 800, "height": 700})
    page.emulate_media(media="print")
    assert page.locator("table.month").is_visible()
    assert page.locator(".strip, .tray, .rail").filter(visible=True).count() == 0
