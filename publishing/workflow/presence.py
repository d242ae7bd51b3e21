"""Who is writing a draft now: a courtesy, so that two do not write over each other."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from publishing.models import Post

SILENCE = timedelta(seconds=60)  # an open page speaks up every 20 s


def begin_editing(post: Post, *, by: User) -> User | None:
    """Note that `by` has the draft open; gives whoever was there first, and is there still."""
    now = timezone.now()
    free = Q(editing_by=None) | Q(editing_by=by) | Q(editing_at__lt=now - SILENCE)
    if Post.objects.filter(free, pk=post.pk).update(editing_by=by, editing_at=now):
        return None
    post.refresh_from_db(fields=["editing_by", "editing_at"])
    return someone_else(post, by)


def someone_else(post: Post, user: User) -> User | None:
    """Who else has the draft open now, as far as its row knows."""
    if post.editing_by is None or post.editing_by == user or post.editing_at is None:
        return None
    return post.editing_by if timezone.now() - post.editing_at < SILENCE else None
