"""The pictures of a submission as one row, though each channel may show others of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from publishing.models import Revision


def of(revision: Revision) -> list[dict[str, Any]]:
    """Every picture that some channel shows, once, in the order of the post."""
    return merged([entry["pictures"] for entry in revision.content["channels"]])


def merged(rows: Iterable[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """One row of what each channel shows; a picture is known by its "media".

    A revision keeps no row of its own, only those of its channels, each a part of the same row:
    the longest is the ground, and what it lacks goes before the picture that it stood before.
    """
    whole: list[dict[str, Any]] = []
    for row in sorted(rows, key=len, reverse=True):
        _merge(whole, row)
    return whole


def _merge(whole: list[dict[str, Any]], row: Sequence[Mapping[str, Any]]) -> None:
    place = len(whole)
    for picture in reversed(row):
        known = next((n for n, one in enumerate(whole) if one["media"] == picture["media"]), None)
        if known is None:
            whole.insert(place, dict(picture))
        else:
            place = known
