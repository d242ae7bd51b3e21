"""What authors ask reviewers to let pass, and has not been answered yet."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from publishing.models import Answer, Post
from publishing.models.post import PostQuerySet


def unanswered() -> QuerySet[Answer]:
    """Requests that are the last word on what they are about, oldest first."""
    later = Answer.objects.filter(post=OuterRef("post"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
    return Answer.objects.filter(~Exists(later), kind=Answer.Kind.ASKED)


def pending(user: User) -> QuerySet[Answer]:
    """What waits for this reviewer; not what is about their own work."""
    asked = unanswered().filter(post__status__in=Post.EDITABLE, post__is_training=user.in_training)
    others = asked.exclude(post__writers=user).exclude(post__author=user)
    return others.select_related("post__agency", "by")


def reachable(user: User) -> PostQuerySet:
    """Posts about which this reviewer may have been asked: also drafts that they do not see."""
    asked = Answer.objects.filter(kind=Answer.Kind.ASKED).values("post")
    visible = Post.objects.visible_to(user).values("pk")
    return Post.objects.filter(pk__in=visible) | Post.objects.filter(
        pk__in=asked, is_training=user.in_training
    )
