"""Two yeses: the first and the second approver, and the joint release of an emergency."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.policy import Action, hats
from publishing import due, rulebook, tasks, tracks
from publishing.checklist import Answers, kept, require_clear
from publishing.delivery import schedule
from publishing.models import Duty, Post, Review, Revision, Signature
from publishing.workflow.holding import put_back, require_free
from publishing.workflow.moves import FIRST, JOINT, SIGN, NotAllowed, TooLate, make, require
from publishing.workflow.seen import as_seen, check_words

Side = Signature.Kind


def others_yes(revision: Revision, by: User) -> Signature | None:
    """The approval that somebody else already gave to this submission."""
    given = Signature.objects.filter(review__revision=revision, kind=Side.APPROVE)
    return given.exclude(by=by).select_related("by").first()


def needs_another(post: Post, revision: Revision, by: User) -> bool:
    """Whether `by`'s approval is the first of two."""
    return tracks.of(post, revision).approvers > 1 and others_yes(revision, by) is None


def sign_first(post: Post, revision: Revision, *, by: User, seen: int, checklist: Answers) -> None:
    """Keep the first of two approvals; it waits on for somebody else. Raises Stale, TooLate."""
    require_no_yes_of(revision, by)
    note = _("Menunggu peninjau kedua: %(why)s.") % {"why": _because(post, revision)}
    make(FIRST, post, by=by, seen=seen, revision=revision, note=note, assigned_to=None)
    require_free(post, by)
    put_back(post, by=by)  # it waits for somebody else
    review = Review.objects.get(revision=revision)
    answers = kept(revision, checklist)
    Signature.objects.create(review=review, by=by, kind=Side.APPROVE, checklist=answers)


def approvers(revision: Revision) -> int:
    """How many people said yes to this submission, once it is decided."""
    review = revision.review
    if review.jointly:
        return tracks.BOTH
    signed = review.signatures.filter(kind=Side.APPROVE).values_list("by", flat=True)
    return len({review.decided_by_id, *signed})


def _because(post: Post, revision: Revision) -> str:
    return ", ".join(tracks.of(post, revision).why)


def require_no_yes_of(revision: Revision, by: User) -> None:
    """Raise TooLate when `by` approved it already: the second yes is another person's."""
    given = Signature.objects.filter(review__revision=revision, kind=Side.APPROVE, by=by)
    if given.exists():
        raise TooLate(_("Anda sudah menyetujuinya. Peninjau lain yang memberi persetujuan kedua."))


def take_back(revision: Revision | None, by: User) -> None:
    """Forget the yes that `by` just gave to a submission."""
    Signature.objects.filter(review__revision=revision, kind=Side.APPROVE, by=by).delete()


# --- the joint release ---


def side_of(user: User, post: Post) -> Signature.Kind | None:
    """For which side this person signs a joint release: its agency's head, or who is on duty."""
    roles = {hat.role for hat in hats(user) if hat.agency_id == post.agency_id}
    if Role.AGENCY_HEAD in roles:
        return Side.HEAD
    return Side.DUTY if Duty.objects.now().filter(person=user).exists() else None


@transaction.atomic
def release(post: Post, *, by: User, seen: int, revision: str, checklist: Answers) -> bool:
    """Sign an emergency's joint release; whether it is released with that.

    One signature is the agency head's, the other of somebody on duty; neither wrote at it. What
    goes out so is looked at afterwards. Raises NotAllowed, Stale, TooLate, Unchecked, Unsettled.
    """
    require(by, Action.RELEASE, post)
    side = side_of(by, post)
    if side is None:
        raise NotAllowed(_("Anda tidak sedang bertugas piket."))
    if not due.release_is_open(post):
        raise TooLate(_("Rilis bersama terbuka 15 menit sesudah diajukan, hanya untuk darurat."))
    frozen = as_seen(post, revision)
    require_clear(frozen, checklist)
    review = Review.objects.get(revision=frozen)
    before = list(review.signatures.filter(kind__in=(Side.HEAD, Side.DUTY)))
    answers = {"checklist": kept(frozen, checklist)}
    Signature.objects.get_or_create(review=review, by=by, kind=side, defaults=answers)
    if any(one.kind != side and one.by != by for one in before):
        _let_go(post, frozen, review, by=by, seen=seen, signed=before, **answers)
        return True
    make(SIGN, post, by=by, seen=seen, revision=frozen)
    return False


def _let_go(
    post: Post,
    frozen: Revision,
    review: Review,
    *,
    by: User,
    seen: int,
    signed: Sequence[Signature],
    checklist: Answers,
) -> None:
    names = ", ".join(sorted({str(one.by) for one in signed} | {str(by)}))
    note = _("Oleh %(names)s, 15 menit tanpa keputusan.") % {"names": names}
    make(JOINT, post, by=by, seen=seen, revision=frozen, note=note, with_head=False)
    hour, edition = schedule.hour(None), rulebook.current().edition
    check_words(post, frozen, hour)
    Review.objects.filter(pk=review.pk).update(
        decision=Review.Decision.APPROVED,
        decided_by=by,
        decided_at=timezone.now(),
        checklist=checklist,
        jointly=True,
    )
    schedule.create(post, frozen, hour, edition)
    tasks.ring([delivery.channel_id for delivery in post.deliveries.open()])
