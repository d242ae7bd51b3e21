"""Pemberitahuan in a real browser: the bell, the page, the choices; and without scripts."""

import pytest

from publishing.models import Topic
from publishing.notices.tell import Word, tell
from tests import factories
from tests.browser.conftest import seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(sari, draft_of_sari):
    for number, post in enumerate([draft_of_sari, draft_of_sari, None]):
        said = f"Unggahan #{number} gagal tayang di Instagram @contoh_dinkes."
        tell(Word(f"k{number}", Topic.TROUBLE, said, "/posts/", post=post), {sari.pk})


@pytest.fixture
def draft_of_sari(sari, channels):
    return factories.make_draft(sari, channels["x"])


def open_bell(desk):
    desk.page.locator(".bell > summary").click()
    desk.page.locator(".bell .news a").first.wait_for()
    panel, window = desk.page.locator(".bell > .panel").bounding_box(), desk.page.viewport_size
    assert panel["x"] >= 0, "nothing of it is cut off"
    assert panel["x"] + panel["width"] <= window["width"]


def test_the_bell_and_the_page(look, sari, told):
    look(sari, "/notices/", open_bell)


def test_the_choices(look, sari, settings):
    settings.GATEWAY_URL = settings.TELEGRAM_TOKEN = "x"
    look(sari, "/notices/choices/")


def test_without_scripts_the_bell_leads_to_the_page(open_desk, sari, told):
    desk = open_desk(scripts=False)
    seat(desk, sari)
    desk.go("/")
    desk.page.locator(".bell > summary").click()
    desk.page.get_by_role("link", name="Semua pemberitahuan").click()
    desk.page.locator(".news a.unread").first.click()
    desk.page.wait_for_url("**/posts/")
