"""What other posts say: nearly the same words, the same topic in the same hour."""

from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.mourning import out_of_place
from guidelines.rules.rule import POSTS, Rule

WINDOW = 3  # words in one shingle
ALIKE = 0.85  # share of shingles in common, from which two texts are nearly the same
FEWEST = 8  # shingles; greetings of a few words are alike by nature
MOST_WORDS = 3_000  # of each text


def shingles(text: str) -> frozenset[int]:
    """Every run of three words, as numbers; case and marks do not count."""
    bare = "".join(c if c.isalnum() else " " for c in text.casefold()).split()[:MOST_WORDS]
    runs = (tuple(bare[n : n + WINDOW]) for n in range(len(bare) - WINDOW + 1))
    return frozenset(map(hash, runs))


def repeated(text: Text, context: Context) -> Iterator[Hit]:
    """Nearly what the same channel said within the month."""
    own = shingles(text.original) if context.earlier else frozenset()
    if len(own) < FEWEST:
        return
    for one in context.earlier:
        other = shingles(one.text)
        if len(own & other) > ALIKE * len(own | other):
            sentence = f"Mirip dengan unggahan {one.when} di kanal yang sama."
            advice = "Ubah teksnya, kecuali memang perlu diulang."
            yield Hit(Level.WARN, 0, 0, sentence, advice)
            return


def crowded(text: Text, context: Context) -> Iterator[Hit]:
    """Who else speaks about it in that hour, as the desk knows; or a feast while others mourn."""
    yield from out_of_place(text, context)
    for sentence in context.crowded:
        advice = "Samakan isinya dengan OPD itu, atau pilih jam lain."
        yield Hit(Level.INFO, 0, 0, sentence, advice)


RULES = (
    Rule("DUPLIKAT", "Teks yang mirip dengan unggahan sebelumnya", repeated, POSTS, dated=True),
    Rule("KONFLIK-JADWAL", "OPD lain menulis hal yang sama", crowded, POSTS, dated=True),
)
