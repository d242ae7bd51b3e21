"""A draft as it comes from a form, how it becomes rows, and what it still lacks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platforms.models import Channel
from publishing import calendar, payloads
from publishing.models import Attachment, Media, Post, Source, Variant


@dataclass(frozen=True)
class SourceLine:
    document: str
    number: str = ""
    date: dt.date | None = None
    url: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything that the composer sends with one save."""

    text: str
    channels: Mapping[int, str]  # channel id -> its own text, "" for the shared one
    pictures: Sequence[tuple[int, str]] = ()  # (media id, alternative text), in order
    sources: Sequence[SourceLine] = ()
    no_claims: bool = False
    publish_at: dt.datetime | None = None  # None: as soon as approved
    valid_until: dt.datetime | None = None  # never sent after it
    urgent: bool = False
    note: str = ""


@dataclass(frozen=True)
class Gap:
    """One thing between a draft and its submission, with its place in the form."""

    anchor: str  # kanal, teks, media, sumber, jadwal
    short: str
    sentence: str


def write_rows(post: Post, draft: Draft) -> None:
    """Make the draft's channels, pictures and sources what `draft` says.

    Channels and pictures of other agencies are left out: the form cannot choose them.
    """
    own_channels = Channel.objects.filter(agency=post.agency, pk__in=draft.channels)
    post.variants.all().delete()
    Variant.objects.bulk_create(
        Variant(post=post, channel=channel, text=draft.channels[channel.pk].strip())
        for channel in own_channels
    )
    own_media = Media.objects.filter(agency=post.agency).in_bulk(
        [pk for pk, _alt in draft.pictures]
    )
    post.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(post=post, media=own_media[pk], position=n, alt=alt.strip())
        for n, (pk, alt) in enumerate(draft.pictures)
        if pk in own_media
    )
    post.sources.all().delete()
    Source.objects.bulk_create(
        Source(post=post, document=s.document, number=s.number, date=s.date, url=s.url)
        for s in draft.sources
    )


def lacking(post: Post) -> list[Gap]:
    """What stands between this draft and a submission, in the order of the form."""
    shown = payloads.of_draft(post)
    return [
        *_channel_gaps(shown),
        *_text_gaps(post, shown),
        *_alt_gaps(post),
        *_platform_gaps(shown),
        *_source_gaps(post),
        *_time_gaps(post),
    ]


def _channel_gaps(shown: Sequence[payloads.Shown]) -> list[Gap]:
    if shown:
        return []
    return [Gap("kanal", _("pilih kanal"), _("Pilih sedikitnya satu kanal."))]


def _text_gaps(post: Post, shown: Sequence[payloads.Shown]) -> list[Gap]:
    if all(_shows(text) for text in [one.text for one in shown] or [post.text]):
        return []
    return [Gap("teks", _("tulis teks"), _("Teks masih kosong. Tulis apa yang ingin disampaikan."))]


def _shows(text: str) -> bool:
    """Whether a reader sees anything: pasted text may hold nothing but zero-width characters."""
    return any(char.isprintable() and not char.isspace() for char in text)


def _alt_gaps(post: Post) -> list[Gap]:
    n = sum(1 for attachment in post.attachments.all() if not attachment.alt.strip())
    if not n:
        return []
    short = ngettext("%(n)s teks alternatif", "%(n)s teks alternatif", n) % {"n": n}
    sentence = _(
        "%(n)s gambar belum memiliki teks alternatif. "
        "Gambarkan isinya bagi yang tidak dapat melihatnya."
    )
    return [Gap("media", short, sentence % {"n": n})]


def _platform_gaps(shown: Sequence[payloads.Shown]) -> list[Gap]:
    """What the platforms themselves would refuse; missing words and alt texts are said above."""
    gaps = []
    for one in shown:
        said_above = not one.text or any(not picture.alt for picture in one.payload.pictures)
        problems = one.problems
        if one.over:
            short = _("teks %(label)s terlalu panjang") % {"label": one.label}
            gaps.append(Gap("teks", short, " ".join(problems)))
        elif problems and not said_above:
            anchor = (
                "media" if one.payload.pictures or one.channel.adapter.picture_needed else "teks"
            )
            gaps.append(
                Gap(anchor, _("syarat %(label)s") % {"label": one.label}, " ".join(problems))
            )
    return gaps


def _source_gaps(post: Post) -> list[Gap]:
    if post.no_claims or post.sources.exists():
        return []
    sentence = _("Isi sedikitnya satu sumber data, atau centang “tidak memuat klaim”.")
    return [Gap("sumber", _("isi sumber data"), sentence)]


def _time_gaps(post: Post) -> list[Gap]:
    try:
        calendar.check(post.publish_at)
        calendar.check_validity(post.publish_at, post.valid_until)
    except calendar.BadTime as error:
        return [Gap("jadwal", _("perbaiki jadwal"), str(error))]
    return []
