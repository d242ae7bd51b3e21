"""Times as people say them, and texts that stay harmless."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from opd_hub.template_tags import day, icon, icon_again, icon_shapes, initials, rich, when

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 16, 0, tzinfo=WIB), "hari ini, 16.00"),
        (datetime(2026, 11, 25, 0, 30, tzinfo=WIB), "besok, 00.30"),
        (datetime(2026, 11, 23, 23, 59, tzinfo=WIB), "kemarin, 23.59"),
        (datetime(2026, 11, 28, 9, 0, tzinfo=WIB), "Sab 28 Nov 2026, 09.00"),
        (datetime(2026, 11, 24, 17, 30, tzinfo=ZoneInfo("UTC")), "besok, 00.30"),
    ],
)
def test_a_time_is_said_in_wib(moment, said):
    with time_machine.travel(NOON):
        shown = when(moment)
    assert f">{said}</time>" in shown
    assert "WIB" in shown


def test_a_text_cannot_bring_markup_along():
    assert rich('<b>#Bijak</b> "x"') == (
        '&lt;b&gt;<span class="tag">#Bijak</span>&lt;/b&gt; &quot;x&quot;'
    )


def test_links_and_mentions_stand_out():
    assert rich("Lihat https://contoh.go.id/a?b=1&c=2 @contoh") == (
        'Lihat <span class="tag">https://contoh.go.id/a?b=1&amp;c=2</span> '
        '<span class="tag">@contoh</span>'
    )


def test_an_avatar_has_two_letters_at_most():
    assert initials("Sari Dewi Contoh") == "SD"
    assert initials("contoh_dinkes") == "CD"


def test_a_sources_date_is_written_out():
    assert day("2026-11-21") == "21 November 2026"
    assert day("") == ""


def test_an_icon_is_drawn_at_once_or_by_a_shape_that_the_page_holds():
    drawn, shapes = icon("outline/trash", 16), icon_shapes("outline/trash")
    [path] = re.findall(r'<path d="[^"]+"/>', drawn)
    assert drawn.startswith('<svg class="ti s16" aria-hidden="true" viewBox="0 0 24 24"><path')
    assert f'<symbol id="ti-trash" viewBox="0 0 24 24">{path}</symbol>' in shapes
    assert '<use href="#ti-trash"/>' in icon_again("outline/trash")


def test_every_size_of_an_icon_that_a_template_asks_for_has_its_rule():
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
    pages = [page.read_text() for page in Path(settings.BASE_DIR, "templates").rglob("*.html")]
    sizes = set(re.findall(r"{% icon(?:_again)? [^%]*size=(\d+)", "".join(pages))) - {"18"}
    assert sizes
    assert [size for size in sizes if f".s{size} {{" not in tokens] == []
