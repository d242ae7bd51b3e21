"""Writes the rows of a story's draft: channels, pictures, source, facts; and its earlier states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from opd_hub.demo.letters import letter
from opd_hub.demo.library import Library
from opd_hub.demo.story import Story
from platforms.models import Channel
from publishing import documents, wording
from publishing.models import Document, Fact, Post, Programme, SavedDraft, Source, Variant
from publishing.workflow.drafts import kept

BETWEEN = timedelta(minutes=7)  # two kept states of a draft


@dataclass
class Stock:
    """What stories draw on; `told` are the posts of those that have a key."""

    library: Library
    programmes: Mapping[str, Programme]
    facts: Mapping[str, Fact]
    told: dict[str, Post] = field(default_factory=dict)


def write_rows(post: Post, story: Story, channels: Iterable[Channel], stock: Stock) -> None:
    """Everything that the draft says, beside the post's own columns."""
    Variant.objects.bulk_create(
        _variant(post, channel, story.x if channel.platform == "x" else "")
        for channel in channels
        if story.poster or not channel.adapter.picture_needed
    )
    for place, poster in enumerate([story.poster, *story.more] if story.poster else []):
        stock.library.hang(poster, post, place)
    if story.source is not None:
        _write_source(post, story, *story.source)
    post.facts.set(stock.facts[key] for key in story.facts)
    if story.key:
        stock.told[story.key] = post


def write_states(post: Post, texts: Sequence[str], since: datetime) -> None:
    """The states that were kept since then: with each of `texts`, and at last as it is now."""
    if not texts:
        return
    now = kept(post)
    states = [*(replace(now, text=text) for text in texts), now]
    SavedDraft.objects.bulk_create(
        SavedDraft(post=post, by=post.author, at=since + n * BETWEEN, content=state.as_json())
        for n, state in enumerate(states)
    )


def _variant(post: Post, channel: Channel, own: str) -> Variant:
    return Variant(post=post, channel=channel, text=own, words_key=wording.key_of(own or post.text))


def _write_source(post: Post, story: Story, document: str, number: str) -> None:
    Source.objects.create(
        post=post,
        document=document,
        number=number,
        date=(post.created_at - timedelta(days=3)).date(),
        owner=story.owner or post.agency.short_name,
        supports="\n".join(story.supports),
        file=_evidence(post, story.evidence, document, number) if story.evidence else None,
    )


def _evidence(post: Post, name: str, title: str, number: str) -> Document:
    pdf = letter(post.agency.name, title, number)
    upload = SimpleUploadedFile(name, pdf, "application/pdf")
    return documents.accept(upload, agency=post.agency, by=post.author)
