"""What the clock does to posts: a submission whose hour has passed expires."""

from celery import shared_task
from django.db import transaction

from publishing.delivery import timekeeping
from publishing.models import Post, Review
from publishing.workflow.author import close_review
from publishing.workflow.moves import EXPIRE, Stale, make


@shared_task(ignore_result=True)
def expire() -> None:
    """Every submitted post whose time has come without a decision becomes "lewat jadwal"."""
    if not timekeeping.may_trust_ours():
        return
    for post in Post.objects.overdue():
        _expire(post)


@transaction.atomic
def _expire(post: Post) -> None:
    try:
        make(EXPIRE, post, by=None, seen=post.version)
    except Stale:
        return  # decided this very moment
    close_review(post, Review.Decision.EXPIRED, by=None)
