"""What the demo's Humas keeps: made-up people, numbers as rules compare them, nothing held up."""

import pytest
from django.utils import timezone

from opd_hub.demo.rules import ALLOWED, make_rules
from publishing import rulebook
from publishing.forms.rules_bare import BARE
from publishing.models import Official, Period


@pytest.mark.parametrize(("kind", "value", "_owner"), ALLOWED)
def test_what_is_allowed_is_kept_as_the_form_would_keep_it(kind, value, _owner):
    assert BARE[kind](value) == value


def test_nobody_in_office_is_real_and_no_period_holds(dewi):
    make_rules({"dewi": dewi})
    names = Official.objects.values_list("name", flat=True)
    assert names
    assert all("Contoh" in name for name in names)
    assert Period.objects.exists()
    assert not Period.objects.filter(ends_on__gte=timezone.localdate()).exists()
    assert "112" in rulebook.current().allowed["phone"]
