"""Whom something concerns: people of an agency, reviewers, coordinators, admins."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from django.db.models import Q

from accounts.models import Delegation, Role, User
from platforms.models import Channel
from publishing.models import Duty, Event, Pool, Post, Signature
from publishing.models.roster import REVIEWERS

People: TypeAlias = set[int]
Who: TypeAlias = Callable[[Event, Post], People]


def agency(event: Event, post: Post) -> People:
    """Everybody who writes for the agency, and its author, who may be of the reviewing unit.

    An author who works for another agency by now cannot open it any more.
    """
    return _agency_of(post)


def agency_of_what_goes_out(event: Event, post: Post) -> People:
    """The agency, once it was handed in: the hour of a draft is its author's own business."""
    goes_out = post.status in (Post.Status.SUBMITTED, Post.Status.APPROVED)
    return _agency_of(post) if goes_out else set()


def heads(event: Event, post: Post) -> People:
    return _heads_of(post)


def reviewers(event: Event, post: Post) -> People:
    """Those whose turn it can be, never whose deed it is; nobody while its head has it."""
    return set() if post.with_head else reviewers_of(post, but={event.actor_id})


def its_head(event: Event, post: Post) -> People:
    """The head of its agency, while the inner step is not taken."""
    return head_of(post) if post.with_head else set()


def reviewers_again(event: Event, post: Post) -> People:
    """The reviewers, when this new hour brought an expired post back to them."""
    return reviewers(event, post) if is_back(event, post) else set()


def its_head_again(event: Event, post: Post) -> People:
    """Its head, when this new hour brought an expired post back before the inner step."""
    return its_head(event, post) if is_back(event, post) else set()


def is_back(event: Event, post: Post) -> bool:
    """Whether this is a new hour for what had expired, and it waits since."""
    if event.verb != Event.Verb.RESCHEDULE or post.status != Post.Status.SUBMITTED:
        return False
    before = post.events.filter(delivery=None, pk__lt=event.pk).order_by("-pk").first()
    return before is not None and before.verb == Event.Verb.EXPIRE


def loser(event: Event, post: Post) -> People:
    """From whom it was taken over: whoever had taken it before; nobody when it was free."""
    if not event.note:
        return set()
    takes = post.events.filter(verb=Event.Verb.TAKE, pk__lt=event.pk).order_by("-pk")
    last = takes.values_list("actor", flat=True).first()
    return {last} if last else set()


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


def agency_and_readers(event: Event, post: Post) -> People:
    return concerned_by(post)


# --- without an event ---


def concerned_by(post: Post) -> People:
    """Its agency, and before whom it lies or lay: the reviewers, or its head."""
    return _agency_of(post) | (head_of(post) if post.with_head else reviewers_of(post))


def reviewers_of(post: Post, *, but: Collection[int | None] = ()) -> People:
    """Reviewers who may decide it; those of the agency's pools where one is left, else all.

    All of them in an emergency. Nobody who had a hand in it, or said the first of two yeses.
    """
    out = {*post.hands(), *_said_yes(post), *but}
    pools = Pool.objects.filter(agencies=post.agency_id)
    found = _ids(Q(role__in=REVIEWERS, pools__in=pools)) - out if not post.urgent else set()
    return found or every_reviewer() - out


def head_of(post: Post) -> People:
    """The head of its agency; without one now, the coordinators: somebody has to know it waits."""
    return _heads_of(post) or every_coordinator()


def who_may_sign(post: Post) -> People:
    """Whose signatures release an emergency jointly: its head's, and of somebody on duty."""
    on_duty = Duty.objects.now().values_list("person", flat=True)
    return (_heads_of(post) | set(on_duty)) - set(post.hands())


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


def _agency_of(post: Post) -> People:
    writes = Q(role__in=(Role.AUTHOR, Role.AGENCY_HEAD))
    return _ids(writes & Q(agency=post.agency_id) | ~writes & Q(pk=post.author_id))


def _heads_of(post: Post) -> People:
    return _ids(Q(role=Role.AGENCY_HEAD, agency=post.agency_id))


def _said_yes(post: Post) -> People:
    """Who said yes to what waits for the second yes, which is another person's."""
    waits = Signature.objects.filter(review__revision__post=post, review__decision="")
    given = waits.filter(kind=Signature.Kind.APPROVE)
    return set(given.values_list("by", flat=True))


def _ids(condition: Q) -> People:
    """The active ones of them, and whoever stands in for one of them today."""
    found = set(User.objects.filter(condition, is_active=True).values_list("pk", flat=True))
    stand_ins = Delegation.objects.in_force().filter(giver__in=found, taker__is_active=True)
    return found | set(stand_ins.values_list("taker", flat=True))
