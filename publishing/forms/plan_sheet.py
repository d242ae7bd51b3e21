"""A content plan between file and drafts: what an import would make, what an export holds."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency, User
from publishing import workflow
from publishing.forms import plan_csv
from publishing.forms.plan_rows import COLUMNS, REASON, REQUIRED, Reader, Row, cells_of
from publishing.models import Post
from publishing.workflow import Draft

LONGEST = dt.timedelta(days=366)


class Checked:
    """What `text` would become for `agency`: `good` rows, those `already` there, `bad` ones.

    Raises plan_csv.BadFile. Nothing is written.
    """

    def __init__(self, text: str, agency: Agency) -> None:
        table = plan_csv.read(text, (*COLUMNS, REASON), REQUIRED)
        reader = Reader(agency)
        rows = [reader.row(record) for record in table.records]
        there = iter(workflow.already(agency, [row.draft for row in rows if row.draft]))
        self.text, self.unknown = text, table.unknown
        self.good: list[Row] = []
        self.already: list[Row] = []
        self.bad: list[Row] = []
        for row in rows:
            is_there = row.draft is not None and next(there)
            kind = self.already if is_there else self.bad if row.wrong else self.good
            kind.append(row)

    @property
    def drafts(self) -> list[Draft]:
        return [row.draft for row in self.good if row.draft]

    def to_mend(self) -> bytes:
        """The bad rows as a file of their own, each with its reasons."""
        columns = [name for name in self.bad[0].cells if name != REASON] if self.bad else COLUMNS
        rows = ({**row.cells, REASON: " ".join(row.wrong)} for row in self.bad)
        return plan_csv.write([*columns, REASON], rows)


class Period(forms.Form):
    """From which day to which an export goes: this month and the next, unless asked otherwise."""

    def __init__(self, asked: Any = None) -> None:
        super().__init__(asked)
        for name, label in (("from", gettext_lazy("Dari")), ("to", gettext_lazy("Sampai"))):
            day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            initial = _usual()[name]
            self.fields[name] = forms.DateField(label=label, widget=day, initial=initial)

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """Its first moment, and the first after it; a year at most, usual days for unread ones."""
        self.is_valid()
        said = _usual() | self.cleaned_data
        last = min(said["to"], said["from"] + LONGEST)
        return _midnight(said["from"]), _midnight(last + dt.timedelta(days=1))


def _usual() -> dict[str, dt.date]:
    first = timezone.localdate().replace(day=1)
    after_next = (first + dt.timedelta(days=62)).replace(day=1)  # whatever the two months' lengths
    return {"from": first, "to": after_next - dt.timedelta(days=1)}


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def exported(agency: Agency, user: User, period: Period) -> bytes:
    """The agency's posts of a period as a plan; what was rejected or given up is no plan.

    A post without an hour ("segera") stands in the period in which it was begun.
    """
    start, end = period.moments
    within = Q(publish_at__gte=start, publish_at__lt=end)
    begun = Q(publish_at=None, created_at__gte=start, created_at__lt=end)
    posts = Post.objects.visible_to(user).filter(within | begun, agency=agency)
    shown = (
        posts.exclude(status__in=Post.FINAL)
        .select_related("programme")
        .prefetch_related("variants__channel", "deliveries")
        .order_by(F("publish_at").asc(nulls_last=True), "pk")
    )
    offered = list(agency.channels.active())
    return plan_csv.write(COLUMNS, (cells_of(post, offered) for post in shown))


def example(agency: Agency) -> bytes:
    """A file to begin with: the columns, and one row that shows how they are filled in."""
    day = timezone.localdate() + dt.timedelta(days=7)
    platforms = dict.fromkeys(c.get_platform_display() for c in agency.channels.active())
    row = {
        "tanggal": day.strftime("%d/%m/%Y"),
        "jam": "09.00",
        "kanal": ", ".join(platforms),
        "jenis": _("Pengumuman"),
        "pilar": _("Layanan"),
        "teks": _("Contoh: tulis teks unggahan di sini."),
        "catatan": _("Baris ini contoh; hapus sebelum diimpor."),
    }
    return plan_csv.write(COLUMNS, [row])


def name_of(agency: Agency, what: str) -> str:
    """A name for the downloaded file: "rencana-dinkes.csv"."""
    return f"{what}-{slugify(agency.code) or 'opd'}.csv"
