"""Whom something concerns: people of an agency, reviewers, coordinators, admins."""

from collections.abc import Callable
from typing import TypeAlias

from django.db.models import Q

from accounts.models import Delegation, Role, User
from platforms.models import Channel
from publishing.models import Event, Pool, Post
from publishing.models.roster import REVIEWERS

People: TypeAlias = set[int]
Who: TypeAlias = Callable[[Event, Post], People]


def agency(event: Event, post: Post) -> People:
    """Everybody who writes for the agency, and its author, who may be of the reviewing unit.

    An author who works for another agency by now cannot open it any more.
    """
    writes = Q(role__in=(Role.AUTHOR, Role.AGENCY_HEAD))
    return _ids(writes & Q(agency=post.agency_id) | ~writes & Q(pk=post.author_id))


def heads(event: Event, post: Post) -> People:
    return _ids(Q(role=Role.AGENCY_HEAD, agency=post.agency_id))


def reviewers(event: Event, post: Post) -> People:
    """Those whose turn it can be: the agency's pool, or everybody; all of them in an emergency.

    Whoever had a hand in the post may not decide it.
    """
    return reviewers_of(post)


def first_reader(event: Event, post: Post) -> People:
    """The head of the agency, where the inner step comes first; else the reviewers.

    Where an agency has no head now, the coordinators: somebody has to know that it waits.
    """
    if post.with_head:
        return heads(event, post) or coordinators(event, post)
    return reviewers_of(post)


def readers_again(event: Event, post: Post) -> People:
    """The reviewers, when this new hour brought an expired post back to them."""
    before = post.events.filter(delivery=None, pk__lt=event.pk).order_by("-pk").first()
    is_back = before is not None and before.verb == Event.Verb.EXPIRE
    return reviewers_of(post) if is_back and post.status == Post.Status.SUBMITTED else set()


def loser(event: Event, post: Post) -> People:
    """From whom it was taken over: whoever had taken it before; nobody when it was free."""
    if not event.note:
        return set()
    takes = post.events.filter(verb=Event.Verb.TAKE, pk__lt=event.pk).order_by("-pk")
    last = takes.values_list("actor", flat=True).first()
    return {last} if last else set()


def all_reviewers(event: Event, post: Post) -> People:
    return _ids(Q(role__in=REVIEWERS))


def coordinators(event: Event, post: Post) -> People:
    return _ids(Q(role=Role.COORDINATOR))


def assigned(event: Event, post: Post) -> People:
    return {post.assigned_to_id} if post.assigned_to_id else set()


def taker(event: Event, post: Post) -> People:
    """Who last said "saya yang periksa" about what was handed in last."""
    before = post.events.filter(at__lte=event.at)
    since = before.filter(verb=Event.Verb.SUBMIT).order_by("-at").values_list("at", flat=True)
    taken = before.filter(verb__in=(Event.Verb.TAKE, Event.Verb.ASSIGN), at__gte=since[:1])
    last = taken.order_by("-at", "-pk").first()
    return {last.actor_id} if last and last.actor_id else set()


def both(*parts: Who) -> Who:
    """Everybody of each."""
    return lambda event, post: set().union(*(part(event, post) for part in parts))


def agency_and_reviewers(event: Event, post: Post) -> People:
    return agency(event, post) | reviewers_of(post)


# --- without an event ---


def reviewers_of(post: Post) -> People:
    """Reviewers who may decide it; those of the agency's pools where it has some."""
    pools = Pool.objects.filter(agencies=post.agency_id)
    found = _ids(Q(role__in=REVIEWERS, pools__in=pools)) if not post.urgent else set()
    return (found or _ids(Q(role__in=REVIEWERS))) - set(post.hands())


def every_reviewer() -> People:
    return _ids(Q(role__in=REVIEWERS))


def every_coordinator() -> People:
    return _ids(Q(role=Role.COORDINATOR))


def admins() -> People:
    return _ids(Q(role=Role.ADMIN))


def menders(channel: Channel) -> People:
    """Who can mend a channel: admins, and the heads of its agency."""
    return _ids(Q(role=Role.ADMIN) | Q(role=Role.AGENCY_HEAD, agency=channel.agency_id))


def watchers(channel: Channel) -> People:
    """Who can say whose a post on a channel is."""
    return menders(channel) | _ids(Q(role__in=REVIEWERS))


def present(people: People, post: Post | None) -> People:
    """Those of them who are told: the active ones; of a training only who is in it now."""
    there = User.objects.filter(pk__in=people, is_active=True)
    if post is not None and post.is_training:
        there = there.filter(in_training=True)
    return set(there.values_list("pk", flat=True))


def _ids(condition: Q) -> People:
    """The active ones of them, and whoever stands in for one of them today."""
    found = set(User.objects.filter(condition, is_active=True).values_list("pk", flat=True))
    stand_ins = Delegation.objects.in_force().filter(giver__in=found, taker__is_active=True)
    return found | set(stand_ins.values_list("taker", flat=True))
