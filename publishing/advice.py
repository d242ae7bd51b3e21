"""What is worth knowing before a post is handed in for its hour: near, crowded, said before.

It only advises. What stands between a draft and its submission is `workflow.gaps`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import calendar, kinds, repeats
from publishing.calendar import APART, spoken
from publishing.models import Kind, Post, Variant
from publishing.models.desk import desk_of
from publishing.models.post import PostQuerySet

INFO, WARN = "info", "warn"
SAME_HOUR = timedelta(hours=1)  # between two agencies on one topic
MOST_TAGS = 30  # of a post, that are looked for in others
MOST_NAMED = 3  # others, or holidays, in one piece of advice

_TAG = re.compile(r"(?<![\w&])#(\w+)")
_GOING_OUT = (Post.Status.SUBMITTED, Post.Status.APPROVED)
_IN_THE_MAKING = (Post.Status.DRAFT, Post.Status.RETURNED)


@dataclass(frozen=True)
class Advice:
    """One thing to know, what to do about it, and the post that it is about if one may see it."""

    level: str  # info, warn
    sentence: str
    todo: str = ""
    other: Post | None = None


def loaded(posts: PostQuerySet) -> PostQuerySet:
    """`posts` with everything that advice reads of a post itself."""
    return posts.select_related("agency__desk").prefetch_related("variants")


def about(
    post: Post, now: datetime, *, drafts: bool = False, everybody: bool = False
) -> list[Advice]:
    """Everything to know about `post` at its hour, warnings first; two queries if it is `loaded`.

    With `drafts` the agency's own drafts count too, for readers who may see them. With `everybody`
    other agencies' posts are linked, and the same words looked for on their channels too.
    """
    if post.status in Post.FINAL:
        return []
    before = repeats.of(post, now, everywhere=everybody)[:MOST_NAMED]
    found = [*_of_the_clock(post, now), *_beside(post, now, drafts)]
    found += [_repeated(post, other, shared) for other, shared in before]
    if not everybody:
        found = [_unlinked(one, post) for one in found]
    return sorted(found, key=lambda one: one.level != WARN)


def on_the_topic(post: Post, now: datetime) -> tuple[str, ...]:
    """Who else speaks about the same in the same hour, a sentence for each."""
    return tuple(one.sentence for one in _beside(post, now, drafts=False) if one.level == INFO)


# --- the review's clock, and days off ---


def _of_the_clock(post: Post, now: datetime) -> list[Advice]:
    at, track = post.publish_at, kinds.of(post.kind).track
    if not post.is_editable:
        return []  # handed in already: the clock runs
    if trouble := calendar.trouble(at, post.valid_until):
        return [Advice(WARN, trouble)]
    if at is None:
        return _at_once(track, now)
    earliest = calendar.runs_out(track, now) + calendar.BEFORE_PUBLISHING
    by = calendar.hand_in_by(track, at)
    off = [] if track.around_the_clock else calendar.days_off(max(by, now), at)
    if at < earliest:
        sentence = _(
            "Tinjauan %(kind)s biasanya %(length)s; %(unit)s mungkin tidak sempat sebelum %(at)s."
        ) % {
            "kind": Kind(post.kind).label.lower(),
            "length": track.counted(track.length),
            "unit": settings.REVIEW_UNIT,
            "at": spoken(at),
        }
        todo = _("Yang masih sempat: mulai %(earliest)s.") % {"earliest": spoken(earliest)}
        return [Advice(WARN, _joined(sentence, _off(off)), todo)]
    if off:
        todo = _("Ajukan paling lambat %(by)s.") % {"by": spoken(by)}
        return [Advice(INFO, _off(off), todo)]
    return []


def _at_once(track: kinds.Track, now: datetime) -> list[Advice]:
    """What to know of "as soon as approved", said while nobody is there to approve."""
    if track.around_the_clock or calendar.is_working_hour(now):
        return []
    ready = calendar.runs_out(track, now)
    sentence = _("Sekarang di luar jam kerja %(unit)s. Tinjauan biasanya selesai %(ready)s.") % {
        "unit": settings.REVIEW_UNIT,
        "ready": spoken(ready),
    }
    return [Advice(INFO, sentence)]


def _off(days: Sequence[date]) -> str:
    """Why nobody reviews on these days: feasts by name, then the days of the week."""
    unit = settings.REVIEW_UNIT
    feasts = [
        f"{date_format(day, 'j F')}: {name}."
        for day in days
        if (name := calendar.holiday_name(day))
    ]
    if len(feasts) > MOST_NAMED:
        many = _("Sebelum waktu itu %(unit)s libur %(n)s hari, antara lain %(first)s")
        return many % {"unit": unit, "n": len(days), "first": feasts[0]}
    plain = dict.fromkeys(date_format(day, "l") for day in days if not calendar.holiday_name(day))
    if plain:
        weekend = _("%(days)s %(unit)s libur.")
        feasts.append(weekend % {"days": _(" dan ").join(plain), "unit": unit})
    return " ".join(feasts)


# --- what else happens at that hour ---


def _beside(post: Post, now: datetime, drafts: bool) -> list[Advice]:
    """Others on the same channels within half an hour; other agencies on the topic in the hour."""
    at = _hour(post, now)
    if at is None or at < now:
        return []
    chosen = [variant.channel_id for variant in post.variants.all()]
    near = _crowding(post, chosen, at, drafts).values("pk")
    near = near.union(_on_the_topic(post, at).values("pk"))
    rows = Variant.objects.filter(pk__in=near)
    rows = rows.select_related("channel", "post__agency__desk", "post__programme")
    told = [
        _told(post, other, shared, chosen, at)
        for other, shared in repeats.by_post(rows.order_by("post__publish_at", "pk"))
    ]
    return [advice for advice in told if advice][:MOST_NAMED]


def _hour(post: Post, now: datetime) -> datetime | None:
    """When it goes out; "at once" is now, as soon as it is handed in."""
    if post.publish_at or post.is_editable:
        return post.publish_at
    return now if post.status == Post.Status.SUBMITTED else post.at_once_at


def _crowding(post: Post, chosen: Sequence[int], at: datetime, drafts: bool) -> QuerySet[Variant]:
    states = Q(post__status__in=_GOING_OUT)
    if drafts:
        states |= Q(post__status__in=_IN_THE_MAKING, post__agency=post.agency_id)
    return _within(APART, at, _others(post)).filter(states, channel__in=chosen)


def _told(
    post: Post, other: Post, rows: Sequence[Variant], chosen: Sequence[int], at: datetime
) -> Advice | None:
    hour = other.publish_at or other.at_once_at or at
    crowded = [row for row in rows if row.channel_id in chosen]
    if crowded and abs(hour - at) < APART:
        sentence = _("%(channels)s juga dipakai unggahan lain pada %(at)s.") % {
            "channels": _channels(crowded),
            "at": spoken(hour),
        }
        todo = _("Beri jarak 30 menit agar keduanya terbaca.")
        return Advice(WARN, sentence, todo, other)
    if topic := _shared_topic(post, other, rows):
        sentence = _("%(agency)s juga mengunggah tentang %(topic)s pada %(at)s.") % {
            "agency": other.agency.short_name,
            "topic": topic,
            "at": spoken(hour),
        }
        todo = _("Samakan isinya dengan OPD itu, atau pilih jam lain.")
        return Advice(INFO, sentence, todo, other)
    return None


def _unlinked(one: Advice, post: Post) -> Advice:
    """Without the title of another agency's post, and the way to it."""
    foreign = one.other is not None and one.other.agency_id != post.agency_id
    return replace(one, other=None) if foreign else one


def _on_the_topic(post: Post, at: datetime) -> QuerySet[Variant]:
    """Other agencies' posts of that hour that may be about the same; `_shared_topic` is sure."""
    same = [
        Q(post__text__icontains=f"#{tag}") | Q(text__icontains=f"#{tag}")
        for tag in sorted(_own_tags(post, post.variants.all()))[:MOST_TAGS]
    ]
    if post.programme_id:
        same.append(Q(post__programme=post.programme_id))
    if post.place:
        same.append(Q(post__place=post.place, post__kind=post.kind))
    elsewhere = Variant.objects.exclude(post__agency=post.agency_id)
    elsewhere = elsewhere.filter(post__is_training=post.is_training)
    there = _within(SAME_HOUR, at, elsewhere).filter(post__status__in=_GOING_OUT)
    return there.filter(reduce(or_, same, Q(pk=None)))


def _shared_topic(post: Post, other: Post, rows: Iterable[Variant]) -> str:
    """What the posts of two agencies have in common, in words; "" for nothing."""
    if other.agency_id == post.agency_id:
        return ""
    if other.programme and other.programme_id == post.programme_id:
        return _("program %(name)s") % {"name": other.programme}
    if tags := _own_tags(post, post.variants.all()) & _own_tags(other, rows):
        return ", ".join(f"#{tag}" for tag in sorted(tags)[:MOST_NAMED])
    if post.place and (post.place, post.kind) == (other.place, other.kind):
        return _("%(kind)s untuk tempat yang sama") % {"kind": Kind(post.kind).label.lower()}
    return ""


def _own_tags(post: Post, rows: Iterable[Variant]) -> set[str]:
    """The tags of a post that its agency does not put under everything, in small letters."""
    words = " ".join([post.text, *(row.text for row in rows)])
    return {tag.casefold() for tag in _TAG.findall(words)} - desk_of(post.agency).standing_tags()


# --- what was said before ---


def _repeated(post: Post, other: Post, rows: Sequence[Variant]) -> Advice:
    hour = other.publish_at or other.submitted_at or other.created_at
    sentence = _("Kata-kata yang sama sudah diajukan untuk %(channels)s, %(at)s.")
    todo = _("Ubah teksnya, kecuali memang perlu diulang.")
    if other.agency_id != post.agency_id:
        sentence = _("%(agency)s sudah mengajukan kata-kata yang sama untuk %(channels)s, %(at)s.")
        todo = _("Minta penulisnya membagikan unggahan itu, kecuali memang perlu diulang.")
    sentence %= {
        "agency": other.agency.short_name,
        "channels": _channels(rows),
        "at": spoken(hour),
    }
    return Advice(WARN, sentence, todo, other)


def _others(post: Post) -> QuerySet[Variant]:
    return Variant.objects.exclude(post=post.pk)


def _within(distance: timedelta, at: datetime, rows: QuerySet[Variant]) -> QuerySet[Variant]:
    rows = rows.annotate(hour=Coalesce("post__publish_at", "post__at_once_at"))
    has_hour = Q(post__publish_at__isnull=False) | Q(post__status=Post.Status.APPROVED)
    return rows.filter(has_hour, hour__gt=at - distance, hour__lt=at + distance)


def _channels(rows: Iterable[Variant]) -> str:
    return ", ".join(dict.fromkeys(str(row.channel) for row in rows))


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
