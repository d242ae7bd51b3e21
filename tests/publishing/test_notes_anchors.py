"""Where a note points: made from what was chosen, found again when the words change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.anchors import WHOLE, Misplaced, find, on_picture, on_text

TEXT = "Imunisasi gratis Sabtu ini.\nBawa buku KIA. Gratis untuk balita, gratis untuk ibu. 🎉"
SHA = "a" * 64


def content(**texts):
    """A revision for channels 1, 2, …, each with one picture, number 7."""
    pictures = [{"media": 7, "sha256": SHA, "alt": "Poster"}]
    return {
        "channels": [
            {"channel": n, "platform": name, "text": text, "pictures": pictures}
            for n, (name, text) in enumerate(texts.items(), 1)
        ]
    }


def test_a_quote_belongs_to_every_channel_that_says_the_same():
    said = content(facebook=TEXT, instagram=TEXT, x="Lain.")
    anchor = on_text(said, 2, "buku KIA")
    assert anchor.channels == (1, 2)
    assert TEXT[anchor.start :].startswith("buku KIA")
    assert (anchor.before[-5:], anchor.after[:2]) == ("Bawa ", ". ")


def test_the_quote_nearest_to_where_it_was_chosen_counts():
    second = TEXT.rindex("gratis")
    assert on_text(content(facebook=TEXT), 1, "gratis", near=second - 2).start == second
    assert on_text(content(facebook=TEXT), 1, "gratis").start == TEXT.index("gratis")


def test_no_quote_means_the_whole_text():
    assert on_text(content(facebook=TEXT), 1, "  ").quote == ""


@pytest.mark.parametrize(
    ("channel", "quote", "field", "said"),
    [
        (1, "tidak ada di sini", "quote", "tidak ada di teks ini"),
        (9, "buku KIA", "place", "Teks itu tidak ada"),
        (1, "x" * 1001, "quote", "terlalu panjang"),
    ],
)
def test_what_does_not_stand_there_is_refused_with_a_sentence(channel, quote, field, said):
    with pytest.raises(Misplaced, match=said) as wrong:
        on_text(content(facebook=TEXT), channel, quote)
    assert wrong.value.field == field


def test_a_point_keeps_which_rendition_it_was_made_on():
    anchor = on_picture(content(x=TEXT), 7, 1, (0, 1000))
    assert (anchor.media, anchor.channels, anchor.x, anchor.y) == (7, (1,), 0, 1000)
    assert anchor.rendition == SHA


@pytest.mark.parametrize(
    ("media", "channel", "point"),
    [(8, None, None), (7, 1, (1001, 5)), (7, 1, (-1, 5)), (7, 9, (5, 5)), (7, None, (5, 5))],
)
def test_a_picture_or_a_point_of_somewhere_else_is_refused(media, channel, point):
    with pytest.raises(Misplaced):
        on_picture(content(x=TEXT), media, channel, point)


def test_the_whole_post_is_no_place_in_it():
    assert (WHOLE.channels, WHOLE.media) == ((), None)


# --- found again ---

letters = st.text(st.sampled_from("ab \n🎉éX"), max_size=40)


@given(letters, st.text(st.sampled_from("qwz🎊"), min_size=1, max_size=10), letters)
def test_a_quote_that_stands_once_is_found_wherever_it_went(before, quote, after):
    text = before + quote + after
    assert find(text, quote, near=999) == (len(before), len(before) + len(quote))


@given(letters, st.text("ab ", min_size=1, max_size=6), letters, st.integers(0, 99))
def test_what_is_found_says_the_quote(before, quote, after, near):
    text = before + quote + after
    found = find(text, quote, near=near)
    assert found is not None
    start, end = found
    assert text[start:end] == quote


def test_of_two_the_one_between_the_same_words_is_meant():
    text = "Daftar: gratis. Antar: gratis. Bawa KTP."
    anchor = on_text(content(x=text), 1, "gratis", near=text.rindex("gratis"))
    later = "Kabar baik untuk semua warga nagari. " * 3 + text
    found = find(later, anchor.quote, anchor.before, anchor.after, anchor.start)
    assert found
    assert later[: found[0]].endswith("Antar: ")


def test_other_white_space_and_capitals_are_forgiven_and_other_words_are_not():
    assert find("Bawa  BUKU\nkia.", "buku KIA") == (6, 14)
    assert find("Bawa kartu KIA.", "buku KIA") is None
    assert find("Sabtu, 28 November", "Minggu, 29 November") is None
