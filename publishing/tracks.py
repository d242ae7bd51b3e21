"""How many must say yes to a submission, and why (product.md 3: tracks)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guidelines.context import PeriodKind
from publishing import kinds, rulebook
from publishing.models import Faces, Kind, Media, Post, Revision

BOTH = 2
_ELECTION = {PeriodKind.STAGES, PeriodKind.QUIET}


@dataclass(frozen=True)
class Demand:
    """How many different reviewers it needs; `why` more than one, a phrase for each reason."""

    approvers: int
    why: tuple[str, ...] = ()


def annotated(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """With `shows_people`: whether `of` needs no question of its own."""
    people = Media.objects.filter(revisions=OuterRef("pk"), faces=Faces.CONSENTED)
    return revisions.annotate(shows_people=Exists(people))


def of(post: Post, revision: Revision, at: datetime | None = None) -> Demand:
    """What `revision` needs: two for emergencies, answers to criticism, pictures in which
    children, patients or recipients of aid can be recognised, and in the time of an election.

    `at`: when it goes out, if not at the post's own hour. The post's agency must be loaded; one
    query unless the revision is `annotated`.
    """
    why = [*_of_kind(revision.kind, trusted=post.agency.trusted)]
    if _shows_people(revision):
        why.append(_("orang yang dilindungi tampak di gambar"))
    if _is_election(timezone.localdate(at or post.publish_at or timezone.now())):
        why.append(_("masa pemilihan"))
    return Demand(BOTH if why else 1, tuple(why))


def _of_kind(kind: Kind, *, trusted: bool) -> list[str]:
    track = kinds.of(kind).track
    asked = track.trusted_approvers if trusted else track.approvers
    return [str(kind.label).lower()] if asked > 1 else []


def _shows_people(revision: Revision) -> bool:
    known = getattr(revision, "shows_people", None)
    if known is None:
        known = revision.pictures.filter(faces=Faces.CONSENTED).exists()
    return bool(known)


def _is_election(day: date) -> bool:
    return any(
        period.kind in _ELECTION and period.holds(day) for period in rulebook.current().periods
    )
