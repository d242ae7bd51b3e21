"""What a decision rests on: the very submission that was on the screen, judged once more."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from guidelines import Level
from publishing import findings
from publishing.findings import Standing
from publishing.models import Finding, Post, Revision
from publishing.workflow.moves import Stale


class Unsettled(Exception):
    """The guidelines block what is to be approved, and nobody let it pass: `standing`."""

    def __init__(self, standing: list[Standing]) -> None:
        self.standing = standing
        message = _("Pedoman menahan %(n)s hal. Izinkan dengan alasan, atau minta perbaikan.")
        super().__init__(message % {"n": len(standing)})


def as_seen(post: Post, sha256: str) -> Revision:
    """The newest submission. Raises Stale when it is not the one with this hash."""
    newest = post.revisions.order_by("-number").first()
    if newest is None or newest.sha256 != sha256:
        raise Stale(post)
    return newest


def blocks(found: Iterable[Standing]) -> list[Standing]:
    """What stands in an approval's way: what blocks, and nobody let pass."""
    return [one for one in findings.unsettled(found) if one.found.level == Level.BLOCK]


def check_words(post: Post, frozen: Revision, at: datetime, *, keep: bool = True) -> None:
    """The guidelines once more, for the day it goes out: dates and lists move on. Kept.

    Raises Unsettled.
    """
    found = findings.of_revision(post, frozen, at)
    if left := blocks(found):
        raise Unsettled(left)
    if keep:
        findings.record(post, found, Finding.Stage.APPROVE, frozen)
