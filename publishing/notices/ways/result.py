"""What became of one sending, as every way says it. No sentence here holds a secret."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Taken:
    """It is theirs now: never sent again."""


@dataclass(frozen=True)
class NotTaken:
    """Certainly not taken: may be sent again, not before `after`.

    `broken`: it will not be taken until somebody changes a setting. `of_one`: it is about this one
    address, and says nothing of the way.
    """

    said: str
    after: timedelta | None = None
    broken: bool = False
    of_one: bool = False


@dataclass(frozen=True)
class Refused:
    """This one message will never be taken; others may."""

    said: str


@dataclass(frozen=True)
class Doubtful:
    """Perhaps taken: never sent again."""

    said: str


Result: TypeAlias = Taken | NotTaken | Refused | Doubtful


def no_answer() -> Doubtful:
    return Doubtful(_("Tidak ada jawaban."))


def unreachable() -> NotTaken:
    return NotTaken(_("Tidak dapat dihubungi."))
