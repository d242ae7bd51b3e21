"""Owns text as X sees it: its weighted length, its links, the escapes in what X returns."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Any

LONGEST = 280
LINK_WEIGHT = 23
SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))

LINK = re.compile(
    r"(?<![\w@.])(?:https?://[^\s<>\"]+"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|info|gov|edu|id|co|me|ly|io|app)\b(?:/[^\s<>\"]*)?)",
    re.IGNORECASE,
)
TRAILING = ".,;:!?)]}'\""

_PICTOGRAPH = r"[\u231a-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_ONE_EMOJI = rf"{_PICTOGRAPH}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
EMOJI = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    rf"|{_ONE_EMOJI}(?:[\U000e0020-\U000e007f]+|(?:\u200d(?:{_ONE_EMOJI}|[\u2640\u2642]\ufe0f?))*)"
)


@dataclass(frozen=True)
class Link:
    start: int
    end: int
    address: str

    @property
    def expanded(self) -> str:
        return self.address if "://" in self.address else f"http://{self.address}"


def links(text: str) -> list[Link]:
    found = []
    for match in LINK.finditer(text):
        address = match.group().rstrip(TRAILING)
        found.append(Link(match.start(), match.start() + len(address), address))
    return found


def weighted_length(text: str) -> int:
    """Length as X counts it: NFC, a link 23, an emoji 2, most scripts 1, the rest 2.

    Source: twitter-text configuration v3, as noted in the design's platform facts.
    """
    text = unicodedata.normalize("NFC", text)
    total, rest = 0, text
    for link in reversed(links(text)):
        total += LINK_WEIGHT
        rest = rest[: link.start] + rest[link.end :]
    without_emoji, emoji = EMOJI.subn("", rest)
    return total + 2 * emoji + sum(_weight(character) for character in without_emoji)


def _weight(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in SINGLE) else 2


def as_returned(text: str, owner: str, picture_page: str = "") -> tuple[str, list[dict[str, Any]]]:
    """The text with t.co links and escapes, and the `entities.urls` that explain them.

    `owner` keeps the short links of one post apart from those of another; `picture_page` adds
    the link that X appends when a post has pictures.
    """
    written, done, entities = "", 0, []
    for link in links(text):
        written += escape(text[done : link.start], quote=False)
        short = _shortened(owner, link.expanded)
        entities.append(_entity(len(written), short, link.expanded))
        written, done = written + short, link.end
    written += escape(text[done:], quote=False)
    if picture_page:
        written += " " if written else ""
        short = _shortened(owner, picture_page)
        entities.append(_entity(len(written), short, picture_page))
        written += short
    return written, entities


def _entity(start: int, short: str, expanded: str) -> dict[str, Any]:
    display = re.sub(r"^https?://(www\.)?", "", expanded)
    return {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": expanded,
        "display_url": display if len(display) <= 28 else f"{display[:27]}…",
    }


def _shortened(owner: str, address: str) -> str:
    digest = hashlib.sha256(f"{owner} {address}".encode()).hexdigest()
    return f"https://t.co/{digest[:10]}"
