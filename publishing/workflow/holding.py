"""Who looks at an item: "saya yang periksa" for half an hour, take-over, handing it on."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from publishing.models import Event, Post, Signature
from publishing.models.post import HELD_FOR
from publishing.workflow.moves import NotAllowed, Stale, TooLate, record, require


@transaction.atomic
def take(post: Post, *, by: User, instead_of: int | None = None) -> None:
    """Say that `by` looks at it now, for half an hour.

    `instead_of`: the id of whoever held it on the page that was seen; taking over is allowed, but
    not from somebody else than that. Raises NotAllowed, Stale, TooLate.
    """
    require(by, Action.TAKE, post)
    require_at_humas(post)
    free, now = _free_for(by), timezone.now()
    if instead_of is not None:
        free |= Q(taken_by=instead_of)
    here = Post.objects.filter(free, pk=post.pk, status=Post.Status.SUBMITTED)
    was = post.holder
    if not here.update(taken_by=by, taken_at=now):
        _refuse(post)
    post.refresh_from_db()
    if was != by:
        note = _("Diambil alih dari %(who)s.") % {"who": was} if was else ""
        record(post, Event.Verb.TAKE, by=by, note=note)


def put_back(post: Post, *, by: User) -> None:
    """Let others decide again; nothing when it is not `by` who holds it."""
    Post.objects.filter(pk=post.pk, taken_by=by).update(taken_by=None, taken_at=None)
    post.refresh_from_db()


@transaction.atomic
def assign(post: Post, *, by: User, to: User | None, note: str = "") -> None:
    """Hand it to another reviewer, or (None) back to everybody.

    Raises NotAllowed, Stale, TooLate while somebody else looks at it.
    """
    require(by, Action.ASSIGN, post)
    require_at_humas(post)
    if to is not None and not _may_decide(to, post):
        raise NotAllowed(_("%(who)s tidak dapat memutuskan unggahan ini.") % {"who": to})
    here = Post.objects.filter(_free_for(by), pk=post.pk, status=Post.Status.SUBMITTED)
    if not here.update(assigned_to=to, taken_by=None, taken_at=None):
        _refuse(post)
    post.refresh_from_db()
    said = _("kepada %(who)s") % {"who": to} if to else _("kepada semua peninjau")
    words = " ".join(note.replace("\0", "").split())
    record(post, Event.Verb.ASSIGN, by=by, note=f"{said}. {words}".strip())


def _may_decide(person: User, post: Post) -> bool:
    """Not of what they wrote at, nor of what they already said yes to."""
    said_yes = Signature.objects.yeses().filter(review__revision__post=post, by=person)
    return may(person, Action.APPROVE, post) and not said_yes.exists()


def _free_for(by: User) -> Q:
    """Of posts, those that nobody else looks at now."""
    lapsed = Q(taken_at__lte=timezone.now() - HELD_FOR)
    return Q(taken_by=None) | Q(taken_by=by) | lapsed


def require_free(post: Post, by: User) -> None:
    """Raise TooLate while somebody else looks at it. Ask with the post's row locked."""
    if post.holder is not None and post.holder != by:
        raise _held(post)


def require_at_humas(post: Post) -> None:
    """Raise TooLate while it lies with the head of its agency."""
    if post.with_head:
        raise TooLate(_("Unggahan ini masih menunggu penanggung jawab OPD-nya."))


def _refuse(post: Post) -> None:
    post.refresh_from_db()
    if post.status != Post.Status.SUBMITTED or post.holder is None:
        raise Stale(post)
    raise _held(post)


def _held(post: Post) -> TooLate:
    at = timezone.localtime(post.taken_at)
    said = _(
        "%(who)s sedang memeriksa unggahan ini sejak pukul %(at)s. Ambil alih dahulu bila perlu."
    )
    return TooLate(said % {"who": post.holder, "at": f"{at:%H.%M}"})
