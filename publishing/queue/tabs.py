"""The four tabs of the queue, and whose turn an item is."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Delegation, User
from publishing.models import Delivery, Event, Pool, Post, Review, Signature
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
DECIDED = (Event.Verb.APPROVE, Event.Verb.FIRST, Event.Verb.SEND_BACK, Event.Verb.REJECT)


def posts(user: User, tab: str) -> PostQuerySet:
    """What this person sees in `tab`, ordered by `nearest`: the first one is the most pressing."""
    visible = Post.objects.visible_to(user)
    match tab:
        case "returned":
            return _newest_first(visible.filter(status=Post.Status.RETURNED))
        case "late":
            missed = Delivery.objects.filter(status=Delivery.Status.MISSED).values("post")
            late = Q(status=Post.Status.EXPIRED) | Q(pk__in=missed)
            return _newest_first(visible.filter(late))
        case "mine":
            return for_person(visible.awaiting_review(), user)
        case _:
            return visible.awaiting_review()


def _newest_first(found: PostQuerySet) -> PostQuerySet:
    return found.annotate(nearest=F("updated_at")).order_by("-nearest", "-pk")


def for_person(waiting: PostQuerySet, user: User) -> PostQuerySet:
    """Those that this person may decide, and whose turn it is.

    Not what they had a hand in, or already said yes to; not what another reviewer was given, or
    looks at now; of agencies that a pool is for only what is their pool's. Whoever left, or does
    not review any more, keeps nothing from the others.
    """
    people = _stands_for(user)
    yes = Signature.objects.filter(review__revision__post=OuterRef("pk"), review__decision="")
    able = User.objects.filter(role__in=REVIEWERS, is_active=True)
    of_agency = Pool.objects.filter(agencies=OuterRef("agency_id"), reviewers__in=able)
    theirs = Exists(of_agency.filter(reviewers__in=people)) | ~Exists(of_agency)
    free = Q(taken_by=None) | Q(taken_by=user) | Q(taken_at__lte=timezone.now() - HELD_FOR)
    given = Exists(able.filter(pk=OuterRef("assigned_to_id")))
    turn = Q(assigned_to__in=people) | (~given & theirs)
    own = Post.writers.through.objects.filter(post=OuterRef("pk"), user=user)
    undecided = waiting.exclude(author=user).exclude(Exists(own))
    return undecided.exclude(Exists(yes.filter(by=user))).filter(free, turn)


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
    return event if event and event.verb in DECIDED else None


def owed_afterwards(user: User) -> PostQuerySet:
    """Posts that were released jointly, and that nobody looked at since."""
    owed = Review.objects.filter(jointly=True, afterwards_at=None).values("revision__post")
    visible = Post.objects.visible_to(user).filter(pk__in=owed)
    return visible.annotate(nearest=Coalesce("publish_at", "submitted_at")).order_by("nearest")
