"""Owns the orders in which accepted posts are looked up, so that no call walks all of them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from sandbox.records import Post


class PublicPosts:
    """Posts that were ever public, deleted ones too. Kept as ids: a post itself may change."""

    def __init__(self, posts: Mapping[str, Post]) -> None:
        self._posts = posts
        self._all: list[str] = []
        self._sent: list[str] = []  # all but the planted ones
        self._of_account: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._sent_by: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._with_text: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._at_address: dict[str, str] = {}

    @property
    def count(self) -> int:
        return len(self._all)

    def note(self, post: Post) -> None:
        """Take in a post that has just become public; drafts and later changes pass by."""
        if post.sequence <= self.count:
            return
        owner = (post.platform, post.account)
        self._all.append(post.id)
        insort(self._of_account[owner], post.id, key=self._age)
        self._with_text[*owner, post.text.strip()].append(post.id)
        self._at_address[address(post)] = post.id
        if not post.planted:
            self._sent.append(post.id)
            self._sent_by[owner].append(post.id)

    def accepted(self, *, after: int = 0, planted: bool = False) -> list[tuple[int, Post]]:
        """Posts in the order of acceptance, each with its number from 1, beyond `after`."""
        ids = self._all if planted else self._sent
        return [(n, self._posts[id]) for n, id in enumerate(ids[after:], start=after + 1)]

    def listed(self, platform: str, account: str) -> Iterator[Post]:
        """What the account's lists show, newest first."""
        for id in reversed(tuple(self._of_account.get((platform, account), ()))):
            post = self._posts[id]
            if post.is_listed:
                yield post

    def with_text(self, platform: str, account: str, text: str) -> list[Post]:
        found = self._with_text.get((platform, account, text.strip()), ())
        return [self._posts[id] for id in found]

    def sent_since(self, platform: str, account: str, then: datetime) -> int:
        """How many posts came through the API; deleting gives none of them back."""
        ids = self._sent_by.get((platform, account), [])
        return len(ids) - bisect_right(ids, then, key=lambda id: self._posts[id].accepted_at)

    def at_address(self, wanted: str) -> Post | None:
        """The public post whose permalink, without its scheme, this is."""
        post = self._posts.get(self._at_address.get(wanted.strip("/"), ""))
        return post if post and post.is_public else None

    def _age(self, id: str) -> tuple[datetime, int]:
        return self._posts[id].accepted_at, self._posts[id].sequence


def address(post: Post) -> str:
    return post.permalink.removeprefix("https://").strip("/")
