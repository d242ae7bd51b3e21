"""Where two versions of one draft differ: every field, in words that an author knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing import kinds, places
from publishing.calendar import spoken
from publishing.diff import Part, words
from publishing.models import Document, Fact, Kind, Media, Pillar, Post, Programme, Value
from publishing.workflow.drafts import Draft, Placed, SourceLine


@dataclass(frozen=True)
class Difference:
    """One field that reads otherwise; `picture` is the one it is about, when there is one still."""

    label: str
    parts: list[Part]
    picture: Media | None = None


def between(post: Post, old: Draft, new: Draft) -> list[Difference]:
    """Everything that is otherwise in `new` than in `old`, in the order of the form.

    Names that are not the agency's are left out. Five queries, however much differs.
    """
    return list(_Pair(post, old, new).rows())


class _Pair:
    """Two versions, and the rows that their ids stand for."""

    def __init__(self, post: Post, old: Draft, new: Draft) -> None:
        self.post, self.old, self.new = post, old, new

    def rows(self) -> Iterator[Difference]:
        yield from self._story()
        yield from self._channels()
        yield from self._pictures()
        yield from self._sources()
        yield from self._moments()
        yield from _row(_("Fakta"), (self._facts(one) for one in self._both))

    @property
    def _both(self) -> tuple[Draft, Draft]:
        return self.old, self.new

    def _story(self) -> Iterator[Difference]:
        yield from _row(_("Jenis unggahan"), (str(Kind(one.kind).label) for one in self._both))
        before, now = (dict(kinds.answers(one.kind, one.details)) for one in self._both)
        for label in before | now:
            yield from _row(label, (before.get(label, ""), now.get(label, "")))
        yield from _row(_("Pilar"), map(_pillar, self._both))
        yield from _row(_("Nilai yang dibawa"), (_value(one.value) for one in self._both))
        yield from _row(_("Program"), (self._programme(one.programme) for one in self._both))
        yield from _row(_("Kecamatan atau nagari"), (places.label(one.place) for one in self._both))

    def _channels(self) -> Iterator[Difference]:
        yield from _row(_("Kanal"), (self._names(one.channels) for one in self._both))
        yield from _row(_("Teks unggahan untuk semua kanal"), (one.text for one in self._both))
        for pk, channel in self.channels.items():
            own = (one.channels.get(pk, "").strip() for one in self._both)
            yield from _row(_("Teks khusus %(channel)s") % {"channel": channel}, own)

    def _names(self, ids: Iterable[int]) -> str:
        wanted = set(ids)
        return ", ".join(str(channel) for pk, channel in self.channels.items() if pk in wanted)

    @cached_property
    def channels(self) -> dict[int, Channel]:
        named = {*self.old.channels, *self.new.channels}
        rows = Channel.objects.filter(agency=self.post.agency_id, pk__in=named)
        return {channel.pk: channel for channel in rows}

    # --- pictures ---

    def _pictures(self) -> Iterator[Difference]:
        before, now = (self._row_of(one) for one in self._both)
        for media in before | now:
            yield from self._picture(media, before.get(media), now.get(media))
        orders = [[m for m in before if m in now], [m for m in now if m in before]]
        if orders[0] != orders[1]:
            yield from _row(_("Urutan gambar"), map(self._order, orders))

    def _row_of(self, draft: Draft) -> dict[int, tuple[int, Placed]]:
        """The pictures that still exist, by id, each with its number in the row."""
        there = [placed for placed in draft.pictures if placed.media in self.media]
        return {placed.media: (n, placed) for n, placed in enumerate(there, 1)}

    def _picture(
        self, pk: int, was: tuple[int, Placed] | None, now: tuple[int, Placed] | None
    ) -> Iterator[Difference]:
        media = self.media[pk]
        number, _placed = now or was or (0, None)
        label = _("Gambar %(n)s") % {"n": number}
        if was is None or now is None:
            names = (media.name if one else "" for one in (was, now))
            yield from _row(label, names, media)
        alts = (one[1].alt.strip() if one else "" for one in (was, now))
        yield from _row(_("Teks alternatif gambar %(n)s") % {"n": number}, alts, media)
        if was and now:
            shown = (
                self._names(self._shown(d, p))
                for d, (_n, p) in zip(self._both, (was, now), strict=True)
            )
            yield from _row(_("Gambar %(n)s tampil di") % {"n": number}, shown, media)

    @staticmethod
    def _shown(draft: Draft, placed: Placed) -> set[int]:
        return set(draft.channels) - set(placed.left_out)

    def _order(self, row: Sequence[int]) -> str:
        return ", ".join(self.media[pk].name for pk in row)

    @cached_property
    def media(self) -> dict[int, Media]:
        named = {placed.media for one in self._both for placed in one.pictures}
        return Media.objects.filter(agency=self.post.agency_id).in_bulk(named)

    # --- sources, facts, programme ---

    def _sources(self) -> Iterator[Difference]:
        old, new = ([self._source(line) for line in one.sources] for one in self._both)
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            for n in range(max(j - i, m - k)):
                label = _("Sumber %(n)s") % {"n": (k if k + n < m else i) + n + 1}
                was = old[i + n] if i + n < j else ""
                yield from _row(label, (was, new[k + n] if k + n < m else ""))
        claims = (_("ya") if one.no_claims else _("tidak") for one in self._both)
        yield from _row(_("Tidak memuat klaim atau angka"), claims)

    def _source(self, line: SourceLine) -> str:
        file = self.files.get(line.file or 0)
        rows = [
            (_("Dokumen"), line.document),
            (_("Tautan"), line.url),
            (_("Nomor"), line.number),
            (_("Tanggal"), _day(line.date)),
            (_("Pemilik data"), line.owner),
            (_("Berlaku sampai"), _day(line.valid_until)),
            (_("Berkas"), file.name if file else ""),
            (_("Mendukung"), line.supports.strip()),
        ]
        return "\n".join(f"{label}: {said}" for label, said in rows if said)

    @cached_property
    def files(self) -> dict[int, Document]:
        named = {line.file for one in self._both for line in one.sources if line.file}
        return Document.objects.filter(agency=self.post.agency_id).in_bulk(named)

    def _facts(self, draft: Draft) -> str:
        return ", ".join(name for pk, name in self.facts.items() if pk in draft.facts)

    @cached_property
    def facts(self) -> dict[int, str]:
        named = {pk for one in self._both for pk in one.facts if pk < 2**63}
        rows = Fact.objects.filter(agency=self.post.agency_id, pk__in=named)
        return {fact.pk: str(fact) for fact in rows}

    def _programme(self, pk: int | None) -> str:
        return str(self.programmes.get(pk or 0, ""))

    @cached_property
    def programmes(self) -> dict[int, Programme]:
        return Programme.objects.in_bulk({one.programme for one in self._both if one.programme})

    def _moments(self) -> Iterator[Difference]:
        hours = (_hour(one.publish_at, _("segera setelah disetujui")) for one in self._both)
        yield from _row(_("Waktu tayang"), hours)
        ends = (_hour(one.valid_until, _("tanpa batas")) for one in self._both)
        yield from _row(_("Berlaku sampai"), ends)
        yield from _row(_("Catatan untuk peninjau"), (one.note.strip() for one in self._both))


def _row(label: str, pair: Iterable[str], picture: Media | None = None) -> Iterator[Difference]:
    """The difference between an old and a new reading, if there is one."""
    old, new = pair
    if old != new:
        yield Difference(label, words(old, new), picture)


def _pillar(draft: Draft) -> str:
    return str(Pillar(draft.pillar or kinds.of(draft.kind).pillar).label)


def _value(key: str) -> str:
    return str(Value(key).label) if key else ""


def _hour(at: datetime | None, without: str) -> str:
    """To the minute: more than that no form can say."""
    return spoken(at) if at else without


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
