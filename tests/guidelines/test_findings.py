"""What an answer to a finding holds on to, and what a rule says where cases do not look."""

from dataclasses import replace

from guidelines import Level, check
from tests.guidelines.contexts import world

LACKING = {"statement": "Beredar kabar air keruh.", "label": "salah", "fact": "Air jernih."}


def found(code, text, **context):
    return [one for one in check(text, world(**context)) if one.code == code]


def test_the_same_words_are_the_same_finding_wherever_they_stand():
    [here] = found("MAKIAN", "Jangan goblok, ya.")
    [there] = found("MAKIAN", "Sudah hujan sejak pagi.\n\nJangan  GOBLOK, ya.")
    assert here.start != there.start
    assert here.key == there.key


def test_what_is_lacking_is_known_by_what_is_said_about_it():
    """Or the leave for one lack would be leave for every later one."""
    [date] = found("KLARIFIKASI-LENGKAP", "Air jernih.", kind="clarification", answers=LACKING)
    more = LACKING | {"fact": ""}
    [both] = found("KLARIFIKASI-LENGKAP", "Air jernih.", kind="clarification", answers=more)
    assert date.words == both.words == ""
    assert date.key != both.key
    assert replace(date, start=3, end=3).key == date.key


def test_tags_that_one_platform_has_too_many_of_are_a_hint_not_a_question():
    text = "Panen raya! #SolokSelatan #PanenRaya #Petani"
    [hint] = found("TAGAR-BANYAK", text, fewest_tags=("X", 2))
    assert (hint.level, hint.words) == (Level.INFO, "#Petani")
    assert hint.sentence == "Ada 3 tagar; di X cukup 2."
    many = text + " #Padi #Nagari #Distan"
    [warning] = found("TAGAR-BANYAK", many, fewest_tags=("X", 2))
    assert (warning.level, warning.words) == (Level.WARN, "#Distan")


def test_a_count_belongs_to_the_nearer_of_two_names():
    text = "HUT RI dan HUT ke-{} Kabupaten Solok Selatan kita rayakan, 7 Januari 2027."
    [wrong] = found("HUT-KE", text.format(22))
    assert "Solok Selatan tahun 2027 adalah yang ke-23" in wrong.sentence
    assert found("HUT-KE", text.format(23)) == []
