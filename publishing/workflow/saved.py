"""The history of a draft: states that were kept while it was written, and how one comes back."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from publishing.models import Post, SavedDraft
from publishing.workflow.drafts import Draft

STRETCH = timedelta(minutes=5)  # what one person saves within it is one state
MOST = 50  # states of one draft; the oldest go first
_SOURCE_WORDS = ("document", "number", "url", "owner", "supports")
_WORDS = re.compile(r"\S+")


def keep(post: Post, draft: Draft, *, by: User, anew: bool = False) -> None:
    """Remember this state. What one person saves within five minutes is one state.

    `anew`, another kind, a channel or picture taken out, or a third of some words gone at once
    begins another: a wrong "select all, delete" can be taken back.
    """
    content = draft.as_json()
    last = post.saved.first()
    if last is not None and last.content == content:
        return
    if last is None or anew or not _goes_on(last, content, by):
        SavedDraft.objects.create(post=post, by=by, at=timezone.now(), content=content)
        _forget_the_oldest(post)
    else:
        SavedDraft.objects.filter(pk=last.pk).update(content=content)


def _goes_on(last: SavedDraft, content: Mapping[str, Any], by: User) -> bool:
    lately = last.by_id == by.pk and timezone.now() - last.at < STRETCH
    return lately and not _loses(last.content, content)


def _loses(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether something of `old` could not be found in `new` any more."""
    if old.get("kind") != new["kind"] or len(new["sources"]) < len(old["sources"]):
        return True
    if _chosen(old) - _chosen(new):
        return True
    now = _words(new)
    return any(_is_lost(said, now.get(place, "")) for place, said in _words(old).items())


def _chosen(content: Mapping[str, Any]) -> set[Hashable]:
    """The channels and pictures of a state."""
    return {*content["channels"], *(picture["media"] for picture in content["pictures"])}


def _words(content: Mapping[str, Any]) -> dict[Hashable, str]:
    """Everything in a state that somebody wrote, by its place."""
    return {
        "text": content["text"],
        "note": content.get("note", ""),
        **{("own", pk): said for pk, said in content["channels"].items()},
        **{("answer", key): said for key, said in content.get("details", {}).items()},
        **{("alt", picture["media"]): picture["alt"] for picture in content["pictures"]},
        **{
            ("source", n, name): source.get(name, "")
            for n, source in enumerate(content["sources"])
            for name in _SOURCE_WORDS
        },
    }


def _is_lost(before: str, now: str) -> bool:
    """Whether more than a third of the letters went: deleted, or written over.

    A word counts as kept wherever it went, and so does what both begin and end with.
    """
    before, now = before.strip(), now.strip()
    head = _shared(before, now)
    tail = _shared(before[head:][::-1], now[head:][::-1])
    if 3 * (head + tail) >= 2 * len(before):
        return False
    had, has = Counter(_WORDS.findall(before)), Counter(_WORDS.findall(now))
    return 3 * _letters(had & has) < 2 * _letters(had)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _letters(words: Counter[str]) -> int:
    return sum(len(word) * times for word, times in words.items())


def _forget_the_oldest(post: Post) -> None:
    beyond = post.saved.values_list("pk", flat=True)[MOST:]
    SavedDraft.objects.filter(pk__in=list(beyond)).delete()
