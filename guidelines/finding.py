"""What a rule says about a text: a hit, and the finding that it becomes."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters (government.md 6.1)."""

    BLOCK = "block"  # nothing is handed in before it is mended, or a reviewer lets it pass
    WARN = "warn"  # the author says why it may stand
    INFO = "info"  # a hint


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. `start` and `end` are places in the original text, the same when the
    whole text is meant; `sentence` says what is so, `advice` what to do about it."""

    level: Level
    start: int
    end: int
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with the rule that made it, and the words it is about."""

    code: str
    version: int
    level: Level
    start: int
    end: int
    words: str
    sentence: str
    advice: str

    @property
    def key(self) -> str:
        """Twelve hex digits, the same for the same rule and words wherever they stand; for what
        is about no words in particular, the same as long as it says the same.

        An answer to a finding holds for as long as its words do, whatever is written around them.
        """
        about = self.words or self.sentence
        said = f"{self.code}\n{' '.join(about.split()).casefold()}"
        return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:12]
