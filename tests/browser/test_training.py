"""Mode latihan on the screen: a ribbon and a badge wherever an exercise is shown, at both sizes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from platforms import registry
from platforms.models import Channel
from publishing.workflow import training
from tests import factories
from tests.browser.conftest import seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def exercise(settings, sari, dewi, channels, box):
    """Handed in during a training in which Sari and Dewi both are."""
    settings.TRAINING_URL = box.url
    registry.adapter.cache_clear()
    training.start(sari)
    training.start(dewi)
    own = Channel.objects.get(agency=sari.agency, platform="x", is_training=True)
    yield factories.make_submitted(sari, own)
    registry.adapter.cache_clear()


def test_an_exercise_is_marked_for_its_author_and_its_reviewer(look, exercise, sari, dewi):
    look(sari, reverse("posts"))
    look(sari, reverse("post", args=[exercise.pk]), thorough=True)
    look(dewi, reverse("queue"))
    look(dewi, reverse("review", args=[exercise.pk]), thorough=True)
    look(dewi, reverse("training"))
    look(dewi, reverse("pauses"))  # 403: what a training cannot do, and the way out


def test_words_of_a_page_from_before_the_training_can_be_copied(open_desk, exercise, sari):
    training.leave(sari)
    desk = open_desk()
    seat(desk, sari)
    page = desk.go(reverse("write"))
    page.get_by_label("Teks unggahan untuk semua kanal").fill("Posyandu buka Sabtu.")
    training.start(sari)
    expect(page.locator("[data-stopped-why]")).to_contain_text("kini Anda sedang latihan.")
    page.get_by_role("button", name="Simpan draf").last.click()
    expect(page.locator("main")).to_contain_text("Tulisan Anda masih ada di sini.")
    assert desk.flaws() == []
    assert desk.complaints == []
