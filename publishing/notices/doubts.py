"""Doubts that became a person's, and deliveries that need nobody any more.

A doubt begins with an event, and our own looks settle most of them within minutes: people are told
of those that they do not settle, when no look comes any more.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Alarm, Delivery, Post
from publishing.notices import alarms, who
from publishing.notices.table import DELIVERY, DOUBT
from publishing.notices.tell import calm, tell
from publishing.notices.words import name_of, word

_PREFIX = "doubt:"


def tell_doubts(*, outside: bool = True) -> int:
    """One line for each doubt that only a person can settle, once; how many."""
    open_now = Delivery.objects.filter(status=Delivery.Status.UNCERTAIN, next_at=None)
    doubts = {_key(one): one for one in open_now.select_related("post__agency", "channel")}
    told = set(Alarm.objects.filter(key__startswith=_PREFIX).values_list("key", flat=True))
    for key in told - doubts.keys():
        _end(key)
    return sum(_tell(key, doubts[key], outside=outside) for key in doubts.keys() - told)


@transaction.atomic
def _tell(key: str, delivery: Delivery, *, outside: bool) -> bool:
    post = delivery.post
    if not alarms.raise_once(key):
        return False
    said = word(DOUBT, post, at=timezone.now(), delivery=delivery)
    return tell(said, who.present(who.concerned_by(post), post), outside=outside) > 0


@transaction.atomic
def _end(key: str) -> None:
    alarms.end(key)
    post = Post.objects.filter(deliveries=int(key.split(":")[1])).first()
    if post is not None:
        calm_when_settled(post)


def calm_when_settled(post: Post) -> None:
    """Whoever was told of its deliveries reads that nothing is left to do, when it is so.

    What was reopened goes out by a new approval: its old deliveries are nobody's to mend.
    """
    is_approved = post.status == Post.Status.APPROVED
    if not (is_approved and post.deliveries.needing_a_person().exists()):
        sentence = _("Pengiriman %(post)s tidak memerlukan tindakan lagi.")
        calm(f"{DELIVERY}:{post.pk}", sentence % {"post": name_of(post.pk)})


def _key(delivery: Delivery) -> str:
    """One doubt's own: every move of the delivery raises its version."""
    return f"{_PREFIX}{delivery.pk}:{delivery.version}"
