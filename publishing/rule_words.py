"""The lists of the lexicon as Humas edits them: what is there, added, taken out, by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from guidelines import lexicon
from publishing import rulebook
from publishing.models import WordEdit


@dataclass(frozen=True)
class Entry:
    """A word of a list. `edit` says who added it or took it out; `right` is what a list of pairs
    wants instead."""

    word: str
    is_shipped: bool
    edit: WordEdit | None = None
    right: str = ""

    @property
    def is_out(self) -> bool:
        return self.edit is not None and self.edit.is_removed


@dataclass(frozen=True)
class WordList:
    """A list of the lexicon in short."""

    name: str
    title: str
    shipped: int
    added: int
    removed: int

    @property
    def holds(self) -> int:
        return self.shipped + self.added - self.removed


def lists() -> list[WordList]:
    """Every list with how much of it is ours; one query."""
    edits = list(WordEdit.objects.values_list("list", "word", "is_removed"))
    return [
        _in_short(name, [edit[1:] for edit in edits if edit[0] == name]) for name in lexicon.names()
    ]


def _in_short(name: str, edits: Sequence[tuple[str, bool]]) -> WordList:
    shipped = frozenset(lexicon.shipped(name))
    added = sum(1 for word, is_out in edits if not is_out and word not in shipped)
    removed = sum(1 for _word, is_out in edits if is_out)
    return WordList(name, lexicon.title(name), len(shipped), added, removed)


def entries(name: str, about: str = "") -> list[Entry]:
    """The entries of a list that contain `about`, what Humas touched first; one query."""
    edits = {edit.word: edit for edit in WordEdit.objects.filter(list=name).select_related("by")}
    shipped = lexicon.shipped(name)
    rights: Mapping[str, str] = lexicon.pairs(name) if lexicon.is_pairs(name) else {}
    found = [_shipped(w, edits.pop(w, None), rights) for w in shipped]
    found += [
        Entry(w, False, edit, edit.instead) for w, edit in edits.items() if not edit.is_removed
    ]
    wanted = [one for one in found if about in one.word.casefold()]
    return sorted(wanted, key=lambda one: (one.edit is None, one.word.casefold()))


def _shipped(word: str, edit: WordEdit | None, rights: Mapping[str, str]) -> Entry:
    own = edit.instead if edit and not edit.is_removed else ""
    return Entry(word, True, edit, own or rights.get(word.lower(), ""))


def spelled(name: str, word: str) -> str:
    """The word as this list writes it: in small letters, if all of its entries are."""
    small = all(entry == entry.lower() for entry in lexicon.shipped(name))
    return word.lower() if small else word


@transaction.atomic
def add(name: str, word: str, by: User, *, instead: str = "") -> None:
    """Put a word on a list, in a list of pairs with what to write `instead`; a shipped one that
    was taken out is put back."""
    known = {entry.casefold(): entry for entry in lexicon.shipped(name)}
    shipped = known.get(word.casefold())
    if shipped and not instead:
        _forget(name, shipped)
    else:
        _write(name, shipped or spelled(name, word), by, is_removed=False, instead=instead)
    rulebook.changed()


@transaction.atomic
def take_out(name: str, word: str, by: User) -> None:
    """Take a word off a list: an added one is gone, a shipped one stands there struck."""
    if word in lexicon.shipped(name):
        _write(name, word, by, is_removed=True)
    else:
        _forget(name, word)
    rulebook.changed()


@transaction.atomic
def put_back(name: str, word: str) -> None:
    """A shipped word that was taken out holds again."""
    WordEdit.objects.filter(list=name, word=word, is_removed=True).delete()
    rulebook.changed()


def _write(name: str, word: str, by: User, *, is_removed: bool, instead: str = "") -> None:
    edit = {"is_removed": is_removed, "instead": instead, "by": by, "at": timezone.now()}
    WordEdit.objects.update_or_create(list=name, word=word, defaults=edit)


def _forget(name: str, word: str) -> None:
    WordEdit.objects.filter(list=name, word=word).delete()
