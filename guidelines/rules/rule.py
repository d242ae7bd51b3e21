"""What a rule is. Each code of government.md 6.2 has exactly one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from guidelines.context import Context, Genre
from guidelines.finding import Hit
from guidelines.normal import Text

Find: TypeAlias = Callable[[Text, Context], Iterable[Hit]]

EVERYWHERE = frozenset(Genre)
WRITTEN = frozenset({Genre.POST, Genre.REPLY})
POSTS = frozenset({Genre.POST})
PICTURES = frozenset({Genre.PICTURE})


@dataclass(frozen=True, slots=True)
class Rule:
    """`title` says what it looks for, `lists` the lexicon lists it reads; `version` goes up when
    it finds other things than before. `dated`: its answer may change while the text does not."""

    code: str
    title: str
    find: Find
    genres: frozenset[Genre] = EVERYWHERE
    lists: tuple[str, ...] = ()
    version: int = 1
    dated: bool = False
