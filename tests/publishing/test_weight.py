"""What the composer weighs in queries and bytes, and every page in script and style."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from publishing import workflow
from publishing.models import Desk, Heartbeat, Programme
from tests import factories
from tests.publishing.composing import edit

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
MOST_BYTES = 60 * 1024
STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.fixture
def a_full_desk(dinkes, sari):
    """What a running installation has: programmes, phrases, a beating scheduler."""
    Programme.objects.bulk_create(Programme(name=f"Program {n}") for n in range(25))
    snippets = [{"title": f"Kalimat {n}", "text": "Buka Senin–Jumat."} for n in range(10)]
    Desk.objects.create(agency=dinkes, tags="#Dinkes", closing="Salam.", snippets=snippets)
    Heartbeat.objects.create(kind="scheduler", name="beat:1", seen_at=factories.in_hours(0))


@pytest.fixture
def full(sari, channels, picture_file, a_full_desk):
    """A draft for three channels with four pictures, three sources and a fact."""
    pictures = [picture_file(f"{n}.jpg", color=(n * 40, 90, 120)) for n in range(4)]
    fact = factories.make_fact(sari)
    return factories.make_draft(
        sari,
        *channels.values(),
        pictures=pictures,
        text="Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru. " * 4,
        own_texts={"x": f"Imunisasi gratis Sabtu ini. {fact.said}"},
        sources=[factories.SOURCE] * 3,
        facts=[fact.pk],
    )


def weigh(desk, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = desk.get(address)
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES
    return len(answer.content)


def test_a_new_post(desk, channels, a_full_desk, django_assert_max_num_queries):
    weigh(desk, reverse("write"), django_assert_max_num_queries)


def test_a_full_draft(desk, full, django_assert_max_num_queries):
    weigh(desk, edit(full), django_assert_max_num_queries)


def test_a_full_draft_that_came_back(desk, full, sari, dewi, django_assert_max_num_queries):
    workflow.submit(full, by=sari, seen=full.version)
    read = full.revisions.get().sha256
    workflow.send_back(full, by=dewi, seen=full.version, revision=read, note="Sebut jamnya.")
    weigh(desk, edit(full), django_assert_max_num_queries)


# --- what a page of ours brings along, beside htmx and the letters' shapes ---

NAMED = re.compile(r"static '((?:js|css)/[\w/]+\.(?:js|css))'")
IMPORTED = re.compile(r'^import .*"\./(\w+\.js)"', re.MULTILINE)
SHELL = ("base.html", "cotton/head.html")
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "{% extends" in path.read_text())


def brought(page: Path, kind: str) -> set[Path]:
    """The files of one kind that a page's template and the shell around it name, and what those
    import."""
    texts = [(TEMPLATES / name).read_text() for name in SHELL] + [page.read_text()]
    waiting = {STATIC / name for text in texts for name in NAMED.findall(text)}
    found: set[Path] = set()
    while waiting:
        one = waiting.pop()
        if one.suffix == f".{kind}":
            found.add(one)
            imported = {one.parent / name for name in IMPORTED.findall(one.read_text())}
            waiting |= imported - found
    return found


def packed(files: set[Path]) -> int:
    """Bytes of all those files, one after the other, as gzip sends them."""
    return len(gzip.compress(b"".join(path.read_bytes() for path in sorted(files)), 9))


def heaviest(kind: str) -> tuple[int, str]:
    return max((packed(brought(page, kind)), str(page)) for page in PAGES)


def test_no_page_brings_more_than_ten_kilobytes_of_our_script():
    assert heaviest("js") <= (10 * 1024, "…")


def test_no_page_brings_more_than_twenty_kilobytes_of_our_style():
    assert heaviest("css") <= (20 * 1024, "…")


def test_the_weights_see_what_a_page_imports():
    names = {path.name for path in brought(TEMPLATES / "publishing" / "compose.html", "js")}
    assert {"app.js", "toasts.js", "composer.js", "weigh.js", "theme.js"} <= names
