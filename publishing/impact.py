"""What a channel's trouble costs: the posts that wait for it, for pages that know no posts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils import timezone

from platforms.models import Channel
from publishing.models import Delivery

Status = Delivery.Status


@dataclass(frozen=True)
class Impact:
    """Posts that would go out on one channel, and when the first of them."""

    count: int
    first_at: datetime | None
    waiting: tuple[Delivery, ...] = ()  # the nearest of them, where they were asked for


def of(channel_ids: Iterable[int], *, named: int = 0) -> Mapping[int, Impact]:
    """The impact for each of the channels that has any; with its `named` nearest deliveries."""
    still_in_time = Q(deadline__gt=timezone.now())
    stuck = Q(status=Status.WAITING) | Q(status=Status.HELD, hold=Delivery.Hold.CHANNEL)
    found = Delivery.objects.filter(stuck & still_in_time, channel__in=list(channel_ids))
    counted = found.values("channel").annotate(n=Count("pk"), first=Min("not_before")).order_by()
    nearest = found.select_related("post").order_by("not_before")
    return {
        row["channel"]: Impact(
            row["n"],
            row["first"],
            tuple(nearest.filter(channel=row["channel"])[:named]) if named else (),
        )
        for row in counted
    }


def last_sent(channel_ids: Iterable[int]) -> Mapping[int, datetime]:
    """When each of the channels last published something from here."""
    sent = Delivery.objects.filter(channel=OuterRef("pk"), status=Status.PUBLISHED)
    newest = sent.exclude(published_at=None).order_by("-published_at").values("published_at")[:1]
    channels = Channel.objects.filter(pk__in=list(channel_ids)).annotate(sent_at=Subquery(newest))
    told = channels.exclude(sent_at=None).values_list("pk", "sent_at")
    return dict(told)
