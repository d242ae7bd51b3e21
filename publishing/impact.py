"""What a channel's trouble costs: the posts that wait for it, for pages that know no posts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
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
    if named:
        return _named(found.select_related("post").order_by("not_before"), named)
    counted = found.values("channel").annotate(n=Count("pk"), first=Min("not_before")).order_by()
    return {row["channel"]: Impact(row["n"], row["first"]) for row in counted}


def _named(found: Any, most: int) -> Mapping[int, Impact]:
    """The nearest ones of each channel with how many there are, in one query."""
    ranked = found.annotate(
        place=Window(RowNumber(), partition_by="channel", order_by=("not_before", "pk")),
        n=Window(Count("pk"), partition_by="channel"),
    ).filter(place__lte=most)
    by_channel: dict[int, list[Any]] = {}
    for one in ranked:
        by_channel.setdefault(one.channel_id, []).append(one)
    return {
        pk: Impact(rows[0].n, rows[0].not_before, tuple(rows)) for pk, rows in by_channel.items()
    }


def last_sent(channel_ids: Iterable[int]) -> Mapping[int, datetime]:
    """When each of the channels last published something from here."""
    sent = Delivery.objects.filter(channel=OuterRef("pk"), status=Status.PUBLISHED)
    newest = sent.exclude(published_at=None).order_by("-published_at").values("published_at")[:1]
    channels = Channel.objects.filter(pk__in=list(channel_ids)).annotate(sent_at=Subquery(newest))
    told = channels.exclude(sent_at=None).values_list("pk", "sent_at")
    return dict(told)
