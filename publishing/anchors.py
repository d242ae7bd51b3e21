"""Where in a submission a note points: made from what was chosen, found again in later words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

AROUND = 40  # letters kept on each side of a quote: they tell two equal quotes apart
MOST_QUOTED = 1000  # letters
EDGE = 1000  # a picture's width and its height, as a point counts them


class Misplaced(Exception):
    """Nothing stands where a note should point; the message says so, `field` is where it was asked:
    place, quote."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True)
class Anchor:
    """What a note is about. No `media` and no `channels`: the whole post.

    Of a text `channels` are all that say it, `start` and `quote` the words ("": all of it). Of a
    picture the one channel on whose preview somebody pointed, `x` and `y` in thousandths of the
    rendition shown there, `rendition` its SHA-256; none of them: the picture as a whole.
    """

    channels: tuple[int, ...] = ()
    start: int = 0
    quote: str = ""
    before: str = ""
    after: str = ""
    media: int | None = None
    x: int | None = None
    y: int | None = None
    rendition: str = ""


WHOLE = Anchor()


def on_text(content: Mapping[str, Any], channel: int, quote: str = "", near: int = 0) -> Anchor:
    """On what `channel` says in a revision, or on `quote` in it, the one nearest to `near`.

    Raises Misplaced.
    """
    entry = _entry(content, channel)
    text = entry["text"]
    sharing = tuple(e["channel"] for e in content["channels"] if e["text"] == text)
    quote = quote.strip()
    if not quote:
        return Anchor(sharing)
    if len(quote) > MOST_QUOTED:
        raise Misplaced("quote", _("Kutipannya terlalu panjang. Pilih paling banyak 1.000 huruf."))
    found = find(text, quote, near=near)
    if found is None:
        message = _("Kata-kata itu tidak ada di teks ini. Salin persis dari pratinjaunya.")
        raise Misplaced("quote", message)
    start, end = found
    around = (text[max(0, start - AROUND) : start], text[end : end + AROUND])
    return Anchor(sharing, start, text[start:end], *around)


def on_picture(
    content: Mapping[str, Any],
    media: int,
    channel: int | None = None,
    point: tuple[int, int] | None = None,
) -> Anchor:
    """On a picture of a revision, or on a `point` of it as `channel` shows it. Raises Misplaced."""
    shown = _pictures(content, media)
    if not shown:
        raise Misplaced("place", _("Gambar itu tidak ada di pengajuan ini. Pilih lagi."))
    if point is None:
        return Anchor(media=media)
    if channel is None or channel not in shown or not all(0 <= part <= EDGE for part in point):
        raise Misplaced("place", _("Titiknya di luar gambar. Ketuk gambarnya sekali lagi."))
    return Anchor((channel,), media=media, x=point[0], y=point[1], rendition=shown[channel])


def find(
    text: str, quote: str, before: str = "", after: str = "", near: int = 0
) -> tuple[int, int] | None:
    """Where `quote` stands in `text`: from, to; None when it does not.

    Exactly as it was, else with other white space or capitals. Of several the one between the most
    of the same words as before, then the nearest. Nothing looser: a quote that was mended is gone.
    """
    spans = _exact(text, quote) or _loose(text, quote)
    if not spans:
        return None

    def worth(span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        kept = _shared(text[:start][::-1], before[::-1]) + _shared(text[end:], after)
        return (kept, -abs(start - near))

    return max(spans, key=worth)


def _exact(text: str, quote: str) -> list[tuple[int, int]]:
    """Also those that begin inside another: "ada" twice in "adada"."""
    spans, start = [], text.find(quote) if quote else -1
    while start >= 0:
        spans.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return spans


def _loose(text: str, quote: str) -> list[tuple[int, int]]:
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _shared(some: str, others: str) -> int:
    """How many letters both begin with."""
    pairs = zip(some, others, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), len(others))


def _entry(content: Mapping[str, Any], channel: int) -> Mapping[str, Any]:
    for entry in content["channels"]:
        if entry["channel"] == channel:
            return dict(entry)
    raise Misplaced("place", _("Teks itu tidak ada di pengajuan ini. Pilih lagi."))


def _pictures(content: Mapping[str, Any], media: int) -> dict[int, str]:
    """{channel that shows the picture: SHA-256 of what it shows}."""
    return {
        entry["channel"]: picture["sha256"]
        for entry in content["channels"]
        for picture in entry["pictures"]
        if picture["media"] == media
    }
