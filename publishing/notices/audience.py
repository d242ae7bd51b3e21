"""Whom a thing concerns: its writers, the reviewers whose turn it is, who can mend it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import Agency, Role, User
from publishing.models import Duty, Pool, Post
from publishing.models.roster import REVIEWERS


def writers(post: Post) -> QuerySet[User]:
    """Everybody of its agency who had a hand in it."""
    return User.objects.filter(pk__in=post.hands(), agency=post.agency_id, is_active=True)


def heads(agency_id: int) -> QuerySet[User]:
    return User.objects.filter(role=Role.AGENCY_HEAD, agency=agency_id, is_active=True)


def reviewers(post: Post) -> QuerySet[User]:
    """Whose turn it is to decide: who it was handed to, else its agency's pools, else all.

    Of an emergency whoever is on duty too. Nobody with a hand in it.
    """
    pools = Pool.objects.filter(agencies=post.agency_id)
    if post.assigned_to_id is not None:
        turn = Q(pk=post.assigned_to_id)
    elif pools.exists():
        turn = Q(pools__in=pools)
    else:
        turn = Q(role=Role.REVIEWER)
    if post.urgent:
        turn |= Q(pk__in=Duty.objects.now().values("person"))
    found = User.objects.filter(turn, role__in=REVIEWERS, is_active=True)
    return found.exclude(pk__in=post.hands()).distinct()


def every_reviewer() -> QuerySet[User]:
    return User.objects.filter(role__in=REVIEWERS, is_active=True)


def coordinators() -> QuerySet[User]:
    return User.objects.filter(role=Role.COORDINATOR, is_active=True)


def admins() -> QuerySet[User]:
    return User.objects.filter(role=Role.ADMIN, is_active=True)


def menders(post: Post) -> Iterable[User]:
    """Who decides on a delivery that waits for a person, and who must know of it."""
    return {*writers(post), *every_reviewer()}


def keepers(agency: Agency) -> Iterable[User]:
    """Who can mend a channel: the admins, and the heads of its agency."""
    return {*admins(), *heads(agency.pk)}
