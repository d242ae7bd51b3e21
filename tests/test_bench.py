"""The benchmark of pages still fits the tables and the pages: it runs outside CI, and would rot."""

import pytest
from django.urls import reverse

from accounts.models import Agency, Role
from bench import archive, regency, visits
from bench.rows import run
from publishing.models import Delivery, Post

FEW = 400


@pytest.fixture
def contoh(db):
    """The made-up regency, with its newest posts."""
    regency.people()
    regency.desks()
    run(regency.OWN_NUMBERS)
    archive.write(1, FEW)
    yield
    for remembered in (visits.agency, visits.person, visits.draft):
        remembered.cache_clear()


def test_its_posts_are_in_every_state_that_is_still_open(contoh):
    assert Post.objects.count() == FEW
    found = {post.status for post in Agency.objects.order_by("pk")[0].posts.all()}
    assert {"draft", "submitted", "returned", "expired", "approved"} <= found
    sent = set(Delivery.objects.values_list("status", flat=True))
    assert {"published", "waiting", "failed", "held"} <= sent


def test_every_page_that_is_measured_opens_for_its_role(contoh, client):
    for name, page in visits.PAGES.items():
        client.force_login(visits.person(page.role))
        assert client.get(page.url()).status_code == 200, name


def test_a_visit_counts_what_a_page_asks_and_weighs(contoh, monkeypatch):
    monkeypatch.setattr(visits, "TIMES", 2)
    cost = visits.visit(visits.Page(Role.AUTHOR, "help"))
    assert cost.queries == len(cost.asked) > 0
    assert cost.size > cost.zipped > 1000
    assert len(cost.times) == len(cost.cpu) == 2
    assert "Scan" in cost.slowest


def test_a_page_that_does_not_open_ends_the_run(contoh):
    with pytest.raises(SystemExit, match=reverse("write")):
        visits.visit(visits.Page(Role.LEADER, "write"))
