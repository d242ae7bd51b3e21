"""What changed between two revisions of a post: word by word, picture by picture, line by line."""

import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, TypeAlias, TypeVar

from publishing import kinds, picture_row
from publishing.models import Kind, Revision

Part: TypeAlias = tuple[Literal["same", "del", "ins"], str]

T = TypeVar("T")

LONG = 2000  # tokens; words and the white space between them
_TOKENS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class TextChange:
    """A text that reads differently now; `where` names what it is the text of."""

    where: tuple[Any, ...]  # platform keys, or the number of a picture
    parts: list[Part]


@dataclass(frozen=True)
class PictureChange:
    """What happened at one place in the row of pictures. `media` is the new one, or the removed."""

    kind: Literal["added", "removed", "replaced", "moved"]
    number: int
    media: int
    was: int | None = None


@dataclass(frozen=True)
class ChoiceChange:
    """A picture of the row that a channel shows now, or does not show any more."""

    platform: str
    number: int  # its place in the row
    media: int
    shown: bool


@dataclass(frozen=True)
class FrameChange:
    """A picture that stayed and is cut otherwise now, on these platforms."""

    where: tuple[str, ...]
    number: int
    media: int


@dataclass(frozen=True)
class Changes:
    """Everything that a reviewer has to look at again."""

    since: Revision
    texts: list[TextChange] = field(default_factory=list)
    channels_added: list[str] = field(default_factory=list)  # platform keys
    channels_removed: list[str] = field(default_factory=list)
    pictures: list[PictureChange] = field(default_factory=list)
    choices: list[ChoiceChange] = field(default_factory=list)
    frames: list[FrameChange] = field(default_factory=list)
    alts: list[TextChange] = field(default_factory=list)
    kind: tuple[Kind, Kind] | None = None  # from, to
    details: list[tuple[str, str, str]] = field(default_factory=list)  # question, from, to
    corrects: tuple[int | None, int | None] | None = None  # posts, from, to
    sources_added: list[dict[str, Any]] = field(default_factory=list)
    sources_removed: list[dict[str, Any]] = field(default_factory=list)
    moved: tuple[datetime | None, datetime | None] | None = None  # from, to
    validity: tuple[datetime | None, datetime | None] | None = None  # from, to
    no_claims: bool | None = None  # the new answer, when it changed

    @property
    def count(self) -> int:
        rows: list[Sized] = [self.texts, self.channels_added, self.channels_removed, self.pictures]
        rows += [self.choices, self.frames, self.alts, self.details]
        rows += [self.sources_added, self.sources_removed]
        answers = [self.kind, self.corrects, self.moved, self.validity, self.no_claims]
        return sum(map(len, rows)) + sum(answer is not None for answer in answers)


def between(old: Revision, new: Revision) -> Changes:
    """What a reader of `old` has to look at again in `new`."""
    before, now = _by_channel(old), _by_channel(new)
    row_before, row_now = picture_row.of(old), picture_row.of(new)
    return Changes(
        since=old,
        texts=_texts(before, now),
        channels_added=[entry["platform"] for pk, entry in now.items() if pk not in before],
        channels_removed=[entry["platform"] for pk, entry in before.items() if pk not in now],
        pictures=_pictures(_media(row_before), _media(row_now)),
        choices=_choices(before, now, _media(row_before), _media(row_now)),
        frames=_frames(before, now, _media(row_now)),
        alts=_alts(row_before, row_now),
        kind=_pair(old.kind, new.kind),
        details=_details(old, new),
        corrects=_pair(old.content.get("corrects"), new.content.get("corrects")),
        sources_added=_missing(new.content["sources"], old.content["sources"]),
        sources_removed=_missing(old.content["sources"], new.content["sources"]),
        moved=_pair(old.publish_at, new.publish_at),
        validity=_pair(old.valid_until, new.valid_until),
        no_claims=_answer(old.content["no_claims"], new.content["no_claims"]),
    )


def words(old: str, new: str) -> list[Part]:
    """`new` against `old` in parts that join to both; a change never splits a word.

    White space is junk to the matcher: it is kept with the words around it, so "Minggu, 29" ->
    "Sabtu, 28" is one change and not two. In a long text frequent words are left out too:
    comparing ten thousand of the same word pair by pair takes minutes.
    """
    before, now = _TOKENS.findall(old), _TOKENS.findall(new)
    head = _shared(before, now)
    tail = _shared(before[head:][::-1], now[head:][::-1])
    middle = _compared(before[head : len(before) - tail], now[head : len(now) - tail])
    ends = ("".join(now[:head]), "".join(now[len(now) - tail :]))
    parts = [("same", ends[0]), *middle, ("same", ends[1])]
    return [part for part in parts if part[1]]


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    """How many tokens both begin with. Most edits touch little: what is the same costs nothing."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(some), len(others)))


def _compared(before: Sequence[str], now: Sequence[str]) -> list[Part]:
    matcher = SequenceMatcher(str.isspace, before, now, autojunk=len(now) > LONG)
    parts: list[Part] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(before[i:j])))
            continue
        parts += [("del", "".join(before[i:j]))] if i < j else []
        parts += [("ins", "".join(now[k:m]))] if k < m else []
    return parts


def _by_channel(revision: Revision) -> dict[int, dict[str, Any]]:
    return {entry["channel"]: entry for entry in revision.content["channels"]}


def _texts(before: dict[int, dict[str, Any]], now: dict[int, dict[str, Any]]) -> list[TextChange]:
    """One change for all channels that say the same: nobody reads the same edit three times."""
    changed = sorted(
        (before[pk]["text"], entry["text"], entry["platform"])
        for pk, entry in now.items()
        if pk in before and before[pk]["text"] != entry["text"]
    )
    return [
        TextChange(tuple(platform for _, _, platform in group), words(old, new))
        for (old, new), group in groupby(changed, key=lambda row: row[:2])
    ]


def _media(row: Iterable[Mapping[str, Any]]) -> list[int]:
    """Pictures by identity: a media row is stored once for each hash of an upload."""
    return [picture["media"] for picture in row]


def _pictures(before: Sequence[int], now: Sequence[int]) -> list[PictureChange]:
    changes: list[PictureChange] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(j - i, m - k)
        changes += [
            PictureChange("replaced", k + n + 1, now[k + n], was=before[i + n])
            for n in range(pairs)
        ]
        changes += [PictureChange("removed", n + 1, before[n]) for n in range(i + pairs, j)]
        changes += [PictureChange("added", n + 1, now[n]) for n in range(k + pairs, m)]
    if sorted(before) == sorted(now):
        return [_as_moved(change) for change in changes if change.kind != "removed"]
    return changes


def _as_moved(change: PictureChange) -> PictureChange:
    return PictureChange("moved", change.number, change.media)


def _choices(
    before: Mapping[int, Mapping[str, Any]],
    now: Mapping[int, Mapping[str, Any]],
    row_before: Sequence[int],
    row_now: Sequence[int],
) -> list[ChoiceChange]:
    """What a channel shows otherwise than expected: as before, and of what is new everything."""
    changes = []
    for pk, entry in now.items():
        earlier = _media(before[pk]["pictures"]) if pk in before else row_before
        shown = _media(entry["pictures"])
        for number, media in enumerate(row_now, 1):
            expected = media in earlier or media not in row_before
            if (media in shown) != expected:
                changes.append(ChoiceChange(entry["platform"], number, media, media in shown))
    return changes


def _frames(
    before: Mapping[int, Mapping[str, Any]],
    now: Mapping[int, Mapping[str, Any]],
    row: Sequence[int],
) -> list[FrameChange]:
    """Another rendition of the same picture: its author moved what must stay in sight."""
    recut: dict[int, list[str]] = {}
    for pk, entry in now.items():
        known = before[pk]["pictures"] if pk in before else []
        hashes = {picture["media"]: picture["sha256"] for picture in known}
        for picture in entry["pictures"]:
            if hashes.get(picture["media"], picture["sha256"]) != picture["sha256"]:
                recut.setdefault(picture["media"], []).append(entry["platform"])
    return [FrameChange(tuple(recut[m]), n, m) for n, m in enumerate(row, 1) if m in recut]


def _alts(before: Iterable[dict[str, Any]], now: Sequence[dict[str, Any]]) -> list[TextChange]:
    """Alternative texts that changed on pictures that stayed."""
    old = {picture["media"]: picture["alt"] for picture in before}
    return [
        TextChange((number,), words(old[picture["media"]], picture["alt"]))
        for number, picture in enumerate(now, 1)
        if old.get(picture["media"], picture["alt"]) != picture["alt"]
    ]


def _details(old: Revision, new: Revision) -> list[tuple[str, str, str]]:
    """Answers that read differently now, in the order of the questions of both kinds."""
    before, now = _answers(old), _answers(new)
    rows = [(label, before.get(label, ""), now.get(label, "")) for label in now | before]
    return [row for row in rows if row[1] != row[2]]


def _answers(revision: Revision) -> dict[str, str]:
    return dict(kinds.answers(revision.kind, revision.content.get("details", {})))


def _missing(
    rows: Iterable[dict[str, Any]], known: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    return [row for row in rows if row not in known]


def _pair(old: T, new: T) -> tuple[T, T] | None:
    return None if old == new else (old, new)


def _answer(old: bool, new: bool) -> bool | None:
    return None if old == new else new
