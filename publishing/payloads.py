"""What each channel will show: gathered from a draft's rows, or read from a frozen revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from platforms.adapters.base import Payload, Picture
from platforms.models import Channel
from publishing import kinds
from publishing.models import Attachment, Document, Kind, Post, Revision, Source, Variant
from publishing.models.media import VERSION_LENGTH, address_of


@dataclass(frozen=True)
class ShownPicture:
    """A picture on a page: its address for signed-in people, its alternative text."""

    url: str
    thumb: str
    alt: str
    media: int
    width: int  # pixels of what `url` shows
    height: int


@dataclass(frozen=True)
class Shown:
    """One channel's view of a post, for previews, counters and checks."""

    channel: Channel
    payload: Payload
    media: tuple[int, ...]  # media ids, in step with payload.pictures

    @property
    def platform(self) -> str:
        return self.channel.platform

    @property
    def label(self) -> str:
        return self.channel.adapter.label

    @property
    def handle(self) -> str:
        return self.channel.handle

    @property
    def name(self) -> str:
        return self.channel.name

    @property
    def text(self) -> str:
        return self.payload.text

    @property
    def weight(self) -> int:
        """Length of the text in the platform's own units."""
        return self.channel.adapter.weigh(self.text)

    @property
    def limit(self) -> int:
        return self.channel.adapter.text_limit

    @property
    def over(self) -> int:
        """How many units too long; 0 when it fits."""
        return max(0, self.weight - self.limit)

    @property
    def cut(self) -> int:
        """Index in the text from which it no longer fits."""
        return _cut(self.channel, self.text)

    @property
    def fitting(self) -> str:
        """The part of the text that fits."""
        return self.text[: self.cut]

    @property
    def excess(self) -> str:
        """The part that does not; mostly empty."""
        return self.text[self.cut :]

    @property
    def problems(self) -> list[str]:
        """Why it cannot go out, in sentences; empty when it can."""
        return self.channel.adapter.problems(self.payload)

    @property
    def pictures(self) -> list[ShownPicture]:
        return [
            ShownPicture(
                address_of(media, self.platform, picture.sha256[:VERSION_LENGTH]),
                address_of(media, "thumb", picture.sha256[:VERSION_LENGTH]),
                picture.alt,
                media,
                picture.width,
                picture.height,
            )
            for media, picture in zip(self.media, self.payload.pictures, strict=True)
        ]


def _cut(channel: Channel, text: str) -> int:
    """The longest prefix that fits, by halving: weight never falls when text grows."""
    adapter = channel.adapter
    if adapter.weigh(text) <= adapter.text_limit:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if adapter.weigh(text[:middle]) <= adapter.text_limit:
            low = middle
        else:
            high = middle - 1
    return low


def of_draft(post: Post) -> list[Shown]:
    """What the draft's chosen channels would show now. Asks for no row that is prefetched."""
    variants = Prefetch("variants", Variant.objects.select_related("channel"))
    pictures = Prefetch("attachments", Attachment.objects.select_related("media"))
    prefetch_related_objects([post], variants, pictures, "attachments__media__renditions")
    attachments = list(post.attachments.all())
    return [
        of_words(
            variant.channel,
            variant.text or post.text,
            [a for a in attachments if a.media_id not in variant.left_out],
        )
        for variant in post.variants.all()
    ]


def of_words(channel: Channel, words: str, attachments: Iterable[Attachment]) -> Shown:
    """What `channel` would show for these words and pictures."""
    pairs = [(a.media_id, _picture(a, channel.platform)) for a in attachments]
    payload = Payload(words.replace("\r\n", "\n").strip(), tuple(p for _, p in pairs))
    return Shown(channel, payload, tuple(media for media, _ in pairs))


def _picture(attachment: Attachment, platform: str) -> Picture:
    made = attachment.media.rendition(platform)
    return Picture(made.sha256, attachment.alt.strip(), made.width, made.height, made.size)


def of_revision(revision: Revision, known: Iterable[Channel] = ()) -> list[Shown]:
    """What a revision says, channel by channel; asks for no channel that is `known`."""
    entries = revision.content["channels"]
    channels = {channel.pk: channel for channel in known}
    if missing := {entry["channel"] for entry in entries} - set(channels):
        channels |= Channel.objects.in_bulk(missing)
    return [
        Shown(
            channels[entry["channel"]],
            revision.payload(entry["channel"]),
            tuple(p["media"] for p in entry["pictures"]),
        )
        for entry in entries
    ]


def frozen(post: Post) -> dict[str, Any]:
    """The draft as the content of a Revision (publishing.models.revision says its shape)."""
    kind = {"kind": post.kind, "details": kinds.asked(post.kind, post.details)}
    return {
        "channels": [_entry(shown) for shown in of_draft(post)],
        "sources": [_source(source) for source in post.sources.select_related("file")],
        "no_claims": post.no_claims,
        # an ordinary announcement reads as it did before there were kinds
        **(kind if post.kind != Kind.ANNOUNCEMENT else {}),
        **({"corrects": post.corrects_id} if post.corrects_id else {}),
    }


def _source(source: Source) -> dict[str, Any]:
    """One source; what is not given is not there, as in revisions of before it could be."""
    more = {
        "owner": source.owner,
        "valid_until": source.valid_until.isoformat() if source.valid_until else "",
        "file": _file(source.file) if source.file else None,
        "supports": [line.strip() for line in source.supports.splitlines() if line.strip()],
    }
    return {
        "document": source.document,
        "number": source.number,
        "date": source.date.isoformat() if source.date else "",
        "url": source.url,
        **{name: value for name, value in more.items() if value},
    }


def _file(document: Document) -> dict[str, Any]:
    return {"id": document.pk, "name": document.name, "sha256": document.sha256}


def _entry(shown: Shown) -> Mapping[str, Any]:
    return {
        "channel": shown.channel.pk,
        "platform": shown.platform,
        "account": shown.channel.remote_id,
        "handle": shown.handle,
        "text": shown.text,
        "pictures": [
            {
                "sha256": picture.sha256,
                "alt": picture.alt,
                "width": picture.width,
                "height": picture.height,
                "size": picture.size,
                "media": media,
            }
            for media, picture in zip(shown.media, shown.payload.pictures, strict=True)
        ],
    }
