"""What authors ask reviewers to let pass, and has not been answered yet."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from publishing.models import Answer, Post
from publishing.models.post import PostQuerySet


def pending(user: User) -> QuerySet[Answer]:
    """Requests that nobody answered, oldest first; not those about one's own work."""
    later = Answer.objects.filter(post=OuterRef("post"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
    asked = Answer.objects.filter(~Exists(later), kind=Answer.Kind.ASKED)
    asked = asked.filter(post__status__in=Post.EDITABLE, post__is_training=user.in_training)
    return asked.exclude(post__writers=user).select_related("post__agency", "by")


def reachable(user: User) -> PostQuerySet:
    """Posts about which this reviewer may have been asked: also drafts that they do not see."""
    asked = Answer.objects.filter(kind=Answer.Kind.ASKED).values("post")
    visible = Post.objects.visible_to(user).values("pk")
    return Post.objects.filter(pk__in=visible) | Post.objects.filter(
        pk__in=asked, is_training=user.in_training
    )
