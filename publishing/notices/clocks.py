"""The clock of every review: at half its time who holds it is told, then all, then who leads."""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import calendar, due, kinds
from publishing.models import Alarm, Post, Topic
from publishing.notices import who
from publishing.notices.alarms import raise_once
from publishing.notices.collect import name_of
from publishing.notices.table import REVIEW
from publishing.notices.tell import Word, tell

STAGES = (50, 80, 100)  # percent of the clock


def watch(*, outside: bool = True) -> int:
    """Tell of every clock that passed a stage since it was looked at last; how many."""
    posts = list(Post.objects.awaiting_review().select_related("agency", "taken_by"))
    told = set(Alarm.objects.filter(key__startswith="clock:").values_list("key", flat=True))
    return sum(_look(post, told, outside=outside) for post in posts)


def share_of(post: Post) -> float:
    """How much of the post's review clock has run: 0.0 when handed in, 1.0 when it is due."""
    track = kinds.of(post.kind).track
    start = post.submitted_at or post.updated_at
    return calendar.share_run(track, start, due.of(post), timezone.now())


def _look(post: Post, told: Collection[str], *, outside: bool) -> bool:
    passed = [stage for stage in STAGES if share_of(post) * 100 >= stage]
    fresh = [stage for stage in passed if _key(post, stage) not in told]
    if not fresh:
        return False
    with transaction.atomic():
        is_new = [raise_once(_key(post, stage)) for stage in fresh]
        if is_new[-1] and fresh[-1] == passed[-1]:  # only the last one is still news
            people = who.present(concerned(post, passed[-1]), post)
            return tell(_word(post, passed[-1]), people, outside=outside) > 0
    return False


def concerned(post: Post, stage: int) -> set[int]:
    """Whom a stage concerns. At half its time only who holds it, or whose turn it is."""
    if stage >= 100:
        return who.every_coordinator()
    if stage >= 80:
        return who.every_reviewer()
    holder = getattr(post, "taken_by_id", None) or getattr(post, "assigned_to_id", None)
    return {holder} if holder else set()


def _word(post: Post, stage: int) -> Word:
    facts = {"post": name_of(post), "agency": post.agency.short_name, "share": stage}
    if stage >= 100:
        sentence = _("Waktu tinjauan %(post)s dari %(agency)s sudah habis.")
    else:
        sentence = _("Waktu tinjauan %(post)s dari %(agency)s sudah terpakai %(share)s%%.")
    return Word(
        key=f"{REVIEW}:{post.pk}",
        topic=Topic.DEADLINE,
        sentence=sentence % facts,
        path=reverse("review", args=[post.pk]),
        post=post,
        urgent=post.urgent,
    )


def _key(post: Post, stage: int) -> str:
    """One submission's stage: what is handed in again begins anew."""
    start = post.submitted_at or post.updated_at
    return f"clock:{post.pk}:{start.timestamp():.0f}:{stage}"
