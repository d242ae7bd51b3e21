"""Which posts a post comes from, and which came from it, as its page names them."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyChange, User
from publishing.models import Delivery, Post
from publishing.models.post import PostQuerySet

FEW = 5  # copies that are named; a text that is copied each week has hundreds


@dataclass(frozen=True)
class Kin:
    """Another post. Who may not see it (`is_visible`) reads its number only."""

    relation: str | Promise
    post: Post
    is_visible: bool
    status: str
    state: str | Promise  # the status in words


def of(post: Post, user: User) -> list[Kin]:
    """The wrong post of a ralat, what puts this one right, its original, its newest copies.

    What was rejected or given up puts nothing right, and is not named.
    """
    found = Post.objects.filter(
        Q(pk__in=[pk for pk in (post.corrects_id, post.copied_from_id) if pk])
        | Q(corrects=post) & ~Q(status__in=Post.FINAL)
        | Q(copied_from=post) & ~Q(status__in=Post.FINAL)
    )
    public = Delivery.objects.filter(post=OuterRef("pk"), status=Delivery.Status.PUBLISHED)
    visible = Post.objects.visible_to(user).filter(pk=OuterRef("pk"))
    others = list(found.annotate(is_public=Exists(public), is_visible=Exists(visible)))
    others.sort(key=lambda other: -other.pk)
    named = [
        *(_kin(_("Ralat atas"), other) for other in others if other.pk == post.corrects_id),
        *(_kin(_righting(other), other) for other in others if other.corrects_id == post.pk),
        *(_kin(_("Disalin dari"), other) for other in others if other.pk == post.copied_from_id),
    ]
    copies = [other for other in others if other.copied_from_id == post.pk]
    return named + [_kin(_("Disalin ke"), other) for other in copies[:FEW]]


def with_own(posts: PostQuerySet) -> PostQuerySet:
    """With its hands, whether readers saw it (`is_seen`), and the names its agency once had."""
    renamed = AgencyChange.objects.filter(
        agency=OuterRef("agency"), kind=AgencyChange.Kind.RENAME
    ).exclude(done_at=None)
    told = JSONObject(on="on", name="old_name")
    seen = Delivery.objects.filter(post=OuterRef("pk")).seen_by_readers()
    return (
        posts.select_related("agency", "author", "programme")
        .with_hands()
        .annotate(
            is_seen=Exists(seen),
            old_names=ArraySubquery(renamed.order_by("on", "done_at").values(told=told)),
        )
    )


def known_as(post: Post) -> str:
    """The agency's name when the post was handed in, or begun: history keeps the old one."""
    at = post.submitted_at or post.created_at
    if "old_names" not in vars(post):
        return post.agency.known_as(at)
    day = timezone.localdate(at).isoformat()
    later = (old["name"] for old in vars(post)["old_names"] if old["on"] > day)
    return next(later, post.agency.name)


def _righting(other: Post) -> Promise:
    return _("Sudah diralat") if _is_public(other) else _("Ralat disiapkan")


def _kin(relation: str | Promise, other: Post) -> Kin:
    shown = Delivery.Status.PUBLISHED if _is_public(other) else Post.Status(other.status)
    return Kin(relation, other, bool(vars(other)["is_visible"]), shown.value, shown.label)


def _is_public(other: Post) -> bool:
    return bool(vars(other)["is_public"])
