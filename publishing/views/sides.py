"""What a post's page offers beside its moves: inner step, joint release, a look afterwards."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, may
from publishing import due
from publishing.models import Post, Review, Revision
from publishing.workflow import signing


def of(user: User, post: Post, newest: Revision | None) -> dict[str, Any]:
    """The parts of the page by name; one that this person does not need is absent."""
    if newest is None:
        return {}
    found: dict[str, Any] = {"revision": newest, "reasons": Review.Reason.choices}
    found["inner"] = post.with_head and _is_its_head(user, post)
    if _may_release(user, post):
        found["release"] = list(newest.review.signatures.select_related("by"))
    owed = _owed_by(user, post)
    if owed or newest.review.jointly:
        found |= {"joint": owed or newest.review, "owes_look": owed is not None}
    return found


def _owed_by(user: User, post: Post) -> Review | None:
    """The joint release that this person has to look at, also when more was handed in since."""
    if not may(user, Action.AFTERWARDS, post):
        return None
    owed = Review.objects.owing_a_look().filter(revision__post=post)
    return owed.not_signed_by(user).last()


def _is_its_head(user: User, post: Post) -> bool:
    return may(user, Action.FORWARD, post)


def _may_release(user: User, post: Post) -> bool:
    opens = due.release_is_open(post) and may(user, Action.RELEASE, post)
    return opens and signing.side_of(user, post) is not None
