"""What the guidelines find in a post, what people answered to it, and the record of both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guidelines import Finding as Found
from guidelines import Level
from guidelines.context import Likeness
from platforms.models import Channel
from publishing import advice, payloads
from publishing.fitness import Occasion, Placed, of_content, row
from publishing.models import Answer, Finding, Media, Post, Revision, Variant

REMEMBERED = timedelta(days=30)  # how long an earlier post counts as said before
MOST_EARLIER = 60  # posts of that time that a text is compared with
SETTLES: Mapping[str, frozenset[str]] = {
    Level.BLOCK: frozenset({Answer.Kind.WAIVED}),
    Level.WARN: frozenset({Answer.Kind.CHECKED, Answer.Kind.MISTAKEN, Answer.Kind.WAIVED}),
}


@dataclass(frozen=True)
class Standing:
    """A finding as it stands: in which text, and the last word that somebody said about it."""

    placed: Placed
    label: str  # names the text for people; "" for the shared one
    answer: Answer | None

    @property
    def found(self) -> Found:
        return self.placed.finding

    @property
    def level_label(self) -> str:
        return str(Finding.Level(self.found.level).label)

    @property
    def is_settled(self) -> bool:
        """Whether it stands in nobody's way: a hint, or answered as its level asks."""
        asked = SETTLES.get(self.found.level)
        return asked is None or (self.answer is not None and self.answer.kind in asked)

    @property
    def is_asked(self) -> bool:
        """Whether a reviewer has been asked to let it pass, and has not answered yet."""
        return self.answer is not None and self.answer.kind == Answer.Kind.ASKED


def of_draft(post: Post, *, crowded: bool = False) -> list[Standing]:
    """Everything found in the draft as it is kept, gravest first within each text.

    With `crowded` also who else speaks at that hour, which the desk shows beside the schedule.
    """
    content = payloads.frozen(post)
    occasion = _occasion(post, content)
    if not content["channels"]:  # nobody chose a channel yet: the words are there all the same
        content["channels"] = [{"channel": 0, "platform": "", "text": post.text, "pictures": []}]
    if crowded:
        occasion = replace(occasion, crowded=advice.on_the_topic(post, timezone.now()))
    return standing(post, of_content(content, occasion))


def of_revision(post: Post, revision: Revision, at: datetime | None) -> list[Standing]:
    """Everything found, as of now, in what was handed in, if it goes out at `at`."""
    occasion = replace(_occasion(post, revision.content), at=at)
    return standing(post, of_content(revision.content, occasion))


def now(post: Post) -> list[Standing]:
    """Everything found as of now: in the draft, or in what was handed in last."""
    revision = None if post.is_editable else post.revisions.last()
    return of_revision(post, revision, post.publish_at) if revision else of_draft(post)


def standing(post: Post, found: Iterable[Placed]) -> list[Standing]:
    """Findings with what was last said about each, and with the names of their texts."""
    last, found = Answer.objects.last_of(post), list(found)
    labels = _labels({placed.passage.place for placed in found})
    return [
        Standing(placed, labels[placed.passage.place], last.get(placed.finding.key))
        for placed in found
    ]


def unsettled(standings: Iterable[Standing]) -> list[Standing]:
    return [one for one in standings if not one.is_settled]


def record(
    post: Post,
    standings: Iterable[Standing],
    stage: Finding.Stage,
    revision: Revision | None = None,
) -> None:
    """Keep what was found at this moment, with the answers that stood to it then."""
    Finding.objects.bulk_create(
        row(one.placed, stage, post=post, revision=revision, answer=one.answer) for one in standings
    )


def kept(revision: Revision, stage: Finding.Stage = Finding.Stage.SUBMIT) -> QuerySet[Finding]:
    """What was found in a revision when it was handed in, gravest first."""
    return revision.findings.filter(stage=stage).select_related("answer__by")


def _occasion(post: Post, content: Mapping[str, Any]) -> Occasion:
    media = {p["media"] for entry in content["channels"] for p in entry["pictures"]}
    names = dict(Media.objects.filter(pk__in=media).values_list("pk", "name")) if media else {}
    return Occasion(
        agency=post.agency,
        kind=post.kind,
        at=post.publish_at,
        valid_until=post.valid_until,
        pillar=post.pillar,
        tags=(post.programme.tag,) if post.programme and post.programme.tag else (),
        names=names,
        earlier=_earlier(post, content),
    )


def _earlier(post: Post, content: Mapping[str, Any]) -> tuple[Likeness, ...]:
    """What went out, or will, on the same channels within the month; but not what this one
    repeats on purpose, nor what repeats it to the letter: `advice` tells of that."""
    channels = [entry["channel"] for entry in content["channels"]]
    if not channels:
        return ()
    kin = [pk for pk in (post.pk, post.corrects_id, post.copied_from_id) if pk]
    going = (Post.Status.SUBMITTED, Post.Status.APPROVED)
    rows = Variant.objects.filter(channel__in=channels, post__status__in=going)
    rows = rows.exclude(post__in=kin).exclude(
        words_key__in=[one.words_key for one in post.variants.all() if one.words_key]
    )
    rows = rows.annotate(hour=Coalesce("post__publish_at", "post__submitted_at"))
    rows = rows.filter(hour__gte=timezone.now() - REMEMBERED)
    rows = rows.select_related("post").order_by("-hour")[:MOST_EARLIER]
    seen = {row.words: row for row in reversed(rows)}
    return tuple(Likeness(words, _when(row)) for words, row in seen.items())


def _when(row: Variant) -> str:
    hour = row.post.publish_at or row.post.submitted_at or row.post.created_at
    return date_format(timezone.localtime(hour), "j F Y")


def _labels(places: Iterable[str]) -> dict[str, str]:
    """Names of the texts: "Teks khusus Instagram @…", "Teks alternatif gambar"."""
    places = set(places)
    own = [int(place.partition(":")[2]) for place in places if place.startswith("kanal:")]
    channels = Channel.objects.in_bulk(own) if own else {}
    pictures = sorted(place for place in places if place.startswith("gambar:"))
    return {
        "": "",
        **{
            f"kanal:{pk}": _("Teks khusus %(channel)s") % {"channel": channel}
            for pk, channel in channels.items()
        },
        **dict.fromkeys(pictures, _("Teks alternatif gambar")),
    }
