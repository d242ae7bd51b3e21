"""Sari at work: her browser, and a draft of hers."""

import pytest

from tests import factories


@pytest.fixture
def desk(client, sari):
    """Sari at her browser."""
    client.force_login(sari)
    return client


@pytest.fixture
def draft(sari, channels):
    return factories.make_draft(sari, channels["facebook"], channels["x"])
