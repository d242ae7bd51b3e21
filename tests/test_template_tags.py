"""Times as people say them, and texts that stay harmless."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from opd_hub.template_tags import day, initials, rich, when

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
