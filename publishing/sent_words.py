"""Every word that somebody sent with the composer, labelled, for a page that only lets it copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from publishing import kinds


@dataclass(frozen=True)
class Written:
    """What somebody wrote in one place."""

    label: str
    words: str


def of(data: QueryDict, labels: Mapping[str, str] | None = None) -> list[Written]:
    """What of `data` holds words, in the order of the form; `labels` by field name, where known.

    Asks for nothing: also somebody who is signed out meanwhile gets it back.
    """
    found = [*_texts(data), *_answers(data), *_pictures(data), *_sources(data)]
    found.append(("note", _("Catatan untuk peninjau"), data.get("note", "")))
    known = labels or {}
    return [Written(known.get(name, label), said) for name, label, said in found if said.strip()]


def _texts(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    yield "text", _("Teks unggahan untuk semua kanal"), data.get("text", "")
    own = [name for name in data if name.startswith("text_")]
    for n, name in enumerate(own, 1):
        yield name, _("Teks khusus kanal (%(n)s)") % {"n": n}, data.get(name, "")


def _answers(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    questions = [q for pattern in kinds.PATTERNS.values() for q in pattern.questions]
    labels = {f"about_{q.key}": q for q in questions}
    kind = data.get("kind", "")
    if kind in kinds.PATTERNS:
        labels |= {f"about_{q.key}": q for q in kinds.of(kind).questions}
    for name in data:
        if question := labels.get(name):
            yield name, str(question.label), kinds.spoken(question, data.get(name, ""))


def _pictures(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    for n, pk in enumerate(data.getlist("media"), 1):
        labels = {
            f"alt_{pk}": _("Teks alternatif gambar %(n)s") % {"n": n},
            f"credit_{pk}": _("Kredit gambar %(n)s") % {"n": n},
            f"consent_{pk}": _("Persetujuan gambar %(n)s") % {"n": n},
        }
        for name, label in labels.items():
            yield name, label, data.get(name, "")


def _sources(data: QueryDict) -> Iterator[tuple[str, str, str]]:
    """One block for each source: its filled fields, a line each."""
    labels = {
        "document": _("Dokumen"),
        "url": _("Tautan"),
        "number": _("Nomor"),
        "date": _("Tanggal"),
        "owner": _("Pemilik data"),
        "valid_until": _("Berlaku sampai"),
        "supports": _("Pernyataan yang didukung"),
    }
    rows = [name.removesuffix("-document") for name in data if name.endswith("-document")]
    for n, row in enumerate(rows, 1):
        said = {label: data.get(f"{row}-{field}", "") for field, label in labels.items()}
        lines = [f"{label}: {words}" for label, words in said.items() if words.strip()]
        yield row, _("Sumber %(n)s") % {"n": n}, "\n".join(lines)
