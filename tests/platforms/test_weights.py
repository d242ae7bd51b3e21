"""X's arithmetic, by the facts of twitter-text version 3."""

import pytest

from platforms.adapters.weights import cut, weighted_length


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0),
        ("This is a test.", 15),
        ("http://test.com", 23),
        ("https://test.com", 23),
        ("test.com", 23),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("Buka dinkes.contoh.go.id.", 5 + 23 + 1),
        ("(https://contoh.go.id/a_(b))", 1 + 23 + 1),
        ("https://contoh.go.id/a?b=c, ya", 23 + 4),
        ("humas@contoh.go.id", 18),
        ("harga Rp1.000.000 jam 08.00", 27),
        ("selesai.Lalu pulang", 19),
        ("저찀쯿쿿", 8),
        ("のの", 4),
        ("ที่", 3),
        ("Привет", 6),
        ("H\U0001f431☺", 5),
        ("©", 1),
        ("©️", 2),
        ("1️⃣", 2),
        ("🇮🇩", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🏳️‍🌈", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("🙂" * 140, 280),
        ("e\u0301", 1),
        ("“kutip” – ya", 12),
    ],
)
def test_x_counts(text, units):
    assert weighted_length(text) == units


def test_the_preview_is_cut_where_the_limit_is_passed():
    assert cut("a" * 280, 280) == 280
    assert cut("a" * 281, 280) == 280
    assert cut("e\u0301" * 281, 280) == 560
    assert cut("🙂" * 141, 280) == 140


def test_a_link_or_an_emoji_is_never_cut_in_two():
    text = "a" * 270 + " https://contoh.go.id"
    assert text[: cut(text, 280)] == "a" * 270 + " "
    assert cut("a" * 279 + "👨‍👩‍👧‍👦", 280) == 279
