"""The pages of the writing desk in both sizes and schemes, like all others in test_pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.models import Desk, Programme
from publishing.workflow import kept
from tests.factories import make_draft, make_fact

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def furnished(sari, dinkes, channels, pictures):
    """Sari's agency with phrases, hours, a plan, facts, programmes and a draft that uses them."""
    hours = {str(channels["x"].pk): [[0, "09:00"], [4, "13:30"]]}
    Desk.objects.create(
        agency=dinkes,
        tags="#DinkesSehat",
        closing="Salam sehat.",
        snippets=[{"title": "Jam layanan", "text": "Buka Senin–Jumat."}],
        slots=hours,
        plan={"service": 2, "education": 1},
    )
    Programme.objects.create(name="UMKM naik kelas")
    fact = make_fact(sari, expires=timezone.localdate() - timedelta(days=1))
    return make_draft(
        sari,
        *channels.values(),
        pictures=pictures(),
        facts=[fact.pk],
        kind="event",
        details={"what": "Posyandu", "who": "Balita"},
        place="sangir/lubuk-gadang",
    )


WRITING = ["library", "facts", "new_fact", "desk", "plan", "plan_import", "help"]


@pytest.mark.parametrize("name", WRITING)
def test_the_pages_around_the_writing_desk(look, sari, furnished, name):
    look(sari, reverse(name))


@pytest.mark.parametrize("name", ["edit", "drafts", "advice", "post"])
def test_a_furnished_draft_from_every_side(look, sari, furnished, name):
    look(sari, reverse(name, args=[furnished.pk]))


def test_a_picture_of_the_library_and_a_fact(look, sari, furnished):
    look(sari, reverse("library_picture", args=[furnished.attachments.all()[0].media_id]))
    look(sari, reverse("fact", args=[furnished.facts.get().pk]))


def test_a_state_of_the_draft_beside_the_present_one(look, sari, furnished):
    draft = kept(furnished)
    workflow.save_draft(
        furnished, replace(draft, text="Yang lain."), by=sari, seen=furnished.version
    )
    first = furnished.saved.last()
    assert first
    look(sari, f"{reverse('drafts', args=[furnished.pk])}?state={first.pk}")


@pytest.mark.parametrize("slug", ["writing", "pictures", "states", "plan"])
def test_the_topics_of_the_help(look, sari, slug):
    look(sari, reverse("help_topic", args=[slug]))
