"""Sari at work: her browser, a draft of hers, and a clock that waits for the story."""

import pytest
import time_machine
from django.utils import timezone

from platforms import registry
from tests import factories
from tests.publishing.judged import LOUD, RUDE


@pytest.fixture
def desk(client, sari):
    """Sari at her browser."""
    client.force_login(sari)
    return client


@pytest.fixture
def draft(sari, channels):
    return factories.make_draft(sari, channels["facebook"], channels["x"])


@pytest.fixture
def rude(sari, channels):
    """A draft that the guidelines stop."""
    return factories.make_draft(sari, channels["facebook"], text=RUDE)


@pytest.fixture
def loud(sari, channels):
    """A draft that they ask about."""
    return factories.make_draft(sari, channels["facebook"], text=LOUD)


@pytest.fixture
def ground(settings, box):
    """The built-in sandbox is where trainings go; the real platforms are nowhere near."""
    settings.TRAINING_URL = box.url
    registry.adapter.cache_clear()
    yield box
    registry.adapter.cache_clear()


@pytest.fixture
def clock():
    """A clock that stands still until the story moves it."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller
