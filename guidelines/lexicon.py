"""The word lists: TOML data with a version, as Humas edited them, compiled once.

An entry is a word or phrase as people write it; any white space may stand between its words, a
`*` at its end stands for any ending ("viral*").
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from guidelines.context import Context, Edit

_NONE = Edit()
_NEVER = re.compile(r"(?!)")


@cache
def _data() -> dict[str, Any]:
    """Every list by its name: {"version", "title", "words"}; of pairs, `words` is a table."""
    lists: dict[str, Any] = {}
    for file in sorted(files("guidelines").joinpath("lexicon").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            lists |= tomllib.loads(file.read_text(encoding="utf-8"))
    return lists


def names() -> tuple[str, ...]:
    """The lists there are, in the order of their files."""
    return tuple(_data())


def title(name: str) -> str:
    """What a list is about, for people."""
    return str(_data()[name]["title"])


def version(name: str) -> int:
    return int(_data()[name]["version"])


def shipped(name: str) -> tuple[str, ...]:
    """The entries as delivered, without anybody's edits; of pairs, the left sides."""
    return tuple(_data()[name]["words"])


def is_pairs(name: str) -> bool:
    """Whether a list says what to write instead."""
    return isinstance(_data()[name]["words"], dict)


@cache
def _shipped_pairs(name: str) -> dict[str, str]:
    return {left.lower(): right for left, right in _data()[name]["words"].items()}


def pairs(name: str, context: Context | None = None) -> Mapping[str, str]:
    """A list of pairs, such as misspelling -> spelling, by its left sides in small letters; with
    a context also those that Humas added."""
    added = context.edits.get(name, _NONE).instead if context else {}
    return {**_shipped_pairs(name), **added} if added else _shipped_pairs(name)


def words(name: str, context: Context) -> frozenset[str]:
    """The entries that hold, with what Humas added and without what it took out."""
    edit = context.edits.get(name, _NONE)
    return (frozenset(shipped(name)) | edit.added) - edit.removed


def pattern(name: str, context: Context, *, stretched: bool = False) -> re.Pattern[str]:
    """Any entry of a list as a whole word, whatever its case; never a catastrophic pattern.

    `stretched` is for `Text.bare`: a letter may stand twice, as in "tollol".
    """
    return compiled(words(name, context), stretched)


@lru_cache(maxsize=256)
def compiled(entries: frozenset[str], stretched: bool = False) -> re.Pattern[str]:
    """The pattern of any of these entries; a pattern that finds nothing when there is none."""
    longest_first = sorted((e for e in entries if e.strip(" *")), key=lambda e: (-len(e), e))
    if not longest_first:
        return _NEVER
    any_of = "|".join(_as_pattern(entry, stretched) for entry in longest_first)
    return re.compile(rf"(?<!\w)(?:{any_of})", re.IGNORECASE)


def _as_pattern(entry: str, stretched: bool) -> str:
    stem = entry.rstrip("*")
    letters = [[re.escape(c) + ("{1,2}" if stretched else "") for c in w] for w in stem.split()]
    body = r"\s+".join(map("".join, letters))
    return body + (r"\w*" if entry.endswith("*") else r"(?!\w)")
