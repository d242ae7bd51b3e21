"""Numbers of rows as forms and addresses write them: whatever was sent, no more than a number."""

from collections.abc import Iterable

_MOST_DIGITS = 18  # a bigint holds any number of these; Python reads no more than 4300


def number(written: str) -> int | None:
    """The number that was written; None for anything else, and for one that no row can have."""
    plain = written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS
    return int(written) if plain else None


def numbers(written: Iterable[str]) -> list[int]:
    """Each number among them once, in their order."""
    found = (number(one) for one in written)
    return list(dict.fromkeys(one for one in found if one is not None))
