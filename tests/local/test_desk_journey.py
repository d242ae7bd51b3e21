"""The review desk's part of the journey, on the real pages: every step goes through."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role
from opd_hub.local.browser import Browser
from opd_hub.local.desk_journey import DeskJourney
from opd_hub.local.walking import take
from publishing.models import Note, Post
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seated(live_server):
    """A browser in which this person has signed in."""
    opened = []

    def sit(person):
        client = Client()
        client.force_login(person)
        browser = Browser(live_server.url)
        opened.append(browser)
        name = settings.SESSION_COOKIE_NAME
        browser.session.cookies.set(name, client.cookies[name].value)
        return browser

    yield sit
    for browser in opened:
        browser.session.close()


@pytest.fixture
def walker(seated, sari, dewi, channels):
    fajar = factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER)
    return DeskJourney(seated(sari), seated(dewi), seated(fajar), {})


def test_two_rounds_a_take_over_a_turn_handed_on_and_a_move_taken_back(walker, capsys):
    _fajar_signs_in, *steps = walker.steps()  # he sits already
    assert all(take(step) for step in steps), capsys.readouterr().out
    post = Post.objects.get()
    hour = post.publish_at
    assert (post.status, post.revisions.count()) == ("approved", 3)
    assert post.deliveries.get().not_before == hour
    assert Note.objects.filter(kind="settled").count() == 2


def test_where_dewi_asked_nothing_the_journey_stops_before_saris_answers(walker, capsys):
    walker.sari_hands_in_for_another_day()
    assert not take(walker.sari_mends_and_answers)
    assert capsys.readouterr().out.startswith("✗ Sari membetulkan kata itu")
