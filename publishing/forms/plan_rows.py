"""One row of a content plan: from its cells to a draft or to what is wrong; from a post back."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency
from platforms import registry
from platforms.models import Channel
from publishing import calendar, places, wording
from publishing.forms import plan_cells
from publishing.forms.plan_cells import Wrong
from publishing.forms.plan_csv import Record
from publishing.models import Delivery, Kind, Pillar, Post, Programme
from publishing.workflow import BadTime, Draft

OWN_TEXTS = {platform: f"teks_{platform}" for platform, _label in registry.platforms()}
COLUMNS = (
    *("tanggal", "jam", "kanal", "jenis", "pilar", "program", "lokasi", "teks"),
    *OWN_TEXTS.values(),
    *("catatan", "status", "tautan"),
)
REQUIRED = ("tanggal", "teks")
REASON = "alasan"  # one column more, in a list of what is to be mended


@dataclass(frozen=True)
class Row:
    """A line of the plan, and the draft that it would become.

    `problems` stand in the way of a draft; `bad_hour` only of a new one: what went out on that
    hour, and is in the file again, is no mistake.
    """

    number: int
    cells: Mapping[str, str]
    draft: Draft | None
    channels: Sequence[Channel] = ()
    problems: Sequence[str] = ()
    bad_hour: str = ""

    @property
    def wrong(self) -> Sequence[str]:
        """Why no new draft comes of it."""
        return self.problems or ([self.bad_hour] if self.bad_hour else [])

    @property
    def first_line(self) -> str:
        return Post(text=self.cells.get("teks", "")).title


class Reader:
    """Understands the rows of one agency: its channels, the programmes, the places."""

    def __init__(self, agency: Agency) -> None:
        self.channels = list(agency.channels.active())
        active = Programme.objects.filter(is_active=True)
        self.programmes = [(str(pk), name) for pk, name in active.values_list("pk", "name")]
        self.parsers: dict[str, Callable[[str], Any]] = {
            "tanggal": plan_cells.day,
            "jam": plan_cells.clock,
            "kanal": lambda cell: plan_cells.channels(cell, self.channels),
            "jenis": _kind,
            "pilar": lambda cell: plan_cells.choice(cell, Pillar.choices),
            "program": lambda cell: plan_cells.choice(cell, self.programmes),
            "lokasi": plan_cells.place,
            "teks": _words,
            "catatan": str,
            **dict.fromkeys(OWN_TEXTS.values(), _short_enough),
        }

    def row(self, record: Record) -> Row:
        """What becomes of one line, or everything that is wrong with it."""
        said: dict[str, Any] = {}
        problems = [_said(record, "", _beyond(record))] if record.too_many else []
        for column, parse in self.parsers.items():
            try:
                said[column] = parse(record.cells.get(column, "").strip())
            except Wrong as wrong:
                problems.append(_said(record, column, str(wrong)))
        if not problems:
            problems = [_said(record, column, sentence) for column, sentence in _clashes(said)]
        if problems:
            return Row(record.number, record.cells, None, problems=problems)
        draft, bad_hour = _draft(said), ""
        try:
            calendar.check(draft.publish_at)
        except BadTime as error:
            bad_hour = _said(record, "tanggal", str(error))
        return Row(record.number, record.cells, draft, said["kanal"], bad_hour=bad_hour)


def _said(record: Record, column: str, sentence: str) -> str:
    where = {"n": record.number, "column": column, "wrong": sentence}
    if not column:
        return _("Baris %(n)s: %(wrong)s") % where
    return _("Baris %(n)s, kolom %(column)s: %(wrong)s") % where


def _beyond(record: Record) -> str:
    message = _(
        "ada %(n)s isian lebih banyak daripada judul kolomnya. "
        "Teks yang memuat pemisah kolom harus diapit tanda kutip."
    )
    return message % {"n": record.too_many}


def _kind(cell: str) -> str:
    kind = plan_cells.choice(cell, Kind.choices) or Kind.ANNOUNCEMENT
    if kind == Kind.CORRECTION:
        raise Wrong(_("Ralat dibuat dari unggahan yang keliru, bukan dari rencana."))
    return kind


def _words(cell: str) -> str:
    if not cell:
        raise Wrong(_("Isi teksnya."))
    return _short_enough(cell)


def _short_enough(cell: str) -> str:
    if len(cell) > wording.MOST_CHARACTERS:
        raise Wrong(_("Teks ini terlalu panjang; paling banyak 70.000 karakter."))
    return wording.clean(cell)


def _clashes(said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What is wrong between two cells, each of which is right."""
    if said["tanggal"] is None and said["jam"] is not None:
        yield "tanggal", _("Isi tanggalnya. Contoh: 28/11/2026.")
    chosen = {channel.platform for channel in said["kanal"]}
    for platform, column in OWN_TEXTS.items():
        if said[column] and platform not in chosen:
            yield column, _("Kanalnya tidak dipilih di kolom kanal.")


def _draft(said: Mapping[str, Any]) -> Draft:
    at = None
    if said["jam"] is not None:
        at = timezone.make_aware(dt.datetime.combine(said["tanggal"], said["jam"]))
    return Draft(
        text=said["teks"],
        channels={channel.pk: said[OWN_TEXTS[channel.platform]] for channel in said["kanal"]},
        publish_at=at,
        note=said["catatan"],
        kind=said["jenis"],
        pillar=said["pilar"],
        programme=int(said["program"]) if said["program"] else None,
        place=said["lokasi"],
    )


def cells_of(post: Post, offered: Sequence[Channel]) -> dict[str, str]:
    """A post as a line of the plan. Reads `variants__channel`, `deliveries` and `programme`."""
    local = timezone.localtime(post.publish_at) if post.publish_at else None
    variants = list(post.variants.all())
    links = [row.permalink for row in post.deliveries.all() if row.permalink]
    state = Delivery.Status.PUBLISHED.label if links else post.get_status_display()
    own = {OWN_TEXTS[one.channel.platform]: one.text for one in variants if one.text}
    return own | {
        "tanggal": local.strftime("%d/%m/%Y") if local else "",
        "jam": local.strftime("%H.%M") if local else plan_cells.AT_ONCE,
        "kanal": ", ".join(plan_cells.channel_name(one.channel, offered) for one in variants),
        "jenis": post.get_kind_display(),
        "pilar": post.get_pillar_display(),
        "program": post.programme.name if post.programme else "",
        "lokasi": places.label(post.place),
        "teks": post.text or next(iter(own.values()), ""),
        "catatan": post.note,
        "status": str(state),
        "tautan": " ".join(links),
    }
