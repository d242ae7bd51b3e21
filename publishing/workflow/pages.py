"""Which page a save came from: a repeat makes no second post, and no conflict with oneself.

Every opened composer has a key of its own, and counts what it sends. On a poor line the answer to
a save is lost, a button is pressed twice, an older autosave arrives after a newer one: the key and
the count tell each of these from somebody else's save.
"""

import secrets
from dataclasses import dataclass

from accounts.models import User
from publishing.models import Post
from publishing.workflow.moves import Stale


class Repeated(Exception):
    """This page has sent the same, or something newer, already: there is nothing to do."""


@dataclass(frozen=True)
class Page:
    """One opening of the composer (`key`, "" for none), and which of its sendings this is."""

    key: str = ""
    step: int = 0

    def __str__(self) -> str:
        return f"{self.key}.{self.step}"

    @classmethod
    def opened(cls) -> "Page":
        return cls(secrets.token_hex(8))

    @classmethod
    def read(cls, said: str) -> "Page":
        """From `<key>.<step>` as a form carries it; what cannot be read is no page."""
        key, _dot, step = said.partition(".")
        if not key.isalnum() or len(key) > 16 or not step.isdecimal() or len(step) > 6:
            return cls()
        return cls(key, int(step))


def born_of(page: Page, by: User) -> Post | None:
    """The post that this very page began, although its answer may never have come back."""
    return Post.objects.filter(author=by, born_of=page.key).first() if page.key else None


def demanded(post: Post, page: Page, seen: str) -> int:
    """The version that a save of `page` must find. Raises Repeated, or Stale.

    `seen` is what the form carried; a page that saved last itself need not know its answer.
    """
    if page.key and page.key == post.page:
        if page.step <= post.page_step:
            raise Repeated
        return post.version
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
        raise Stale(post)
    return int(seen)
