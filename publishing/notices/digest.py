"""The leader's letter of the day, at half past seven: yesterday in one sentence of numbers."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from publishing.models import Delivery, Post, Topic
from publishing.notices.alarms import raise_once
from publishing.notices.tell import Word, tell

_ONE_DAY = timedelta(days=1)
_OPEN = (Delivery.Status.FAILED, Delivery.Status.UNCERTAIN, Delivery.Status.MISSED)


@transaction.atomic
def sum_up() -> int:
    """Tell every leader of yesterday, once, from the hour of the daily letter on; how many."""
    now = timezone.localtime()
    first = datetime.combine(now.date(), settings.DIGEST_AT, now.tzinfo)
    leaders = User.objects.filter(role=Role.LEADER, is_active=True).values_list("pk", flat=True)
    if not first <= now < first + timedelta(hours=12) or not leaders:
        return 0
    if not raise_once(f"digest:{now.date()}"):
        return 0
    word = Word(key="digest", topic=Topic.DIGEST, sentence=_sentence(now), path=reverse("home"))
    return tell(word, set(leaders))


def _sentence(now: datetime) -> str:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    real = Delivery.objects.filter(channel__is_training=False)
    yesterday = real.filter(published_at__gte=today - _ONE_DAY, published_at__lt=today)
    open_trouble = real.filter(status__in=_OPEN)
    waiting = Post.objects.awaiting_review().filter(is_training=False)
    return _(
        "Kemarin %(published)s pengiriman tayang. Menunggu tinjauan %(waiting)s, "
        "perlu tindakan %(trouble)s."
    ) % {
        "published": yesterday.count(),
        "waiting": waiting.count(),
        "trouble": open_trouble.count(),
    }
