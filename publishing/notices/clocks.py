"""Reviews whose clock runs: half of it tells who holds the item, 80 % all reviewers, the whole of
it the coordinators. Once for each submission."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from publishing import calendar, due, kinds
from publishing.models import Post
from publishing.models.notice import Reminder, Topic
from publishing.notices import audience
from publishing.notices.telling import News, tell

STEPS = (100, 80, 50)  # percent of the clock, the worst first
MOST = 500  # items under review that are looked at in one turn


def ring() -> int:
    """Ring every clock that passed a step; how many people were told."""
    waiting = Post.objects.filter(is_training=False).awaiting_review()
    rows = waiting.exclude(submitted_at=None).select_related("agency", "taken_by", "assigned_to")
    return sum(_ring(post) for post in rows[:MOST])


def percent_of(post: Post) -> int:
    """How much of its review's clock has run, in percent."""
    since = post.submitted_at or post.updated_at
    track = kinds.of(post.kind).track
    return int(100 * calendar.share_run(track, since, due.of(post), timezone.now()))


def _ring(post: Post) -> int:
    run = percent_of(post)
    step = next((step for step in STEPS if run >= step), None)
    if step is None or post.submitted_at is None:
        return 0
    mark = Reminder.objects.get_or_create(post=post, since=post.submitted_at, percent=step)
    if not mark[1]:
        return 0
    return tell(_people(post, step), _news(post, step))


def _people(post: Post, step: int) -> Iterable[User]:
    if step == 100:
        return audience.coordinators()
    if step == 80:
        return audience.every_reviewer()
    return [one for one in (post.holder or post.assigned_to,) if one is not None]


def _news(post: Post, step: int) -> News:
    said = (
        _("batas waktu tinjauannya habis")
        if step == 100
        else _("%(n)s %% waktu tinjauannya sudah berjalan") % {"n": step}
    )
    return News(
        key=f"{Topic.CLOCK}:{post.pk}",
        topic=Topic.CLOCK,
        words=f"“{post.title}” ({post.agency.short_name}): {said}.",
        outside=_("Unggahan #%(pk)s: %(said)s.") % {"pk": post.pk, "said": said},
        url=reverse("review", args=[post.pk]),
        post=post,
        urgent=post.urgent,
    )
