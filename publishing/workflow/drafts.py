"""A draft as it comes from a form, how it becomes rows, and how it is read back from them."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from platforms.models import Channel
from publishing import kinds, wording
from publishing.models import (
    Attachment,
    Document,
    Fact,
    Kind,
    Media,
    Post,
    Source,
    Variant,
)


class _Clean:
    """Whatever words come in, from a form or from a file, are cleaned once: history is kept too."""

    def __post_init__(self) -> None:
        for one in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, one.name, _cleaned(getattr(self, one.name)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return wording.clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(said) for key, said in value.items()}
    return value


@dataclass(frozen=True)
class SourceLine(_Clean):
    """What a claim rests on. `file` is the id of a kept Document; `supports` quotes, one a line.

    In a draft `document` may be blank: it is being written, and a gap asks for it.
    """

    document: str
    number: str = ""
    date: dt.date | None = None
    url: str = ""
    owner: str = ""
    valid_until: dt.date | None = None
    file: int | None = None
    supports: str = ""


@dataclass(frozen=True)
class Placed(_Clean):
    """A picture in its place; `left_out` are the channels that do not show it."""

    media: int
    alt: str = ""
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class Draft(_Clean):
    """Everything that the composer sends with one save."""

    text: str
    channels: Mapping[int, str]  # channel id -> its own text, "" for the shared one
    pictures: Sequence[Placed] = ()  # in order
    sources: Sequence[SourceLine] = ()
    no_claims: bool = False
    publish_at: dt.datetime | None = None  # None: as soon as approved
    valid_until: dt.datetime | None = None  # never sent after it
    note: str = ""
    kind: str = Kind.ANNOUNCEMENT
    details: Mapping[str, str] = field(default_factory=dict)  # answers, by a question's key
    pillar: str = ""  # "": the kind's own
    value: str = ""
    programme: int | None = None
    place: str = ""
    facts: Sequence[int] = ()

    def fields(self, answered: Mapping[str, str] | None = None) -> dict[str, object]:
        """What of it are columns of the post.

        `answered` are the answers that the post holds: those to other kinds' questions stay, for
        an author who changes the kind and comes back.
        """
        pattern = kinds.of(self.kind)
        return {
            "text": self.text,
            "own_words": "\n".join(own for own in self.channels.values() if own.strip()),
            "no_claims": self.no_claims,
            "publish_at": self.publish_at,
            "valid_until": self.valid_until,
            "note": self.note,
            "kind": self.kind,
            "details": self._answers(answered or {}),
            "pillar": self.pillar or pattern.pillar,
            "value": self.value,
            "programme_id": self.programme,
            "place": self.place,
        }

    def _answers(self, answered: Mapping[str, str]) -> dict[str, str]:
        of_others = kinds.known({**answered, **self.details})
        own = kinds.asked(self.kind, self.details)
        return {key: said.strip() for key, said in (of_others | own).items()}

    def as_json(self) -> dict[str, Any]:
        """For SavedDraft: plain values only."""
        plain = asdict(self) | {"channels": {str(pk): own for pk, own in self.channels.items()}}
        return dict(json.loads(json.dumps(plain, default=lambda moment: moment.isoformat())))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`, also of one that was kept before a field was known."""
        plain = dict(kept)
        plain["channels"] = {int(pk): text for pk, text in plain["channels"].items()}
        plain["pictures"] = [
            Placed(p["media"], p["alt"], tuple(p["left_out"])) for p in plain["pictures"]
        ]
        plain["sources"] = [_line(source) for source in plain["sources"]]
        for name in ("publish_at", "valid_until"):
            plain[name] = dt.datetime.fromisoformat(plain[name]) if plain[name] else None
        return cls(**plain)


def _line(kept: Mapping[str, Any]) -> SourceLine:
    days = {
        name: dt.date.fromisoformat(kept[name]) if kept[name] else None
        for name in ("date", "valid_until")
    }
    return SourceLine(**{**kept, **days})


def write_rows(post: Post, draft: Draft) -> None:
    """Make the draft's channels, pictures, sources and facts what `draft` says.

    What belongs to other agencies is left out: the form cannot choose it.
    """
    post.variants.all().delete()
    Variant.objects.bulk_create(_variants(post, draft))
    own_media = Media.objects.filter(agency=post.agency).in_bulk([p.media for p in draft.pictures])
    post.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(post=post, media=own_media[placed.media], position=n, alt=placed.alt.strip())
        for n, placed in enumerate(draft.pictures)
        if placed.media in own_media
    )
    _write_sources(post, draft.sources)
    post.facts.set(Fact.objects.filter(agency=post.agency, pk__in=draft.facts))


def _variants(post: Post, draft: Draft) -> list[Variant]:
    rows = []
    channels = Channel.objects.for_work(training=post.is_training)
    for channel in channels.filter(agency=post.agency, pk__in=draft.channels):
        own = draft.channels[channel.pk].strip()
        left_out = [placed.media for placed in draft.pictures if channel.pk in placed.left_out]
        words_key = wording.key_of(own or draft.text)
        rows.append(
            Variant(post=post, channel=channel, text=own, left_out=left_out, words_key=words_key)
        )
    return rows


def _write_sources(post: Post, lines: Sequence[SourceLine]) -> None:
    files = [line.file for line in lines if line.file]
    own = Document.objects.filter(agency=post.agency).in_bulk(files)
    post.sources.all().delete()
    Source.objects.bulk_create(
        Source(post=post, **{**vars(line), "file": own.get(line.file or 0)}) for line in lines
    )


def kept(post: Post) -> Draft:
    """The draft that the post's rows hold: what `write_rows` was last given."""
    variants = list(post.variants.all())
    return Draft(
        text=post.text,
        channels={variant.channel_id: variant.text for variant in variants},
        pictures=[
            Placed(
                a.media_id,
                a.alt,
                tuple(v.channel_id for v in variants if a.media_id in v.left_out),
            )
            for a in post.attachments.all()
        ],
        sources=[_line_of(source) for source in post.sources.all()],
        no_claims=post.no_claims,
        publish_at=post.publish_at,
        valid_until=post.valid_until,
        note=post.note,
        kind=post.kind,
        details=post.details,
        pillar="" if post.pillar == kinds.of(post.kind).pillar else post.pillar,
        value=post.value,
        programme=post.programme_id,
        place=post.place,
        facts=[fact.pk for fact in post.facts.all()],
    )


def _line_of(source: Source) -> SourceLine:
    return SourceLine(
        source.document,
        source.number,
        source.date,
        source.url,
        source.owner,
        source.valid_until,
        source.file_id,
        source.supports,
    )
