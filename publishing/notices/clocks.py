"""The clock of every review: at half its time who holds it is told, then all, then who leads.

Before the inner step the head of its agency has the same clock, from the submission on: at half its
time its head is told once more, when it has run the coordinators too. A danger whose clock has run
can be released jointly: whoever may sign that is told.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import calendar, due, kinds
from publishing.models import Alarm, Post, Topic
from publishing.notices import who
from publishing.notices.alarms import raise_once
from publishing.notices.table import RELEASE, REVIEW
from publishing.notices.tell import Word, tell
from publishing.notices.words import name_of

STAGES = (50, 80, 100)  # percent of the clock
OF_ITS_HEAD = (50, 100)
OPENED = "rilis"  # no percentage: the joint release


def watch(*, outside: bool = True) -> int:
    """Tell of every clock that passed a stage since it was looked at last; how many."""
    waiting = Post.objects.filter(status=Post.Status.SUBMITTED)
    posts = list(waiting.select_related("agency", "taken_by").order_by("submitted_at", "pk"))
    told = _told(posts)
    return sum(_look(post, told, outside=outside) for post in posts)


def _told(posts: Iterable[Post]) -> Collection[str]:
    keys = [_key(post, stage) for post in posts for stage in (*STAGES, OPENED)]
    return set(Alarm.objects.filter(key__in=keys).values_list("key", flat=True))


def share_of(post: Post) -> float:
    """How much of the post's review clock has run: 0.0 when handed in, 1.0 when it is due."""
    track = kinds.of(post.kind).track
    start = post.submitted_at or post.updated_at
    return calendar.share_run(track, start, due.of(post), timezone.now())


def _look(post: Post, told: Collection[str], *, outside: bool) -> bool:
    stages = OF_ITS_HEAD if post.with_head else STAGES
    share = share_of(post) * 100
    passed = [stage for stage in stages if share >= stage]
    fresh = [stage for stage in passed if _key(post, stage) not in told]
    opened = due.release_is_open(post) and _key(post, OPENED) not in told
    return (bool(fresh) and _pass(post, passed, fresh, outside=outside)) | (
        opened and _open(post, outside=outside)
    )


@transaction.atomic
def _pass(post: Post, passed: list[int], fresh: list[int], *, outside: bool) -> bool:
    is_new = [raise_once(_key(post, stage)) for stage in fresh]
    if not is_new[-1] or fresh[-1] != passed[-1]:  # only the last one is still news
        return False
    people = who.present(concerned(post, passed[-1]), post)
    return tell(_word(post, passed[-1]), people, outside=outside) > 0


def concerned(post: Post, stage: int) -> set[int]:
    """Whom a stage concerns. At half its time only who holds it, or whose turn it is."""
    if post.with_head:
        return who.head_of(post) | (who.every_coordinator() if stage >= 100 else set())
    if stage >= 100:  # who may sign a joint release hears of that instead
        return who.every_coordinator() - (
            who.who_may_sign(post) if due.release_is_open(post) else set()
        )
    if stage >= 80:
        return who.every_reviewer()
    holder = post.taken_by_id or post.assigned_to_id
    return {holder} if holder else set()


def _word(post: Post, stage: int) -> Word:
    facts = {"post": name_of(post.pk), "agency": post.agency.short_name, "share": stage}
    if stage >= 100:
        sentence = _("Waktu tinjauan %(post)s dari %(agency)s sudah habis.")
    else:
        sentence = _("Waktu tinjauan %(post)s dari %(agency)s sudah terpakai %(share)s%%.")
    if post.with_head:
        sentence = _("%(post)s dari %(agency)s belum diteruskan penanggung jawabnya.")
    place = "post" if post.with_head else "review"
    return _about(post, sentence % facts, reverse(place, args=[post.pk]), Topic.DEADLINE)


# --- the joint release of a danger ---


@transaction.atomic
def _open(post: Post, *, outside: bool) -> bool:
    if not raise_once(_key(post, OPENED)):
        return False
    sentence = _("%(post)s dari %(agency)s belum diputuskan: rilis bersama terbuka.")
    facts = {"post": name_of(post.pk), "agency": post.agency.short_name}
    path = reverse("post", args=[post.pk]) + RELEASE
    people = who.present(who.who_may_sign(post), post)
    return tell(_about(post, sentence % facts, path, Topic.TURN), people, outside=outside) > 0


def _about(post: Post, sentence: str, path: str, topic: Topic) -> Word:
    return Word(
        key=f"{REVIEW}:{post.pk}",
        topic=topic,
        sentence=sentence,
        path=path,
        post=post,
        urgent=post.urgent,
    )


def _key(post: Post, stage: int | str) -> str:
    """One submission's stage: what is handed in again begins anew."""
    start = post.submitted_at or post.updated_at
    return f"clock:{post.pk}:{start.timestamp():.0f}:{stage}"
