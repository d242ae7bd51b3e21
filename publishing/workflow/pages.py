"""Which page a save came from: a repeat makes no second post, and no conflict with oneself.

Every opened composer has a key of its own, and counts what it sends. On a poor line the answer to
a save is lost, a button is pressed twice, an older autosave arrives after a newer one: the key and
the count tell each of these from somebody else's save.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.http import QueryDict

from accounts.models import User
from publishing import ids
from publishing.models import Post
from publishing.workflow.moves import Stale

NOT_WORDS = {"csrfmiddlewaretoken", "do", "page", "version", "anew"}


class Repeated(Exception):
    """This page has sent these very words already: there is nothing to do."""


@dataclass(frozen=True)
class Page:
    """One opening of the composer (`key`, "" for none), which of its sendings this is, and a
    digest of what it sends."""

    key: str = ""
    step: int = 0
    words: str = ""

    def __str__(self) -> str:
        return f"{self.key}.{self.step}"

    @classmethod
    def opened(cls) -> "Page":
        return cls(secrets.token_hex(8))

    @classmethod
    def read(cls, sent: QueryDict) -> "Page":
        """From `page` = `<key>.<step>` of a form; what cannot be read is no page."""
        key, _dot, step = sent.get("page", "").partition(".")
        fits = key.isascii() and key.isalnum() and len(key) <= 16
        if not fits or not (step.isascii() and step.isdigit() and len(step) <= 6):
            return cls()
        said = sorted((name, rows) for name, rows in sent.lists() if name not in NOT_WORDS)
        return cls(key, int(step), hashlib.sha256(repr(said).encode()).hexdigest()[:16])

    def sent_last(self, post: Post) -> bool:
        """Whether the post's last save was this page's, with these words."""
        return bool(self.key) and (self.key, self.words) == (post.page, post.page_words)


def born_of(page: Page, by: User) -> Post | None:
    """The post that this very page began, although its answer may never have come back."""
    return Post.objects.filter(author=by, born_of=page.key).first() if page.key else None


def demanded(post: Post, page: Page, seen: str) -> int:
    """The version that a save of `page` must find. Raises Repeated, or Stale.

    `seen` is what the form carried; a page that saved last itself need not know its answer.
    """
    if page.key and page.key == post.page:
        if page.step > post.page_step:
            return post.version
        if page.sent_last(post):
            raise Repeated
        raise Stale(post)  # an older sending that comes late, or a page that was opened again
    version = ids.number(seen)
    if version is None:
        raise Stale(post)
    return version
