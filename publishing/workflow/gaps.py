"""What stands between a draft and its submission, each thing with its place in the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines import Level
from publishing import calendar, findings, kinds, payloads, threads
from publishing.findings import Standing
from publishing.models import Attachment, Post

MOST_SOURCES = 20  # of one post; more than that nobody checks


@dataclass(frozen=True)
class Gap:
    """One thing that is missing.

    `anchor`: catatan, kanal, teks, jenis, pedoman, media, sumber, jadwal.
    """

    anchor: str
    short: str
    sentence: str


def lacking(post: Post) -> list[Gap]:
    """What stands between this draft and a submission, in the order of the form."""
    shown = payloads.of_draft(post)
    attached = list(post.attachments.all())
    return [
        *_note_gaps(post),
        *_channel_gaps(shown),
        *_text_gaps(post, shown),
        *_kind_gaps(post),
        *_alt_gaps(attached),
        *_consent_gaps(attached),
        *_platform_gaps(shown),
        *_source_gaps(post),
        *_time_gaps(post),
    ]


def of_words(standing: Iterable[Standing]) -> list[Gap]:
    """What the guidelines leave to be done before a draft's words may be handed in."""
    left = findings.unsettled(standing)
    blocks = [one for one in left if one.found.level == Level.BLOCK]
    warnings = [one for one in left if one.found.level == Level.WARN]
    return [*_block_gaps(blocks), *_warning_gaps(warnings)]


def _note_gaps(post: Post) -> list[Gap]:
    """A post that came back with notes goes on when each has its answer: so it teaches."""
    n = threads.unanswered(post)
    if not n:
        return []
    short = _("%(n)s catatan peninjau") % {"n": n}
    sentence = _(
        "%(n)s catatan peninjau belum dijawab. Tandai “Diperbaiki”, atau jelaskan alasannya."
    )
    return [Gap("catatan", short, sentence % {"n": n})]


def _block_gaps(blocks: Sequence[Standing]) -> list[Gap]:
    if not blocks:
        return []
    asked = sum(1 for one in blocks if one.is_asked)
    short = _("%(n)s wajib diperbaiki") % {"n": len(blocks)}
    if asked == len(blocks):
        sentence = _("Menunggu jawaban %(unit)s atas permintaan pengecualian Anda.")
        return [Gap("pedoman", short, sentence % {"unit": settings.REVIEW_UNIT})]
    first = next(one for one in blocks if not one.is_asked).found.sentence
    sentence = _("Pedoman: %(n)s hal wajib diperbaiki. %(first)s")
    return [Gap("pedoman", short, sentence % {"n": len(blocks), "first": first})]


def _warning_gaps(warnings: Sequence[Standing]) -> list[Gap]:
    if not warnings:
        return []
    short = _("%(n)s perlu dicek") % {"n": len(warnings)}
    sentence = _("Pedoman: %(n)s hal perlu dicek. Ubah teksnya, atau ketuk “Sudah dicek”.")
    return [Gap("pedoman", short, sentence % {"n": len(warnings)})]


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


def _kind_gaps(post: Post) -> list[Gap]:
    """The questions of its kind that nobody answered yet."""
    pattern = kinds.of(post.kind)
    gaps = [
        Gap("jenis", str(question.label).lower(), _("Isi “%(label)s”.") % {"label": question.label})
        for question in pattern.questions
        if question.required and not post.details.get(question.key, "").strip()
    ]
    if pattern.needs_programme and post.programme_id is None:
        gaps.append(Gap("jenis", _("pilih program"), _("Pilih program yang diceritakan.")))
    if pattern.needs_wrong_post and post.corrects_id is None:
        sentence = _(
            "Ralat dibuat dari unggahan yang keliru: buka unggahan itu, tekan “Buat ralat”."
        )
        gaps.append(Gap("jenis", _("unggahan yang diralat"), sentence))
    if pattern.needs_end and post.valid_until is None:
        sentence = _("Isi “Berlaku sampai”: kabar darurat yang basi menyesatkan.")
        gaps.append(Gap("jadwal", _("berlaku sampai"), sentence))
    return gaps


def _alt_gaps(attached: Sequence[Attachment]) -> list[Gap]:
    n = sum(1 for attachment in attached if not attachment.alt.strip())
    if not n:
        return []
    short = ngettext("%(n)s teks alternatif", "%(n)s teks alternatif", n) % {"n": n}
    sentence = _(
        "%(n)s gambar belum memiliki teks alternatif. "
        "Gambarkan isinya bagi yang tidak dapat melihatnya."
    )
    return [Gap("media", short, sentence % {"n": n})]


def _consent_gaps(attached: Sequence[Attachment]) -> list[Gap]:
    """Nobody's child is shown because a question was skipped (government.md 2)."""
    gaps = []
    if n := sum(1 for attachment in attached if not attachment.media.faces):
        sentence = _(
            "%(n)s gambar belum dijawab: apakah wajah anak, pasien, atau penerima bantuan terlihat?"
        )
        gaps.append(Gap("media", _("jawab soal wajah"), sentence % {"n": n}))
    if n := sum(1 for attachment in attached if attachment.media.lacks_consent):
        sentence = _(
            "%(n)s gambar memuat wajah tetapi belum ada persetujuannya. "
            "Isi rujukannya atau unggah berkasnya."
        )
        gaps.append(Gap("media", _("persetujuan foto"), sentence % {"n": n}))
    return gaps


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
    """No source at all, one that names no document yet, or more than anybody checks."""
    sources = list(post.sources.all())
    if not sources and not post.no_claims:
        sentence = _("Isi sedikitnya satu sumber data, atau centang “tidak memuat klaim”.")
        return [Gap("sumber", _("isi sumber data"), sentence)]
    nameless = [n for n, source in enumerate(sources, 1) if not source.document.strip()]
    gaps = [
        Gap("sumber", _("sebutkan dokumen"), _("Sebutkan dokumen sumber ke-%(n)s.") % {"n": n})
        for n in nameless
    ]
    if len(sources) > MOST_SOURCES:
        gaps.append(Gap("sumber", _("kurangi sumber"), too_many_sources()))
    return gaps


def too_many_sources() -> str:
    return _("Satu unggahan memuat paling banyak %(n)s sumber. Hapus yang tidak perlu.") % {
        "n": MOST_SOURCES
    }


def _time_gaps(post: Post) -> list[Gap]:
    trouble = calendar.trouble(post.publish_at, post.valid_until)
    return [Gap("jadwal", _("perbaiki jadwal"), trouble)] if trouble else []
