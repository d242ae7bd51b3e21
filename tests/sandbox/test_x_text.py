"""X's arithmetic of text."""

from __future__ import annotations

import pytest

from sandbox.x_text import weighted_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Selamat pagi", 12),
        ("é", 1),
        ("e\u0301", 1),
        ("漢字", 4),
        ("https://contoh.go.id/" + "a" * 80, 23),
        ("Lihat https://contoh.go.id.", 6 + 23 + 1),
        ("😀", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇮🇩", 2),
        ("1️⃣", 2),
        ("“kutip” – …", 12),
    ],
)
def test_a_text_weighs_what_x_says(text, length):
    assert weighted_length(text) == length
