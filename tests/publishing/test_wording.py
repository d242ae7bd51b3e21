"""What is kept of words that were pasted, and which texts say the same."""

import pytest

from publishing import wording


def test_marks_that_turn_the_order_of_letters_around_are_taken_out():
    pasted = "Gratis \u202e0001 pR\u202c untuk warga\u2066!\u2069"
    assert wording.clean(pasted) == "Gratis 0001 pR untuk warga!"


def test_arabic_stays_as_it_was_written():
    greeting = "السلام عليكم\u200f Bapak dan Ibu"
    assert wording.clean(greeting) == greeting


def test_an_emoji_family_stays_one_picture():
    family = "👨\u200d👩\u200d👧"
    assert wording.clean(family) == family


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_one_way(end):
    assert wording.clean(f"satu{end}dua") == "satu\ndua"


def test_zero_bytes_are_left_out():
    assert wording.clean("a\0b") == "ab"


@pytest.mark.parametrize(
    "other",
    [
        "imunisasi GRATIS, sabtu ini!",
        "Imunisasi   gratis\nSabtu ini",
        "Imunisasi gratis – Sabtu ini 🎉",
    ],
)
def test_texts_that_differ_in_signs_only_have_one_key(other):
    assert wording.key_of(other) == wording.key_of("Imunisasi gratis Sabtu ini.")


def test_texts_that_say_something_else_have_another():
    assert wording.key_of("Imunisasi gratis Sabtu") != wording.key_of("Imunisasi gratis Minggu")


def test_no_words_have_no_key():
    assert wording.key_of("🎉 … !") == ""
