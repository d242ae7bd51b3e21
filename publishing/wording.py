"""The words of a post as they are kept: cleaned of what nobody sees, and comparable."""

import hashlib
import re
import unicodedata

MOST_CHARACTERS = 70_000  # Facebook's limit is 63,206
# Marks that turn the order of letters around on the screen: what a reviewer reads would not be
# what goes out. Arabic needs none of them; the two plain marks (U+200E, U+200F) stay.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0])
_GAPS = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """`text` with plain line ends, and without NUL and marks that turn the writing around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)


def key_of(text: str) -> str:
    """SHA-256 of the bare words: the same for texts that differ in case, signs or spacing only.

    Empty for a text without words.
    """
    bare = _GAPS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return hashlib.sha256(bare.encode()).hexdigest() if bare else ""
