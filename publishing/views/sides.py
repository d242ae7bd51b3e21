"""What a post's page offers beside its moves: inner step, joint release, a look afterwards."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, may
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
    if newest.review.jointly:
        owed = newest.review.afterwards_at is None
        found["joint"] = newest.review
        found["owes_look"] = owed and may(user, Action.AFTERWARDS, post)
    return found


def _is_its_head(user: User, post: Post) -> bool:
    return may(user, Action.FORWARD, post)


def _may_release(user: User, post: Post) -> bool:
    opens = signing.opens_at(post) and may(user, Action.RELEASE, post)
    return opens and signing.side_of(user, post) is not None
