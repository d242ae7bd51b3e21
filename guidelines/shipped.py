"""Data that comes with the rules and that Humas edits a copy of: the days that are greeted."""

import tomllib
from functools import cache
from importlib.resources import files

from guidelines.context import Commemoration


@cache
def commemorations() -> tuple[Commemoration, ...]:
    """The shipped days, in the order of the year (government.md 3.5)."""
    file = files("guidelines").joinpath("data", "commemorations.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["day"]
    return tuple(_commemoration(row["on"], row["names"], row.get("base")) for row in rows)


def _commemoration(on: str, names: list[str], base: int | None) -> Commemoration:
    month, day = map(int, on.split("-"))
    return Commemoration(tuple(names), month, day, base)
