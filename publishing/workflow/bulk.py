"""Several approved at once: only what was opened, is clean, and waits for this person alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import checklist
from publishing.calendar import BadTime, too_close
from publishing.checklist import Unchecked
from publishing.models import Event, Post
from publishing.queue import tabs
from publishing.queue.rows import Row, rows
from publishing.workflow import review
from publishing.workflow.moves import NotAllowed, Stale, TooClose, TooLate
from publishing.workflow.seen import Unsettled

MOST = 10
_REFUSALS = (Stale, TooLate, TooClose, Unsettled, NotAllowed, Unchecked, BadTime)


@dataclass(frozen=True)
class Outcome:
    """What came of one item: why it was left, "" when it was done; and the post by then.

    Of an item that nobody can name any more there is no post.
    """

    post: Post | None
    trouble: str = ""

    @property
    def title(self) -> str:
        return self.post.title if self.post else _("Satu unggahan")

    @property
    def mark(self) -> str:
        """The post and its version, for `undo`; "" when it was left."""
        return f"{self.post.pk}.{self.post.version}" if self.post and not self.trouble else ""


def fits(row: Row) -> bool:
    """Whether an item may be approved in a list: read, clean, one yes, time enough."""
    waits = row.post.status == Post.Status.SUBMITTED
    return waits and row.is_opened and row.is_clean and too_close(row.post.publish_at) is None


def chosen(user: User, ticked: Sequence[str]) -> list[Row]:
    """The ticked items ("<id>.<version>.<hash>") that this person may approve in a list now."""
    found = tabs.posts(user, tabs.MINE).filter(pk__in=[_pk(one) for one in ticked][:MOST])
    return [row for row in rows(found, user) if fits(row) and mark(row) in ticked]


def mark(row: Row) -> str:
    """The item as it is on the page: its id, its version, what it says."""
    return f"{row.post.pk}.{row.post.version}.{row.newest.sha256}"


def approve(user: User, ticked: Sequence[str]) -> list[Outcome]:
    """Approve each of the ticked items by itself; what changed meanwhile is left, and says why."""
    fresh = {mark(row): row for row in chosen(user, ticked)}
    wanted = list(dict.fromkeys(ticked[:MOST]))
    known = _named(user, [one for one in wanted if one not in fresh])
    return [
        _approve(user, fresh[one])
        if one in fresh
        else Outcome(known.get(_pk(one)), _("Sudah berubah. Buka dan putuskan sendiri-sendiri."))
        for one in wanted
    ]


def _approve(user: User, row: Row) -> Outcome:
    post, read = row.post, row.newest.sha256
    everything = checklist.AT_ONCE
    try:
        review.approve(post, by=user, seen=post.version, revision=read, checklist=everything)
    except _REFUSALS as reason:
        return Outcome(post, str(reason))
    return Outcome(post)


def fresh(user: User, marks: Sequence[str]) -> list[str]:
    """Those of `marks` ("<id>.<version>") that this person approved in the last ten seconds."""
    if not marks:
        return []
    lately = Event.objects.filter(actor=user, at__gt=timezone.now() - settings.UNDO)
    theirs = lately.filter(verb=Event.Verb.APPROVE, post__in=[_pk(one) for one in marks[:MOST]])
    known = set(theirs.values_list("post", flat=True))
    return [one for one in dict.fromkeys(marks) if _pk(one) in known]


def undo(user: User, marks: Sequence[str]) -> list[Outcome]:
    """Take each of these approvals ("<id>.<version>") back by itself; what cannot be, says why."""
    wanted = list(dict.fromkeys(marks[:MOST]))
    known = _named(user, wanted)
    return [_undo(user, known[_pk(one)], one) for one in wanted if _pk(one) in known]


def _undo(user: User, post: Post, wanted: str) -> Outcome:
    seen = wanted.partition(".")[2]
    try:
        review.undo(post, by=user, seen=int(seen) if seen.isdecimal() else 0)
    except _REFUSALS as reason:
        return Outcome(post, str(reason))
    return Outcome(post)


def left(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.trouble]


def _named(user: User, marks: Iterable[str]) -> dict[int, Post]:
    """The posts of these marks, as far as this person may know of them."""
    found = Post.objects.once_visible_to(user).with_hands().filter(pk__in=map(_pk, marks))
    return {post.pk: post for post in found}


def _pk(one: str) -> int:
    """The id in a mark; 0 for what is none."""
    number = one.partition(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= 18 else 0
