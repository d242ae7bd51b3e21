"""What posts on X cost this month, by the prices of the settings: X itself tells nobody."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.advice import INFO, Advice
from publishing.models import Delivery, Post

LINK = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:go\.id|com|org|net|id)\b", re.IGNORECASE)
KEPT = 600  # seconds that a sum is good for
NEAR = 80  # percent of the budget at which people are told


@dataclass(frozen=True)
class Spending:
    """Posts on X since the first of the month, and what they cost in US dollars."""

    plain: int
    linked: int
    budget: float

    @property
    def dollars(self) -> float:
        prices = settings.X_POST_PRICE, settings.X_LINK_POST_PRICE
        return float(self.plain * prices[0] + self.linked * prices[1])

    @property
    def percent(self) -> int | None:
        return round(100 * self.dollars / self.budget) if self.budget else None

    @property
    def is_near(self) -> bool:
        return self.percent is not None and self.percent >= NEAR


def this_month() -> Spending:
    """The month so far; counted anew every ten minutes."""
    counted = cache.get("x-spending")
    if counted is None:
        counted = _count()
        cache.set("x-spending", counted, KEPT)
    plain, linked = counted
    return Spending(plain, linked, settings.X_MONTHLY_BUDGET)


def _count() -> tuple[int, int]:
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    sent = Delivery.objects.filter(
        channel__platform="x", channel__is_training=False, published_at__gte=first
    )
    plain = linked = 0
    for delivery in sent.select_related("revision").iterator(chunk_size=200):
        if has_link(delivery.revision.payload(delivery.channel_id).text):
            linked += 1
        else:
            plain += 1
    return plain, linked


def advice(post: Post) -> list[Advice]:
    """A word about the price, for a draft that takes a link to X."""
    if not post.is_editable or post.is_training:
        return []
    linked = [one.pk for one in post.variants.all() if has_link(one.text or post.text)]
    if not linked or not post.variants.filter(pk__in=linked, channel__platform="x").exists():
        return []
    sentence = _("Tautan membuat unggahan X lebih mahal: US$%(dear)s, bukan US$%(cheap)s.")
    prices = {
        "dear": f"{settings.X_LINK_POST_PRICE:.2f}".replace(".", ","),
        "cheap": f"{settings.X_POST_PRICE:.3f}".replace(".", ","),
    }
    todo = _("Perlu tautannya? Biarkan. Tidak? Beri X teks khusus tanpa tautan.")
    return [Advice(INFO, sentence % prices, todo)]


def has_link(text: str) -> bool:
    """Whether X would take the dearer price for this text."""
    return LINK.search(text) is not None
