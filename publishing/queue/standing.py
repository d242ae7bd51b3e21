"""Where one item stands with its reviewers: who holds it, who said yes, what it still needs."""

from dataclasses import dataclass

from accounts.models import User
from publishing import due, tracks
from publishing.due import Due
from publishing.models import Post, Review, Revision, Signature
from publishing.models.roster import REVIEWERS
from publishing.tracks import Demand


@dataclass(frozen=True)
class Standing:
    """What the head of the review page says, for the person who reads it."""

    demand: Demand
    signed: list[Signature]
    holder: User | None
    is_mine: bool
    due: Due | None  # when the decision is due; None when nothing is to be decided

    @property
    def first_yes(self) -> Signature | None:
        """The first of two approvals, when it is there."""
        return next((one for one in self.signed if one.kind == Signature.Kind.APPROVE), None)


def of(post: Post, revision: Revision, user: User) -> Standing:
    """The standing of `revision`, in one query at most if it is `tracks.annotated`."""
    review: Review = revision.review
    waits = post.status == Post.Status.SUBMITTED
    holder = post.holder if waits else None
    demand = tracks.of(post, revision)
    signed = waits and demand.approvers > 1
    return Standing(
        demand=demand,
        signed=list(review.signatures.select_related("by")) if signed else [],
        holder=holder,
        is_mine=holder == user,
        due=due.about(post) if waits and not post.with_head else None,
    )


def colleagues(post: Post, user: User) -> list[User]:
    """Reviewers to whom an item may be handed on: none of its hands, nor who said yes to it."""
    said_yes = Signature.objects.yeses().filter(review__revision__post=post).values("by")
    reviewers = User.objects.filter(role__in=REVIEWERS, is_active=True)
    return list(reviewers.exclude(pk__in=[user.pk, *post.hands()]).exclude(pk__in=said_yes))
