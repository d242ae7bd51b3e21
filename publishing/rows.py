"""Posts as rows of a list: pictures, channels and deliveries come with them, in one question."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from platforms.models import Channel
from publishing.models import Attachment, Delivery, Event, Media, Post, Variant
from publishing.models.post import PostQuerySet

_CHANNEL = {name: f"channel__{name}" for name in ("platform", "handle", "name")}
_OF_POST = {"post": OuterRef("pk")}


def drawn(posts: PostQuerySet) -> PostQuerySet:
    """With what `of` unpacks: one query, however many posts, deliveries and pictures."""
    deliveries = Delivery.objects.filter(**_OF_POST).exclude(status=Delivery.Status.CANCELLED)
    told = {name: name for name in ("pk", "status", "next_at", "not_before", "published_at")}
    first = Attachment.objects.filter(**_OF_POST).order_by("position", "pk")
    picture = JSONObject(pk="media", focal_x="media__focal_x", focal_y="media__focal_y")
    asked = Event.objects.filter(**_OF_POST, verb=Event.Verb.SEND_BACK).order_by("-at")
    return posts.select_related("agency").annotate(
        said_deliveries=_several(deliveries, **told, **_CHANNEL),
        said_variants=_several(Variant.objects.filter(**_OF_POST), **_CHANNEL),
        said_picture=Subquery(first.values(said=picture)[:1]),
        asked_by=Subquery(asked.values("actor__name")[:1]),
        asked_for=Subquery(asked.values("note")[:1]),
    )


def of(posts: Iterable[Any]) -> list[Post]:
    """The posts of `drawn`, each with `picture`, `shown_channels` and `shown_deliveries`."""
    return [_unpacked(post) for post in posts]


def needs_a_person(delivery: Delivery) -> bool:
    """As `DeliveryQuerySet.needing_a_person`, of one that is at hand."""
    in_doubt = delivery.status == Delivery.Status.UNCERTAIN and delivery.next_at is None
    return delivery.status in Delivery.STUCK or in_doubt


def _several(rows: QuerySet[Any], **told: str) -> ArraySubquery:
    ordered = rows.order_by("channel__platform", "pk")
    return ArraySubquery(ordered.values(said=JSONObject(**{k: F(v) for k, v in told.items()})))


def _unpacked(post: Any) -> Post:
    picture = Media(**post.said_picture) if post.said_picture else None
    post.picture = picture.thumb if picture else ""
    post.shown_channels = [Channel(**said) for said in post.said_variants]
    post.shown_deliveries = [_delivery(**said) for said in post.said_deliveries]
    found: Post = post
    return found


def _delivery(platform: str, handle: str, name: str, **said: Any) -> Delivery:
    channel = Channel(platform=platform, handle=handle, name=name)
    times = {key: _moment(said.pop(key)) for key in ("next_at", "not_before", "published_at")}
    return Delivery(channel=channel, **said, **times)


def _moment(said: str | None) -> datetime | None:
    return parse_datetime(said) if said else None
