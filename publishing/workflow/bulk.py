"""Several approved at once: only what was opened, is clean, and waits for this person alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from publishing import checklist
from publishing.calendar import BadTime, too_close
from publishing.checklist import Unchecked
from publishing.models import Post
from publishing.queue import tabs
from publishing.queue.rows import Row, rows
from publishing.workflow import review
from publishing.workflow.moves import NotAllowed, Stale, TooClose, TooLate
from publishing.workflow.seen import Unsettled

MOST = 10
_REFUSALS = (Stale, TooLate, TooClose, Unsettled, NotAllowed, Unchecked, BadTime)


@dataclass(frozen=True)
class Outcome:
    """What came of one item: its title, and why it was left, "" when it was approved."""

    title: str
    trouble: str = ""


def fits(row: Row) -> bool:
    """Whether an item may be approved in a list: read, clean, one yes, time enough."""
    waits = row.post.status == Post.Status.SUBMITTED
    return waits and row.is_opened and row.is_clean and too_close(row.post.publish_at) is None


def chosen(user: User, ticked: Sequence[str]) -> list[Row]:
    """The ticked items ("<id>.<version>.<hash>") that this person may approve in a list now."""
    pks = [int(one.partition(".")[0]) for one in ticked if one.partition(".")[0].isdecimal()]
    found = tabs.posts(user, tabs.MINE).filter(pk__in=pks[:MOST])
    return [row for row in rows(found, user) if fits(row) and mark(row) in ticked]


def mark(row: Row) -> str:
    """The item as it is on the page: its id, its version, what it says."""
    return f"{row.post.pk}.{row.post.version}.{row.newest.sha256}"


def approve(user: User, ticked: Sequence[str]) -> list[Outcome]:
    """Approve each of the ticked items by itself; what changed meanwhile is left, and says why."""
    known = {mark(row): row for row in chosen(user, ticked)}
    return [_approve(user, known.get(one), one) for one in dict.fromkeys(ticked[:MOST])]


def _approve(user: User, row: Row | None, ticked: str) -> Outcome:
    if row is None:
        number = ticked.partition(".")[0]
        return Outcome(f"#{number}", _("Berubah sementara itu, atau tidak lagi dapat sekaligus."))
    post, read = row.post, row.newest.sha256
    everything = checklist.AT_ONCE
    try:
        review.approve(post, by=user, seen=post.version, revision=read, checklist=everything)
    except _REFUSALS as reason:
        return Outcome(row.post.title, str(reason))
    return Outcome(row.post.title)


def left(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.trouble]
