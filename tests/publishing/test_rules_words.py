"""Dewi edits the word lists, and the rules follow at once."""

from dataclasses import replace

import pytest

from guidelines import check, lexicon
from publishing import rule_words, rulebook
from publishing.forms.rules_words import ORDINARY
from publishing.models import WordEdit
from tests.guidelines.contexts import world
from tests.publishing.humas import read, told

LIST = "insults"
URL = f"/rules/words/{LIST}/"


@pytest.fixture
def humas(client, dewi):
    client.force_login(dewi)
    return client


def words(answer):
    return [entry.word for entry in answer.context["page"].object_list]


def holding():
    edit = rulebook.current().edits.get(LIST)
    return (set(lexicon.shipped(LIST)) | edit.added) - edit.removed if edit else None


def add(client, word, **more):
    return client.post(URL, {"do": "add", "word": word} | more)


# --- adding ---


def test_a_word_is_added_with_who_and_when(humas, dewi):
    assert add(humas, "  Bebal   Amat ").url == URL
    edit = WordEdit.objects.get()
    assert (edit.word, edit.by, edit.is_removed) == ("bebal amat", dewi, False)
    page = humas.get(URL)
    assert words(page)[0] == "bebal amat"
    assert "ditambahkan Dewi Contoh" in read(page)
    assert "bebal amat" in rulebook.current().edits[LIST].added


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("", "Tulis katanya"),
        ("   ", "Tulis katanya"),
        ("a", "paling sedikit dua huruf"),
        ("*", "paling sedikit dua huruf"),
        ("a*", "paling sedikit dua huruf"),
        ("!?", "paling sedikit dua huruf"),
        ("vi*ral", "Bintang"),
        ("viral**", "Bintang"),
        ("viral *", "Bintang"),
        ("x" * 101, "Paling panjang 100 huruf"),
    ],
)
def test_what_is_no_word_is_refused_and_not_lost(humas, word, sentence):
    answer = add(humas, word)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert not word.strip() or word.strip() in answer.content.decode()
    assert not WordEdit.objects.exists()


def test_a_hundred_letters_are_enough(humas):
    assert add(humas, "x" * 100).status_code == 302


def test_a_word_that_is_there_is_refused_whatever_its_case(humas):
    shipped = lexicon.shipped(LIST)[0]
    assert "sudah ada di daftar" in read(add(humas, shipped.upper()))
    add(humas, "bebal")
    assert "sudah ada di daftar" in read(add(humas, "BEBAL"))
    assert WordEdit.objects.count() == 1


def test_marks_that_nobody_sees_do_not_make_a_new_word(humas):
    shipped = lexicon.shipped(LIST)[0]
    assert "sudah ada di daftar" in read(add(humas, f"{shipped}\0\u202e"))


def test_an_everyday_word_asks_once_more(humas):
    answer = add(humas, "puskesmas")
    assert answer.status_code == 422
    said = read(answer)
    assert "Kata ini akan menandai kalimat biasa: “Kasus demam berdarah naik" in said
    assert "Tetap tambahkan" in said
    assert 'value="puskesmas"' in answer.content.decode()
    assert add(humas, "puskesmas", sure="1").status_code == 302
    assert WordEdit.objects.get().word == "puskesmas"


def test_a_list_of_what_is_fine_marks_nothing_and_asks_nothing(humas):
    answer = humas.post("/rules/words/known_sites/", {"do": "add", "word": "Puskesmas"})
    assert answer.status_code == 302
    assert WordEdit.objects.get().word == "puskesmas"
    answer = humas.post("/rules/words/known_sites/", {"do": "add", "word": "contoh*"})
    assert "tidak mengenal bintang" in read(answer)
    humas.post("/rules/words/acronyms/", {"do": "add", "word": "PosX"})
    assert "PosX" in rulebook.current().edits["acronyms"].added


def test_being_sure_excuses_no_other_fault(humas):
    assert add(humas, "a", sure="1").status_code == 422


def test_there_are_ten_ordinary_sentences():
    assert len(ORDINARY) == 10


# --- taking out and putting back ---


def test_a_shipped_word_is_taken_out_and_put_back(humas):
    shipped = lexicon.shipped(LIST)[0]
    humas.post(URL, {"do": "take_out", "word": shipped})
    assert shipped not in holding()
    page = humas.get(URL)
    assert words(page)[0] == shipped
    assert "dikeluarkan Dewi Contoh" in read(page)
    assert "Kembalikan" in read(page)
    humas.post(URL, {"do": "put_back", "word": shipped})
    assert holding() is None
    assert not WordEdit.objects.exists()


def test_adding_a_word_that_was_taken_out_puts_it_back(humas):
    shipped = lexicon.shipped(LIST)[0]
    humas.post(URL, {"do": "take_out", "word": shipped})
    assert add(humas, shipped.title()).status_code == 302
    assert not WordEdit.objects.exists()


def test_an_added_word_that_is_taken_out_is_gone(humas):
    add(humas, "bebal")
    assert "dikeluarkan" in told(humas.post(URL, {"do": "take_out", "word": "bebal"}))
    assert not WordEdit.objects.exists()


def test_a_word_that_is_not_there_cannot_be_taken_out(humas):
    assert humas.post(URL, {"do": "take_out", "word": "tidak ada"}).status_code == 404
    assert humas.post(URL, {"do": "take_out"}).status_code == 404


def test_there_is_no_list_of_that_name(humas):
    assert humas.get("/rules/words/entah/").status_code == 404


# --- reading ---


def test_search_and_pages(humas):
    shipped = lexicon.shipped(LIST)
    found = words(humas.get(URL, {"q": shipped[0][:3].upper()}))
    assert found
    assert all(shipped[0][:3] in word for word in found)
    assert "Tidak ada yang cocok" in read(humas.get(URL, {"q": "zzzz"}))
    assert len(words(humas.get(URL, {"page": "99"}))) <= 25
    assert humas.get(URL, {"q": "x" * 200}).status_code == 200


def test_the_lists_say_how_much_of_them_is_ours(humas):
    add(humas, "bebal")
    shipped = lexicon.shipped(LIST)
    humas.post(URL, {"do": "take_out", "word": shipped[0]})
    one = next(found for found in rule_words.lists() if found.name == LIST)
    assert (one.added, one.removed, one.holds) == (1, 1, len(shipped))
    assert "1 ditambahkan, 1 dikeluarkan" in read(humas.get("/rules/words/"))


PAIRS = [name for name in lexicon.names() if lexicon.is_pairs(name)]
SPELLING = "/rules/words/spelling/"


def pair(client, word, instead, **sent):
    return client.post(SPELLING, {"do": "add", "word": word, "instead": instead} | sent)


def spelling(text):
    found = check(text, replace(world(), edits=rulebook.current().edits))
    return [(one.words, one.sentence) for one in found if one.code == "EJAAN"]


@pytest.mark.parametrize("name", PAIRS)
def test_a_list_of_pairs_shows_both_sides(humas, name):
    url = f"/rules/words/{name}/"
    left, right = next(iter(lexicon.pairs(name).items()))
    assert right in read(humas.get(url, {"q": left}))
    assert humas.post(url, {"do": "take_out", "word": lexicon.shipped(name)[0]}).status_code == 302


def test_a_new_pair_holds_at_once_for_everybody_who_writes(humas, dewi):
    assert spelling("Ayo ke Posiandu.") == []
    assert pair(humas, "posiandu", "posyandu").status_code == 302
    assert spelling("Ayo ke Posiandu.") == [("Posiandu", "Ejaan bakunya “posyandu”.")]
    shown = read(humas.get(SPELLING, {"q": "posiandu"}))
    assert "posiandu → posyandu" in shown
    assert "ditambahkan Dewi Contoh" in shown


def test_a_pair_without_its_other_side_is_asked_for_it_and_nothing_typed_is_lost(humas):
    answer = pair(humas, "posiandu", " ")
    assert answer.status_code == 422
    assert "Tulis gantinya." in read(answer)
    assert 'value="posiandu"' in answer.content.decode()


@pytest.mark.parametrize(
    ("word", "instead", "sentence"),
    [
        ("Posiandu", "posiandu", "Gantinya sama dengan katanya."),
        ("posiandu*", "posyandu", "Daftar ini tidak mengenal bintang"),
        ("silahkan", "silakan", "sudah ada di daftar ini"),
        ("besok", "esok", "akan menandai kalimat biasa"),
    ],
)
def test_a_pair_that_cannot_be_says_why(humas, word, instead, sentence):
    answer = pair(humas, word, instead)
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert not WordEdit.objects.exists()


def test_a_shipped_pair_is_written_otherwise_by_taking_it_out_first_and_can_come_back(humas):
    humas.post(SPELLING, {"do": "take_out", "word": "silahkan"})
    assert spelling("Silahkan datang.") == []
    pair(humas, "Silahkan", "silakan saja")
    assert spelling("Silahkan datang.") == [("Silahkan", "Ejaan bakunya “silakan saja”.")]
    one = next(found for found in rule_words.lists() if found.name == "spelling")
    assert (one.added, one.removed) == (0, 0)
    humas.post(SPELLING, {"do": "take_out", "word": "silahkan"})
    humas.post(SPELLING, {"do": "put_back", "word": "silahkan"})
    assert spelling("Silahkan datang.") == [("Silahkan", "Ejaan bakunya “silakan”.")]
