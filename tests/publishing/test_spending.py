"""What posts on X cost this month, and which version of Meta's interface is ending."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Role
from platforms import versions
from publishing import spending
from publishing.models import Delivery
from tests import factories


def publish(sari, dewi, channel, text):
    post = factories.make_approved(sari, dewi, channel, text=text)
    Delivery.objects.filter(post=post).update(status="published", published_at=timezone.now())


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Posyandu Sabtu ini.", False),
        ("Daftar di https://dinkes.contoh.go.id", True),
        ("Daftar di dinkes.contoh.go.id hari ini", True),
        ("Pukul 08.00 di Balai Nagari.", False),
    ],
)
def test_a_link_makes_a_post_dearer(text, linked):
    assert spending.has_link(text) is linked


def test_the_month_is_counted_by_the_prices_of_the_settings(sari, dewi, channels, settings):
    settings.X_MONTHLY_BUDGET = 0.25
    publish(sari, dewi, channels["x"], "Posyandu Sabtu ini di Balai Nagari.")
    publish(sari, dewi, channels["x"], "Daftar di https://dinkes.contoh.go.id sebelum Jumat.")
    publish(sari, dewi, channels["facebook"], "Posyandu juga di nagari lain.")
    month = spending.this_month()
    assert (month.plain, month.linked) == (1, 1)
    assert month.dollars == pytest.approx(0.215)
    assert (month.percent, month.is_near) == (86, True)


def test_last_month_is_over(sari, dewi, channels):
    publish(sari, dewi, channels["x"], "Posyandu Sabtu ini di Balai Nagari.")
    next_month = timezone.now() + timedelta(days=32)
    with time_machine.travel(next_month):
        cache.clear()
        assert spending.this_month().plain == 0


def test_without_a_budget_nothing_is_near(sari, dewi, channels):
    assert spending.this_month().percent is None
    assert not spending.this_month().is_near


def test_a_version_that_ends_is_told_ninety_days_before(client, db, settings):
    settings.GRAPH_API_VERSION = "v25.0"
    settings.GRAPH_API_ENDS = {"v25.0": f"{timezone.localdate() + timedelta(days=91)}"}
    assert not versions.watch().is_ending
    settings.GRAPH_API_ENDS = {"v25.0": f"{timezone.localdate() + timedelta(days=90)}"}
    assert versions.watch().is_ending
    adi = factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)
    client.force_login(adi)
    assert "Naikkan GRAPH_API_VERSION" in client.get("/channels/").content.decode()


def test_a_version_of_which_nothing_is_known_ends_never(settings):
    settings.GRAPH_API_VERSION = "v99.0"
    assert not versions.watch().is_ending
    assert versions.watch().days_left is None


def test_sari_is_told_the_price_of_a_link_before_she_submits(client, sari, channels):
    linked = "Daftar di https://dinkes.contoh.go.id"
    draft = factories.make_draft(sari, channels["x"], channels["facebook"], text=linked)
    client.force_login(sari)
    told = client.get(f"/posts/{draft.pk}/advice/").content.decode()
    assert "US$0,20, bukan US$0,015" in told
    plain = factories.make_draft(
        sari, channels["x"], channels["facebook"], text=linked, own_texts={"x": "Daftar Sabtu."}
    )
    assert "US$" not in client.get(f"/posts/{plain.pk}/advice/").content.decode()
