"""Who keeps people and agencies in these stories."""

import pytest

from accounts.models import Agency, Role
from tests import factories


@pytest.fixture
def adi(db):
    """Adi keeps people, agencies and channels."""
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def ratna(db):
    """Ratna coordinates."""
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def dpppa(db):
    return Agency.objects.create(code="DPPPA", name="Dinas Perlindungan Anak", short_name="DPPPA")


@pytest.fixture
def hendra(dinkes):
    """Hendra heads Dinas Kesehatan."""
    return factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)
