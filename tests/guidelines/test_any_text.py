"""Whatever somebody pastes: it is answered, and every finding stands where it says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines import Genre, check, lexicon
from guidelines.context import Edit, Likeness, Official
from guidelines.rules import RULES
from tests.guidelines.contexts import WEDNESDAY, world

BITS = (
    *'a0 .\n!?#@"“/-:,()%\u200b\u0301\u202e🌊аｇ',
    *("Rp", "Rp1.500 ", "dasar ", "kami ", "Senin ", "1 Mei ", "31/13/2026 ", "08123 ", "g o "),
    *("katanya ", "BA 1234 ", "http://a.b ", "korupsi ", "Bapak Budi ", "pasien ", "HUT RI "),
    *("nomor urut 2 ", "ke-3 "),
)
GIANTS = [bit * (60_000 // len(bit)) for bit in (*BITS, "0 8", "a.", "di ", "NIK 1311 ", "x" * 50)]
CROWDED = {
    "officials": (Official("Rahmat Contoh", "Kepala Dinas", since=WEDNESDAY),),
    "earlier": (Likeness("Imunisasi gratis Sabtu ini di balai nagari. " * 3, "20 November 2026"),),
    "edits": {"insults": Edit(added=frozenset({"a*", "(", "[x"}))},
    "other_agencies": ("Dinas (Contoh", "Badan"),
}


def assert_answered(text, **more):
    for genre in Genre:
        for found in check(text, world(genre=genre, **more)):
            assert 0 <= found.start <= found.end <= len(text)
            assert found.words == text[found.start : found.end]
            assert found.sentence
            assert found.advice


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=400))
def test_any_unicode_text_is_answered(text):
    assert_answered(text, **CROWDED)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(BITS), max_size=120).map("".join))
def test_texts_of_the_bits_that_rules_look_for_are_answered(text):
    for kind in ("announcement", "emergency", "clarification", "event", "greeting"):
        assert_answered(text, kind=kind, period="mourning")


@pytest.mark.parametrize("text", GIANTS, ids=[repr(giant[:8]) for giant in GIANTS])
def test_sixty_thousand_letters_of_the_same_are_answered(text):
    found = check(text, world(period="stages"))
    assert all(one.words == text[one.start : one.end] for one in found)


def test_a_lone_surrogate_is_answered():
    assert_answered("goblok \ud800 dasar \udfff anjing")


def test_every_rule_has_a_name_and_a_list_that_exists():
    assert len({rule.code for rule in RULES}) == len(RULES) > 50
    for rule in RULES:
        assert rule.title
        assert set(rule.lists) <= set(lexicon.names())
