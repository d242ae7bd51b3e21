"""A text is cut where something was found, and nothing of it is lost."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.marking import Segment, segments


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    level: str = "warn"


def test_an_ordinary_text_is_one_piece():
    assert segments("Posyandu buka Senin.", []) == [Segment("Posyandu buka Senin.")]


def test_nothing_written_is_nothing_to_mark():
    assert segments("", []) == []
    assert segments("", [Found(0, 0)]) == []


def test_the_words_that_were_found_stand_in_a_piece_of_their_own():
    assert segments("Dia tolol sekali", [Found(4, 9, "block")]) == [
        Segment("Dia "),
        Segment("tolol", (1,), "block", (1,)),
        Segment(" sekali"),
    ]


def test_where_two_overlap_the_graver_one_gives_the_colour_and_both_are_named():
    found = [Found(0, 6, "info"), Found(3, 9, "block")]
    assert segments("abcdefghij", found) == [
        Segment("abc", (1,), "info", (1,)),
        Segment("def", (1, 2), "block", (2,)),
        Segment("ghi", (2,), "block"),
        Segment("j"),
    ]


def test_two_about_the_same_words_share_a_piece():
    assert segments("tolol", [Found(0, 5), Found(0, 5, "info")]) == [
        Segment("tolol", (1, 2), "warn", (1, 2))
    ]


@pytest.mark.parametrize("place", [0, 4, 10])
def test_what_is_about_the_whole_text_marks_no_word(place):
    assert segments("Posyandu", [Found(place, place)]) == [Segment("Posyandu")]


def test_a_place_beyond_the_text_is_cut_to_it():
    assert segments("abc", [Found(2, 99)]) == [Segment("ab"), Segment("c", (1,), "warn", (1,))]


spans = st.builds(
    Found, st.integers(0, 40), st.integers(0, 40), st.sampled_from(["block", "warn", "info"])
)


@given(st.text(max_size=40), st.lists(spans, max_size=8))
def test_the_pieces_always_make_the_text_and_every_number_opens_once(text, found):
    pieces = segments(text, found)
    assert "".join(piece.words for piece in pieces) == text
    marked = {n for n, one in enumerate(found, start=1) if one.start < min(one.end, len(text))}
    assert sorted(n for piece in pieces for n in piece.opens) == sorted(marked)
    assert all(piece.words for piece in pieces)
