"""The four tabs of the queue, and whose turn an item is."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Delegation, User
from publishing.models import Delivery, Event, Kind, Pool, Post, Review, Signature
from publishing.models.post import HELD_FOR, PostQuerySet
from publishing.models.roster import REVIEWERS
from publishing.progress import spoken

MINE, ALL, RETURNED, LATE = "mine", "all", "returned", "late"
TABS = (
    (MINE, gettext_lazy("Untuk saya")),
    (ALL, gettext_lazy("Semua")),
    (RETURNED, gettext_lazy("Dikembalikan")),
    (LATE, gettext_lazy("Lewat jadwal")),
)


def posts(user: User, tab: str) -> PostQuerySet:
    """What this person sees in `tab`, ordered by `nearest`: the first one is the most pressing."""
    visible = Post.objects.visible_to(user)
    if tab == RETURNED:
        return _newest_first(visible.filter(status=Post.Status.RETURNED))
    if tab == LATE:
        missed = Delivery.objects.filter(status=Delivery.Status.MISSED).values("post")
        return _newest_first(visible.filter(Q(status=Post.Status.EXPIRED) | Q(pk__in=missed)))
    waiting = visible.awaiting_review()
    return for_person(waiting, user) if tab == MINE else waiting


def _newest_first(found: PostQuerySet) -> PostQuerySet:
    return found.annotate(nearest=F("updated_at")).order_by("-nearest", "-pk")


def for_person(waiting: PostQuerySet, user: User) -> PostQuerySet:
    """Those that this person may decide, and whose turn it is.

    Not what they had a hand in, or already said yes to; not what another reviewer was given, or
    looks at now; of agencies that a pool is for only what is their pool's. Whoever left, or does
    not review any more, keeps nothing from the others.
    """
    people = _stands_for(user)
    yeses = Signature.objects.yeses().filter(review__revision__post=OuterRef("pk"))
    able = User.objects.filter(role__in=REVIEWERS, is_active=True, pk=OuterRef("assigned_to_id"))
    free = Q(taken_by=None) | Q(taken_by=user) | Q(taken_at__lte=timezone.now() - HELD_FOR)
    turn = Q(assigned_to__in=people) | (~Exists(able) & _of_their_pool(people, Exists(yeses)))
    own = Post.writers.through.objects.filter(post=OuterRef("pk"), user=user)
    undecided = waiting.exclude(author=user).exclude(Exists(own))
    return undecided.exclude(Exists(yeses.filter(by=user))).filter(free, turn)


def _of_their_pool(people: Collection[int], has_a_yes: Exists) -> Q:
    """Whose turn it is where pools are: theirs, or everybody's.

    Everybody's are emergencies, what waits for a second yes, and what a pool is for in which
    nobody may decide it: all of them left, or had a hand in it.
    """
    wrote = Post.writers.through.objects.filter(
        post=OuterRef(OuterRef("pk")), user=OuterRef("user")
    )
    members = Pool.reviewers.through.objects.filter(
        pool__agencies=OuterRef("agency_id"), user__role__in=REVIEWERS, user__is_active=True
    )
    able = members.exclude(user=OuterRef("author_id")).exclude(Exists(wrote))
    theirs = Q(Exists(able.filter(user__in=people)) | ~Exists(able))
    return theirs | Q(has_a_yes) | Q(kind=Kind.EMERGENCY)


def _stands_for(user: User) -> Collection[int]:
    """This person, and whoever they stand in for today."""
    until = user.stands_in_until
    if until is None or until < timezone.localdate():
        return [user.pk]
    givers = Delegation.objects.in_force().filter(taker=user).values_list("giver", flat=True)
    return [user.pk, *givers]


def next_for(user: User) -> Post | None:
    """The most pressing item whose turn it is."""
    return posts(user, MINE).first()


def nothing_waits(user: User) -> str:
    """The sentence for an empty queue, with the time of the last approval when there is one."""
    approved = Review.objects.filter(
        decision=Review.Decision.APPROVED, revision__post__is_training=user.in_training
    )
    last = approved.order_by("-decided_at").values_list("decided_at", flat=True).first()
    if last is None:
        return _("Antrean kosong. Belum ada unggahan yang disetujui.")
    return _("Antrean kosong. Unggahan terakhir disetujui %(when)s.") % {"when": spoken(last)}


def just_decided(user: User) -> Event | None:
    """This person's decision of the last ten seconds, if it can still be taken back."""
    since = timezone.now() - settings.UNDO
    fresh = Event.objects.filter(
        actor=user, at__gt=since, post__is_training=user.in_training, delivery=None
    )
    event = fresh.select_related("post__author").order_by("-at", "-pk").first()
    return event if event and event.verb in Event.DECISIONS else None


def owed_afterwards(user: User) -> PostQuerySet:
    """Posts that were released jointly without this person, and that nobody looked at since."""
    owed = Review.objects.owing_a_look().not_signed_by(user).values("revision__post")
    visible = Post.objects.visible_to(user).filter(pk__in=owed)
    return visible.annotate(nearest=Coalesce("publish_at", "submitted_at")).order_by("nearest")
